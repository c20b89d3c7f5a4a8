"""Command line: python -m analysis.desk --archive data/sample --query FILE.

With --dictionary instead of a query it writes the end of
analysis/README.md.
"""

import argparse
import logging
import sys
from pathlib import Path

from analysis.desk.dictionary import TARGET, dictionary, with_dictionary
from analysis.desk.query import WRITERS, open_database, run_query
from analysis.errors import AnalysisError

log = logging.getLogger("analysis.desk")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0 when it did what was asked."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        if options.dictionary:
            with open_database(options.archive) as connection:
                page = TARGET.read_text(encoding="utf-8")
                page = with_dictionary(page, dictionary(connection))
            TARGET.write_text(page, encoding="utf-8")
            return 0
        form = form_of(options.format, options.out)
        run_query(options.archive, options.query, form, options.out)
        if options.out:
            log.info("wrote %s", options.out)
    except (AnalysisError, OSError) as error:
        log.error("query: %s", error)
        return 1
    return 0


def form_of(asked: str | None, target: Path | None) -> str:
    """The form to write: as asked, or by the ending of the file; empty to print.

    Raises:
        AnalysisError: there is no such form, no file, or no folder for it.
    """
    if target is None:
        if asked:
            raise AnalysisError(f"FORMAT={asked} needs OUT=file")
        return ""
    form = asked or target.suffix.removeprefix(".").lower()
    if form not in WRITERS:
        raise AnalysisError(
            f"OUT={target}: no form {form!r}; end the name in "
            f"{', '.join(f'.{name}' for name in WRITERS)}, or give FORMAT"
        )
    if not target.parent.is_dir():
        raise AnalysisError(f"OUT={target}: no folder {target.parent}; make it first")
    return form


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m analysis.desk")
    parser.add_argument("--archive", type=Path, required=True, help="e.g. data/live")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--query", type=Path, help="a .sql file")
    what.add_argument("--dictionary", action="store_true")
    parser.add_argument("--format", help=", ".join(WRITERS))
    parser.add_argument("--out", type=Path)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
