"""A copy of the shipped pack that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic_app.errors import BrokenContent
from clinic_app.starter.pack import SHIPPED, Pack, load_pack

Edit = Callable[[str, str, str], None]
Refusal = Callable[[str, str, str], str]


@pytest.fixture(scope="session")
def shipped() -> Pack:
    return load_pack()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


@pytest.fixture
def edit(copy: Path) -> Edit:
    """Replace the first `old` in a file of the copy; a test that no longer finds it must be written anew."""

    def _edit(file: str, old: str, new: str) -> None:
        path = copy / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return _edit


@pytest.fixture
def refusal(copy: Path, edit: Edit) -> Refusal:
    """Make the edit and return the one sentence with which the pack is then refused."""

    def _refusal(file: str, old: str, new: str) -> str:
        edit(file, old, new)
        with pytest.raises(BrokenContent) as caught:
            load_pack(copy)
        said = str(caught.value)
        assert said.endswith(".")
        assert "\n" not in said
        return said

    return _refusal
