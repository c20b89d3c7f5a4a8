"""Command line: python -m analysis.review serve, export or import."""

import argparse
import logging
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from werkzeug.serving import make_server

from analysis.desk.query import open_database
from analysis.errors import AnalysisError
from analysis.review.decisions import SHAPES, ReviewError
from analysis.review.files import sole_writer
from analysis.review.queues import QUEUES, Asked
from analysis.review.server import review_app
from analysis.review.sheet import export_sheet, import_sheet

log = logging.getLogger("analysis.review")

# Below are those of the system.
PORTS = 1024, 65535


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0 when it did what was asked."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        options.run(options)
    except (AnalysisError, OSError) as error:
        log.error("review: %s", error)
        return 1
    return 0


def _serve(options: argparse.Namespace) -> None:
    if not PORTS[0] <= options.port <= PORTS[1]:
        raise ReviewError(
            f"PORT={options.port}: choose one from {PORTS[0]} to {PORTS[1]}"
        )
    app = review_app(options.archive, options.port)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", options.port, app, threaded=True)
    log.info("Open http://127.0.0.1:%d and code; stop with Ctrl+C.", options.port)
    log.info("Then `make analyze report` to count what was decided.")
    server.serve_forever()


def _export(options: argparse.Namespace) -> None:
    if not re.fullmatch(SHAPES["coder_id"], options.coder, re.ASCII):
        raise ReviewError(
            f"CODER={options.coder}: a name has 2 to 16 letters a-z, digits, - or _"
        )
    if options.queue not in QUEUES:
        raise ReviewError(
            f"QUEUE={options.queue}: no such list; there are {', '.join(QUEUES)}"
        )
    for day in filter(None, (options.since, options.until)):
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise ReviewError(f"{day}: no day; write one such as 2025-08-26") from error
    asked = Asked(
        options.coder, options.queue, datetime.now(UTC).date(),
        options.since, options.until,
    )  # fmt: skip
    with open_database(options.archive) as connection:
        count = export_sheet(connection, asked, options.archive, options.out)
    log.info("%d texts to code: %s", count, options.out)


def _import(options: argparse.Namespace) -> None:
    with open_database(options.archive) as connection, sole_writer(options.archive):
        count = import_sheet(connection, options.archive, options.source)
    if count:
        log.info("took in %d decisions; `make analyze` counts them", count)
    else:
        log.warning(
            "%s: no line is filled in yet; nothing was taken in", options.source
        )


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m analysis.review")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="the page, on this machine only")
    serve.add_argument("--port", type=int, default=8377)
    serve.set_defaults(run=_serve)
    export = commands.add_parser("export", help="texts to code in a spreadsheet")
    export.add_argument("--out", type=Path, required=True, help="a .csv or .xlsx")
    export.add_argument("--coder", required=True)
    export.add_argument("--queue", default="mixed", help=", ".join(QUEUES))
    export.add_argument("--since", help="flags of ads started from this day")
    export.add_argument("--until")
    export.set_defaults(run=_export)
    take = commands.add_parser("import", help="take in a coded spreadsheet")
    take.add_argument("--in", dest="source", type=Path, required=True)
    take.set_defaults(run=_import)
    for command in (serve, export, take):
        command.add_argument("--archive", type=Path, required=True)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
