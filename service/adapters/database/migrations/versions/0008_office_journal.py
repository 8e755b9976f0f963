"""The journal of the office is looked at by days: an index holds its lines only."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the tables forward."""
    of_office = sa.text("case_id IS NULL")
    op.create_index("ix_journal_office", "journal", ["at"], sqlite_where=of_office, postgresql_where=of_office)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_journal_office", "journal")
