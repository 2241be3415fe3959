"""The order of a programme's rows, and the headings they stand under after a move. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def moved(before: Sequence[int], order: Sequence[int]) -> tuple[int, ...]:
    """Which rows were moved to get from `before` to `order`: the fewest that can have been."""
    stayed = _longest_kept(before, order)
    return tuple(key for key in order if key not in stayed)


def regrouped(groups: Mapping[int, str], order: Sequence[int], keys: Sequence[int]) -> dict[int, str]:
    """The heading of each row once `keys` were moved: a moved row takes its neighbour's, the others keep theirs.

    A row that lands beside one of its own heading keeps it too, so that no heading is printed twice.
    """
    found = dict(groups)
    for key in keys:
        at = order.index(key)
        beside = [found[each] for each in (*order[max(at - 1, 0) : at], *order[at + 1 : at + 2])]
        if beside and found[key] not in beside:
            found[key] = beside[0]
    return found


def rearranged(before: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """`before` with the rows of `wanted` in that order; unknown ones are ignored, unnamed ones keep their place."""
    named = [key for key in dict.fromkeys(wanted) if key in before]
    waiting = iter(named)
    return [next(waiting) if key in named else key for key in before]


def _longest_kept(before: Sequence[int], order: Sequence[int]) -> list[int]:
    best: dict[int, list[int]] = {}
    for key in order:
        earlier = [run for last, run in best.items() if before.index(last) < before.index(key)]
        best[key] = [*max(earlier, key=len, default=[]), key]
    return max(best.values(), key=len, default=[])
