"""Cases and the register are looked for in an index that is read from the newest on."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Bring the tables forward."""
    op.drop_index("ix_case_search_name", "case")
    op.create_index("ix_case_looked_for", "case", ["id", "search_name", "number", "state"])
    op.drop_index("ix_register_entry_search_name", "register_entry")
    op.drop_index("ix_register_entry_issued_on", "register_entry")
    looked_for = ["issued_on", "id", "search_name", "number"]
    op.create_index("ix_register_entry_looked_for", "register_entry", looked_for)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_register_entry_looked_for", "register_entry")
    op.create_index("ix_register_entry_issued_on", "register_entry", ["issued_on"])
    op.create_index("ix_register_entry_search_name", "register_entry", ["search_name"])
    op.drop_index("ix_case_looked_for", "case")
    op.create_index("ix_case_search_name", "case", ["search_name", "id"])
