"""How cases are looked for: by IIN, BIN, or a part of number or name, in the way that each database does fastest."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Boolean, ColumnElement, String, bindparam, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from service.adapters.database import tables
from service.domain.identifiers import NUMBER_PART

IDENTIFIER_DIGITS = 12
CASE_NUMBER = re.compile(r"[A-Z]-\d{4}-\d{6,}")


def matches(search: str) -> ColumnElement[bool]:
    """The cases of this IIN or BIN, or with a part of the number or of the name; each stands in an index of its own.

    A part of a name is looked for from the newest case on, in an index that holds nothing else: the cases themselves
    are forty times as large.
    """
    row, text = tables.case.c, search.strip()
    digits = "".join(text.split())
    if len(digits) == IDENTIFIER_DIGITS and digits.isdecimal():
        return or_(row.iin == digits, row.bin == digits)
    if CASE_NUMBER.fullmatch(text.upper()):
        return row.number == text.upper()
    named = holds(row.search_name, text.casefold())
    return or_(named, holds(row.number, text.upper())) if NUMBER_PART.fullmatch(text.upper()) else named


class Holds(FunctionElement[bool]):
    """Whether a text holds this part, letter by letter."""

    type = Boolean()
    inherit_cache = True
    name = "holds"


def holds(column: ColumnElement[str], part: str) -> ColumnElement[bool]:
    """The rows whose text holds the part."""
    return Holds(column, bindparam(None, part, String()))


@compiles(Holds, "sqlite")
def _on_sqlite(element: Holds, compiler: SQLCompiler, **how: Any) -> str:
    return f"instr({compiler.process(element.clauses, **how)}) > 0"


@compiles(Holds, "postgresql")
def _on_postgresql(element: Holds, compiler: SQLCompiler, **how: Any) -> str:
    # Letters are the same when their bytes are: by the rules of no language this takes half the time.
    column, part = (compiler.process(clause, **how) for clause in element.clauses)
    return f'strpos({column} COLLATE "C", {part}) > 0'
