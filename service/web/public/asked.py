"""What an address asks of the register (R11.2, A3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request

from service.domain.decisions import PermitStatus
from service.domain.forms_values import Wrong, read_date
from service.web.public.door import today

LONGEST_SEARCH = 200
LONGEST_DAY = 20


@dataclass(frozen=True)
class Asked:
    """What the address asks of the register: a text, a status, a day; `typed_day` is the day as it was typed."""

    search: str
    status: PermitStatus | None
    on: date
    typed_day: str
    is_day_wrong: bool

    @classmethod
    def now(cls) -> Asked:
        """Read it from this request; a day that is none is told, a strange status is left out."""
        typed = request.args.get("on", "").strip()[:LONGEST_DAY]
        try:
            on, is_wrong = (date.fromisoformat(read_date(typed)) if typed else today()), False
        except Wrong:
            on, is_wrong = today(), True
        status = request.args.get("status", "")
        known = PermitStatus(status) if status in set(PermitStatus) else None
        return cls(request.args.get("search", "").strip()[:LONGEST_SEARCH], known, on, typed, is_wrong)

    @property
    def narrows(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.search or self.status or self.typed_day)

    @property
    def query(self) -> dict[str, str | None]:
        """The same for the address of an export."""
        return {"search": self.search or None, "status": self.status, "on": self.typed_day or None}
