"""Everything that is wrong with what somebody has entered, gathered, so that it is read and mended at one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time

from service.domain.errors import InvalidAnswers
from service.domain.forms import Problem
from service.domain.forms_values import Wrong, read_date, read_time


class Faults(dict[str, Problem]):
    """What is wrong, by the name of the field; of a field with two faults the first is told."""

    def add(self, name: str, code: str, **data: object) -> None:
        """Something is wrong with a field."""
        self.setdefault(name, Problem(code, data))

    def day(self, name: str, told: date | str) -> date | None:
        """A day, or what somebody wrote for one; None where it is no day, which is a fault."""
        if isinstance(told, date):
            return told
        if not told.strip():
            self.add(name, "required")
            return None
        try:
            return date.fromisoformat(read_date(told))
        except Wrong as wrong:
            self.add(name, wrong.code, **wrong.data)
            return None

    def hour(self, name: str, told: str) -> time | None:
        """What somebody wrote for an hour of the day; None where it is none, which is a fault."""
        try:
            return time.fromisoformat(read_time(told))
        except Wrong as wrong:
            self.add(name, wrong.code if told.strip() else "required", **wrong.data)
            return None

    def more(self, found: Mapping[str, Problem]) -> None:
        """What else was found to be wrong."""
        for name, problem in found.items():
            self.setdefault(name, problem)

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Go on after a check that refuses something."""
        try:
            yield
        except InvalidAnswers as problem:
            self.more(problem.data["errors"])

    def refuse(self) -> None:
        """Raise `InvalidAnswers` with all of it; nothing where nothing is wrong."""
        if self:
            raise InvalidAnswers(errors=dict(self))
