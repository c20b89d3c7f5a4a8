"""A standalone cluster of separate processes on this machine."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

_START = Path(pyspark.__file__).parent / "bin" / "spark-class"
_DEPLOY = "org.apache.spark.deploy"
_SECONDS = 120
# Short lives: compiling costs more than it saves.
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = f"""\
spark.driver.extraJavaOptions {_JAVA}
spark.executor.extraJavaOptions {_JAVA}
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
"""


@dataclass
class Worker:
    """A worker process with all that it started."""

    process: subprocess.Popen[bytes]
    folder: Path

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def has_begun(self) -> bool:
        """Whether an executor runs here."""
        return any(self.folder.glob("app-*/*/stderr"))


@dataclass
class Cluster:
    """A master's address and its workers."""

    master: str
    log: Path
    workers: list[Worker]


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A master and workers of one core each, gone when the block ends."""
    port = _free_port()
    running = Cluster(f"spark://127.0.0.1:{port}", folder / "master.log", [])
    place = ["--host", "127.0.0.1", "--webui-port", "0"]
    master = _started(running.log, "master.Master", *place, "--port", str(port))
    try:
        _wait_for(running.log, "I have been elected leader")
        for number in range(workers):
            work = folder / f"worker-{number}"
            size = ["--cores", "1", "--memory", "1g", "--work-dir", str(work)]
            log = folder / f"worker-{number}.log"
            process = _started(log, "worker.Worker", *place, *size, running.master)
            running.workers.append(Worker(process, work))
        _wait_for(running.log, "Registering worker", times=workers)
        yield running
    finally:
        for worker in running.workers:
            worker.kill()
        os.killpg(master.pid, signal.SIGKILL)
        master.wait()


def _started(log: Path, name: str, *arguments: str) -> subprocess.Popen[bytes]:
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    environment["SPARK_DAEMON_MEMORY"] = "512m"
    environment["SPARK_DAEMON_JAVA_OPTS"] = _JAVA
    with log.open("wb") as file:
        return subprocess.Popen(
            [_START, f"{_DEPLOY}.{name}", *arguments],
            stdout=file,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )


def _wait_for(log: Path, text: str, times: int = 1) -> None:
    end = time.monotonic() + _SECONDS
    while log.read_text(encoding="utf-8", errors="replace").count(text) < times:
        if time.monotonic() > end:
            raise TimeoutError(f"{log}: {text!r} did not come")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
