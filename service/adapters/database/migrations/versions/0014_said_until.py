"""A paper that waits to be signed knows what was said in the case before it was prepared."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Bring the tables forward; a paper that was prepared before knows of no position and may have to be once more."""
    with op.batch_alter_table("prepared_document") as table:
        table.add_column(sa.Column("said_until", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("prepared_document") as table:
        table.alter_column("said_until", server_default=None)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("prepared_document") as table:
        table.drop_column("said_until")
