"""`python -m benchmarks`: what the service costs beside the same work done without thought for speed, and the waiting.

Leaves with status 1 when a target is clearly missed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

import pypdfium2
from flask import Flask

from benchmarks import patient_page, pictures, poses
from benchmarks.desk import measure
from benchmarks.measure import Answers, Comparison, cpu_seconds, own_cpu, side_by_side
from clinic_app.rendering.job import Job
from clinic_app.rendering.pool import PYTHON, Pool
from clinic_app.services import printing
from clinic_app.services.sample import sample_job
from clinic_app.starter.pack import load_pack
from clinic_app.storage import Storage

NAIVE = (*PYTHON, str(Path(__file__).parent / "naive" / "render.py"))
WARM_UP = 4
ROUNDS = 15
DOWNLOADS = 40  # in a round: one alone is too short to measure


def main() -> int:
    order = sample_job(load_pack(), "low-back-six", date(2027, 3, 1))
    with Pool(size=1, timeout=60) as ours, Pool(size=1, timeout=60, command=NAIVE) as naive:
        pages = ours.render(order), naive.render(order)
        if problem := difference(pages[0].pdf, pages[1].pdf):
            print(f"The rival does not print the same handout, so there is nothing to compare: {problem}")
            return 2
        for number in range(WARM_UP):
            for pool in (ours, naive):
                pool.render(for_patient(order, -1 - number))
        mine, theirs = side_by_side(ROUNDS, Meter(ours, order), Meter(naive, order))
        warm = Comparison("six exercises, warm, tagged PDF/UA-1", mine, theirs, 0.55)
        issued, drafts = downloads(order, ours)
        rival = Meter(naive, order)
        desk = list(measure(lambda number: rival(10_000 + number)))
    desk += poses.measure()
    again = (
        Comparison("an issued handout, downloaded again", issued, theirs, 1 / 500),
        Comparison("the same draft, looked at again", drafts, theirs, 1 / 500),
    )
    print(f"CPU of the service beside untuned, untagged WeasyPrint: {pages[0].pages} pages, {ROUNDS} rounds in turn.\n")
    missed = report((warm, *again))
    print(
        "\nThe desk with 10,000 exercises: whole requests on the clock and as CPU, then their CPU beside a rival's.\n"
    )
    missed |= report_waiting([answers for answers, _ in desk])
    print()
    missed |= report(tuple(beside for _, beside in desk))
    missed |= report_pictures()
    return missed | report_patient_page()


def report_patient_page() -> int:
    """What a patient waits for, and what the phone has to load."""
    load, weight = patient_page.measure()
    print("\nThe patient's page: the server of `make run` on loopback, timed from when each request was to leave.\n")
    missed = patient_page.report(load)
    print()
    return missed | pictures.report((weight,))


def report_pictures() -> int:
    """What drawing costs, beside reading the same poses as JSON, and how large the drawings are."""
    print(f"\nPictures: {pictures.milliseconds_a_frame():.2f} ms of CPU a frame.\n")
    missed = report((pictures.drawing(),))
    print()
    return missed | pictures.report(pictures.sizes())


class Meter:
    """Renders for a patient it has not seen; counts the CPU of the render process from one call to the next.

    So what a process does after it has answered is counted too.
    """

    def __init__(self, pool: Pool, order: Job) -> None:
        self._pool, self._order = pool, order
        (self._pid,) = pool.pids

    def __call__(self, number: int) -> float:
        spent = cpu_seconds(self._pid)
        self._pool.render(for_patient(self._order, number))
        return spent


def for_patient(order: Job, number: int) -> Job:
    patient = replace(order.handout.patient, name=f"Sample Patient {number + 100}")
    return replace(order, handout=replace(order.handout, patient=patient))


def downloads(order: Job, pool: Pool) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """CPU seconds, one value a round, of pages that were made before.

    First by their name, as an issued handout keeps it; then by all that decides them, as a draft finds them. The check
    that the bytes are whole is included in both.
    """
    app = Flask(__name__)
    with tempfile.TemporaryDirectory() as folder, app.app_context():
        app.extensions |= {"storage": Storage(Path(folder) / "files"), "render_pool": pool}
        name = printing.make(order).pdf
        pool.close()  # from here on a render would be an error

        def issued() -> None:
            printing.store().get(name)

        def draft() -> None:
            printing.store().get(printing.make(order).pdf)

        rounds = [tuple(own_cpu(work, DOWNLOADS) for work in (issued, draft)) for _ in range(ROUNDS)]
    return tuple(first for first, _ in rounds), tuple(second for _, second in rounds)


def difference(ours: bytes, theirs: bytes) -> str:
    """What the two PDFs do not share: pages or words. Empty when they say the same. Pictures are within one tenth."""
    with pypdfium2.PdfDocument(ours) as mine, pypdfium2.PdfDocument(theirs) as yours:
        if len(mine) != len(yours):
            return f"{len(mine)} pages and {len(yours)}"
        left, right = words(mine), words(yours)
        if left != right:
            return f"only ours {dict(left - right)}, only theirs {dict(right - left)}"
        shapes = [sum(1 for page in pdf for _ in page.get_objects()) for pdf in (mine, yours)]
        if abs(shapes[0] - shapes[1]) > max(shapes) / 10:
            return f"{shapes[0]} drawn objects and {shapes[1]}"
    return ""


def words(pdf: pypdfium2.PdfDocument) -> Counter[str]:
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    return Counter(re.findall(r"[A-Za-z]+|[0-9]+", text.replace("\ufffe", "")))


def report(comparisons: tuple[Comparison, ...]) -> int:
    print(f"{'':40}{'ours':>10}{'naive':>10}{'ratio':>10}{'middle half':>20}{'at most':>10}")
    for each in comparisons:
        low, high = each.middle_half
        print(
            f"{each.name:40}{median(each.ours) * 1000:>7.2f} ms{median(each.theirs) * 1000:>7.0f} ms{each.ratio:>10.4f}"
            f"{low:>11.4f}-{high:.4f}{each.target:>12.4f}  {each.verdict}"
        )
    return int(any(each.verdict == "MISSED" for each in comparisons))


def report_waiting(answers: Sequence[Answers]) -> int:
    print(f"{'slowest of twenty':40}{'clock':>10}{'work':>10}{'at most':>10}")
    for each in answers:
        times = (each.clock_p95, each.work_p95, each.target)
        print(f"{each.name:40}{''.join(f'{seconds * 1000:>7.0f} ms' for seconds in times)}  {each.verdict}")
    return int(any(each.verdict == "MISSED" for each in answers))


if __name__ == "__main__":
    sys.exit(main())
