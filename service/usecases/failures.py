"""Why a step failed, as far as whoever took it has to know: at which element of the drawing, and what kind of cause."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from service.domain.errors import OperationFailed, RuqsatError, Unavailable
from service.domain.files import StorageFull, is_no_room


class Cause(StrEnum):
    """What kind of thing has failed."""

    STORAGE_FULL = "storage_full"
    DATABASE = "database"
    OUTSIDE = "outside"
    PROGRAM = "program"


@dataclass(frozen=True)
class Failure:
    """A failed step: `element` is empty where it failed while it was saved, `reference` finds it in the log.

    `kind` and `detail` are the program's own words, for its administrator.
    """

    cause: Cause
    element: str
    system: str
    reference: str
    kind: str
    detail: str

    @classmethod
    def of(cls, fault: Exception) -> Self:
        """What is known of a fault; the operation at which it came up has named its element."""
        data: dict[str, Any] = fault.data if isinstance(fault, RuqsatError) else {}
        root = fault.__cause__ if type(fault) is OperationFailed and fault.__cause__ is not None else fault
        cause = _cause(root)
        system = str(root.data.get("what") or "") if isinstance(root, Unavailable) and cause is Cause.OUTSIDE else ""
        reference = secrets.token_hex(4) if cause is Cause.PROGRAM else ""
        return cls(cause, str(data.get("element") or ""), system, reference, type(root).__name__, str(root))

    @property
    def told(self) -> dict[str, str]:
        """What an officer is told."""
        told = {"cause": self.cause.value, "element": self.element, "system": self.system, "reference": self.reference}
        return {name: value for name, value in told.items() if value}

    @property
    def noted(self) -> dict[str, str]:
        """What the journal keeps: the same, and the program's own words."""
        return {"fault": f"{self.kind}: {self.detail}", **self.told}


def _cause(fault: BaseException) -> Cause:
    if isinstance(fault, StorageFull) or is_no_room(fault):
        return Cause.STORAGE_FULL
    if isinstance(fault, Unavailable):
        return Cause.DATABASE if fault.data.get("what") == "database" else Cause.OUTSIDE
    return Cause.PROGRAM
