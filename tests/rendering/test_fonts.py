"""The print fonts: all there, every letter in every weight, the same bytes at every build."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from clinic_app.rendering import fonts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("text", ["Łukasz Żółć", "Ελένη", "Олена", "Nguyễn", "é ü ß ø ş", "2 to 3 · £ € “ ” ’ – … • ×"])
def test_names_of_many_languages_can_be_printed(text: str) -> None:
    assert set(text) <= fonts.letters()


@pytest.mark.parametrize("text", ["😀", "漢", "ع", "\u25aa"])
def test_what_no_font_has_is_known(text: str) -> None:
    assert not set(text) & fonts.letters()


def test_figures_hold_only_figures_and_the_space() -> None:
    for weight in fonts.WEIGHTS:
        with TTFont(fonts.FOLDER / f"Figures{weight}.ttf") as font:
            assert set(map(chr, font.getBestCmap())) == set(" 0123456789")


def test_each_weight_is_a_family_of_its_own() -> None:
    families = set()
    for name in fonts.FILES:
        with TTFont(fonts.FOLDER / name) as font:
            families.add(font["name"].getDebugName(1))
            assert font["name"].getDebugName(2) == "Regular"
            assert "fvar" not in font
    assert len(families) == len(fonts.FILES)


def test_width_grows_with_weight_and_size() -> None:
    assert fonts.width("Knee", 800, 22) > fonts.width("Knee", 400, 22) > fonts.width("Knee", 400, 14) > 5
    assert fonts.width("20", 800, 33) == pytest.approx(2 * fonts.width("2", 800, 33))


def test_missing_fonts_say_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(RuntimeError, match=r"Text400\.ttf.*scripts/print_fonts\.py"):
        fonts.load.__wrapped__()


def test_missing_harfbuzz_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text import ffi  # noqa: PLC0415 - after the fonts module, as everywhere

    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    with pytest.raises(RuntimeError, match=r"apt-get install .*libharfbuzz-subset0"):
        fonts.load.__wrapped__()


def test_missing_pango_names_the_package() -> None:
    program = """
import cffi
def gone(*names): raise OSError("cannot load library")
cffi.FFI.dlopen = gone
try:
    from clinic_app.rendering import pdf
except RuntimeError as error:
    print(error)
"""
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "apt-get install libpango-1.0-0" in said


def test_only_our_fonts_are_seen() -> None:
    families = subprocess.run(
        ["fc-list", ":", "family"],
        env={"FONTCONFIG_FILE": str(fonts.CONFIGURATION), "HOME": "/nonexistent", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    assert {name for name in families if name} == {
        *(f"{family} {weight}" for family in ("Text", "Figures") for weight in fonts.WEIGHTS),
        "Noto 400",
        "Noto 700",
    }


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("print_fonts", ROOT / "scripts" / "print_fonts.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for path in script.build(ROOT / "node_modules", tmp_path):
        assert digest(path) == digest(fonts.FOLDER / path.name), path.name


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
