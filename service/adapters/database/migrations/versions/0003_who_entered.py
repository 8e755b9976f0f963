"""A change of the register says which officer entered it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables forward; who entered the changes before is not known by anything but a name."""
    with op.batch_alter_table("register_change") as table:
        table.add_column(sa.Column("entered_by", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_register_change_entered_by"), "officer", ["entered_by"], ["id"])


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("register_change") as table:
        table.drop_constraint(op.f("fk_register_change_entered_by"), type_="foreignkey")
        table.drop_column("entered_by")
