"""Starts collector runs as processes of their own, without importing anew each time.

Reads one line a run: the arguments as JSON. Answers with the process id, and with
`ended <code>` when the run is over; -9 is a kill.
"""

import json
import os
import sys

from collectors.__main__ import main


def launch() -> None:
    """Serve run after run until the input ends."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, 2)
            os._exit(main(json.loads(line)))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"ended {os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    launch()
