"""Reads .bpmn and forms into one frozen version of a procedure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from service.domain.steps import Element
from service.engine.catalogue import Catalogue, catalogue_of
from service.engine.check import walkable_faults
from service.engine.check_expressions import written
from service.engine.errors import DiagramRefused, XmlRefused
from service.engine.expressions import Expression
from service.engine.model import Sheet
from service.engine.sheets import read_sheets
from service.engine.weaving import Woven, weave

Functions = Mapping[str, Callable[..., Any]]
Clock = Callable[[], datetime]


@dataclass(frozen=True, eq=False)
class Procedure:
    """One version of one diagram, ready to walk; may be cached and shared by threads."""

    process: str
    catalogue: Catalogue
    functions: Functions
    clock: Clock
    woven: Woven
    listeners: tuple[Element, ...]
    _expressions: Mapping[str, Expression] = field(default_factory=dict)

    @classmethod
    def load(cls, files: Mapping[str, bytes], process: str, *, functions: Functions, clock: Clock) -> Procedure:
        """Read the process with this id from files such as "permit.bpmn"; DiagramRefused if it cannot be walked.

        Expressions may call these functions and `now()`, which asks the clock; `closing(day)` among them makes an
        instant of a date. What the analyst is told about a diagram is for `check`; this only refuses.
        """
        drawn = _drawn(tuple((name, files[name]) for name in sorted(files) if name.endswith(".bpmn")), process)
        return cls(
            process=process,
            catalogue=drawn.catalogue,
            functions={"now": clock, **functions},
            clock=clock,
            woven=drawn.woven,
            listeners=drawn.catalogue.listeners(),
            _expressions=drawn.expressions,
        )

    def expression(self, text: str) -> Expression:
        """The expression with this text, read when the procedure was loaded."""
        return self._expressions[text]


@dataclass(frozen=True, eq=False)
class _Drawn:
    """What is the same wherever and whenever a diagram runs."""

    catalogue: Catalogue
    woven: Woven
    expressions: Mapping[str, Expression]


@lru_cache(maxsize=32)
def _drawn(diagrams: tuple[tuple[str, bytes], ...], process: str) -> _Drawn:
    """Read a diagram once in a process, however many editions hold the same one."""
    sheet = find_sheet(dict(diagrams), process)
    for fault in walkable_faults(sheet):
        where = {"file": sheet.file, "line": fault.line, "element": fault.element}
        raise DiagramRefused(reason=fault.code, **{**fault.data, **where})
    expressions = {one.text: Expression.parse(one.text) for one in written(sheet)}
    return _Drawn(catalogue_of(sheet), weave(sheet), expressions)


def walkable_catalogues(files: Mapping[str, bytes]) -> list[Catalogue]:
    """What the diagrams among these files say; one that cannot be walked says nothing that could be relied on."""
    sheets = [sheet for name in sorted(files) if name.endswith(".bpmn") for sheet in _readable(name, files[name])]
    return [catalogue_of(sheet) for sheet in sheets if not walkable_faults(sheet)]


def _readable(name: str, content: bytes) -> list[Sheet]:
    try:
        return read_sheets(name, content)
    except XmlRefused:
        return []


def _sheets(name: str, content: bytes) -> list[Sheet]:
    try:
        return read_sheets(name, content)
    except XmlRefused as refused:
        raise XmlRefused(file=name, **refused.data) from refused


def find_sheet(files: Mapping[str, bytes], process: str) -> Sheet:
    """The process with this id. DiagramRefused if no file holds it, XmlRefused if a file cannot be read."""
    for name in sorted(files):
        if name.endswith(".bpmn"):
            for sheet in _sheets(name, files[name]):
                if sheet.process == process:
                    return sheet
    raise DiagramRefused(reason="no_such_process", element=process)
