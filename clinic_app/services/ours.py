"""Fetch and authorise in one step, so that a view cannot forget the second."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import NotFound
from clinic_app.models import Account
from clinic_app.models.columns import OfAClinic

T = TypeVar("T", bound=OfAClinic)
LARGEST_KEY = 2**31 - 1  # what a key column holds; the database fails on a larger number in an address


def fetch(model: type[T], key: int, account: Account, *, lock: bool = False) -> T:
    """The row `key` of the account's own clinic. `lock` makes others wait until the transaction ends.

    Raises:
        NotFound: if there is none, or it is another clinic's: the two look alike.
    """
    query = select(model).where(model.id == key, model.clinic_id == account.clinic_id)
    if lock:
        query = query.with_for_update(of=model).execution_options(populate_existing=True)
    row = db.session.scalars(query).unique().one_or_none() if 0 < key <= LARGEST_KEY else None
    if row is None:
        raise NotFound("There is nothing here with that number.")
    return row
