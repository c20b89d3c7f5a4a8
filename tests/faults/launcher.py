"""Starts adwatch's programs as processes of their own, importing only once.

Reads one JSON object a line. `{"start": program, "arguments": [...], "told": file}`
is answered with the process id; a program may be given a clock (`now`) and a limit on
the size of files (`most_bytes`). `{"wait": id}` is answered with the exit code; -9 is
a kill.
"""

import importlib
import json
import os
import resource
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import Any

from analysis.__main__ import main as analysis
from analysis.desk.__main__ import main as desk
from analysis.review.__main__ import main as review
from collectors.__main__ import main as collectors
from reports.__main__ import main as reports

PROGRAMS = {
    "collectors": collectors,
    "analysis": analysis,
    "desk": desk,
    "review": review,
    "reports": reports,
}
# The exit code where a program raised what it should have told.
RAISED = 99


def launch() -> None:
    """Serve until the input ends."""
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            _, status = os.waitpid(asked["wait"], 0)
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = os.fork()
            if answer == 0:
                os._exit(_run(asked))
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _run(asked: dict[str, Any]) -> int:
    with Path(asked["told"]).open("w", encoding="utf-8") as told:
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
    if most_bytes := asked.get("most_bytes"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    if now := asked.get("now"):
        _set_clock(datetime.fromisoformat(now))
    try:
        return PROGRAMS[asked["start"]](asked["arguments"])
    except BaseException:
        traceback.print_exc()
        return RAISED


def _set_clock(moment: datetime) -> None:
    """From now on the collector believes that it is `moment`."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Clock":
            return cls.fromtimestamp(moment.timestamp(), tz)

    vars(importlib.import_module("collectors.__main__"))["datetime"] = Clock


if __name__ == "__main__":
    launch()
