"""A notice keeps when and how it was told in another way than in the cabinet and by e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("notice") as table:
        table.add_column(sa.Column("told_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("told_how", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("notice") as table:
        table.alter_column("told_how", server_default=None)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("notice") as table:
        table.drop_column("told_how")
        table.drop_column("told_on")
