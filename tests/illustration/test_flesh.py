"""Builds: every figure rests on the mat as the average one does, and is as wide as it should be above it."""

from collections.abc import Callable, Iterator

import pytest

from clinic_app.illustration import Scene
from clinic_app.illustration.arms import arm_knots
from clinic_app.illustration.figure import leg_knots, trunk_knots
from clinic_app.illustration.flesh import fleshed, rested
from clinic_app.illustration.geometry import Knot
from clinic_app.illustration.looks import BUILDS, Build
from clinic_app.illustration.posture import Posture
from clinic_app.illustration.side_solver import solve
from tests.shipped_pictures import scene

ROUND = ("slim", "broad", "large")
Outline = Callable[[Build], list[Knot]]


def outlines(posture: Posture) -> Iterator[tuple[str, Outline]]:
    """Every part that a build changes: its name and how it is outlined."""
    yield "trunk", lambda build: trunk_knots(posture, build)
    yield "near leg", lambda build: leg_knots(posture, posture.near_leg, "near", build)
    yield "far leg", lambda build: leg_knots(posture, posture.far_leg, "far", build)
    yield "near arm", lambda build: arm_knots(posture.near_arm, posture.turn, "flat", build)
    yield "far arm", lambda build: arm_knots(posture.far_arm, posture.turn, "flat", build)


def height(knots: list[Knot]) -> float:
    return max(knot.y for knot in knots) - min(knot.y for knot in knots)


@pytest.mark.parametrize("name", ROUND)
def test_no_build_sinks_into_the_mat_or_lifts_from_it(scenes: dict[str, Scene], frame: str, name: str) -> None:
    for part, outline in outlines(solve(scenes[frame])):
        average = outline(Build())
        lowest, usual = (max(knot.y for knot in knots) for knots in (rested(outline(BUILDS[name]), average), average))
        assert lowest <= max(usual, -0.3), part
        if usual > -1:
            assert lowest == pytest.approx(usual, abs=0.5), part


@pytest.mark.parametrize("name", ROUND)
def test_an_outline_has_the_same_knots_for_every_build(scenes: dict[str, Scene], frame: str, name: str) -> None:
    for part, outline in outlines(solve(scenes[frame])):
        corners = [[knot.corner for knot in outline(BUILDS[kind])] for kind in ("average", name)]
        assert corners[0] == corners[1], part


def test_the_belly_of_a_lying_figure_grows_upwards(scenes: dict[str, Scene]) -> None:
    trunk = dict(outlines(solve(scenes["bridge-a"])))["trunk"]
    heights = [height(rested(trunk(BUILDS[name]), trunk(Build()))) for name in ("slim", "average", "broad", "large")]
    assert heights == sorted(heights)
    assert heights[-1] > heights[1] + 1.5


def test_a_weight_of_nothing_keeps_a_joint_as_it_is() -> None:
    stations = ((0.1, 4.0, 3.0), (0.5, 4.0, 3.0), (0.9, 4.0, 3.0))
    assert fleshed(stations, (0, 0.5, 1), 1.5, 2.0) == ((0.1, 4.0, 3.0), (0.5, 5.0, 4.5), (0.9, 6.0, 6.0))


def test_flesh_high_above_the_mat_is_left_alone() -> None:
    wide, average = [Knot(0, -9), Knot(1, -30)], [Knot(0, -10), Knot(1, -28)]
    assert rested(wide, average) == wide


@pytest.mark.parametrize("name", ROUND)
def test_no_build_sinks_into_a_chair(name: str) -> None:
    seated = scene("chin-tuck-a")
    posture = solve(seated)
    seat = next(prop.height for prop in seated.props if prop.kind == "chair")
    leg = posture.near_leg
    average = leg_knots(posture, leg, "near")
    thigh = [i for i, knot in enumerate(average) if knot.y < -seat]
    assert max(average[i].y for i in thigh) == pytest.approx(-seat, abs=0.7)
    laid = rested(leg_knots(posture, leg, "near", BUILDS[name]), average, seat)
    assert max(laid[i].y for i in thigh) == pytest.approx(-seat, abs=0.7)
