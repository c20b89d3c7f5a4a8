"""Command line: python -m analysis.desk --archive data/sample --query FILE.

With --dictionary instead of a query it writes analysis/DICTIONARY.md.
"""

import argparse
import logging
import sys
from pathlib import Path

from analysis.desk.dictionary import TARGET, dictionary
from analysis.desk.query import WRITERS, open_database, run_query
from analysis.errors import AnalysisError

log = logging.getLogger("analysis.desk")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0 when it did what was asked."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    target = options.out
    form = options.format or (target.suffix.removeprefix(".") if target else "")
    try:
        if options.dictionary:
            with open_database(options.archive) as connection:
                TARGET.write_text(dictionary(connection), encoding="utf-8")
            return 0
        if options.format and target is None:
            raise AnalysisError(f"FORMAT={options.format} needs OUT=file")
        if target and form not in WRITERS:
            raise AnalysisError(f"format {form!r}; write one of {', '.join(WRITERS)}")
        run_query(options.archive, options.query, form, target)
        if target:
            log.info("wrote %s", target)
    except (AnalysisError, OSError) as error:
        log.error("query: %s", error)
        return 1
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m analysis.desk")
    parser.add_argument("--archive", type=Path, required=True, help="e.g. data/live")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--query", type=Path, help="a .sql file")
    what.add_argument("--dictionary", action="store_true")
    parser.add_argument("--format", choices=sorted(WRITERS))
    parser.add_argument("--out", type=Path)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
