"""An earlier save of one open page never follows a later one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_app.models import Programme
from clinic_app.services.open_pages import MOST_PAGES, take


@given(st.permutations(range(1, 8)))
def test_in_whatever_order_they_arrive_the_last_one_made_stands(arriving: list[int]) -> None:
    programme, stands = Programme(page_saves={}), 0
    for number in arriving:
        if take(programme, "page", number):
            assert number >= stands
            stands = number
    assert stands == 7


def test_a_save_that_is_sent_again_counts_again() -> None:
    programme = Programme(page_saves={})
    assert take(programme, "page", 1)
    assert take(programme, "page", 1)


def test_pages_count_by_themselves() -> None:
    programme = Programme(page_saves={})
    assert take(programme, "hers", 5)
    assert take(programme, "his", 1)
    assert not take(programme, "hers", 4)


@pytest.mark.parametrize(("page", "number"), [("", 3), ("page", 0), ("page", -1)])
def test_a_page_without_scripts_always_counts(page: str, number: int) -> None:
    programme = Programme(page_saves={"page": 9, "": 9})
    assert take(programme, page, number)


def test_few_pages_are_remembered_and_the_newest_ones() -> None:
    programme = Programme(page_saves={})
    for place in range(MOST_PAGES + 5):
        take(programme, f"page {place}", 1)
    take(programme, "x" * 500, 2)
    assert len(programme.page_saves) == MOST_PAGES
    assert not take(programme, "x" * 500, 1)
    assert max(map(len, programme.page_saves)) <= 40
