from __future__ import annotations

from datetime import date

from benchmarks.__main__ import NAIVE, difference
from clinic_app.rendering.pool import Pool
from clinic_app.services.sample import sample_job
from clinic_app.starter.pack import load_pack


def test_the_rival_prints_the_same_handout(pool: Pool) -> None:
    order = sample_job(load_pack(), "low-back-six", date(2027, 3, 1))
    with Pool(size=1, timeout=60, command=NAIVE) as naive:
        assert difference(pool.render(order).pdf, naive.render(order).pdf) == ""
