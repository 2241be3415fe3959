"""One render process: `python -m clinic_app.rendering.worker PARENT_PID`, or the same through `alone.py`.

It answers requests from standard input on standard output until the input ends. It has no secret, no network where
the system lets us take it away, an empty folder of its own, and limits that count from the start of each request.
`process.py` starts it, feeds it and kills it.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import math
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clinic_app.errors import NotPrintable
from clinic_app.rendering.frames import (
    CONNECTED,
    HEADER_BYTES,
    ISOLATED,
    LOG_CHARACTERS,
    LOG_MARK,
    Header,
    Kind,
    pack,
    unpack_header,
    unpack_parts,
)
from clinic_app.rendering.job import Job, Printed, decode

CPU_SECONDS = 20
MEMORY_BYTES = 1 << 30
FILE_BYTES = 20_000_000


_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000  # linux/sched.h
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38  # linux/prctl.h

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Handlers:
    """What a worker can do. The tests put ill-behaved ones here."""

    render: Callable[[Job], Printed]
    pages_as_png: Callable[[bytes, int, int, int], tuple[bytes, ...]]


def serve(load: Callable[[], Handlers]) -> None:
    """Become a render process: close the doors, `load` what is needed, then answer until the input ends."""
    parent = int(sys.argv[1])
    isolated = _leave_the_network()
    _die_with(parent)
    requests, answers = _take_the_channel()
    _log_without_data()
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold a patient's pages
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    handlers = load()
    # Everything that starts a process or a thread has had its turn. The superuser is not held by this one.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)
    usual_size = _size_bytes()
    _send(answers, Kind.READY, 0, (ISOLATED if isolated else CONNECTED,))
    while (request := _receive(requests)) is not None:
        header, parts = request
        _limit(usual_size)
        kind, answer = _answer(handlers, header.kind, parts)
        _send(answers, kind, header.number, answer)
        if kind is Kind.FAILED:
            return  # whatever went wrong may have left something behind: the pool starts a fresh process
        gc.collect()  # a document is 20 MB of rings; they go while nobody waits, and memory stays flat


def main() -> None:
    serve(_load)


def _load() -> Handlers:
    from clinic_app.rendering import pdf, png, sample  # noqa: PLC0415  only now: the doors are closed first

    try:
        pdf.render(sample.job())
    except NotPrintable as refusal:  # no reason to print nothing at all
        _log.error("the sample that warms a process up was refused: %s", refusal)
    return Handlers(pdf.render, png.pages_as_png)


def _answer(handlers: Handlers, kind: Kind, parts: tuple[bytes, ...]) -> tuple[Kind, tuple[bytes, ...]]:
    try:
        if kind is Kind.RENDER:
            printed = handlers.render(decode(parts[0]))
            return Kind.DONE, (printed.pdf, b"%d" % printed.pages)
        return Kind.DONE, _pictures(handlers, *parts)
    except NotPrintable as refusal:
        return Kind.REFUSED, tuple(reason.encode() for reason in refusal.reasons)
    except MemoryError:
        return Kind.FAILED, (b"memory",)
    except BaseException as error:  # noqa: BLE001  WeasyPrint's refused fetch is a BaseException; all end this process
        # Neither the message nor the values of the frames: they may hold what a patient was given.
        place = traceback.extract_tb(error.__traceback__)[-1]
        _log.error("%s at %s:%s", type(error).__name__, Path(place.filename).name, place.lineno)
        return Kind.FAILED, (type(error).__name__.encode(),)


def _pictures(handlers: Handlers, pdf: bytes, dpi: bytes, first: bytes, last: bytes) -> tuple[bytes, ...]:
    try:
        return handlers.pages_as_png(pdf, int(dpi), int(first), int(last))
    except ValueError:  # there are no such pages: an ordinary answer, not worth a process
        return ()


def _limit(usual_size: int) -> None:
    """Give the next request its share of time and memory, counted from now.

    Only the soft limits move: a process that is not the superuser's cannot raise a hard one again.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = math.ceil(usage.ru_utime + usage.ru_stime)
    for what, allowed in ((resource.RLIMIT_CPU, used + CPU_SECONDS), (resource.RLIMIT_AS, usual_size + MEMORY_BYTES)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (allowed if hard == resource.RLIM_INFINITY else min(allowed, hard), hard))


def _leave_the_network() -> bool:
    """Move into an empty network of our own; False where the system does not allow it.

    The superuser may leave alone; others need a user namespace too, which some systems forbid. The fetcher that
    answers only from memory is the first wall, this is the second, so a refusal is not an error.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def _die_with(parent: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked to be told
        os._exit(1)


def _take_the_channel() -> tuple[int, int]:
    """Keep the two pipes for frames alone: a stray print goes to standard error, a stray read finds nothing."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


class _Blunt(logging.Formatter):
    """Message templates only for other people's loggers: their arguments quote the pages."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage() if record.name == __name__ else str(record.msg)
        line = "".join(c if c.isprintable() else " " for c in f"{record.levelname} {record.name}: {message}")
        return LOG_MARK + line[:LOG_CHARACTERS]


def _log_without_data() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Blunt())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)


def _size_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _memory_kib() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024


def _send(answers: int, kind: Kind, number: int, parts: tuple[bytes, ...]) -> None:
    rest = memoryview(pack(kind, number, parts, _memory_kib()))
    while rest:
        rest = rest[os.write(answers, rest) :]


def _receive(requests: int) -> tuple[Header, tuple[bytes, ...]] | None:
    data = _read(requests, HEADER_BYTES)
    if data is None:
        return None
    header = unpack_header(data)
    body = _read(requests, header.length)
    return None if body is None else (header, unpack_parts(body))


def _read(requests: int, length: int) -> bytes | None:
    """Exactly `length` bytes; None when the input ends first."""
    data = bytearray()
    while len(data) < length:
        piece = os.read(requests, min(length - len(data), 1 << 20))
        if not piece:
            return None
        data += piece
    return bytes(data)


if __name__ == "__main__":
    main()
