"""A render process that misbehaves on order, and what tests need to watch it.

Run as a program this file is such a process: the title of the handout says how it misbehaves.
"""

from __future__ import annotations

import errno
import itertools
import json
import logging
import os
import resource
import select
import signal
import socket
import stat
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from clinic_app.errors import NotPrintable
from clinic_app.rendering import worker
from clinic_app.rendering.content import Clinic, Clinician, Handout, Patient, SafetyAction, SafetyAdvice, Text
from clinic_app.rendering.job import Job, Printed
from clinic_app.rendering.pool import PYTHON, Pool, Priority

ILL_BEHAVED = (*PYTHON, __file__)
PATIENT = "Wilhelmina Featherstonehaugh"
TEST_CPU_SECONDS = 1
ENOUGH = 10.0  # seconds: far more than any of this takes; only a failing test waits so long


def job(title: str, why: str = "") -> Job:
    clinic = Clinic("Clinic", ("1 Road",), "01234 567890", "9 to 5", "", "", "#0e5a68")
    row = SafetyAction("Call us", "if it gets worse")
    safety = SafetyAdvice("back", 1, "Call 999", "if", ("you cannot pass urine",), row, row, row)
    handout = Handout(
        language="en-GB",
        title=title,
        why=Text("Why", (why,)) if why else None,
        soreness=None,
        floor=None,
        progress=None,
        clinic=clinic,
        patient=Patient(PATIENT, None, "P1"),
        clinician=Clinician("A. Clinician", "Physiotherapist"),
        edition=1,
        replaces=None,
        issued_on=date(2027, 3, 1),
        review_on=None,
        not_better_by=date(2027, 4, 12),
        exercises=(),
        changes=(),
        safety=safety,
    )
    return Job(handout, {}, None)


# The renderer, inside the process.


def _argument(order: Job) -> str:
    return order.handout.why.paragraphs[0] if order.handout.why else ""


def misbehave(order: Job) -> Printed:
    answer = _BEHAVIOURS[order.handout.title](_argument(order))
    return Printed(b"%PDF-" + (answer or "fine").encode(), 1)


def _tell(fifo: str, text: str) -> None:
    """Let the test know that the render has begun."""
    with Path(fifo).open("w") as pipe:
        pipe.write(text)


def _hang(fifo: str) -> str:
    _tell(fifo, str(os.getpid()))
    signal.pause()
    return ""


def _hold(fifos: str) -> str:
    begin, end = fifos.split()
    _tell(begin, str(os.getpid()))
    Path(end).read_text()
    return ""


def _hang_with_child(fifo: str) -> str:
    try:
        child = os.fork()
    except OSError as error:
        _tell(fifo, errno.errorcode[error.errno or 0])
    else:
        if child == 0:
            signal.pause()
        _tell(fifo, str(child))
    signal.pause()
    return ""


def _spin(_: str) -> str:
    while True:
        pass


def _grow(_: str) -> str:
    return str(len(bytearray(worker.MEMORY_BYTES + (64 << 20))))


def _raise(_: str) -> str:
    logging.getLogger("weasyprint").warning("Failed to load %s", PATIENT)
    raise ValueError(f"{PATIENT} cannot be printed")


def _raise_beyond_exception(_: str) -> str:
    raise BaseException(PATIENT)  # as WeasyPrint's FatalURLFetchingError is


def _refuse(_: str) -> str:
    raise NotPrintable(("Picture A of Bridge has no words.", "There is no safety box."))


def _babble(_: str) -> str:
    """Write where only frames may be written."""
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
        if int(name) > 2 and stat.S_ISFIFO(os.stat(int(name)).st_mode):  # noqa: PTH116
            try:
                os.write(int(name), b"nonsense" * 8)
            except OSError:
                continue
    return ""


def _print(_: str) -> str:
    print(PATIENT)  # noqa: T201
    os.write(1, PATIENT.encode() * 10_000)
    os.write(2, PATIENT.encode() * 10_000 + b"\n")
    return ""


def _write_a_large_file(_: str) -> str:
    with Path("large").open("wb") as file:
        file.writelines(bytes(10_000_000) for _each in range(3))
    return ""


def _describe(outside: str) -> str:
    port, network = outside.split()
    try:
        socket.create_connection(("127.0.0.1", int(port)), timeout=1).close()
        reached = True
    except OSError:
        reached = False
    used = resource.getrusage(resource.RUSAGE_SELF)
    limits = {
        name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[0] for name in ("CPU", "CORE", "FSIZE", "NPROC")
    }
    return json.dumps(
        {
            "environment": dict(os.environ),
            "folder": os.listdir(),  # noqa: PTH208
            "umask": os.umask(0o077),
            "leads its session": os.getsid(0) == os.getpid() == os.getpgrp(),
            "limits": limits,
            "cpu": used.ru_utime + used.ru_stime,
            "reached the network": reached,
            "has its own network": Path("/proc/self/ns/net").readlink().name != network,
        }
    )


_TURNS = itertools.count(1)
_BEHAVIOURS: dict[str, Callable[[str], str | None]] = {
    "fine": lambda _: None,
    "who": lambda _: str(os.getpid()),
    "which": lambda _: str(next(_TURNS)),
    "hang": _hang,
    "hold": _hold,
    "hang with child": _hang_with_child,
    "spin": _spin,
    "grow": _grow,
    "raise": _raise,
    "raise beyond Exception": _raise_beyond_exception,
    "refuse": _refuse,
    "babble": _babble,
    "print": _print,
    "large file": _write_a_large_file,
    "fall silent": lambda _: os.closerange(1, 3),
    "exit": lambda _: os._exit(3),
    "describe": _describe,
}


# What tests need, outside it.


def begun(fifo: str) -> str:
    """What the render told. One that was killed before that fails the test and does not hold it for ever."""
    handle = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    told = poll.poll(ENOUGH * 2000)
    os.set_blocking(handle, True)
    with os.fdopen(handle) as pipe:
        assert told, "the render never began"
        return pipe.read()


def wait_until_dead(*pids: int) -> None:
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        ended = poll.poll(ENOUGH * 1000)
        os.close(handle)
        assert ended, f"process {pid} still lives"


class InBackground(threading.Thread):
    """A render in another thread; `result` joins and returns what it raised or gave."""

    def __init__(self, pool: Pool, order: Job, priority: Priority = Priority.INTERACTIVE) -> None:
        super().__init__()
        self._pool, self._order, self._priority = pool, order, priority
        self._outcome: object = None
        self.start()

    def run(self) -> None:
        try:
            self._outcome = self._pool.render(self._order, priority=self._priority)
        except Exception as error:  # noqa: BLE001
            self._outcome = error

    def result(self) -> object:
        self.join(ENOUGH * 2)
        return self._outcome


if __name__ == "__main__":
    worker.CPU_SECONDS = TEST_CPU_SECONDS
    worker.serve(lambda: worker.Handlers(misbehave, lambda *_: ()))
