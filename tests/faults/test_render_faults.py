"""What a caller meets when a render process misbehaves. The processes are real; only the renderer is ill-behaved."""

from __future__ import annotations

import json
import logging
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_app.errors import NotPrintable, RenderFailed
from clinic_app.rendering import worker
from clinic_app.rendering.pool import Pool
from tests.faults.ill_behaved import (
    ENOUGH,
    ILL_BEHAVED,
    PATIENT,
    TEST_CPU_SECONDS,
    InBackground,
    begun,
    job,
    wait_until_dead,
)

SHORT = 2.0  # seconds: what a render may take here; a busy machine needs some of it to begin


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool(size=1, timeout=ENOUGH, command=ILL_BEHAVED) as one:
        yield one


@pytest.fixture
def fifo(tmp_path: Path) -> str:
    path = tmp_path / "begun"
    os.mkfifo(path)
    return str(path)


def says_nothing_was_issued(error: object) -> bool:
    return isinstance(error, RenderFailed) and "Nothing was issued." in str(error)


def test_a_render_that_never_ends_is_killed_and_the_next_one_works(fifo: str) -> None:
    with Pool(size=1, timeout=SHORT, command=ILL_BEHAVED) as pool:
        pool.render(job("fine"))
        rendering = InBackground(pool, job("hang", fifo))
        pid = int(begun(fifo))
        outcome = rendering.result()
        assert says_nothing_was_issued(outcome)
        assert "too long" in str(outcome)
        wait_until_dead(pid)
        assert pool.render(job("fine")).pdf == b"%PDF-fine"
        assert pid not in pool.pids


def test_the_kill_reaches_what_the_render_started(fifo: str) -> None:
    with Pool(size=1, timeout=SHORT, command=ILL_BEHAVED) as pool:
        pool.render(job("fine"))
        rendering = InBackground(pool, job("hang with child", fifo))
        told = begun(fifo)
        assert says_nothing_was_issued(rendering.result())
        if told != "EAGAIN":  # only the superuser's processes are free to start others
            wait_until_dead(int(told))


def test_a_stopped_process_does_not_hold_its_caller() -> None:
    with Pool(size=1, timeout=SHORT, command=ILL_BEHAVED) as pool:
        pool.render(job("fine"))
        (pid,) = pool.pids
        os.kill(pid, signal.SIGSTOP)
        # Longer than a pipe holds, so that the order itself cannot be handed over either.
        with pytest.raises(RenderFailed, match="too long"):
            pool.render(job("fine", "x" * 1_000_000))
        wait_until_dead(pid)
        assert pool.render(job("fine")).pages == 1


def test_a_process_killed_in_the_middle_fails_that_render_only(pool: Pool, fifo: str) -> None:
    rendering = InBackground(pool, job("hang", fifo))
    os.kill(int(begun(fifo)), signal.SIGKILL)
    outcome = rendering.result()
    assert says_nothing_was_issued(outcome)
    assert "stopped before the pages were ready" in str(outcome)
    assert pool.render(job("fine")).pdf == b"%PDF-fine"


def test_a_process_killed_while_idle_is_replaced_unnoticed(pool: Pool) -> None:
    pool.render(job("fine"))
    (pid,) = pool.pids
    os.kill(pid, signal.SIGKILL)
    wait_until_dead(pid)
    assert pool.render(job("who")).pdf != b"%%PDF-%d" % pid


def test_a_process_that_dies_in_silence_is_replaced_before_anyone_asks(pool: Pool) -> None:
    pool.render(job("fall silent"))
    (pid,) = pool.pids
    os.kill(pid, signal.SIGKILL)
    limit = time.monotonic() + ENOUGH
    while pool.pids in {(pid,), ()}:
        assert time.monotonic() < limit, "nobody noticed"
        time.sleep(0.005)


def test_a_dead_process_is_noticed_before_it_gets_the_job(pool: Pool) -> None:
    pool.render(job("fine"))
    (pid,) = pool.pids
    with pool._keeper.turn:  # the keeper cannot replace it before we ask
        os.kill(pid, signal.SIGKILL)
        wait_until_dead(pid)
        assert pool.render(job("who")).pdf != b"%%PDF-%d" % pid


def test_endless_computing_ends_at_the_cpu_limit(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RenderFailed, match="too long"):
        pool.render(job("spin"))
    assert f"status {-signal.SIGXCPU}," in caplog.text  # the limit ended it, not the clock of the pool


def test_hunger_for_memory_ends_at_the_limit(pool: Pool) -> None:
    pool.render(job("fine"))
    (pid,) = pool.pids
    with pytest.raises(RenderFailed, match="too much memory"):
        pool.render(job("grow"))
    wait_until_dead(pid)
    assert pool.render(job("fine")).pages == 1


@pytest.mark.parametrize("title", ["raise", "raise beyond Exception", "exit", "babble", "large file"])
def test_a_failed_render_says_what_to_do_and_names_nobody(
    pool: Pool, title: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(RenderFailed) as failed:
        pool.render(job(title))
    assert says_nothing_was_issued(failed.value)
    assert "try again" in str(failed.value)
    assert pool.render(job("fine")).pages == 1
    pool.close()
    assert PATIENT not in str(failed.value) + caplog.text
    assert failed.value.__cause__ is None


def test_the_log_has_the_place_of_an_error(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RenderFailed):
        pool.render(job("raise"))
    pool.render(job("fine"))
    pool.close()
    assert "ValueError at ill_behaved.py:" in caplog.text
    assert "Failed to load %s" in caplog.text


def test_a_refusal_keeps_its_reasons_and_its_process(pool: Pool) -> None:
    pool.render(job("fine"))
    before = pool.pids
    with pytest.raises(NotPrintable) as refused:
        pool.render(job("refuse"))
    assert refused.value.reasons == ("Picture A of Bridge has no words.", "There is no safety box.")
    assert pool.pids == before


def test_stray_prints_neither_spoil_the_channel_nor_reach_the_log(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    assert pool.render(job("print")).pdf == b"%PDF-fine"
    assert pool.render(job("fine")).pdf == b"%PDF-fine"
    pool.close()
    assert PATIENT not in caplog.text


def may_leave_the_network() -> bool:
    """Whether this system lets a process of ours have a network of its own, by the system's tool."""
    tries = (["unshare", "--net", "true"], ["unshare", "--user", "--net", "true"])
    return any(subprocess.run(words, capture_output=True, check=False).returncode == 0 for words in tries)


def test_a_process_has_no_secret_no_network_and_little_room(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SECRET_KEY", "tell nobody")
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))  # as on a machine that keeps core files
    caplog.set_level(logging.INFO)
    with socket.create_server(("127.0.0.1", 0)) as server, Pool(size=1, command=ILL_BEHAVED) as pool:
        outside = f"{server.getsockname()[1]} {Path('/proc/self/ns/net').readlink().name}"
        found = json.loads(pool.render(job("describe", outside)).pdf.removeprefix(b"%PDF-"))
    environment = found["environment"]
    assert "SECRET_KEY" not in environment
    assert "tell nobody" not in str(found)
    assert set(environment) <= {
        *("PATH", "LANG", "LC_CTYPE", "HOME", "TMPDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT"),
        *("PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"),
    }
    assert environment["HOME"] == environment["TMPDIR"] != os.environ["HOME"]
    assert found["folder"] == []
    assert found["umask"] == 0o077
    assert found["leads its session"]
    assert found["limits"]["CORE"] == 0
    assert found["limits"]["FSIZE"] == 20_000_000
    assert found["limits"]["NPROC"] == 0
    assert found["cpu"] < found["limits"]["CPU"] <= found["cpu"] + TEST_CPU_SECONDS + 1
    # Where the system forbids a network of one's own the pool says so; it never claims what it does not have.
    assert found["has its own network"] is may_leave_the_network()
    assert found["reached the network"] is not found["has its own network"]
    assert ("could not leave the network" in caplog.text) is not found["has its own network"]
    assert not Path(environment["HOME"]).exists()


PARENT = """
import sys, threading
from tests.faults import ill_behaved as faults
from clinic_app.rendering.pool import Pool
pool = Pool(size=2, command=faults.ILL_BEHAVED)
pool.render(faults.job("fine"))
threading.Thread(target=pool.render, args=(faults.job("hang", {fifo!r}),), daemon=True).start()
sys.stdin.read()
"""


@pytest.mark.parametrize("end", ["killed", "ends"])
def test_no_process_outlives_its_parent(fifo: str, end: str, tmp_path: Path) -> None:
    script = PARENT.format(fifo=fifo)
    environment = {**os.environ, "PYTHONPATH": str(Path(worker.__file__).parents[2]), "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, env=environment) as parent:
        busy = int(begun(fifo))
        tasks = Path(f"/proc/{parent.pid}/task").iterdir()
        started = {int(pid) for task in tasks for pid in (task / "children").read_text().split()}
        assert busy in started
        assert len(started) == 2
        handles = {pid: os.pidfd_open(pid) for pid in started}
        if end == "killed":
            parent.kill()
        else:
            assert parent.stdin
            parent.stdin.close()
        parent.wait(ENOUGH)
        for pid, handle in handles.items():
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            assert poll.poll(ENOUGH * 1000), f"process {pid} still lives"
            os.close(handle)


def test_a_process_that_cannot_start_is_said_at_once_not_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    command = (sys.executable, "-c", "import sys; sys.exit('Pango is missing')")
    began = time.monotonic()
    with Pool(size=1, queue_time=60, command=command) as pool, pytest.raises(RenderFailed, match="could not start"):
        pool.render(job("fine"))
    assert time.monotonic() - began < 30
    assert "Pango is missing" in caplog.text


def test_closing_in_the_middle_of_a_render_frees_its_caller(pool: Pool, fifo: str) -> None:
    rendering = InBackground(pool, job("hang", fifo))
    pid = int(begun(fifo))
    pool.close()
    outcome = rendering.result()
    assert says_nothing_was_issued(outcome)
    assert "shutting down" in str(outcome)
    wait_until_dead(pid)
    with pytest.raises(RenderFailed, match="shutting down"):
        pool.render(job("fine"))
    pool.close()
