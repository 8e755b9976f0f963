"""PostgreSQL keeps the calendar and tells the newest keys in one question; done tasks have an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# Each statement of a volatile function sees what is committed when it begins: the keys are read after the wait.
KEPT_MARKS = """
CREATE FUNCTION kept_marks(turn bigint) RETURNS TABLE (calendar integer, setting integer, edition integer)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(turn);
    RETURN QUERY SELECT
        coalesce((SELECT max(id) FROM calendar_version), 0),
        coalesce((SELECT max(id) FROM dated_setting), 0),
        coalesce((SELECT max(id) FROM edition), 0);
END $$
"""
DONE = ["completed_at", "element", "opened_at", "completed_by"]


def upgrade() -> None:
    """Bring the tables forward."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(KEPT_MARKS)
    is_done = sa.text("completed_at IS NOT NULL")
    op.drop_index("ix_task_completed", "task")
    op.create_index("ix_task_completed", "task", DONE, sqlite_where=is_done, postgresql_where=is_done)


def downgrade() -> None:
    """Take the change back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION kept_marks(bigint)")
    op.drop_index("ix_task_completed", "task")
    op.create_index("ix_task_completed", "task", DONE)
