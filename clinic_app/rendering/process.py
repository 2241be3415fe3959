"""The pool's end of one render process: start it, ask it, kill it."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from clinic_app.rendering.frames import (
    HEADER_BYTES,
    LOG_CHARACTERS,
    LOG_MARK,
    Garbage,
    Header,
    Kind,
    pack,
    unpack_header,
    unpack_parts,
)

_KEPT_VARIABLES = ("PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT")


class DeadBefore(Exception):
    """The process was dead before it took any of the request, so another may safely be asked."""


class Stopped(Exception):
    """The process had the request and gave no answer. `why` is "time" or "died"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Process:
    """A render process. One thread at a time talks to it; `end` and `is_dead` may be called from any."""

    def __init__(self, command: Sequence[str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="handout-render-"))
        try:
            (self.folder / "empty").mkdir()
            self._child = subprocess.Popen(  # noqa: S603  our own command, no shell
                [*command, str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                cwd=self.folder / "empty",
                env=_environment(self.folder),
                start_new_session=True,  # its own group: Ctrl-C in a terminal is not for it, and one kill ends it all
            )
        except OSError:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self.pid = self._child.pid
        self.exited = os.pidfd_open(self.pid)  # becomes readable when the process ends
        self._pipes = tuple(pipe for pipe in (self._child.stdin, self._child.stdout, self._child.stderr) if pipe)
        self._requests, self.answers, self.errors = (pipe.fileno() for pipe in self._pipes)
        for pipe in (self._requests, self.answers, self.errors):
            os.set_blocking(pipe, False)
        self.started = time.monotonic()
        self.ready = False  # it said that it is warm
        self.gone = False  # given up by whoever had it; the keeper removes it
        self.silent = False  # its standard error has ended
        self.documents = 0
        self.memory_kib = 0
        self.last_words = ""  # its last line before it was ready
        self._ending = threading.Lock()

    def is_dead(self) -> bool:
        """Looks without collecting the process, so that its id cannot be given to another before `end`."""
        with self._ending:
            if self._child.returncode is not None:
                return True
            try:
                return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
            except ChildProcessError:
                return True

    def end(self) -> int:
        """Kill the whole group, collect the process, remove its folder; return its exit status. Harmless twice."""
        with self._ending:
            if self._child.returncode is None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.pid, signal.SIGKILL)
            status = self._child.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        return status

    def close(self) -> None:
        """Forget the pipes; `end` comes first."""
        for pipe in self._pipes:
            pipe.close()
        if self.exited >= 0:
            os.close(self.exited)
            self.exited = -1

    def disown(self) -> None:
        """In a forked child: let go of the parent's process without touching it."""
        self.close()
        self._child.returncode = 0  # or Popen would complain that its child still runs

    def greet(self) -> bytes | None:
        """The first frame says that the process is warm, and whether it is isolated; None when it is anything else.

        The frame fits one write to a pipe, so it comes whole or not at all.
        """
        with contextlib.suppress(Garbage, BlockingIOError):
            data = os.read(self.answers, 4096)
            if len(data) >= HEADER_BYTES and unpack_header(data[:HEADER_BYTES]).kind is Kind.READY:
                self.ready = True
                return b"".join(unpack_parts(data[HEADER_BYTES:]))
        return None

    def log_lines(self) -> list[str]:
        """What it wrote to standard error since the last call: its own capped lines, nothing that a library printed.

        Before it is ready no patient's data was near it, so the last line of any kind is kept: it says why it failed.
        """
        lines = []
        with contextlib.suppress(BlockingIOError):
            while data := os.read(self.errors, 65536):
                for line in data.decode("utf-8", "replace").splitlines():
                    if line.startswith(LOG_MARK):
                        lines.append(line[len(LOG_MARK) :][:LOG_CHARACTERS])
                    elif not self.ready and line.strip():
                        self.last_words = line.strip()[:LOG_CHARACTERS]
            self.silent = True
        return lines

    def ask(self, kind: Kind, parts: Sequence[bytes], deadline: float) -> tuple[Header, tuple[bytes, ...]]:
        """Send one request and read its answer. `deadline` is a time of `time.monotonic`.

        Raises:
            DeadBefore: when nothing of the request was taken.
            Stopped: when the deadline passed, or the process died or answered garbage.
        """
        if self.is_dead():
            raise DeadBefore
        self.documents += 1
        self._write(pack(kind, self.documents, parts), deadline)
        try:
            header = unpack_header(self._read(HEADER_BYTES, deadline))
            answer = unpack_parts(self._read(header.length, deadline))
        except Garbage:
            raise Stopped("died") from None
        if header.number != self.documents:
            raise Stopped("died")
        self.memory_kib = header.memory_kib
        return header, answer

    def _write(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            _wait_for(self._requests, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._requests, rest) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                if len(rest) == len(data):
                    raise DeadBefore from None
                raise Stopped("died") from None

    def _read(self, length: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < length:
            _wait_for(self.answers, select.POLLIN, deadline)
            try:
                piece = os.read(self.answers, min(length - len(data), 1 << 20))
            except BlockingIOError:
                continue
            if not piece:
                raise Stopped("died")
            data += piece
        return bytes(data)


def _wait_for(pipe: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise Stopped("time")


def _environment(folder: Path) -> dict[str, str]:
    """What a render process may know. No variable of the service passes unless it is named here."""
    return {
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PYTHONHASHSEED": "0",  # sets in one order everywhere: same job, same bytes
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        **{name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
    }
