"""A change of the register that was entered by mistake says who withdrew it before its day, when and why."""

import sqlalchemy as sa
from alembic import op

from service.adapters.database import types

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the tables forward; nothing that was entered before was withdrawn."""
    with op.batch_alter_table("register_change") as table:
        table.add_column(sa.Column("withdrawn_at", types.Instant(), nullable=True))
        table.add_column(sa.Column("withdrawn_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("withdrawal_reason", sa.Text(), nullable=False, server_default=""))
        table.create_foreign_key(op.f("fk_register_change_withdrawn_by"), "officer", ["withdrawn_by"], ["id"])
    with op.batch_alter_table("register_change") as table:
        table.alter_column("withdrawal_reason", server_default=None)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("register_change") as table:
        table.drop_constraint(op.f("fk_register_change_withdrawn_by"), type_="foreignkey")
        for name in ("withdrawal_reason", "withdrawn_by", "withdrawn_at"):
            table.drop_column(name)
