"""A claim that was entered by mistake says why."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Bring the tables forward; no claim that was recorded before was entered by mistake."""
    with op.batch_alter_table("claim") as table:
        table.add_column(sa.Column("mistake", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("claim") as table:
        table.alter_column("mistake", server_default=None)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("claim") as table:
        table.drop_column("mistake")
