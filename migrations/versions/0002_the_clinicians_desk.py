"""The clinician's desk: what exercises are found by, revisions, imports, what is known of a patient, appointments

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import unicodedata
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Looked up by ranges of their beginnings: in the order of their letters' numbers, whatever the database's language.
FOLDED = sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")


def upgrade() -> None:
    new_tables()
    new_columns()
    fill()


def downgrade() -> None:
    drop_columns()
    drop_tables()


def new_tables() -> None:
    op.create_table(
        "search_word",
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.Column("word", FOLDED, nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_search_word_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("clinic_id", "word", name=op.f("pk_search_word")),
    )
    op.create_table(
        "appointment",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_appointment_account_id_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_appointment_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_appointment_patient_id_patient"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint(
            "patient_id", "account_id", "starts_at", name=op.f("uq_appointment_patient_id_account_id_starts_at")
        ),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index("ix_appointment_account_id_starts_at", ["account_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_clinic_id"), ["clinic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "exercise_import",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rows_checked", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_exercise_import_account_id_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_exercise_import_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_import")),
    )
    with op.batch_alter_table("exercise_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_import_clinic_id"), ["clinic_id"], unique=False)

    op.create_table(
        "exercise_revision",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_exercise_revision_account_id_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_exercise_revision_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercise.id"], name=op.f("fk_exercise_revision_exercise_id_exercise"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_revision")),
        sa.UniqueConstraint("exercise_id", "number", name=op.f("uq_exercise_revision_exercise_id_number")),
    )
    with op.batch_alter_table("exercise_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_revision_clinic_id"), ["clinic_id"], unique=False)

    op.create_table(
        "exercise_tag",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_exercise_tag_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercise.id"], name=op.f("fk_exercise_tag_exercise_id_exercise"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("exercise_id", "kind", "value", name=op.f("pk_exercise_tag")),
    )
    with op.batch_alter_table("exercise_tag", schema=None) as batch_op:
        batch_op.create_index("ix_exercise_tag_lookup", ["clinic_id", "kind", "value", "exercise_id"], unique=False)

    op.create_table(
        "exercise_word",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("word", FOLDED, nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_exercise_word_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercise.id"], name=op.f("fk_exercise_word_exercise_id_exercise"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("exercise_id", "word", name=op.f("pk_exercise_word")),
    )
    with op.batch_alter_table("exercise_word", schema=None) as batch_op:
        batch_op.create_index("ix_exercise_word_lookup", ["clinic_id", "word", "exercise_id", "weight"], unique=False)

    op.create_table(
        "favourite",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_favourite_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercise.id"], name=op.f("fk_favourite_exercise_id_exercise"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "exercise_id", name=op.f("pk_favourite")),
    )
    op.create_table(
        "print_batch",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf", sa.String(length=64), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_print_batch_account_id_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_print_batch_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_batch")),
        sa.UniqueConstraint("clinic_id", "idempotency_key", name=op.f("uq_print_batch_clinic_id_idempotency_key")),
    )
    with op.batch_alter_table("print_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_print_batch_clinic_id"), ["clinic_id"], unique=False)

    op.create_table(
        "jam",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_jam_account_id_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_jam_clinic_id_clinic"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_jam_delivery_id_delivery"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jam")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_jam_delivery_id")),
    )
    with op.batch_alter_table("jam", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jam_clinic_id"), ["clinic_id"], unique=False)

    op.create_table(
        "programme_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_programme_revision_account_id_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_revision_programme_id_programme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_revision")),
        sa.UniqueConstraint("programme_id", "version", name=op.f("uq_programme_revision_programme_id_version")),
    )


def new_columns() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("walked_through_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("exercise", schema=None) as batch_op:
        batch_op.add_column(sa.Column("review_due", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("proposed", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("proposed_state", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("written_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "saved_at", sa.DateTime(timezone=True), nullable=False, server_default="1970-01-01 00:00:00+00:00"
            )
        )
        batch_op.create_index("ix_exercise_clinic_id_state_name", ["clinic_id", "state", "name"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_exercise_written_by_id_account"), "account", ["written_by_id"], ["id"], ondelete="RESTRICT"
        )

    with op.batch_alter_table("illustration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("photo", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("photo_type", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("photo_side", sa.String(length=40), nullable=False, server_default=""))

    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("nhs_number", sa.String(length=10), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("email", sa.String(length=255), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("phone", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("print_size", sa.String(length=40), nullable=False, server_default="standard"))
        batch_op.add_column(sa.Column("language", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("format", sa.String(length=40), nullable=False, server_default="paper"))
        batch_op.add_column(sa.Column("flags", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("equipment", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("is_anonymous", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_patient_merged_into_id_patient"), "patient", ["merged_into_id"], ["id"], ondelete="RESTRICT"
        )

    with op.batch_alter_table("prescribed_exercise", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_index(batch_op.f("ix_prescribed_exercise_exercise_id"), ["exercise_id"], unique=False)

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("batch_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_delivery_batch_id"), ["batch_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_delivery_batch_id_print_batch"), "print_batch", ["batch_id"], ["id"], ondelete="RESTRICT"
        )

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_reason", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("same_as", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("page_saves", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_index(batch_op.f("ix_programme_account_id"), ["account_id"], unique=False)
        batch_op.add_column(sa.Column("protocol_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_programme_protocol_id"), ["protocol_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_programme_protocol_id_protocol"), "protocol", ["protocol_id"], ["id"], ondelete="RESTRICT"
        )

    with op.batch_alter_table("protocol", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_protected", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "saved_at", sa.DateTime(timezone=True), nullable=False, server_default="1970-01-01 00:00:00+00:00"
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_protocol_account_id_account"), "account", ["account_id"], ["id"], ondelete="RESTRICT"
        )


def fill() -> None:
    """Give the rows that exist what can be read from them; `flask catalogue index` builds the words to search."""
    op.execute("UPDATE exercise SET saved_at = created_at")
    # Nobody could make one before: all of them came with the service.
    op.execute("UPDATE protocol SET saved_at = created_at, is_protected = TRUE")
    names = ("id", "name", "reference", "search_text")
    patients = sa.table("patient", *map(sa.column, names), sa.column("born", sa.Date))
    for row in op.get_bind().execute(sa.select(patients)).all():
        words = " ".join(filter(None, [folded(row.name), folded(row.reference), *dates(row.born)]))
        op.execute(patients.update().where(patients.c.id == row.id).values(search_text=words))


def folded(text: str) -> str:
    """As services.patients folds it at the time of this revision: lower case, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in apart if not unicodedata.combining(each))
    letters = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    return " ".join(plain.translate(str.maketrans(letters)).split())


def dates(born: date | None) -> tuple[str, ...]:
    if born is None:
        return ()
    in_words = f"{born.day} {born:%B} {born.year}".lower()
    return (born.isoformat(), f"{born:%d/%m/%Y}", in_words, f"{born:%d%m%y}", f"{born:%d%m%Y}")


def drop_columns() -> None:
    with op.batch_alter_table("protocol", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_protocol_account_id_account"), type_="foreignkey")
        batch_op.drop_column("saved_at")
        batch_op.drop_column("account_id")
        batch_op.drop_column("is_protected")

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_programme_protocol_id_protocol"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_programme_protocol_id"))
        batch_op.drop_column("protocol_id")
        batch_op.drop_index(batch_op.f("ix_programme_account_id"))
        batch_op.drop_column("page_saves")
        batch_op.drop_column("same_as")
        batch_op.drop_column("ended_reason")

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_delivery_batch_id_print_batch"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_delivery_batch_id"))
        batch_op.drop_column("batch_id")

    with op.batch_alter_table("prescribed_exercise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prescribed_exercise_exercise_id"))
        batch_op.drop_column("kept")

    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_patient_merged_into_id_patient"), type_="foreignkey")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("is_anonymous")
        batch_op.drop_column("search_text")
        batch_op.drop_column("equipment")
        batch_op.drop_column("flags")
        batch_op.drop_column("format")
        batch_op.drop_column("language")
        batch_op.drop_column("print_size")
        batch_op.drop_column("phone")
        batch_op.drop_column("email")
        batch_op.drop_column("nhs_number")

    with op.batch_alter_table("illustration", schema=None) as batch_op:
        batch_op.drop_column("photo_side")
        batch_op.drop_column("photo_type")
        batch_op.drop_column("photo")

    with op.batch_alter_table("exercise", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_exercise_written_by_id_account"), type_="foreignkey")
        batch_op.drop_index("ix_exercise_clinic_id_state_name")
        batch_op.drop_column("saved_at")
        batch_op.drop_column("written_by_id")
        batch_op.drop_column("proposed_state")
        batch_op.drop_column("proposed")
        batch_op.drop_column("review_due")

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("walked_through_at")


def drop_tables() -> None:
    with op.batch_alter_table("jam", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jam_clinic_id"))

    op.drop_table("jam")
    with op.batch_alter_table("print_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_print_batch_clinic_id"))

    op.drop_table("print_batch")
    op.drop_table("programme_revision")
    op.drop_table("favourite")
    with op.batch_alter_table("exercise_word", schema=None) as batch_op:
        batch_op.drop_index("ix_exercise_word_lookup")

    op.drop_table("exercise_word")
    with op.batch_alter_table("exercise_tag", schema=None) as batch_op:
        batch_op.drop_index("ix_exercise_tag_lookup")

    op.drop_table("exercise_tag")
    with op.batch_alter_table("exercise_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_revision_clinic_id"))

    op.drop_table("exercise_revision")
    with op.batch_alter_table("exercise_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_import_clinic_id"))

    op.drop_table("exercise_import")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_patient_id"))
        batch_op.drop_index(batch_op.f("ix_appointment_clinic_id"))
        batch_op.drop_index("ix_appointment_account_id_starts_at")

    op.drop_table("appointment")
    op.drop_table("search_word")
