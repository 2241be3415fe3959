"""Pictures: who the figure is, as a clinic and a patient chose

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHOSEN = ("figure_skin", "figure_hair", "figure_hair_colour", "figure_age", "figure_shape")


def upgrade() -> None:
    for table in ("branding", "patient"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in CHOSEN:
                batch_op.add_column(sa.Column(column, sa.String(length=40), server_default="", nullable=False))


def downgrade() -> None:
    for table in ("patient", "branding"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in reversed(CHOSEN):
                batch_op.drop_column(column)
