"""A moved exercise stands under the heading of its new place; nothing else changes its heading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clinic_app.services.programme_order import moved, rearranged, regrouped

GROUPS = {1: "Loosen", 2: "Loosen", 3: "Ease", 4: "Ease", 5: "Stronger", 6: "Stronger"}
BEFORE = [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([6, 1, 2, 3, 4, 5], (6,)),
        ([2, 3, 4, 5, 6, 1], (1,)),
        ([1, 2, 4, 3, 5, 6], (3,)),
        (BEFORE, ()),
    ],
)
def test_the_fewest_rows_were_moved(order: list[int], expected: tuple[int, ...]) -> None:
    found = moved(BEFORE, order)
    assert len(found) == len(expected)
    assert [key for key in order if key not in found] == [key for key in BEFORE if key not in found]


def test_a_row_dragged_to_another_group_takes_its_heading_and_the_others_keep_theirs() -> None:
    order = [6, 1, 2, 3, 4, 5]
    assert regrouped(GROUPS, order, [6]) == {**GROUPS, 6: "Loosen"}


def test_a_row_that_stays_beside_its_own_group_keeps_its_heading() -> None:
    order = [2, 1, 3, 4, 5, 6]
    assert regrouped(GROUPS, order, [1]) == GROUPS


def test_a_row_alone_keeps_its_heading() -> None:
    assert regrouped({1: "Loosen"}, [1], [1]) == {1: "Loosen"}


def test_unknown_rows_are_ignored_and_unnamed_ones_keep_their_place() -> None:
    assert rearranged(BEFORE, [99, 5, 2, 5]) == [1, 5, 3, 4, 2, 6]


@given(some.permutations(BEFORE))
def test_an_order_loses_and_doubles_nothing(order: list[int]) -> None:
    assert rearranged(BEFORE, order) == order
    kept = [key for key in order if key not in moved(BEFORE, order)]
    assert kept == sorted(kept)
    assert set(regrouped(GROUPS, order, moved(BEFORE, order))) == set(BEFORE)
