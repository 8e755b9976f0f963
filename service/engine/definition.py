"""Reads .bpmn and forms into one frozen version of a procedure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.domain.steps import Element
from service.engine.catalogue import Catalogue, catalogue_of
from service.engine.check import walkable_faults
from service.engine.check_expressions import written
from service.engine.errors import DiagramRefused
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
        sheet = find_sheet(files, process)
        for fault in walkable_faults(sheet):
            raise DiagramRefused(reason=fault.code, element=fault.element, line=fault.line, **fault.data)
        catalogue = catalogue_of(sheet)
        return cls(
            process=process,
            catalogue=catalogue,
            functions={"now": clock, **functions},
            clock=clock,
            woven=weave(sheet),
            listeners=catalogue.listeners(),
            _expressions={one.text: Expression.parse(one.text) for one in written(sheet)},
        )

    def expression(self, text: str) -> Expression:
        """The expression with this text, read when the procedure was loaded."""
        return self._expressions[text]


def find_sheet(files: Mapping[str, bytes], process: str) -> Sheet:
    """The process with this id. DiagramRefused if no file holds it, XmlRefused if a file cannot be read."""
    for name in sorted(files):
        if name.endswith(".bpmn"):
            for sheet in read_sheets(name, files[name]):
                if sheet.process == process:
                    return sheet
    raise DiagramRefused(reason="no_such_process", element=process)
