"""A program that lends processes to tests, workers and web servers: each is real and may be killed at a failpoint.

It has loaded the application, so that each begins at once: a forked copy that has opened nothing yet. One JSON object
a line comes in, one number a line goes out: {"worker": settings, "failpoint": "", "ahead": minutes} and
{"web": settings} give the pid, {"port": pid} where that web server listens, {"wait": pid} and {"stop": pid} how it
ended.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from gunicorn.app import wsgiapp
from sqlalchemy.orm import configure_mappers

from clinic_app import create_app, failpoints, postman
from clinic_app.config import ROOT, from_environment
from clinic_app.database import utc_now
from tests.settings import config

PATIENCE = 60  # seconds until a process has begun, answered or ended; only a failing test waits so long
NEVER_ENDED = -signal.SIGALRM  # how a process ends that nobody waits for any longer
PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
LOOK = 0.005  # seconds between looks at a process that is to end

Settings = Mapping[str, str]


def settings(folder: Path, database_url: str, mail_port: int) -> dict[str, str]:
    """The environment of a process that serves the data in `folder` and sends to the mail server on `mail_port`."""
    return {
        "CLINIC_DATA": str(folder),
        "DATABASE_URL": database_url,
        "CLINIC_SMTP_HOST": "127.0.0.1",
        "CLINIC_SMTP_PORT": str(mail_port),
        "CLINIC_SMTP_SECURITY": "none",
        "CLINIC_MAIL_FROM": "handouts@clinic.example",
        "CLINIC_RENDER_PROCESSES": "1",
        "CLINIC_WORKER_THREADS": "0",
    }


def take_on(given: Settings) -> None:
    """Make `given` the settings of this process, and leave none of before."""
    for name in [name for name in os.environ if name.startswith(("CLINIC_", "DATABASE_URL"))]:
        del os.environ[name]
    os.environ.update(given)


class Lender:
    """The test's end: a running program, inside a `with`."""

    def __init__(self) -> None:
        command = (sys.executable, "-m", "tests.faults.processes")
        self._program = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def __enter__(self) -> Lender:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        try:
            self._program.communicate(timeout=PATIENCE)
        finally:
            self._program.kill()

    def ask(self, **order: object) -> int:
        assert self._program.stdin
        assert self._program.stdout
        assert self._program.poll() is None, "the program that lends processes has ended"
        self._program.stdin.write(json.dumps(order) + "\n")
        ready, _, _ = select.select([self._program.stdout], [], [], 2 * PATIENCE)
        assert ready, f"the program that lends processes did not answer in {2 * PATIENCE} seconds: {order}"
        answer = int(self._program.stdout.readline() or NEVER_ENDED)
        assert answer != NEVER_ENDED, f"a process did not end in {PATIENCE} seconds: {order}"
        return answer


class Workers:
    """Worker processes for one database."""

    def __init__(self, lender: Lender, given: Settings) -> None:
        self._lender = lender
        self._settings = given

    def start(self, failpoint: str = "", *, ahead: float = 0) -> int:
        """The pid of a worker that sends what is due `ahead` minutes from now, then ends."""
        return self._lender.ask(worker=self._settings, failpoint=failpoint, ahead=ahead)

    def wait(self, pid: int) -> int:
        """How it ended: 0, or -9 when it was killed."""
        return self._lender.ask(wait=pid)

    def run(self, failpoint: str = "", *, ahead: float = 0) -> int:
        return self.wait(self.start(failpoint, ahead=ahead))


def main() -> None:
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1)
    configure_mappers()
    with TemporaryDirectory() as folder:  # what an application loads when it is first made, each copy has then
        create_app(config(Path(folder), "sqlite://"))
    gc.freeze()  # a copy that does not look through all this shares it instead of copying it
    lent: dict[int, int] = {}  # pid, and the port of a web server
    for line in sys.stdin:
        answer = _carry_out(json.loads(line), lent)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for pid in lent:  # the test ended before they did
        _kill(pid)


def _carry_out(order: dict[str, Any], lent: dict[int, int]) -> int:
    match order:
        case {"worker": given, "failpoint": failpoint, "ahead": ahead}:
            pid, port = _forked(partial(_be_worker, given, failpoint, ahead)), 0
        case {"web": given}:
            with socket.create_server(("127.0.0.1", 0)) as listening:  # from now on; and no other test has this port
                pid, port = _forked(partial(_be_web, given, listening)), listening.getsockname()[1]
        case {"port": pid}:
            return lent[pid]
        case {"wait": pid}:
            del lent[pid]
            return _ended(pid)
        case {"stop": pid}:
            del lent[pid]
            return _kill(pid)
        case _:
            raise ValueError(order)
    lent[pid] = port
    return pid


def _ended(pid: int) -> int:
    """How it ended, by itself or at last by force."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(LOOK)
    _kill(pid)
    return NEVER_ENDED


def _kill(pid: int) -> int:
    """End a process and all that it started, which this program adopts: nothing of it is left."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    how = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-pid, 0)
    return how


def _forked(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid:
        with suppress(ProcessLookupError, PermissionError):
            os.setpgid(pid, pid)
        return pid
    try:
        os.setpgid(0, 0)  # what it starts ends with it
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(2, 1)  # the lines of the program are not its own
        work()
    except SystemExit:
        raise  # gunicorn's own way to end
    except BaseException:  # noqa: BLE001 - a forked copy must end here, whatever happens
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _be_worker(given: Settings, failpoint: str, ahead: float) -> None:
    take_on({**given, failpoints.VARIABLE: failpoint})
    later = timedelta(minutes=ahead)
    with create_app(from_environment()).app_context():
        post = postman.for_app()
        assert post
        postman.sweep(utc_now() + later)
        postman.work(replace(post, clock=lambda: utc_now() + later))


def _be_web(given: Settings, listening: socket.socket) -> None:
    """gunicorn as `make run` starts it; its settings file is read by the one of the test."""
    take_on(given)
    options = ("--config", "python:tests.faults.gunicorn_settings", "--bind", f"fd://{listening.detach()}")
    sys.argv = ["gunicorn", *options, "wsgi:application"]
    wsgiapp.run()


if __name__ == "__main__":
    main()
