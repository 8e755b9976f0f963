"""A remark on minutes says whether the holder of a contested permit has made it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Bring the tables forward; whoever remarked before was the person whose case it is."""
    with op.batch_alter_table("minutes_remark") as table:
        table.add_column(sa.Column("of_holder", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("minutes_remark") as table:
        table.alter_column("of_holder", server_default=None)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("minutes_remark") as table:
        table.drop_column("of_holder")
