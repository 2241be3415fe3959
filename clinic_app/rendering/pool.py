"""Warm render processes that can be killed: `Pool` lends one to each caller for one document."""

from __future__ import annotations

import atexit
import heapq
import itertools
import logging
import os
import signal
import sys
import time
import weakref
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Self

from clinic_app.errors import NotPrintable, RenderFailed
from clinic_app.rendering.frames import Kind
from clinic_app.rendering.job import Job, Printed, encode
from clinic_app.rendering.keeper import Keeper
from clinic_app.rendering.process import DeadBefore, Process, Stopped

WALL_SECONDS = 30.0
QUEUE_SECONDS = 20.0
RECYCLE_DOCUMENTS = 500
RECYCLE_MEMORY_KIB = 200 << 10
MOST_PROCESSES = 2
PYTHON = (sys.executable, "-P", "-s", str(Path(__file__).with_name("alone.py")))
COMMAND = (*PYTHON, "clinic_app.rendering.worker")

_NOTHING_ISSUED = "Nothing was issued."
_AGAIN = f"{_NOTHING_ISSUED} Please try again. If it happens twice, tell the person who looks after this service."
_SENTENCES = {
    "busy": f"The printing service is busy. {_NOTHING_ISSUED} Please try again in a minute.",
    "closed": f"The printing service is shutting down. {_NOTHING_ISSUED} Please try again in a minute.",
    "start": f"The printing service could not start. {_NOTHING_ISSUED} Please tell the person who looks after it.",
    "time": f"Making the pages took too long and was stopped. {_AGAIN}",
    "memory": f"Making the pages needed too much memory and was stopped. {_AGAIN}",
    "died": f"The printing process stopped before the pages were ready. {_AGAIN}",
    "error": f"The pages could not be made. {_AGAIN}",
}

_log = logging.getLogger(__name__)


class Priority(IntEnum):
    INTERACTIVE = 0  # a person is waiting
    BATCH = 1


class Pool:
    """Render processes for the threads of one web or worker process.

    `size` processes, by default one for each core, at most two. `timeout` is the wall time in seconds for one
    document, `queue_time` the longest wait for a free process. A process is replaced after `recycle_after` documents
    or above 200 MB, and whenever it misbehaves. A job is never given to a second process once one has taken any of it.

    Starts at first use or with `start()`; after a fork the child starts its own processes. Use it with `with`, or
    call `close()`; it also closes when Python ends. All methods may be called from any thread.
    """

    def __init__(
        self,
        size: int | None = None,
        timeout: float = WALL_SECONDS,
        recycle_after: int = RECYCLE_DOCUMENTS,
        queue_time: float = QUEUE_SECONDS,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self.size = size or min(MOST_PROCESSES, len(os.sched_getaffinity(0)))
        self._timeout = timeout
        self._recycle_after = recycle_after
        self._queue_time = queue_time
        self._command = tuple(command)
        self._closed = False
        self._begin()
        _pools.add(self)

    def _begin(self) -> None:
        self._keeper = Keeper(self.size, self._command)
        self._queue: list[tuple[int, int]] = []
        self._tickets = itertools.count()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Begin to warm up in the background and return at once.

        Raises:
            RenderFailed: if the pool was closed.
        """
        if self._closed:
            raise RenderFailed(_SENTENCES["closed"])
        self._keeper.start()

    def close(self) -> None:
        """Stop every process, also in the middle of a document; its caller gets RenderFailed. Harmless twice."""
        self._closed = True
        self._keeper.stop()

    def render(
        self, job: Job, *, priority: Priority = Priority.INTERACTIVE, queue_time: float | None = None
    ) -> Printed:
        """The pages of `job`. Waits at most `queue_time` seconds, by default the pool's, for a free process.

        Raises:
            NotPrintable: the print gate refused the pages.
            RenderFailed: no process was free in time, or it was stopped or died; the sentences say what to do.
        """
        pdf, pages = self._ask(Kind.RENDER, (encode(job),), priority, queue_time)
        return Printed(pdf, int(pages))

    def pages_as_png(
        self, pdf: bytes, dpi: int, first: int, last: int, *, priority: Priority = Priority.INTERACTIVE
    ) -> tuple[bytes, ...]:
        """Pages `first` to `last` (both included, from 1) of `pdf` as pictures, one PNG each.

        Nothing, when `pdf` is no PDF or does not have these pages. Raises RenderFailed as `render` does.
        """
        return self._ask(Kind.PICTURES, (pdf, b"%d" % dpi, b"%d" % first, b"%d" % last), priority, None)

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the render processes that are warm, idle or at work."""
        return self._keeper.pids()

    def _ask(
        self, kind: Kind, parts: Sequence[bytes], priority: Priority, queue_time: float | None
    ) -> tuple[bytes, ...]:
        patience = time.monotonic() + (self._queue_time if queue_time is None else queue_time)
        for _ in range(self.size + 1):
            process = self._borrow(priority, patience)
            keep = False
            try:
                header, answer = process.ask(kind, parts, time.monotonic() + self._timeout)
                keep = header.kind in (Kind.DONE, Kind.REFUSED) and not self._is_worn_out(process)
            except DeadBefore:
                continue
            except Stopped as stop:
                raise RenderFailed(self._why(process, stop)) from None
            finally:
                self._keeper.give_back(process, keep=keep)
            if header.kind is Kind.DONE:
                return answer
            if header.kind is Kind.REFUSED:
                raise NotPrintable(tuple(reason.decode() for reason in answer))
            raise RenderFailed(_SENTENCES["memory" if answer == (b"memory",) else "error"])
        raise RenderFailed(_SENTENCES["died"])

    def _is_worn_out(self, process: Process) -> bool:
        return process.documents >= self._recycle_after or process.memory_kib > RECYCLE_MEMORY_KIB

    def _why(self, process: Process, stop: Stopped) -> str:
        status = process.end()
        why = "closed" if self._closed else "time" if status == -signal.SIGXCPU else stop.why
        _log.warning("render process %d: %s, status %d, document %d", process.pid, why, status, process.documents)
        return _SENTENCES[why]

    def _borrow(self, priority: Priority, patience: float) -> Process:
        turn = self._keeper.turn
        with turn:
            ticket = (int(priority), next(self._tickets))
            heapq.heappush(self._queue, ticket)
            try:
                while True:
                    self.start()
                    if self._queue[0] == ticket and (process := self._keeper.lend()):
                        return process
                    if self._keeper.cannot_start():
                        raise RenderFailed(_SENTENCES["start"])
                    left = patience - time.monotonic()
                    if left <= 0:
                        raise RenderFailed(_SENTENCES["busy"])
                    turn.wait(left)
            finally:
                self._queue.remove(ticket)
                heapq.heapify(self._queue)
                turn.notify_all()

    def _after_fork(self) -> None:
        self._keeper.disown()
        self._begin()


_pools: weakref.WeakSet[Pool] = weakref.WeakSet()


def _close_all() -> None:
    for pool in tuple(_pools):
        pool.close()


def _forget_all() -> None:
    for pool in tuple(_pools):
        pool._after_fork()


atexit.register(_close_all)
os.register_at_fork(after_in_child=_forget_all)
