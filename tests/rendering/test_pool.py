"""The pool as its callers see it: real pages from real processes, queueing, replacing, forking."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_app.errors import NotPrintable, RenderFailed
from clinic_app.rendering import pool as module
from clinic_app.rendering import sample
from clinic_app.rendering.job import Job
from clinic_app.rendering.pool import COMMAND, PYTHON, Pool, Priority
from tests.faults.ill_behaved import ENOUGH, ILL_BEHAVED, InBackground, begun, job

ROOT = Path(module.__file__).parents[2]


@pytest.fixture(scope="module")
def printer() -> Iterator[Pool]:
    with Pool(size=2) as pool:
        yield pool


def titled(title: str) -> Job:
    order = sample.job()
    return replace(order, handout=replace(order.handout, title=title))


def who(pool: Pool) -> bytes:
    return pool.render(job("who")).pdf


def test_it_prints_pages_and_pictures_of_them(printer: Pool) -> None:
    printed = printer.render(sample.job())
    assert printed.pdf.startswith(b"%PDF-")
    pictures = printer.pages_as_png(printed.pdf, 30, 1, printed.pages)
    assert len(pictures) == printed.pages >= 1
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


@pytest.mark.parametrize(("pdf", "first", "last"), [(None, 99, 99), (None, 0, 1), (b"not a PDF", 1, 1)])
def test_pages_that_do_not_exist_cost_no_process(printer: Pool, pdf: bytes | None, first: int, last: int) -> None:
    printed = printer.render(sample.job())
    before = printer.pids
    assert printer.pages_as_png(pdf or printed.pdf, 30, first, last) == ()
    assert printer.pids == before


def test_two_processes_print_the_same_bytes(printer: Pool) -> None:
    with Pool(size=1) as other:
        assert other.render(sample.job()) == printer.render(sample.job())
        assert not set(other.pids) & set(printer.pids)


def test_eight_threads_each_get_their_own_pages(printer: Pool) -> None:
    orders = [titled(f"Back {number}") for number in range(4)] * 2
    with ThreadPoolExecutor(8) as threads:
        printed = list(threads.map(printer.render, orders))
    assert printed[:4] == printed[4:]
    assert len({pages.pdf for pages in printed}) == 4
    assert printed[2] == printer.render(titled("Back 2"))


def test_what_the_gate_refuses_passes_through_with_its_reasons(printer: Pool) -> None:
    with pytest.raises(NotPrintable) as refused:
        printer.render(titled(""))
    assert refused.value.reasons == ("The title is missing.",)


@pytest.fixture
def single() -> Iterator[Pool]:
    with Pool(size=1, timeout=ENOUGH, command=ILL_BEHAVED) as pool:
        yield pool


@pytest.fixture
def held(single: Pool, tmp_path: Path) -> Iterator[Path]:
    """The only process is at work until somebody writes to the pipe this gives."""
    begin, end = tmp_path / "begin", tmp_path / "end"
    os.mkfifo(begin)
    os.mkfifo(end)
    rendering = InBackground(single, job("hold", f"{begin} {end}"))
    begun(str(begin))
    yield end
    single.close()
    rendering.result()


def test_a_caller_is_told_when_no_process_is_free_in_time(single: Pool, held: Path) -> None:
    with pytest.raises(RenderFailed, match=r"busy\. Nothing was issued\. .*try again"):
        single.render(job("fine"), queue_time=0.05)


def test_a_person_is_served_before_a_batch(single: Pool, held: Path) -> None:
    batch = InBackground(single, job("which"), Priority.BATCH)
    wait_for_queue(single, 1)
    person = InBackground(single, job("which"))
    wait_for_queue(single, 2)
    held.write_text("go")
    order = {name: getattr(thread.result(), "pdf", None) for name, thread in (("person", person), ("batch", batch))}
    assert order == {"person": b"%PDF-1", "batch": b"%PDF-2"}


def wait_for_queue(pool: Pool, length: int) -> None:
    limit = time.monotonic() + ENOUGH
    while len(pool._queue) < length:
        assert time.monotonic() < limit
        time.sleep(0.005)


def test_a_process_is_replaced_after_so_many_documents() -> None:
    with Pool(size=1, recycle_after=2, command=ILL_BEHAVED) as pool:
        first, second, third = (who(pool) for _ in range(3))
    assert first == second != third


def test_a_process_that_has_grown_is_replaced(single: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    first = who(single)
    assert who(single) == first
    monkeypatch.setattr(module, "RECYCLE_MEMORY_KIB", 1)
    assert who(single) == first
    assert who(single) != first


def test_processes_outlive_the_thread_that_asked_for_them(single: Pool) -> None:
    thread = threading.Thread(target=who, args=(single,))
    thread.start()
    thread.join()
    (pid,) = single.pids
    assert who(single) == b"%%PDF-%d" % pid


FORKING = """
import os
from tests.faults.ill_behaved import ILL_BEHAVED, job
from clinic_app.rendering.pool import Pool
with Pool(size=1, command=ILL_BEHAVED) as pool:
    mine = pool.render(job("who"))
    child = os.fork()
    if child == 0:
        theirs = pool.render(job("who"))
        pool.close()
        os._exit(0 if theirs != mine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, "the child used its parent's process"
    assert pool.render(job("who")) == mine, "the child ended its parent's process"
"""


def test_a_forked_child_has_processes_of_its_own() -> None:
    subprocess.run([sys.executable, "-c", FORKING], cwd=ROOT, check=True, timeout=60)


LOADED = "import sys, clinic_app.rendering.{}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"


def test_each_side_loads_only_what_it_needs(tmp_path: Path) -> None:
    """The caller never loads WeasyPrint, the render process never loads the web application."""
    modules = {}
    for name in ("pool", "pdf"):
        program = tmp_path / f"{name}.py"
        program.write_text(LOADED.format(name))
        done = subprocess.run([*PYTHON, program], capture_output=True, text=True, check=True, timeout=60)
        modules[name] = set(done.stdout.split())
    assert "weasyprint" not in modules["pool"]
    assert "weasyprint" in modules["pdf"]
    assert not {"flask", "sqlalchemy", "huey", "smtplib"} & modules["pdf"]
    assert COMMAND[: len(PYTHON)] == PYTHON
