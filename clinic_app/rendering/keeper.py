"""Keeps a number of render processes warm: one thread that starts, watches and replaces them.

It must be one long-lived thread. Linux sends "your parent died" when the *thread* that started a child ends, and the
threads that serve requests come and go.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import threading
import time
from collections.abc import Sequence

from clinic_app.rendering.frames import CONNECTED
from clinic_app.rendering.process import Process

START_SECONDS = 60.0

_TRIES_TO_START = 3  # in a row, before callers are told instead of kept waiting
_LONGEST_PAUSE = 30.0  # seconds between tries to start a process that will not start

_log = logging.getLogger(__name__)


class Keeper:
    """`turn` guards all that is here; it is notified when a process becomes free and when none can be started."""

    def __init__(self, size: int, command: Sequence[str]) -> None:
        self.size = size
        self.turn = threading.Condition()
        self._command = command
        self._processes: list[Process] = []
        self._idle: list[Process] = []
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._failed_starts = 0
        self._next_start = 0.0
        self._wake_read = self._wake_write = -1

    def start(self) -> None:
        """Returns at once. Harmless when it runs already; starts it again if an error ended it."""
        with self.turn:
            if self._thread is None and not self._stopped:
                self._wake_read, self._wake_write = os.pipe()
                os.set_blocking(self._wake_read, False)
                os.set_blocking(self._wake_write, False)
                # A daemon, or Python would wait for it before it lets anyone stop it.
                self._thread = threading.Thread(target=self._keep, name="render-keeper", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End every process, also those that are lent out."""
        with self.turn:
            self._stopped = True
            thread = self._thread
            self._wake()
            self.turn.notify_all()
        if thread is not None:
            thread.join(10)

    def lend(self) -> Process | None:
        """A free process, the one used last because its caches are warm; None when all are at work."""
        with self.turn:
            return self._idle.pop() if self._idle else None

    def give_back(self, process: Process, *, keep: bool) -> None:
        """Every process that was lent comes back here once; without `keep` it is ended and replaced."""
        if not keep:
            process.end()
        with self.turn:
            orphan = process not in self._processes  # the thread ended meanwhile
            if keep and not orphan:
                self._idle.append(process)
            else:
                process.gone = True
            self._wake()
            self.turn.notify_all()
        if orphan:
            process.end()
            process.close()

    def cannot_start(self) -> bool:
        """Whether there is no process and the last tries to start one failed."""
        return self._failed_starts >= _TRIES_TO_START and not any(process.ready for process in self._processes)

    def pids(self) -> tuple[int, ...]:
        with self.turn:
            return tuple(process.pid for process in self._processes if process.ready and not process.gone)

    def disown(self) -> None:
        """In a forked child, where the thread does not exist: let go of the parent's processes and pipes."""
        for process in self._processes:
            process.disown()
        self._close_wake()

    def _wake(self) -> None:
        if self._wake_write >= 0:
            with contextlib.suppress(BlockingIOError):
                os.write(self._wake_write, b".")

    def _close_wake(self) -> None:
        for pipe in (self._wake_read, self._wake_write):
            if pipe >= 0:
                os.close(pipe)
        self._wake_read = self._wake_write = -1

    # From here on everything runs in the keeper's thread.

    def _keep(self) -> None:
        try:
            while not self._stopped:
                self._start_missing()
                self._listen()
                self._collect()
        finally:
            with self.turn:
                processes, self._processes = self._processes, []
                ours = [p for p in processes if p.gone or not p.ready or p in self._idle]  # the rest is lent out
                self._idle = []
                self._close_wake()
                self._thread = None
                self.turn.notify_all()
            for process in processes:
                process.end()
            for process in ours:
                self._pass_on(process)
                process.close()

    def _start_missing(self) -> None:
        while len(self._processes) < self.size and time.monotonic() >= self._next_start:
            try:
                process = Process(self._command)
            except OSError as error:
                self._count_failed_start(str(error))
                return
            with self.turn:
                self._processes.append(process)

    def _listen(self) -> None:
        """Sleep until a process is ready, writes a log line or dies, a pause is over, or `_wake` is called."""
        poll = select.poll()
        poll.register(self._wake_read, select.POLLIN)
        with self.turn:
            for process in self._processes:
                if not process.silent:
                    poll.register(process.errors, select.POLLIN)
                if not process.ready:
                    poll.register(process.answers, select.POLLIN)
                if not process.ready or process in self._idle:  # whoever borrowed one sees its death
                    poll.register(process.exited, select.POLLIN)
        happened = {pipe for pipe, _ in poll.poll(self._until_next_alarm())}
        if self._wake_read in happened:
            with contextlib.suppress(BlockingIOError):
                os.read(self._wake_read, 4096)
        for process in self._processes:
            if process.errors in happened:
                self._pass_on(process)
            if process.answers in happened and not process.ready:
                self._greet(process)

    def _until_next_alarm(self) -> float | None:
        """Milliseconds; None when nothing but an event needs the thread."""
        alarms = [process.started + START_SECONDS for process in self._processes if not process.ready]
        if len(self._processes) < self.size:
            alarms.append(self._next_start)
        return max(0.0, min(alarms) - time.monotonic()) * 1000 + 1 if alarms else None

    def _greet(self, process: Process) -> None:
        with self.turn:
            greeting = process.greet()
            if greeting is not None:
                self._failed_starts = 0
                self._idle.append(process)
                self.turn.notify_all()
        if greeting is None:
            process.end()
        elif greeting == CONNECTED:
            _log.info("render process %d could not leave the network", process.pid)

    def _collect(self) -> None:
        """Remove the processes that died, were given up or never became warm."""
        for process in tuple(self._processes):
            if not process.ready and time.monotonic() - process.started > START_SECONDS:
                process.end()
            with self.turn:
                if (not process.ready or process in self._idle) and process.is_dead():
                    process.gone = True
                    self._idle = [other for other in self._idle if other is not process]
                if not process.gone:
                    continue
                self._processes.remove(process)
            status = process.end()
            self._pass_on(process)
            process.close()
            if not process.ready:
                self._count_failed_start(process.last_words or f"status {status}")

    def _count_failed_start(self, why: str) -> None:
        with self.turn:
            self._next_start = time.monotonic() + min(_LONGEST_PAUSE, 0.25 * 2 ** min(self._failed_starts, 10))
            self._failed_starts += 1
            self.turn.notify_all()
        _log.error("a render process could not start: %s", why)

    def _pass_on(self, process: Process) -> None:
        for line in process.log_lines():
            _log.warning("render process %d: %s", process.pid, line)
