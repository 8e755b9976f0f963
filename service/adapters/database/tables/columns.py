"""What the tables share: their names for constraints, and the columns that many of them have."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[int]:
    """The row's own number."""
    return Column("id", Integer, primary_key=True, autoincrement=True)


def of_case(nullable: bool = False) -> Column[int]:
    """The case that the row belongs to."""
    return Column("case_id", ForeignKey("case.id"), nullable=nullable, index=True)


def text(name: str, length: int = 255, **more: object) -> Column[str]:
    """A text that may be empty and is never missing."""
    return Column(name, String(length), nullable=False, default="", **more)  # type: ignore[arg-type]  # passes keywords through
