"""Where the shapes of a diary stand: every number has its place, and nothing is drawn that was not written."""

from __future__ import annotations

from datetime import date

import pytest

from clinic_app.rendering.dates import days_from
from clinic_app.services.diary_chart import HEAD, LEFT, ROW, STEP, days_chart, heads, pain_chart

DAYS = days_from(date(2026, 11, 9), 28)  # a Monday
NONE: list[int | None] = [None] * len(DAYS)


def test_each_cell_stands_under_its_day_and_beside_its_name() -> None:
    rows = [(name, [("done", f"{name} {day.day}") for day in DAYS]) for name in ("Bridge", "Clam")]
    chart = days_chart(DAYS, rows, {})
    assert [label.words for label in chart.names] == ["Bridge", "Clam"]
    assert len(chart.boxes) == 2 * len(DAYS)
    last = chart.boxes[-1]
    assert (last.x, last.y, last.words) == (LEFT + 27.5 * STEP, HEAD + 1.5 * ROW, "Clam 6")
    assert last.y == chart.names[-1].y
    assert last.x == chart.heads.numbers[-1].x
    assert chart.width > last.x
    assert chart.height > last.y


def test_an_edition_has_a_line_before_its_day_and_room_of_its_own() -> None:
    chart = days_chart(DAYS, [("Bridge", [])], {DAYS[3]: 2, date(2020, 1, 1): 1})
    assert [(label.x, label.words) for label in chart.editions] == [(LEFT + 3 * STEP, "Edition 2")]
    assert chart.names[0].y == HEAD + 1.5 * ROW


def test_a_long_name_is_cut_and_kept_whole_beside_it() -> None:
    name = "Lying on the back, knees rolling from side to side"
    label = days_chart(DAYS, [(name, [])], {}).names[0]
    assert label.words.endswith("…")
    assert len(label.words) <= 25
    assert label.whole == name


def test_weeks_begin_on_mondays_and_months_have_their_name() -> None:
    shown = heads(DAYS)
    assert shown.weeks == tuple(LEFT + column * STEP for column in (0, 7, 14, 21))
    assert [(label.words, label.x) for label in shown.months] == [
        ("November", LEFT + 3),
        ("December", LEFT + 22 * STEP + 3),
    ]
    assert [label.words for label in heads(days_from(date(2026, 11, 29), 28)).months] == ["December"]


def test_pain_stands_at_its_height() -> None:
    before, after = [0, *NONE[1:]], [10, *NONE[1:]]
    chart = pain_chart(DAYS, before, after, 6)
    low, high = chart.before[0], chart.after[0]
    assert low.y - high.y == 10 * 15
    assert (low.pain, high.pain) == (0, 10)
    assert high.y < chart.asked_at < low.y
    assert next(label.y for label in chart.scale if label.words == "6") == chart.asked_at
    # The numbers stand away from each other.
    assert high.number_y < high.y
    assert low.number_y > low.y


def test_two_equal_numbers_do_not_hide_each_other() -> None:
    chart = pain_chart(DAYS, [4, *NONE[1:]], [4, *NONE[1:]], 6)
    assert chart.before[0].x < chart.after[0].x
    assert chart.before[0].number_y != chart.after[0].number_y


def test_a_line_joins_only_neighbouring_days() -> None:
    pain: list[int | None] = [3, 4, None, 5, *NONE[4:]]
    chart = pain_chart(DAYS, NONE, pain, 6)
    assert len(chart.after) == 3
    assert chart.before == ()
    assert [(line.x1, line.x2) for line in chart.after_lines] == [(chart.after[0].x, chart.after[1].x)]


def test_days_and_numbers_belong_together() -> None:
    with pytest.raises(ValueError, match="zip"):
        pain_chart(DAYS, [1], [2], 6)
