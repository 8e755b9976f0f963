"""A document keeps what it says: what it was prepared from is not marked."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Bring the tables forward; documents that were issued before say what they were prepared from."""
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("content", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("document") as table:
        table.drop_column("content")
