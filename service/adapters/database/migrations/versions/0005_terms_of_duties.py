"""A duty has its term among the deadlines: reminders, a breach and a note to the head, as tasks have them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = ("deadline", "breach", "officer_note")
INDEXED = ("deadline", "officer_note")
RUNNING = """
INSERT INTO deadline (element, kind, due_at, first_due_at, engine_id, failure, duty_id)
SELECT kind, 'term', due_at, due_at, '', '', id FROM duty WHERE done_at IS NULL
"""


def upgrade() -> None:
    """Bring the tables forward; the terms of the duties that are not done run from now on."""
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
            table.add_column(sa.Column("duty_id", sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_{name}_duty_id"), "duty", ["duty_id"], ["id"])
    for name in INDEXED:
        op.create_index(op.f(f"ix_{name}_duty_id"), name, ["duty_id"])
    op.execute(RUNNING)


def downgrade() -> None:
    """Take the change back, and with it what belongs to duties."""
    for name in INDEXED:
        op.drop_index(op.f(f"ix_{name}_duty_id"), name)
    for name in TABLES:
        op.execute(f"DELETE FROM {name} WHERE duty_id IS NOT NULL")  # noqa: S608 - a name of our own
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"fk_{name}_duty_id"), type_="foreignkey")
            table.drop_column("duty_id")
            table.alter_column("case_id", existing_type=sa.Integer(), nullable=False)
