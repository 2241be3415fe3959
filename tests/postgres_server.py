"""A PostgreSQL server for the tests: the one that TEST_POSTGRES_URL names, else a throwaway one.

The throwaway server keeps its data in a temporary folder, answers on a Unix socket in it (no port to fight over, nobody
else can reach it) and never waits for the disk. PostgreSQL refuses to run as root, so root starts it as `postgres`.

As a command it lends one server to another command and all its children:

    python -m tests.postgres_server .venv/bin/pytest -n 2
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import psycopg
from sqlalchemy import URL, make_url

VARIABLE = "TEST_POSTGRES_URL"
PATIENCE = 60.0  # seconds for the server to start, or to stop


@contextmanager
def server() -> Iterator[URL]:
    """The address of a server where databases may be made: TEST_POSTGRES_URL, else a throwaway server's."""
    named = os.environ.get(VARIABLE)
    if named:
        yield make_url(named).set(drivername="postgresql+psycopg")
        return
    with throwaway_server() as address:
        yield address


@contextmanager
def database(address: URL, *, copy: bool = False) -> Iterator[URL]:
    """A new database on the server at `address`; it is dropped at the end, open connections and all.

    It is empty, or a copy of the database at `address`, which nobody may be using.
    """
    name = f"test_{secrets.token_hex(8)}"
    template = address.database if copy else "template0"
    elsewhere = _libpq(address.set(database="postgres"))
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING UTF8')
    try:
        yield address.set(database=name)
    finally:
        with psycopg.connect(elsewhere, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def throwaway_server() -> Iterator[URL]:
    """Start a server, give its address, then stop it and delete its data, also after an error.

    Raises RuntimeError, with the server's own words, when it cannot start.
    """
    programs = find_programs()
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="clinic-pg-", dir="/tmp"))  # short: a socket's path holds 107 bytes
    try:
        if account:
            shutil.chown(folder, user=account)
        _initialise(programs, folder, account)
        with _running(programs, folder, account):
            address = URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)})
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """The folder of the newest PostgreSQL's `initdb` and `postgres`. Raises RuntimeError when there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise RuntimeError(f"No PostgreSQL server: apt-get install postgresql, or name one in {VARIABLE}.")


def _account() -> str | None:
    """The account that must run the server, or None when it is our own."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as_account(account: str | None) -> tuple[str, ...]:
    if account is None:
        return ()
    return ("setpriv", f"--reuid={account}", f"--regid={pwd.getpwnam(account).pw_gid}", "--clear-groups")


def _initialise(programs: Path, folder: Path, account: str | None) -> None:
    command = (str(programs / "initdb"), "--pgdata", str(folder / "data"), "--username=postgres", "--auth=trust")
    # C.UTF-8 is on every Debian; with plain C, lower() would leave accented letters as they are.
    how = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    made = subprocess.run(
        (*_as_account(account), *command, *how), cwd=folder, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr.strip() or made.stdout.strip()}")


@contextmanager
def _running(programs: Path, folder: Path, account: str | None) -> Iterator[None]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    prefix = _as_account(account) or ("setpriv",)
    log = folder / "log"
    # --pdeathsig: if this process is killed and cannot clean up, the kernel stops the server.
    with log.open("wb") as output:
        process = subprocess.Popen(
            (*prefix, "--pdeathsig=INT", str(programs / "postgres"), "-D", str(folder / "data"), *arguments),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the tests; the server stops after them
        )
    try:
        _wait_until_ready(process, folder, log)
        yield
    finally:
        _stop(process)


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # "fast": ends open connections
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)  # "immediate": the children end too, the data are thrown away anyway
        process.wait(PATIENCE)


def _libpq(address: URL) -> str:
    return address.set(drivername="postgresql").render_as_string(hide_password=False)


def main(command: Sequence[str]) -> int:
    """Run `command` with a server in TEST_POSTGRES_URL; the exit status is the command's."""
    if not command:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2

    def stop(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    with server() as address:
        child = subprocess.Popen(command, env={**os.environ, VARIABLE: address.render_as_string(hide_password=False)})
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue  # the command got Ctrl-C too, and says what it has to say
            except SystemExit:
                child.terminate()
                child.wait()
                raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
