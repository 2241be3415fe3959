"""The throwaway PostgreSQL server starts, answers, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, create_engine, make_url, text

from tests import postgres_server

ROOT = Path(__file__).resolve().parent.parent


def folder_of(address: URL) -> Path:
    """The folder of a throwaway server: where its socket is."""
    return Path(str(address.query["host"]))


def refuses(address: URL) -> bool:
    try:
        psycopg.connect(host=str(address.query["host"]), user="postgres", dbname="postgres").close()
    except psycopg.OperationalError:
        return True
    return False


def lent(address: URL, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the wrapper, with `address` as the server that TEST_POSTGRES_URL names."""
    environment = {**os.environ, postgres_server.VARIABLE: address.render_as_string(hide_password=False)}
    wrapper = [sys.executable, "-m", "tests.postgres_server", *command]
    return subprocess.run(wrapper, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def use_and_fail(seen: list[URL]) -> None:
    with postgres_server.throwaway_server() as address:
        seen.append(address)
        with postgres_server.database(address) as fresh:
            engine = create_engine(fresh)
            with engine.begin() as connection:
                assert connection.execute(text("SELECT lower('ÅSE')")).scalar_one() == "åse"
            # The pool still holds a connection: the database is dropped all the same.
        engine.dispose()
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            psycopg.connect(host=str(folder_of(address)), user="postgres", dbname=str(fresh.database))
        raise ZeroDivisionError


def test_it_answers_then_is_gone_even_after_an_error() -> None:
    seen: list[URL] = []
    with pytest.raises(ZeroDivisionError):
        use_and_fail(seen)
    assert refuses(seen[0])
    assert not folder_of(seen[0]).exists()


def test_a_named_server_is_used_and_no_other_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(postgres_server.VARIABLE, "postgresql://someone:secret@db.example/clinic")
    monkeypatch.setattr(postgres_server, "throwaway_server", pytest.fail)
    with postgres_server.server() as address:
        assert address == make_url("postgresql+psycopg://someone:secret@db.example/clinic")


def test_the_wrapper_passes_the_address_and_the_exit_status_on() -> None:
    named = make_url("postgresql+psycopg://someone:secret@db.example/clinic")
    show = "import os; print(os.environ['TEST_POSTGRES_URL']); raise SystemExit(7)"
    done = lent(named, [sys.executable, "-c", show])
    assert done.stdout.strip() == "postgresql+psycopg://someone:secret@db.example/clinic"
    assert done.returncode == 7


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_does_not_outlive_a_stopped_wrapper(number: signal.Signals) -> None:
    environment = {name: value for name, value in os.environ.items() if name != postgres_server.VARIABLE}
    # The command ends when its input does, so that it does not outlive the test.
    script = "import os; print(os.environ['TEST_POSTGRES_URL'], flush=True); input()"
    command = [sys.executable, "-m", "tests.postgres_server", sys.executable, "-c", script]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as wrapper:
        assert wrapper.stdout
        address = make_url(wrapper.stdout.readline().strip())
        assert not refuses(address)
        wrapper.send_signal(number)
        wrapper.wait(30)
    until = time.monotonic() + 30
    while not refuses(address) and time.monotonic() < until:
        time.sleep(0.05)
    assert refuses(address)
    shutil.rmtree(folder_of(address), ignore_errors=True)  # after SIGKILL nobody else can


def test_no_server_on_the_machine_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "glob", lambda _self, _pattern: iter(()))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(RuntimeError, match="apt-get install postgresql"):
        postgres_server.find_programs()
