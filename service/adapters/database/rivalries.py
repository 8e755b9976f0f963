"""What two people may claim at once: the second of them is told that somebody was faster."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

RIVALRIES = {
    "case": ("submission_id",),
    "calendar_version": ("number",),
    "document": ("kind", "number", "correction"),
    "edition": ("number",),
    "month_figures": ("month",),
    "officer": ("login",),
}
"""What two people may claim at once. Any other broken rule of the tables is a fault of the program and stays one."""


def is_rivalry(broken: IntegrityError) -> bool:
    """Whether two people wanted the same name or number: SQLite tells the columns, PostgreSQL the constraint."""
    told = str(broken.orig)
    return any(
        ", ".join(f"{table}.{column}" for column in columns) in told or f"uq_{table}_{'_'.join(columns)}" in told
        for table, columns in RIVALRIES.items()
    )
