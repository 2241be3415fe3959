"""The figures of the six seed exercises rest on the mat and take the postures of the clinical table."""

import math

import pytest

from clinic_app.illustration import Scene
from clinic_app.illustration.arms import arm_knots
from clinic_app.illustration.figure import foot_knots, leg_knots, trunk_knots
from clinic_app.illustration.geometry import direction, signed
from clinic_app.illustration.head import outline_points
from clinic_app.illustration.posture import Arm, Leg, Posture, points
from clinic_app.illustration.side_solver import solve

TOUCH = 0.6  # 1/100 stature; about 0.3 mm in print


def leg(posture: Posture, limb: str) -> Leg:
    return posture.near_leg if limb == "near" else posture.far_leg


def arm(posture: Posture, limb: str) -> Arm:
    return posture.near_arm if limb == "near" else posture.far_arm


def hip_flexion(posture: Posture, limb: str = "near") -> float:
    thigh = direction(leg(posture, limb).hip, leg(posture, limb).knee)
    return signed(posture.turn * (thigh - posture.pelvis_angle - 180))


def knee_flexion(posture: Posture, limb: str = "near") -> float:
    side = leg(posture, limb)
    return signed(posture.turn * (direction(side.hip, side.knee) - direction(side.knee, side.ankle)))


def lowest(posture: Posture) -> dict[str, float]:
    """Part -> y of its lowest point; the top of the mat is 0 and y runs down."""
    parts = {"trunk": trunk_knots(posture)}
    for limb in ("near", "far"):
        parts[f"{limb}_knee"] = leg_knots(posture, leg(posture, limb), "far")
        parts[f"{limb}_foot"] = foot_knots(leg(posture, limb), posture.turn)
        parts[f"{limb}_hand"] = arm_knots(arm(posture, limb), posture.turn, "flat")
    points = {part: max(knot.y for knot in knots) for part, knots in parts.items()}
    points["seat"] = max(knot.y for knot in leg_knots(posture, posture.near_leg, "near"))
    points["head"] = max(y for _, y in outline_points(posture.head, posture.head_angle, posture.turn))
    return points


def test_every_contact_touches_the_mat(scenes: dict[str, Scene], frame: str) -> None:
    scene = scenes[frame]
    low = lowest(solve(scene))
    touching = [part for part, contact in scene.contacts.items() if contact.on == "mat" and "elbow" not in part]
    assert touching
    assert {part: low[part] for part in touching if abs(low[part]) > TOUCH} == {}


def test_nothing_sinks_into_the_mat(scenes: dict[str, Scene], frame: str) -> None:
    assert {part: y for part, y in lowest(solve(scenes[frame])).items() if y > 0.4} == {}


@pytest.mark.parametrize("frame", ["knee-to-chest-a", "knee-to-chest-b", "pelvic-tilt-a", "pelvic-tilt-b", "bridge-a"])
def test_lying_figures_rest_on_seat_shoulders_and_pillow(scenes: dict[str, Scene], frame: str) -> None:
    low = lowest(solve(scenes[frame]))
    assert abs(low["seat"]) < TOUCH
    assert abs(low["trunk"]) < TOUCH
    assert -3 < low["head"] < -1  # on the pillow, which is 3 high


def test_elbows_that_rest_lie_on_the_mat(scenes: dict[str, Scene], frame: str) -> None:
    scene = scenes[frame]
    posture = solve(scene)
    for limb in ("near", "far"):
        if any(part == f"{limb}_elbow" for part in scene.contacts):
            assert arm(posture, limb).elbow[1] + 2.7 == pytest.approx(0, abs=TOUCH)


@pytest.mark.parametrize("exercise", ["cat-cow", "childs-pose", "bird-dog", "bridge", "pelvic-tilt"])
def test_planted_feet_and_knees_do_not_slide(scenes: dict[str, Scene], exercise: str) -> None:
    start, end = (scenes[f"{exercise}-{letter}"].contacts for letter in "ab")
    planted = [part for part in start if part in end and part.endswith(("knee", "foot"))]
    assert planted
    assert all(start[part] == end[part] for part in planted)


@pytest.mark.parametrize("exercise", ["cat-cow", "bird-dog"])
def test_planted_hands_do_not_slide(scenes: dict[str, Scene], exercise: str) -> None:
    start, end = (scenes[f"{exercise}-{letter}"].contacts for letter in "ab")
    assert start["near_hand"] == end["near_hand"]


def test_knee_to_chest_bends_hip_and_knee_and_holds_the_thigh(scenes: dict[str, Scene]) -> None:
    posture = solve(scenes["knee-to-chest-b"])
    assert 110 <= hip_flexion(posture) <= 130
    assert knee_flexion(posture) >= 120
    hip, knee, wrist = posture.near_leg.hip, posture.near_leg.knee, posture.near_arm.wrist
    assert math.dist(wrist, hip) < 24.5
    assert math.dist(wrist, knee) > 5  # on the thigh, not on the kneecap


def test_pelvic_tilt_closes_a_small_gap_under_the_lower_back(scenes: dict[str, Scene]) -> None:
    def gap(frame: str) -> float:
        knots = trunk_knots(solve(scenes[frame]))
        return -max(knot.y for knot in knots if -18 < knot.x < -7)

    assert gap("pelvic-tilt-a") > 2
    assert gap("pelvic-tilt-b") < 1
    turned = solve(scenes["pelvic-tilt-b"]).pelvis_angle - solve(scenes["pelvic-tilt-a"]).pelvis_angle
    assert 10 <= turned <= 30


def test_hands_and_knees_has_right_angles_at_hip_and_knee(scenes: dict[str, Scene]) -> None:
    posture = solve(scenes["bird-dog-a"])
    assert hip_flexion(posture) == pytest.approx(90, abs=8)
    assert knee_flexion(posture) == pytest.approx(90, abs=8)
    assert posture.near_arm.shoulder[0] == pytest.approx(posture.near_arm.wrist[0], abs=3)


def test_cat_rounds_and_cow_dips_the_back(scenes: dict[str, Scene]) -> None:
    cat, cow = solve(scenes["cat-cow-b"]), solve(scenes["cat-cow-c"])
    assert cat.waist[1] < cat.hip[1] - 3
    assert cat.thorax_angle - cat.pelvis_angle > 40
    assert cow.thorax_angle - cow.pelvis_angle < -20
    assert 120 < cow.head_angle < 180  # looks forward, the head is not thrown back


def test_childs_pose_supports_the_forehead_and_bends_as_the_table_says(scenes: dict[str, Scene]) -> None:
    posture = solve(scenes["childs-pose-b"])
    assert abs(lowest(posture)["head"]) < TOUCH
    assert 120 <= hip_flexion(posture) <= 135
    assert 135 <= knee_flexion(posture) <= 158


def test_bird_dog_lifts_the_opposite_arm_and_leg_level_with_the_trunk(scenes: dict[str, Scene]) -> None:
    scene = scenes["bird-dog-b"]
    posture = solve(scene)
    raised = posture.near_leg
    trunk = direction(posture.hip, posture.neck)
    assert abs(signed(direction(raised.hip, raised.ankle) - trunk - 180)) < 8
    lifted = posture.far_arm
    assert abs(signed(direction(lifted.shoulder, lifted.wrist) - 180)) < 12
    assert scene.hands == {"far": "thumb_up"}


def test_bridge_makes_one_line_from_shoulder_to_knee(scenes: dict[str, Scene]) -> None:
    posture = solve(scenes["bridge-b"])
    shoulder, knee = posture.near_arm.shoulder, posture.near_leg.knee
    bend = signed(direction(shoulder, posture.hip) - direction(posture.hip, knee))
    assert abs(bend) < 8
    assert knee_flexion(posture) == pytest.approx(90, abs=20)
    start = solve(scenes["bridge-a"]).near_arm.shoulder
    assert math.dist(start, shoulder) < 1


def test_every_joint_has_a_point_under_its_name(scenes: dict[str, Scene]) -> None:
    posture = solve(scenes["bird-dog-b"])
    places = points(posture)
    assert places["near_knee"] == posture.near_leg.knee
    assert places["far_wrist"] == posture.far_arm.wrist
    assert places["head"] == posture.head
    toe, ankle = places["near_toe"], posture.near_leg.ankle
    assert 7 < math.dist(toe, ankle) < 9
    assert {"hip", "waist", "ribs", "neck", "near_hand", "far_toe", "near_heel"} <= places.keys()
