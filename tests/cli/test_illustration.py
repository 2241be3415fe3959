"""`flask illustration …`: one pose as a file, the contact sheet, and the pictures that somebody approved."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import Result
from flask import Flask
from PIL import Image

from clinic_app import create_app
from clinic_app.config import Config
from clinic_app.starter.pack import SHIPPED, load_pack
from tests.settings import config
from tests.shipped_pictures import NAMES

POSE = SHIPPED / "poses" / "knee-to-chest-b.json"


@pytest.fixture
def without_database(tmp_path: Path) -> Flask:
    made: Config = config(tmp_path / "data", f"sqlite:///{tmp_path / 'data' / 'absent.sqlite3'}")
    return create_app(made)


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["illustration", *map(str, arguments)])


def altered(tmp_path: Path, **changes: Any) -> Path:
    pose = json.loads(POSE.read_text("utf-8"))
    pose["joints"] |= changes.pop("joints", {})
    path = tmp_path / "pose.json"
    path.write_text(json.dumps(pose | changes), "utf-8")
    return path


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_a_pose_is_drawn_as_a_file_of_each_kind(without_database: Flask, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"picture.{suffix}"
    done = run(without_database, "draw", POSE, "--out", out)
    assert done.exit_code == 0, done.output
    assert done.output == f"{out}: right side shown\n"
    data = out.read_bytes()
    if suffix == "svg":
        assert data.startswith(b"<svg")
        return
    if suffix == "pdf":
        document = pypdfium2.PdfDocument(data)
        assert len(document) == 1
        image = document[0].render(scale=2).to_pil()
        document.close()
    else:
        image = Image.open(BytesIO(data))
    width, height = image.size
    frame = json.loads(POSE.read_text("utf-8"))["frame"]
    assert width / height == pytest.approx(frame["width"] / frame["height"], rel=0.01)
    colours = image.convert("RGB").getcolors(1 << 24) or []
    assert len(colours) > 20  # not an empty page


def test_the_other_side_is_the_mirrored_picture(without_database: Flask, tmp_path: Path) -> None:
    as_posed, other = tmp_path / "right.svg", tmp_path / "left.svg"
    assert run(without_database, "draw", POSE, "--out", as_posed, "--side", "right").exit_code == 0
    done = run(without_database, "draw", POSE, "--out", other, "--side", "left")
    assert done.output == f"{other}: left side shown\n"
    assert "scale(-1 1)" in other.read_text()
    assert "scale(-1 1)" not in as_posed.read_text()


def test_looks_and_grey(without_database: Flask, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.svg" for number in range(3)]
    assert run(without_database, "draw", POSE, "--out", files[0]).exit_code == 0
    assert run(without_database, "draw", POSE, "--out", files[1], "--look", "d").exit_code == 0
    assert run(without_database, "draw", POSE, "--out", files[2], "--grey").exit_code == 0
    coloured, scarf, grey = (file.read_text() for file in files)
    assert len({coloured, scarf, grey}) == 3
    greys = {grey[i + 1 : i + 7] for i, sign in enumerate(grey) if sign == "#"}
    assert len(greys) > 5
    assert all(each[:2] == each[2:4] == each[4:] for each in greys)


def test_a_file_that_is_missing_or_no_json_is_said(without_database: Flask, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.json"
    assert run(without_database, "draw", missing, "--out", tmp_path / "x.svg").output == (
        f"Error: There is no file {missing}.\n"
    )
    for data in (b"{", b"\xff\xfe", b"[" * 100_000):
        broken = tmp_path / "broken.json"
        broken.write_bytes(data)
        done = run(without_database, "draw", broken, "--out", tmp_path / "x.svg")
        assert (done.exit_code, done.output) == (1, "Error: broken.json is not JSON.\n")
    assert not (tmp_path / "x.svg").exists()


def test_a_pose_that_no_body_can_take_is_said_in_one_sentence(without_database: Flask, tmp_path: Path) -> None:
    done = run(without_database, "draw", altered(tmp_path, joints={"near_knee": 170}), "--out", tmp_path / "x.svg")
    assert (done.exit_code, done.output) == (1, "Error: pose.json: near_knee at 170 degrees is outside 0 to 160.\n")
    listed = tmp_path / "list.json"
    listed.write_text("[1, 2]")
    done = run(without_database, "draw", listed, "--out", tmp_path / "x.svg")
    assert done.exit_code == 1
    assert done.output.startswith("Error: list.json: ")
    assert done.output.count("\n") == 1


def test_other_endings_and_sides_without_meaning_are_refused(without_database: Flask, tmp_path: Path) -> None:
    done = run(without_database, "draw", POSE, "--out", tmp_path / "x.gif")
    assert (done.exit_code, done.output) == (1, "Error: x.gif must end with .svg, .png or .pdf.\n")
    start = POSE.with_name("knee-to-chest-a.json")
    done = run(without_database, "draw", start, "--out", tmp_path / "x.svg", "--side", "left")
    assert done.output == ("Error: knee-to-chest-a.json: acting_side is none, so there is no left side to draw.\n")
    done = run(without_database, "draw", POSE, "--out", tmp_path / "nowhere" / "x.svg")
    assert "cannot be written" in done.output
    assert list(tmp_path.glob("x.*")) == []


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack, to be changed."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


@pytest.mark.parametrize("grey", [False, True])
def test_the_contact_sheet_has_every_exercise_with_its_words(
    without_database: Flask, tmp_path: Path, *, grey: bool
) -> None:
    out = tmp_path / "sheet.pdf"
    done = run(without_database, "sheet", "--out", out, *(["--grey"] if grey else []))
    assert done.exit_code == 0, done.output
    entries = load_pack().exercises
    assert done.output.startswith(f"{out}: ")
    assert done.output.endswith(f" pictures of {len(entries)} exercises\n")
    document = pypdfium2.PdfDocument(out.read_bytes())
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    image = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    for entry in entries:
        assert entry.name in words
        for picture in entry.pictures:
            assert f"{picture.letter} {picture.caption}" in words
    colours = image.getcolors(1 << 24) or []
    spread = max(max(colour) - min(colour) for _, colour in colours)
    assert spread < 30 if grey else spread > 60  # the ink of the words is not quite grey


def test_the_sheet_names_the_pose_that_is_broken(without_database: Flask, tmp_path: Path, pack: Path) -> None:
    (pack / "poses" / "bridge-a.json").write_text("{}", "utf-8")
    done = run(without_database, "sheet", "--pack", pack, "--out", tmp_path / "sheet.pdf")
    assert done.exit_code == 1
    assert done.output.startswith("Error: bridge-a.json: ")
    assert not (tmp_path / "sheet.pdf").exists()


def test_compare_says_what_differs_and_approve_settles_it(without_database: Flask, tmp_path: Path, pack: Path) -> None:
    approved, page = tmp_path / "approved", tmp_path / "compare.html"
    compare = ("compare", "--pack", pack, "--approved", approved, "--out", page)
    approve = ("approve", "--pack", pack, "--approved", approved)
    total = sum(picture.pose in NAMES for entry in load_pack().exercises for picture in entry.pictures)
    assert run(without_database, *approve).output == f"{approved}: {total} pictures, {total} of them new or changed\n"
    assert run(without_database, *compare).output == f"{page}: 0 of {total} pictures differ\n"
    pose = pack / "poses" / "knee-to-chest-b.json"
    pose.write_text(json.dumps(json.loads(pose.read_text("utf-8")) | {"marks": {}}), "utf-8")
    (approved / "forgotten-a.svg").write_text((approved / "bridge-a.svg").read_text("utf-8"), "utf-8")
    said = run(without_database, *compare).output
    assert "forgotten-a is approved, but there is no such pose." in said
    assert "knee-to-chest-b differs in " in said
    assert said.endswith(f"2 of {total} pictures differ\n")
    shown = page.read_text("utf-8")
    assert shown.count("<svg") == 3
    assert shown.count("data:image/png;base64,") == 1
    assert "<script" not in shown
    assert run(without_database, *approve).output == f"{approved}: {total} pictures, 1 of them new or changed\n"
    assert not (approved / "forgotten-a.svg").exists()
    assert "0 of " in run(without_database, *compare).output
