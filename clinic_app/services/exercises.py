"""Writing the catalogue: draft, in review, published, archived; every save a revision, and nothing lost.

A published exercise stays in use as it is while a newer revision of it is written and reviewed. Programmes and new
handouts read only the row's columns, which change when that revision is published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from clinic_app.database import db, utc_now
from clinic_app.errors import Conflict, Gap, NotAllowed, NotReady
from clinic_app.models import Account, Exercise
from clinic_app.models.account import Role
from clinic_app.models.exercise import ExerciseState
from clinic_app.services import audit, exercise_advice, search_index
from clinic_app.services.exercise_entry import Content, content_from, content_of, write
from clinic_app.services.exercise_history import (
    SENT_BACK,
    content_at,
    content_now,
    keep,
    newest,
    remember_first,
    state_now,
)
from clinic_app.services.exercise_start import UNFINISHED, free_slug, unsigned
from clinic_app.starter import schema
from clinic_app.starter.authored import latest_due
from clinic_app.starter.lists import ReviewStatus

USUAL_REVIEW = timedelta(days=2 * 365)
PUBLISHED = "Published"
OWN_REVIEW = "Published, own review"
OPTIONAL = ("both_sides_step", "body_part")


def apply(exercise: Exercise, entry: schema.Exercise, pictures: Sequence[Mapping[str, Any]]) -> None:
    """Write an entry in the pack's shape into the row's columns and the search. Adds no revision: `keep` does.

    `pictures` hold for each letter a `scene`, or a `photo` with `photo_type` and `photo_side`.
    """
    _write(exercise, content_from(entry, pictures))


def create(account: Account, content: Mapping[str, Any], what: str = "Written") -> Exercise:
    """A new draft from `exercise_start.blank`, `exercise_start.copy_of` or `exercise_entry.content_from`.

    Raises:
        NotAllowed: if another exercise of the clinic has the name, or the account may not write.
    """
    _may(account)
    _refuse_name(account, content["name"], None)
    started = {"state_reason": UNFINISHED, **content, "state": str(ExerciseState.DRAFT)}
    started |= {"slug": free_slug(account.clinic_id, content["name"]), "review": unsigned(content["review"])}
    exercise = Exercise(clinic_id=account.clinic_id, written_by_id=account.id, version=0)
    _write(exercise, started)
    keep(account, exercise, what)
    audit.record(account, "exercise.create", exercise.id)
    return exercise


def save(account: Account, exercise: Exercise, content: Mapping[str, Any], revision: int, what: str = "Saved") -> bool:
    """Keep `content` as the next revision; returns whether anything had changed.

    Of an exercise that was never published, the columns follow at once; of a published one they wait.

    Raises:
        Conflict: if somebody saved since `revision` was shown. Saving once more what stands there already is none.
        NotAllowed: if the exercise is archived, the name is another's, or the account may not write.
    """
    _may(account)
    _lock(exercise)
    before = content_now(exercise)
    said = {**before, **content} | {name: before[name] for name in ("slug", "state", "review")}
    for name in OPTIONAL:
        if not content.get(name):
            said.pop(name, None)
    if said == before:
        return False
    if exercise.state == ExerciseState.ARCHIVED:
        raise NotAllowed("This exercise is archived. Bring it back as a draft first.")
    _refuse_stale(exercise, revision)
    _refuse_name(account, said["name"], exercise)
    said["review"] = unsigned(said["review"])
    exercise.written_by_id = account.id
    exercise.saved_at = utc_now()
    if exercise.is_published:
        _propose(account, exercise, said, exercise.proposed_state or ExerciseState.DRAFT, what)
    else:
        _write(exercise, said)
        keep(account, exercise, what)
    audit.record(account, "exercise.save", exercise.id, f"revision {newest(exercise)}")
    return True


def use_again(account: Account, exercise: Exercise, number: int, revision: int) -> bool:
    """Save what revision `number` said as the newest one. Raises NotFound, and as `save`."""
    return save(account, exercise, content_at(exercise, number), revision, f"Revision {number} used again")


def submit(account: Account, exercise: Exercise, revision: int, today: date) -> None:
    """Send the newest revision to review. A second time changes nothing.

    Raises:
        NotReady: with every gap.
        Conflict, NotAllowed: as `save`.
    """
    _may(account)
    _lock(exercise)
    if state_now(exercise) == ExerciseState.IN_REVIEW:
        return
    _refuse_stale(exercise, revision)
    if state_now(exercise) != ExerciseState.DRAFT:
        raise NotAllowed("There is nothing new to review.")
    refuse_gaps(exercise, today)
    if exercise.is_published:
        exercise.proposed_state = ExerciseState.IN_REVIEW
    else:
        exercise.state = ExerciseState.IN_REVIEW
    audit.record(account, "exercise.submit", exercise.id, f"revision {revision}")


def send_back(account: Account, exercise: Exercise, revision: int, reason: str) -> None:
    """Return what is in review to its writer, who reads why. A second time changes nothing. Raises as `save`."""
    _may(account)
    _lock(exercise)
    said = {**content_now(exercise), "state": str(ExerciseState.DRAFT)}
    why = " ".join(reason.split())[:300]
    if state_now(exercise) == ExerciseState.DRAFT and said.get("state_reason") == why:
        return
    _refuse_stale(exercise, revision)
    if state_now(exercise) != ExerciseState.IN_REVIEW:
        raise NotAllowed("This exercise is not in review.")
    if not why:
        raise NotAllowed("Please say what should be changed.")
    said["state_reason"] = why
    if exercise.is_published:
        _propose(account, exercise, said, ExerciseState.DRAFT, SENT_BACK)
    else:
        _write(exercise, said)
        keep(account, exercise, SENT_BACK)
    audit.record(account, "exercise.send_back", exercise.id, f"revision {revision}")


def publish(account: Account, exercise: Exercise, revision: int, today: date, due: date | None = None) -> None:
    """Sign the newest revision and put it to use; of a published exercise that awaits its review, sign that.

    `due` is the day by which it is read again, at most three years from `today`; by default in two years.

    Raises:
        NotAllowed: if it is not in review, or the account wrote it last and somebody else could sign.
        NotReady: with every gap.
        Conflict: if somebody saved since `revision` was shown.
    """
    _may(account)
    _lock(exercise)
    signed_by = exercise.details["review"].get("reviewed_by")
    if is_signed(exercise) and signed_by == account.name[:80] and newest(exercise) == revision + 1:
        return  # a second click
    _refuse_stale(exercise, revision)
    if state_now(exercise) not in {ExerciseState.IN_REVIEW, ExerciseState.PUBLISHED}:
        raise NotAllowed("Send it to review first.")
    own = exercise.written_by_id == account.id
    if own and (others := other_signers(account)):
        names = " or ".join(each.name for each in others[:3])
        raise NotAllowed(f"You wrote this last, so somebody else signs it: {names}.")
    day, last = due or today + USUAL_REVIEW, latest_due(today)
    if not today < day <= last:
        raise NotReady((Gap(f"Choose a day after today, up to {last.day} {last:%B %Y}.", "review_due"),))
    refuse_gaps(exercise, today)
    said = {key: value for key, value in content_now(exercise).items() if key != "state_reason"}
    said["state"] = str(ExerciseState.PUBLISHED)
    said["review"] = {
        "status": str(ReviewStatus.REVIEWED),
        "due": day.isoformat(),
        "reviewed_by": account.name[:80],
        "reviewed_on": today.isoformat(),
    }
    exercise.proposed, exercise.proposed_state = None, ""
    _write(exercise, said)
    keep(account, exercise, OWN_REVIEW if own else PUBLISHED)
    audit.record(account, "exercise.publish", exercise.id, f"revision {revision}{', own review' if own else ''}")


def archive(account: Account, exercise: Exercise, revision: int) -> None:
    """Take the exercise out of use. Handouts that were given keep it, and its revisions stay. Raises as `save`."""
    _may(account)
    _lock(exercise)
    if exercise.state == ExerciseState.ARCHIVED:
        return
    _refuse_stale(exercise, revision)
    exercise.proposed, exercise.proposed_state = None, ""
    _write(exercise, {**content_of(exercise), "state": str(ExerciseState.ARCHIVED)})
    audit.record(account, "exercise.archive", exercise.id)


def reopen(account: Account, exercise: Exercise) -> None:
    """Bring an archived exercise back as a draft, as its newest revision says."""
    _may(account)
    _lock(exercise)
    if exercise.state != ExerciseState.ARCHIVED:
        return
    said = {"state_reason": UNFINISHED, **content_at(exercise, newest(exercise)), "state": str(ExerciseState.DRAFT)}
    _write(exercise, {**said, "review": unsigned(said["review"])})
    audit.record(account, "exercise.reopen", exercise.id)


def refuse_gaps(exercise: Exercise, today: date) -> None:
    """Raises NotReady with everything that keeps the newest content from being published."""
    found = gaps(exercise, content_now(exercise), today)
    if found:
        raise NotReady(found)


def gaps(exercise: Exercise, content: Content, today: date) -> tuple[Gap, ...]:
    """What keeps `content` from being published as `exercise`: its own gaps, and links that lead nowhere."""
    found = list(exercise_advice.gaps(content, today))
    links = [(name, n, each["slug"]) for name in ("easier", "harder") for n, each in enumerate(content[name])]
    query = select(Exercise.slug).where(
        Exercise.clinic_id == exercise.clinic_id,
        Exercise.slug.in_([slug for *_, slug in links]),
        Exercise.id != exercise.id,
        Exercise.state != ExerciseState.ARCHIVED,
    )
    known = set(db.session.scalars(query)) if links else set()
    for name, n, slug in links:
        if slug not in known:
            found.append(Gap(f"The {name} exercise does not exist or is archived.", f"{name}-{n}-name"))
    return tuple(found)


def is_signed(exercise: Exercise) -> bool:
    """Whether what is newest was reviewed and is in use."""
    reviewed = exercise.details["review"]["status"] == ReviewStatus.REVIEWED
    return exercise.is_published and exercise.proposed is None and reviewed


def other_signers(account: Account) -> list[Account]:
    """Who else of the clinic may sign an exercise."""
    query = select(Account).where(
        Account.clinic_id == account.clinic_id,
        Account.active,
        Account.role.in_((Role.EDITOR, Role.MANAGER)),
        Account.id != account.id,
    )
    return list(db.session.scalars(query.order_by(Account.name)).unique())


def with_name(clinic_id: int, name: str) -> Exercise | None:
    """The clinic's exercise of that name, in any case."""
    query = select(Exercise).where(Exercise.clinic_id == clinic_id, func.lower(Exercise.name) == name.strip().lower())
    return db.session.scalars(query.order_by(Exercise.id).limit(1)).one_or_none()


def _propose(account: Account, exercise: Exercise, content: Content, state: str, what: str) -> None:
    remember_first(exercise)
    exercise.proposed = keep(
        account, exercise, what, {"state_reason": UNFINISHED, **content, "state": str(state)}
    ).number
    exercise.proposed_state = str(state)


def _write(exercise: Exercise, content: Mapping[str, Any]) -> None:
    """Change the columns, count the version, and write the search anew; before the first change, keep what was."""
    if exercise.id is not None:
        remember_first(exercise)
    write(exercise, content)
    exercise.version += 1
    exercise.saved_at = utc_now()
    db.session.add(exercise)
    db.session.flush()
    search_index.index(exercise)


def _may(account: Account) -> None:
    if not account.keeps_catalogue:
        raise NotAllowed("Only editors and managers change the catalogue.")


def _lock(exercise: Exercise) -> None:
    """Make others wait until the transaction ends, and see what those before us wrote."""
    db.session.flush()  # refreshing would throw away what is not written yet
    db.session.refresh(exercise, with_for_update=True)


def _refuse_stale(exercise: Exercise, revision: int) -> None:
    if newest(exercise) != revision:
        raise Conflict("Somebody else saved this exercise while you were editing it.")


def _refuse_name(account: Account, name: str, exercise: Exercise | None) -> None:
    other = with_name(account.clinic_id, name)
    if other is not None and other is not exercise:
        raise NotAllowed(f"There is already an exercise called “{other.name}”.")
