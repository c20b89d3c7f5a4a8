"""Command line: python -m analysis build --archive data/sample, or score a CSV."""

import argparse
import logging
import sys
from pathlib import Path

from analysis.build import Fill, build
from analysis.errors import AnalysisError
from analysis.score import score_file

log = logging.getLogger("analysis")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0 when it did what was asked."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        if options.command == "score":
            count = score_file(options.source, options.target)
            log.info("scored %d texts: %s", count, options.target)
        else:
            log.info("published %s", build(options.archive, _fill(options)))
    except AnalysisError as error:
        log.error("%s: %s", options.command, error)
        return 1
    except OSError as error:
        log.error(
            "%s: %s; see that there is space and that you may read and write there",
            options.command,
            error,
        )
        return 1
    return 0


def _fill(options: argparse.Namespace) -> Fill | None:
    """What makes the tables; None is DuckDB on this machine."""
    if options.engine == "duckdb":
        return None
    # Spark's packages are an extra: those who do not use it need not have them.
    from analysis.spark.session import require_packages

    require_packages()
    from analysis.spark.engine import spark_fill

    return spark_fill(options.master, options.store)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m analysis")
    commands = parser.add_subparsers(dest="command", required=True)
    build_it = commands.add_parser("build", help="build and publish the database")
    build_it.add_argument("--archive", type=Path, required=True, help="e.g. data/live")
    build_it.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    build_it.add_argument("--master", default="local[2]", help="spark://host:7077")
    build_it.add_argument("--store", help="what all machines see: s3a://bucket/adwatch")
    score_it = commands.add_parser("score", help="score the texts of a CSV")
    score_it.add_argument("--in", dest="source", type=Path, required=True)
    score_it.add_argument("--out", dest="target", type=Path, required=True)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
