"""A program that lends worker processes to a test: each is a process of its own and may be killed at a failpoint.

It has loaded the application, so that a worker begins at once: a forked copy that has opened nothing yet. One JSON
object a line comes in, one number a line goes out: {"start": "failpoint or nothing", "ahead": minutes} gives the pid,
{"wait": pid} how it ended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import TracebackType

from flask import Flask

from clinic_app import create_app, failpoints, postman
from clinic_app.database import utc_now
from clinic_app.emails.settings import Mail, Security, Sender
from tests.conftest import config

ROOT = Path(__file__).resolve().parents[2]


def mail(port: int) -> Mail:
    return Mail("127.0.0.1", port, Security.NONE, Sender("", "handouts@clinic.example"))


class Workers:
    """The test's end: a running program, inside a `with`."""

    def __init__(self, folder: Path, database_url: str, port: int) -> None:
        command = (sys.executable, "-m", "tests.faults.delivery_worker", str(folder), database_url, str(port))
        self._program = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._program.communicate()

    def start(self, failpoint: str = "", *, ahead: float = 0) -> int:
        """The pid of a worker that sends what is due `ahead` minutes from now, then ends."""
        return self._ask({"start": failpoint, "ahead": ahead})

    def wait(self, pid: int) -> int:
        """How it ended: 0, or -9 when it was killed."""
        return self._ask({"wait": pid})

    def run(self, failpoint: str = "", *, ahead: float = 0) -> int:
        return self.wait(self.start(failpoint, ahead=ahead))

    def _ask(self, order: dict[str, object]) -> int:
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.write(json.dumps(order) + "\n")
        return int(self._program.stdout.readline())


def main() -> None:
    folder, database_url, port = sys.argv[1:]
    app = create_app(replace(config(Path(folder), database_url), mail=mail(int(port))))
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            answer = os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1])
        else:
            answer = os.fork()
            if answer == 0:
                _become_worker(app, order["start"], timedelta(minutes=order["ahead"]))
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _become_worker(app: Flask, failpoint: str, ahead: timedelta) -> None:
    os.environ[failpoints.VARIABLE] = failpoint
    try:
        with app.app_context():
            post = postman.for_app()
            assert post
            postman.sweep(utc_now() + ahead)
            postman.work(replace(post, clock=lambda: utc_now() + ahead))
    except BaseException:  # noqa: BLE001 - a forked copy must end here, whatever happens
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
