"""Command line: python -m analysis --archive data/sample."""

import argparse
import logging
import sys
from pathlib import Path

from analysis.build import build
from analysis.errors import AnalysisError

log = logging.getLogger("analysis")


def main(arguments: list[str] | None = None) -> int:
    """Build and publish the database; 0 when it was published."""
    parser = argparse.ArgumentParser(prog="python -m analysis")
    parser.add_argument("--archive", type=Path, required=True, help="e.g. data/live")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        database = build(options.archive)
    except (AnalysisError, OSError) as error:
        log.error("analyze: %s", error)
        return 1
    log.info("published %s", database)
    return 0


if __name__ == "__main__":
    sys.exit(main())
