from __future__ import annotations

from flask_wtf import FlaskForm

from clinic_app.services.programmes import LONGEST_REASON
from clinic_app.web.fields import AtMost, Needed, PlainTextField


class WithdrawForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    reason = PlainTextField("Reason", [Needed("Please say why this edition is withdrawn."), AtMost(300)])


class EndForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    reason = PlainTextField("Reason", [Needed("Please say why the programme ends."), AtMost(LONGEST_REASON)])
