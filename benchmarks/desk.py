"""The clinician's desk at 10,000 exercises, on both databases: searching, changing a number, the pages beside it.

Whole requests are timed, from the client's call to the answer's last byte: on the clock, and as the CPU of this
process, the render process and the database's.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import ParamSpec

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import String, cast, func, or_, select, text
from tinyhtml5 import parse

from benchmarks import catalogue
from benchmarks.measure import Answers, Comparison, Spent, cpu_seconds
from clinic_app import create_app
from clinic_app.database import db
from clinic_app.models import Account, Exercise, Patient
from clinic_app.rendering.pool import Pool
from clinic_app.services import search
from tests import postgres_server
from tests.cast import invite, sign_in
from tests.issuing import started_programme
from tests.settings import config

SEARCHES, SEARCH_ROUNDS = 20, 5  # in a round
EDITS, EDIT_ROUNDS = 8, 5
PAGES, PAGE_ROUNDS = 3, 4
PART = {"HX-Request": "true"}
HTML = "{http://www.w3.org/1999/xhtml}"
VERSION = re.compile(r'name="version"[^>]*value="([0-9]+)"')
FIELDS = {f"{HTML}{kind}" for kind in ("input", "select", "textarea")}

P = ParamSpec("P")
Result = tuple[Answers, Comparison]


def measure(naive_pages: Callable[[int], float]) -> Iterator[Result]:
    """What each takes, with its target and beside a rival.

    `naive_pages` prints a handout of six exercises and tells the CPU seconds spent on it and all before it.
    """
    with Pool(size=1, timeout=60) as pool:
        for database in ("SQLite", "PostgreSQL"):
            with _desk(database, pool) as desk:
                yield desk.searching()
                yield desk.editing()
                if database == "SQLite":  # making pages asks the database little
                    yield desk.looking(naive_pages)


class Desk:
    """A signed-in clinician of a clinic with 10,000 exercises and one programme of six."""

    def __init__(
        self, app: Flask, database: str, client: FlaskClient, programme_id: int, pool: Pool, backend: int | None
    ) -> None:
        self._app, self._database, self._client = app, database, client
        self._programme = f"/staff/programmes/{programme_id}"
        self._holds = cycle(range(5, 25))
        self._shown: dict[str, str] = {}
        self._pool, self._backend = pool, backend

    def searching(self) -> Result:
        """The search box, letter by letter, beside LIKE over names and contents."""
        typed = iter(catalogue.searches(SEARCHES * (SEARCH_ROUNDS + 1)))
        for each in islice(typed, SEARCHES):
            self._ask(each)
        ours, theirs = [], []
        for _ in range(SEARCH_ROUNDS):
            words = list(islice(typed, SEARCHES))
            ours.append([self._spent(self._ask, each) for each in words])
            with self._app.app_context():
                theirs.append([self._spent(naive_search, each) for each in words])
        return _result(f"search among 10,000, {self._database}", ours, 0.05, _sums(theirs), 0.6)

    def editing(self) -> Result:
        """One number of six exercises saved as a part of the open page, beside saving and loading the whole page."""
        self._save_part(self._form())
        ours, theirs = [], []
        for _ in range(EDIT_ROUNDS):
            ours.append([self._spent(self._save_part, self._form()) for _ in range(EDITS)])
            theirs.append([self._spent(self._save_page, self._form()) for _ in range(EDITS)])
        return _result(f"one number changed, {self._database}", ours, 0.1, _sums(theirs), 1.0)

    def looking(self, naive_pages: Callable[[int], float]) -> Result:
        """The pages after a change, with the picture of the first, beside untuned printing of such a handout."""
        ours, theirs = [], []
        for number in range(PAGE_ROUNDS + 1):
            spent = []
            for _ in range(PAGES):
                self._save_part(self._form())
                spent.append(self._spent(self._see_pages))
            ours.append(spent)
            theirs.append([naive_pages(number * PAGES + each) for each in range(PAGES + 1)])
        naive = tuple(readings[-1] - readings[0] for readings in theirs)
        return _result("pages after one changed number", ours[1:], 0.7, naive[1:], 1.0)  # the first warm up

    def _spent(self, work: Callable[P, object], *given: P.args, **named: P.kwargs) -> Spent:
        clock, cpu = time.perf_counter(), self._cpu()
        work(*given, **named)
        return Spent(time.perf_counter() - clock, self._cpu() - cpu)

    def _cpu(self) -> float:
        others = [*self._pool.pids, *([self._backend] if self._backend else [])]
        return time.process_time() + sum(cpu_seconds(pid) for pid in others)

    def _ask(self, typed: str) -> None:
        answer = self._client.get("/staff/search", query_string={"q": typed}, headers=PART)
        assert answer.status_code == 200, answer.status

    def _form(self) -> dict[str, str]:
        """The programme's form as the page shows it, with another hold in its first row."""
        if not self._shown:
            self._shown = _fields(self._client.get(self._programme).text)
        hold = next(name for name in self._shown if name.endswith("-hold_min"))
        return self._shown | {hold: str(next(self._holds)), hold.replace("_min", "_max"): ""}

    def _save_part(self, form: dict[str, str]) -> None:
        self._saved(self._client.post(self._programme, data=form, headers=PART).text)

    def _save_page(self, form: dict[str, str]) -> None:
        self._saved(self._client.post(self._programme, data=form, follow_redirects=True).text)

    def _saved(self, answer: str) -> None:
        version = VERSION.search(answer)
        assert version, answer
        assert version[1] != self._shown["version"], "nothing was saved"
        self._shown["version"] = version[1]

    def _see_pages(self) -> None:
        part = self._client.get(self._programme, query_string={"part": "pages"}, headers=PART)
        assert "page-picture" in part.text, part.text
        assert self._client.get(f"{self._programme}/draft/1.png").status_code == 200


def naive_search(typed: str, limit: int = 50) -> list[Exercise]:
    """What a first version would do: every word anywhere in the name or the contents, without an index."""
    query = select(Exercise)
    for word in typed.lower().split():
        query = query.where(
            or_(
                func.lower(Exercise.name).contains(word, autoescape=True),
                func.lower(cast(Exercise.details, String)).contains(word, autoescape=True),
            )
        )
    db.session.scalar(select(func.count()).select_from(query.subquery()))
    return list(db.session.scalars(query.order_by(Exercise.name).limit(limit)))


@contextmanager
def _desk(database: str, pool: Pool) -> Iterator[Desk]:
    folder = Path(tempfile.mkdtemp(prefix="clinic-bench-"))
    try:
        if database == "SQLite":
            yield _open(f"sqlite:///{folder / 'clinic.sqlite3'}", folder, database, pool)
        else:
            with postgres_server.server() as server, postgres_server.database(server) as address:
                yield _open(address.render_as_string(hide_password=False), folder, database, pool)
    finally:
        shutil.rmtree(folder)


def _open(address: str, folder: Path, database: str, pool: Pool) -> Desk:
    app = create_app(config(folder, address))
    app.extensions["render_pool"] = pool
    app.config["WTF_CSRF_ENABLED"] = False
    backend = None
    with app.app_context():
        upgrade()
        people = invite()
        clara = db.session.get_one(Account, people.clinician)
        programme = started_programme(clara, db.session.get_one(Patient, people.patient)).id
        catalogue.fill(clara.clinic)
        db.session.commit()
        search.index_all(clara.clinic_id)
        db.session.commit()
        db.session.remove()
        if database == "PostgreSQL":  # does this by itself within a minute
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
                backend = connection.scalar(text("SELECT pg_backend_pid()"))  # the pool has one connection
    return Desk(app, database, sign_in(app.test_client(), "Clara"), programme, pool, backend)


def _result(
    name: str, ours: Sequence[Sequence[Spent]], seconds: float, theirs: tuple[float, ...], ratio: float
) -> Result:
    answers = Answers(name, tuple(map(tuple, ours)), seconds)
    return answers, Comparison(name, _sums(ours), theirs, ratio)


def _sums(rounds: Sequence[Sequence[Spent]]) -> tuple[float, ...]:
    return tuple(sum(each.work for each in requests) for requests in rounds)


def _fields(page: str) -> dict[str, str]:
    """What the browser would send of the page's fields."""
    values = {}
    for each in parse(page).iter():
        name, kind = each.get("name"), each.get("type")
        if not name or each.tag not in FIELDS or (kind in {"radio", "checkbox"} and each.get("checked") is None):
            continue
        if each.tag == f"{HTML}select":
            options = list(each.iter(f"{HTML}option"))
            chosen = [option for option in options if option.get("selected") is not None] or options
            values[name] = chosen[0].get("value") or "" if chosen else ""
        else:
            values[name] = each.text or "" if each.tag == f"{HTML}textarea" else each.get("value") or ""
    return values
