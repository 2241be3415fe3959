"""Who may import whom: the directions of the house, read from the source with `ast`.

A rule that nobody checks is gone within a month. The last tests show, on made-up sources, that each rule can fail.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300  # lines of a module
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}

# Pure: plain values in, plain values or bytes out. Of our own code they know only each other and the errors.
PURE = ("clinic_app.dosage", "clinic_app.illustration", "clinic_app.rendering", "clinic_app.starter")
PURE_MAY = (*PURE, "clinic_app.errors", "clinic_app.plain_text")
FRAMEWORKS = (
    "alembic",
    "flask",
    "flask_login",
    "flask_migrate",
    "flask_security",
    "flask_sqlalchemy",
    "flask_wtf",
    "sqlalchemy",
    "wtforms",
)

FACES = ("clinic_app.staff", "clinic_app.patient", "clinic_app.api")
FORMS = ("flask_wtf", "wtforms")

# Package -> what it must never import. `flask` alone stands for Flask itself, not for its extensions.
NEVER: dict[str, tuple[str, ...]] = {
    "clinic_app.models": ("clinic_app.services", "clinic_app.web", "clinic_app.cli", *FACES, "flask", *FORMS),
    "clinic_app.services": ("clinic_app.web", "clinic_app.cli", *FACES, "flask.request", "flask.session", *FORMS),
    "clinic_app.emails": (
        "clinic_app.services",
        "clinic_app.models",
        "clinic_app.database",
        "clinic_app.web",
        "clinic_app.cli",
        *FACES,
        *FRAMEWORKS,
    ),
    "clinic_app.web": FACES,
    "clinic_app.staff": ("clinic_app.patient",),
    "clinic_app.patient": ("clinic_app.staff",),
    "clinic_app.errors": ("clinic_app", *FRAMEWORKS),
    "migrations": ("clinic_app.models", "clinic_app.services"),
    **dict.fromkeys(PURE, FRAMEWORKS),
}


def modules() -> list[Path]:
    """Every Python file of ours, generated migrations apart."""
    folders = ("clinic_app", "migrations", "tests", "benchmarks", "scripts")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def dotted(path: Path) -> str:
    """`clinic_app/dosage/value.py` -> `clinic_app.dosage.value`; a package is named without `__init__`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source: str, module: str, is_package: bool = False) -> Iterator[str]:
    """Full names that `source` imports, wherever in the file: `from flask import request` gives `flask.request`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=origin, names=names, level=level):
                base = origin or ""
                if level:
                    here = module.split(".")
                    package = here[: len(here) - level + is_package]
                    base = ".".join([*package, origin] if origin else package)
                yield from (base if alias.name == "*" else f"{base}.{alias.name}" for alias in names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield name


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def offences(source: str, module: str, is_package: bool = False) -> list[str]:
    """Each import of `module` that goes against the directions, in words."""
    found = []
    for name in imported(source, module, is_package):
        barred = any(
            within(module, package) and any(within(name, banned) for banned in never)
            for package, never in NEVER.items()
        )
        pure = any(within(module, package) for package in PURE)
        stranger = pure and within(name, "clinic_app") and not any(within(name, may) for may in PURE_MAY)
        if barred or stranger:
            found.append(f"{module} must not import {name}")
    return found


def test_imports_go_in_the_directions_of_the_house() -> None:
    found = [
        offence
        for path in modules()
        for offence in offences(path.read_text(encoding="utf-8"), dotted(path), path.name == "__init__.py")
    ]
    assert found == []


def test_every_module_says_in_its_name_what_it_holds() -> None:
    vague = [dotted(path) for path in modules() if VAGUE & set(dotted(path).split("."))]
    assert vague == []


def test_no_module_is_long() -> None:
    lines = {dotted(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    too_long = {name: count for name, count in lines.items() if count > LONGEST and "migrations." not in name}
    assert too_long == {}


def test_the_rules_speak_of_packages_that_exist() -> None:
    # A rule for a misspelt package would never fail. Those below come with later work.
    later = {"clinic_app.api"}
    names = {dotted(path) for path in modules()}
    ours = {*NEVER, *PURE_MAY, *(name for never in NEVER.values() for name in never)} - later - {"migrations"}
    missing = {name for name in ours if name.startswith("clinic_app") and name not in names}
    assert missing == set()


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("clinic_app.dosage.value", "import sqlalchemy"),
        ("clinic_app.rendering.pages", "import flask.json"),
        ("clinic_app.rendering.pages", "from clinic_app.models.handout import Handout"),
        ("clinic_app.rendering.pages", "from clinic_app import storage"),
        ("clinic_app.rendering.pages", "from ..models import handout"),
        ("clinic_app.rendering.pages", "def draw():\n    from clinic_app.config import Config"),
        ("clinic_app.illustration.figure", "import importlib\nimportlib.import_module('clinic_app.database')"),
        ("clinic_app.starter.loading", "from flask import current_app"),
        ("clinic_app.services.handouts", "from flask import request"),
        ("clinic_app.services.handouts", "from clinic_app.staff.forms.programme import ProgrammeForm"),
        ("clinic_app.services.handouts", "from ..staff import handouts"),
        ("clinic_app.models.account", "from flask import session"),
        ("clinic_app.models.account", "if TYPE_CHECKING:\n    from clinic_app.services import accounts"),
        ("clinic_app.web.pages", "from clinic_app.staff import today"),
        ("clinic_app.emails.reminder", "from clinic_app.services import handouts"),
        ("clinic_app.emails.reminder", "from clinic_app.models import Delivery"),
        ("clinic_app.emails.reminder", "from flask import current_app"),
        ("clinic_app.staff.today", "import clinic_app.patient.page"),
        ("clinic_app.patient.page", "from clinic_app import staff"),
        ("clinic_app.errors", "from clinic_app.models import handout"),
        ("migrations.versions.0001_first", "from clinic_app.models import handout"),
    ],
)
def test_a_wrong_import_is_seen(module: str, source: str) -> None:
    assert len(offences(source, module)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("clinic_app.rendering.pages", "from clinic_app.dosage.value import Dosage"),
        ("clinic_app.rendering.pages", "from ..errors import NotPrintable"),
        ("clinic_app.models.account", "from flask_security.models import sqla"),
        ("clinic_app.services.handouts", "from clinic_app.models.handout import Handout"),
        ("clinic_app.staff.today", "from clinic_app.services import handouts\nfrom flask import request"),
    ],
)
def test_a_right_import_is_let_through(module: str, source: str) -> None:
    assert offences(source, module) == []


def test_a_package_reads_its_own_relative_imports_rightly() -> None:
    assert list(imported("from . import value", "clinic_app.dosage", is_package=True)) == ["clinic_app.dosage.value"]
    assert list(imported("from . import value", "clinic_app.dosage.codec")) == ["clinic_app.dosage.value"]
