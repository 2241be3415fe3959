"""Limbs that lie on the mat are solved, and the lying, prone and plank pictures do what their steps say."""

from __future__ import annotations

import math
from typing import Any

import pytest

from clinic_app.illustration import LOOKS, Scene, draw, read_scene
from clinic_app.illustration import joints as body
from clinic_app.illustration.arms import arm_knots
from clinic_app.illustration.figure import foot_knots, trunk_knots
from clinic_app.illustration.geometry import direction, signed
from clinic_app.illustration.head import outline_points
from clinic_app.illustration.lying import BALL_REST, HEEL_REST, ball_of_foot, elbow_out, kept_up, laid_leg, tiptoe_leg
from clinic_app.illustration.posture import Leg, Posture
from clinic_app.illustration.side_solver import solve
from tests.shipped_pictures import pose, scene

TOUCH = 0.6  # 1/100 stature; about 0.3 mm in print


def posture(name: str) -> Posture:
    return solve(scene(name))


def hip_flexion(of: Posture, leg: Leg) -> float:
    return signed(of.turn * (direction(leg.hip, leg.knee) - of.pelvis_angle - 180))


def knee_flexion(of: Posture, leg: Leg) -> float:
    return signed(of.turn * (direction(leg.hip, leg.knee) - direction(leg.knee, leg.ankle)))


def head_above_mat(of: Posture) -> float:
    return -max(y for _, y in outline_points(of.head, of.head_angle, of.turn))


def refusal(data: dict[str, Any]) -> str:
    with pytest.raises(ValueError, match=r"^pose: ") as caught:
        read_scene(data, "pose")
    return str(caught.value)


# The parts, one by one


def test_a_leg_on_its_back_lies_on_the_heel_and_one_face_down_on_knee_and_instep() -> None:
    knee, ankle = laid_leg((0, -7.6), 1, face_down=False) or pytest.fail("out of reach")
    assert ankle[1] == pytest.approx(-HEEL_REST)
    assert math.dist((0, -7.6), ankle) == pytest.approx(body.THIGH + body.SHANK)
    assert math.dist((0, -7.6), knee) == pytest.approx(body.THIGH)
    knee, ankle = laid_leg((0, -6.9), 1, face_down=True) or pytest.fail("out of reach")
    assert (knee[1], ankle[1]) == pytest.approx((-body.KNEE_REST, -body.ANKLE_REST))
    assert laid_leg((0, -60), 1, face_down=True) is None


@pytest.mark.parametrize(("flexion", "x"), [(0, 51.0), (20, 49.0), (60, 42.0)])
def test_the_ball_of_the_foot_stands_where_it_is_planted(flexion: float, x: float) -> None:
    hip = (2.0, -15.7)
    knee, ankle, foot = tiptoe_leg(hip, x, flexion, -1) or pytest.fail("out of reach")
    assert ball_of_foot(ankle, foot, -1) == pytest.approx((x, -BALL_REST))
    assert math.dist(hip, knee) == pytest.approx(body.THIGH, abs=0.01)
    assert math.dist(knee, ankle) == pytest.approx(body.SHANK, abs=0.01)
    assert ankle[1] < -BALL_REST  # the heel is up


def test_an_elbow_beside_the_body_takes_as_much_depth_from_both_bones() -> None:
    shoulder, wrist = (-30.0, -8.0), (-12.0, -15.0)
    elbow = elbow_out(shoulder, wrist) or pytest.fail("out of reach")
    assert elbow[1] == -body.ELBOW_REST
    upper, lower = body.UPPER_ARM**2 - math.dist(shoulder, elbow) ** 2, body.FOREARM**2 - math.dist(elbow, wrist) ** 2
    assert upper == pytest.approx(lower)
    assert elbow_out(shoulder, (-30.5, -2.2)) is None
    assert elbow_out(shoulder, (60, -2.2)) is None


def test_a_bent_elbow_is_kept_out_of_the_mat() -> None:
    assert kept_up((-15, -6), (-27, -2.2)) == (-15, -6)
    lifted = kept_up((-15, 2), (-27, -2.2))
    assert lifted[1] == -body.ELBOW_REST
    assert math.dist(lifted, (-27, -2.2)) == pytest.approx(body.FOREARM)


def test_planting_two_parts_of_one_leg_is_refused() -> None:
    data = pose("prone-on-elbows-b")
    data["contacts"]["near_toes"] = {"on": "mat", "x": 50}
    assert refusal(data) == "pose: plant one part of the near leg only."


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("prone-on-elbows-a", {"near_leg": {"on": "mat", "x": 3}}, "near_leg takes on mat and nothing else"),
        ("prone-on-elbows-a", {"near_hand": {"on": "forehead", "x": 3}}, "near_hand on forehead takes nothing else"),
        ("front-plank-b", {"near_toes": {"on": "mat", "x": 90}}, "near_toes at x 90 are out of reach"),
        ("front-plank-b", {"near_forearm": {"on": "mat", "x": 0}}, "out of reach of the shoulder"),
        ("front-plank-b", {"far_forearm": {"on": "mat", "x": -33}}, "far_forearm cannot reach the mat"),
        ("pelvic-tilt-a", {"near_elbow": {"on": "mat", "x": 20}}, "near_elbow at x 20 is out of reach"),
    ],
)
def test_a_contact_that_cannot_be_is_named(name: str, change: dict[str, Any], said: str) -> None:
    data = pose(name)
    data["contacts"] |= change
    assert said in refusal(data)


def test_a_height_beside_a_planted_forearm_is_refused() -> None:
    data = pose("front-plank-b")
    data["pelvis"]["height"] = 15
    assert "pelvis.height is solved from the planted forearm" in refusal(data)


# The pictures


@pytest.mark.parametrize("name", ["prone-on-elbows-a", "prone-on-elbows-b", *(f"prone-press-up-{x}" for x in "abc")])
def test_face_down_the_hips_and_both_legs_stay_on_the_mat(name: str) -> None:
    lying = posture(name)
    assert abs(max(knot.y for knot in trunk_knots(lying)) if name.endswith("-a") else 0) < TOUCH
    assert -7.5 < lying.hip[1] < -6.5
    for leg in (lying.near_leg, lying.far_leg):
        assert leg.knee[1] == pytest.approx(-body.KNEE_REST)
        assert abs(max(knot.y for knot in foot_knots(leg, lying.turn))) < TOUCH


def test_the_forehead_rests_on_hands_that_lie_on_the_mat() -> None:
    lying = posture("prone-on-elbows-a")
    hand = arm_knots(lying.near_arm, lying.turn, "flat")
    assert abs(max(knot.y for knot in hand)) < TOUCH
    assert 2 < head_above_mat(lying) < 4  # as thick as a hand
    assert lying.near_arm.elbow[1] == -body.ELBOW_REST


@pytest.mark.parametrize("name", ["prone-on-elbows-b", "front-plank-a", "front-plank-b"])
def test_leaning_on_the_forearms_has_the_elbows_under_the_shoulders(name: str) -> None:
    up = posture(name)
    for arm in (up.near_arm, up.far_arm):
        assert abs(arm.elbow[0] - arm.shoulder[0]) < 4
        assert arm.elbow[1] == -body.ELBOW_REST
        assert arm.wrist[1] == -body.PALM
        assert arm.wrist[0] < arm.elbow[0]  # points to the head


def test_press_up_lifts_chest_then_straightens_the_elbows_over_hands_that_stay() -> None:
    start, half, end = (posture(f"prone-press-up-{letter}") for letter in "abc")
    assert start.near_arm.wrist == half.near_arm.wrist == end.near_arm.wrist
    assert abs(start.near_arm.wrist[0] - start.near_arm.shoulder[0]) < 4  # beside the shoulders
    assert start.neck[1] > half.neck[1] + 8 > end.neck[1] + 14
    arm = end.near_arm
    assert abs(signed(direction(arm.elbow, arm.wrist) - direction(arm.shoulder, arm.elbow))) < 30


def test_plank_is_one_line_over_forearms_and_toes_that_stay() -> None:
    start, end = posture("front-plank-a"), posture("front-plank-b")
    assert start.near_arm.elbow == pytest.approx(end.near_arm.elbow, abs=0.3)
    assert scene("front-plank-a").contacts.get("near_toes") == scene("front-plank-b").contacts.get("near_toes")
    shoulder, ankle = end.near_arm.shoulder, end.near_leg.ankle
    assert abs(signed(direction(ankle, end.hip) - direction(end.hip, shoulder))) < 6
    assert end.hip[1] < start.hip[1] - 7
    assert end.near_leg.toes == 180  # flat on the mat, pointing to the head
    foot = foot_knots(end.near_leg, end.turn)
    assert abs(max(knot.y for knot in foot)) < TOUCH


def test_dead_bug_starts_over_the_hips_and_lowers_opposite_limbs_with_a_flat_back() -> None:
    start, end = posture("dead-bug-a"), posture("dead-bug-b")
    for leg in (start.near_leg, start.far_leg, end.far_leg):
        assert abs(leg.knee[0] - leg.hip[0]) < 3
        assert knee_flexion(start, leg) == pytest.approx(90, abs=8)
    for arm in (start.near_arm, start.far_arm, end.near_arm):
        assert direction(arm.shoulder, arm.wrist) == pytest.approx(90, abs=12)
    assert scene("dead-bug-b").acting_side == "near"
    assert -end.near_leg.ankle[1] < -start.near_leg.ankle[1] - 10  # this leg and the other arm
    assert end.near_leg.ankle[1] < -5
    assert -end.far_arm.wrist[1] < -start.far_arm.wrist[1] - 10
    for each in (start, end):
        back = [knot.y for knot in trunk_knots(each) if -20 < knot.x < -6]
        assert max(back) > -1


def test_double_knee_hug_draws_one_knee_in_after_the_other_with_hands_behind_the_thighs() -> None:
    one, hug = posture("double-knee-hug-b"), posture("double-knee-hug-c")
    assert hip_flexion(one, one.near_leg) > 105
    assert one.far_leg.ankle[1] == -body.SOLE  # still on the mat
    for leg in (hug.near_leg, hug.far_leg):
        assert 105 <= hip_flexion(hug, leg) <= 125
        assert leg.knee[0] < leg.hip[0] - 8
    wrist, leg = hug.near_arm.wrist, hug.near_leg
    behind = signed(direction(leg.hip, wrist) - direction(leg.hip, leg.knee))
    assert behind * hug.turn < 0  # on the side of the heel, not of the chest


def test_hamstring_stretch_raises_one_straight_leg_with_a_towel_in_the_hands() -> None:
    end = posture("hamstring-stretch-b")
    assert knee_flexion(end, end.near_leg) <= 10
    assert 60 <= direction(end.near_leg.hip, end.near_leg.ankle) <= 90
    for letter in "ab":
        assert any(prop.kind == "towel" for prop in scene(f"hamstring-stretch-{letter}").props)
    assert scene("hamstring-stretch-a").contacts.get("far_foot") == scene("hamstring-stretch-b").contacts.get(
        "far_foot"
    )


def test_single_leg_bridge_keeps_the_thighs_level_and_the_standing_leg_at_work() -> None:
    end = posture("single-leg-bridge-b")
    assert scene("single-leg-bridge-b").acting_side == "near"
    thighs = direction(end.hip, end.near_leg.knee), direction(end.hip, end.far_leg.knee)
    assert abs(signed(thighs[0] - thighs[1])) < 8
    assert knee_flexion(end, end.far_leg) <= 5
    assert posture("single-leg-bridge-a").hip == end.hip  # no hip drops


def test_supine_march_lifts_one_foot_a_little_and_moves_nothing_else() -> None:
    start, end = posture("supine-march-a"), posture("supine-march-b")
    lifted = -max(knot.y for knot in foot_knots(end.near_leg, end.turn))
    assert 6 <= lifted <= 20
    assert (start.hip, start.neck, start.far_leg, start.near_arm) == (end.hip, end.neck, end.far_leg, end.near_arm)


def test_curl_up_lifts_head_and_shoulders_only_a_little() -> None:
    start, end = posture("curl-up-a"), posture("curl-up-b")
    assert head_above_mat(start) < TOUCH
    assert 4 <= head_above_mat(end) <= 10
    assert end.head_angle - end.thorax_angle < 0  # the chin is tucked in
    for each in (start, end):
        assert sorted(round(knee_flexion(each, leg) / 90) for leg in (each.near_leg, each.far_leg)) == [0, 1]
        ribs, waist = sorted((each.ribs[0], each.waist[0]))
        assert ribs < each.near_arm.wrist[0] + body.HAND / 2 < waist  # the hand is under the low back


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_a_hand_under_the_back_is_covered_by_the_shirt_whoever_is_drawn(look: str) -> None:
    data = pose("curl-up-a")
    covered: Scene = read_scene(data, "pose")
    for limb in ("near", "far"):
        data["contacts"][f"{limb}_hand"] = {"on": "mat"}
        data["contacts"][f"{limb}_elbow"] = {"on": "mat"}
    free = read_scene(data, "pose")
    shirt = LOOKS[look].shirt.near
    assert draw(covered, look).count(shirt) == draw(free, look).count(shirt) + 1


def test_abdominal_brace_rests_the_hands_on_the_hip_bones_and_keeps_the_back_still() -> None:
    start, end = posture("abdominal-brace-a"), posture("abdominal-brace-b")
    assert start == end
    fingers = start.near_arm.wrist[0] + body.HAND / 2
    assert start.waist[0] < fingers < start.hip[0]
    front = min(knot.y for knot in trunk_knots(start) if knot.x > start.waist[0] - 3)
    assert -3.5 < start.near_arm.wrist[1] - front < 1
