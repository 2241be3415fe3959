"""What must never be committed: addresses of package registries, paths of somebody's machine, files built by others.

An address in a lock sends every clinic that installs the service to a host that only its writer can reach.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Written so that no pattern matches its own line here.
IN_TEXT = {
    "the address of a registry": re.compile(
        r"files\.pythonhosted\.org|pypi\.org/simple|registry\.(?:npmjs\.org|yarnpkg\.com)|jsdelivr\.net|unpkg\.com"
    ),
    "an index address": re.compile(
        r"(?:^|\s)(?:-i|--(?:extra-)?index-url|--find-links)[ =]+\S*://|^registry *=", re.MULTILINE
    ),
    "an address in a lock": re.compile(r'"resolved"\s*:'),
    "a path of one machine": re.compile(r"(?<![\w.*:/-])/(?:home|root|work|Users)/[\w.]"),
}
IN_NAME = {
    "a file built by others": re.compile(r"\.min\.(?:js|css)$|\.woff2?$|(?:^|/)node_modules/|static/vendor/"),
    "data of one machine": re.compile(r"^(?:instance|\.venv|\.cache)/|\.sqlite3?$|(?:^|/)\.env$"),
}


def tracked() -> list[Path]:
    """Files that git keeps. The checkout may belong to another account than the one that runs the tests."""
    command = ("git", "-c", f"safe.directory={ROOT}", "ls-files", "-z")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def offences(name: str, content: bytes) -> list[str]:
    """What is wrong with one file, in words. Files that are not text are judged by their name only."""
    found = [what for what, pattern in IN_NAME.items() if pattern.search(name)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return found
    return found + [what for what, pattern in IN_TEXT.items() if pattern.search(text)]


def test_nothing_is_committed_that_must_not_be() -> None:
    files = tracked()
    assert files
    found = {
        name: wrong
        for path in files
        if (wrong := offences(name := path.relative_to(ROOT).as_posix(), path.read_bytes()))
    }
    assert found == {}


def test_scripts_can_be_started() -> None:
    command = ("git", "-c", f"safe.directory={ROOT}", "ls-files", "--stage", "--", "scripts/*.sh", ".ci/run")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert listed
    assert [line for line in listed if not line.startswith("100755")] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("package-lock.json", '{"resolved' + '": "somewhere"}'),
        ("requirements/run.txt", "--index-url " + "https://packages.example/simple\nflask==3"),
        ("requirements/run.txt", "-i " + "https://packages.example/simple\n"),
        ("requirements/run.txt", "flask @ https://files." + "pythonhosted.org/flask.whl"),
        (".npmrc", "registry" + "=https://packages.example/"),
        ("templates/base.html", '<script src="https://cdn.jsdelivr' + '.net/npm/htmx"></script>'),
        ("docs/deploying.md", "Data stand in /" + "home/sam/clinic"),
        ("scripts/run.sh", "cd /" + "work/main"),
        ("clinic_app/static/htmx.min.js", "1"),
        ("clinic_app/static/vendor/htmx.js", "1"),
        ("instance/clinic.sqlite3", "1"),
    ],
)
def test_a_wrong_file_is_seen(name: str, content: str) -> None:
    assert offences(name, content.encode())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("README.md", "Serves on http://127.0.0.1:8000/work/shifts; see https://weasyprint.org"),
        ("clinic_app/rendering/pages.py", 'PATH = folder / "home/index.html"'),
        ("clinic_app/static/theme.css", 'src: url("vendor/fonts/noto.woff2")'),
        ("docs/picture.png", "\x89PNG"),
    ],
)
def test_a_right_file_is_let_through(name: str, content: str) -> None:
    assert offences(name, content.encode("latin-1")) == []
