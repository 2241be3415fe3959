"""Sending by e-mail, and the patient's page with its diary

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "code_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_tries")),
        sa.UniqueConstraint("place", "hour", name=op.f("uq_code_tries_place_hour")),
    )
    op.create_table(
        "mail_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["account.id"], name=op.f("fk_mail_pause_lifted_by_id_account"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_pause")),
    )
    op.create_table(
        "diary_day",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("handout_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("pain_before", sa.Integer(), nullable=True),
        sa.Column("pain_after", sa.Integer(), nullable=True),
        sa.Column("worse", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_diary_day_account_id_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["patient_address.id"],
            name=op.f("fk_diary_day_address_id_patient_address"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_diary_day_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["handout_id"], ["handout.id"], name=op.f("fk_diary_day_handout_id_handout"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_diary_day_programme_id_programme"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_day")),
        sa.UniqueConstraint("programme_id", "day", name=op.f("uq_diary_day_programme_id_day")),
    )
    with op.batch_alter_table("diary_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_diary_day_clinic_id"), ["clinic_id"], unique=False)

    op.create_table(
        "diary_entry",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("handout_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("exercise", sa.String(length=80), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("done", sa.String(length=40), nullable=False),
        sa.Column("reps", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_diary_entry_account_id_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["patient_address.id"],
            name=op.f("fk_diary_entry_address_id_patient_address"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_diary_entry_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["handout_id"], ["handout.id"], name=op.f("fk_diary_entry_handout_id_handout"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_diary_entry_programme_id_programme"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_entry")),
        sa.UniqueConstraint(
            "programme_id", "day", "exercise", "turn", name=op.f("uq_diary_entry_programme_id_day_exercise_turn")
        ),
    )
    with op.batch_alter_table("diary_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_diary_entry_clinic_id"), ["clinic_id"], unique=False)

    op.create_table(
        "concern",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_concern_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_concern_delivery_id_delivery"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["handled_by_id"], ["account.id"], name=op.f("fk_concern_handled_by_id_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_concern_programme_id_programme"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("clinic_id", "key", name=op.f("uq_concern_clinic_id_key")),
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concern_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concern_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "incident",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_incident_account_id_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_incident_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_incident_delivery_id_delivery"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_incident_delivery_id")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_clinic_id"), ["clinic_id"], unique=False)

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asks_born", sa.Boolean(), server_default="1", nullable=False))
        batch_op.add_column(
            sa.Column(
                "diary_reader",
                sa.String(length=200),
                server_default="Your physiotherapist reads this before your next visit.",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("pain_threshold", sa.Integer(), server_default="6", nullable=False))
        batch_op.add_column(sa.Column("worse_days", sa.Integer(), server_default="3", nullable=False))

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=40), server_default="printed", nullable=False))
        batch_op.add_column(sa.Column("recipient", sa.String(length=254), server_default="", nullable=False))
        batch_op.add_column(sa.Column("attach_pdf", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("idempotency_key", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("message_id", sa.String(length=120), server_default="", nullable=False))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("deaths", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("fence", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("data_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("last_error", sa.String(length=300), server_default="", nullable=False))
        batch_op.create_index("ix_delivery_state_next_at", ["state", "next_at"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_delivery_idempotency_key"), ["idempotency_key"])

    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attach_pdf", sa.Boolean(), server_default="0", nullable=False))

    with op.batch_alter_table("patient_address", schema=None) as batch_op:
        batch_op.add_column(sa.Column("holder", sa.String(length=40), server_default="patient", nullable=False))
        batch_op.add_column(sa.Column("holder_name", sa.String(length=120), server_default="", nullable=False))
        batch_op.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("wrong_tries", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("first_wrong_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("first_opened_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("last_opened_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("openings", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("patient_address", schema=None) as batch_op:
        batch_op.drop_column("openings")
        batch_op.drop_column("last_opened_at")
        batch_op.drop_column("first_opened_at")
        batch_op.drop_column("locked_at")
        batch_op.drop_column("first_wrong_at")
        batch_op.drop_column("wrong_tries")
        batch_op.drop_column("expires_at")
        batch_op.drop_column("holder_name")
        batch_op.drop_column("holder")

    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.drop_column("attach_pdf")

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_delivery_idempotency_key"), type_="unique")
        batch_op.drop_index("ix_delivery_state_next_at")
        batch_op.drop_column("last_error")
        batch_op.drop_column("returned_at")
        batch_op.drop_column("accepted_at")
        batch_op.drop_column("data_at")
        batch_op.drop_column("fence")
        batch_op.drop_column("lease_until")
        batch_op.drop_column("next_at")
        batch_op.drop_column("deaths")
        batch_op.drop_column("attempts")
        batch_op.drop_column("message_id")
        batch_op.drop_column("idempotency_key")
        batch_op.drop_column("attach_pdf")
        batch_op.drop_column("recipient")
        batch_op.drop_column("state")

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.drop_column("worse_days")
        batch_op.drop_column("pain_threshold")
        batch_op.drop_column("diary_reader")
        batch_op.drop_column("asks_born")

    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_clinic_id"))

    op.drop_table("incident")
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concern_programme_id"))
        batch_op.drop_index(batch_op.f("ix_concern_clinic_id"))

    op.drop_table("concern")
    with op.batch_alter_table("diary_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_diary_entry_clinic_id"))

    op.drop_table("diary_entry")
    with op.batch_alter_table("diary_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_diary_day_clinic_id"))

    op.drop_table("diary_day")
    op.drop_table("mail_pause")
    op.drop_table("code_tries")
