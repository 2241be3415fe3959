from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import Blueprint, abort
from flask_security import current_user

from clinic_app.models import Account

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


P = ParamSpec("P")
R = TypeVar("R")


def account() -> Account:
    """Who is signed in. Every route of this blueprint is closed to everybody else."""
    return cast(Account, current_user._get_current_object())


def for_catalogue_keepers(view: Callable[P, R]) -> Callable[P, R]:
    """Only editors and managers may; anybody else is told so (403)."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not account().keeps_catalogue:
            abort(403)
        return view(*args, **kwargs)

    return guarded


def for_managers(view: Callable[P, R]) -> Callable[P, R]:
    """Only managers may; anybody else is told so (403)."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not account().is_manager:
            abort(403)
        return view(*args, **kwargs)

    return guarded
