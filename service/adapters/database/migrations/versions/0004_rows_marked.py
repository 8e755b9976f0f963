"""A line of the journal carries the hashes of the rows that were written with it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the tables forward; the lines before say nothing of rows, and the audit asks nothing of them."""
    with op.batch_alter_table("journal") as table:
        table.add_column(sa.Column("rows", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("journal") as table:
        table.alter_column("rows", server_default=None)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("journal") as table:
        table.drop_column("rows")
