"""What the head and the supervisor look at: work and its terms now, and the figures of a month (O5, R8.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from service.domain.deadlines import ZONE, local

MOST_SHOWN = 50
"""So many rows of a list are shown; of more the page says so and leads on."""


@dataclass(frozen=True)
class Load:
    """The open tasks of one officer, or of a lane where nobody has taken them: late, due today, due later."""

    name: str
    role: str
    late: int
    today: int
    later: int

    @property
    def all(self) -> int:
        """Every open task."""
        return self.late + self.today + self.later


@dataclass(frozen=True)
class UrgentRow:
    """An open task whose term has passed or ends today.

    A term that was missed stays its `due_at`; `runs_until` is the end of the next one, None where none runs (R8.2).
    """

    case_id: int
    case_number: str
    procedure: str
    edition_id: int
    applicant_name: str
    element: str
    role: str
    due_at: datetime
    officer: str
    runs_until: datetime | None = None


@dataclass(frozen=True)
class UrgentDuty:
    """A duty beside the diagrams that is late or due today; within a case, or without one (R12.1, O4).

    Of minutes that two sign `part` is the part in which they are signed (L74.1).
    """

    duty_id: int
    kind: str
    role: str
    due_at: datetime
    case_id: int | None
    case_number: str
    applicant_name: str
    part: str = ""


@dataclass(frozen=True)
class BreachRow:
    """A missed term with its cause: the step that was not done in time and the person responsible (R8.2).

    `task` is the step and `role` whose it was; both empty for a term of the whole case. Of a duty `element` is its
    kind, `role` whose it was and `part` that of minutes that two sign; without a case the first four are empty.
    """

    case_id: int | None
    case_number: str
    procedure: str
    edition_id: int | None
    element: str
    due_at: datetime
    task: str
    role: str
    officer: str
    duty_id: int | None = None
    part: str = ""


@dataclass(frozen=True)
class StepTime:
    """How long one step took, from opening to completion: seconds of the calendar, nights and days off included."""

    element: str
    done: int
    mean: float
    longest: float
    late: int = 0


@dataclass(frozen=True)
class Overview:
    """The state of the work at one instant; `times` are those of the month so far.

    `urgent`, `duties` and `breaches` hold one row more than is shown where there are more.
    """

    at: datetime
    open_cases: int
    loads: Sequence[Load]
    urgent: Sequence[UrgentRow]
    duties: Sequence[UrgentDuty]
    duties_late: int
    duties_today: int
    breaches: Sequence[BreachRow]
    breaches_in_month: int
    times: Sequence[StepTime]

    @property
    def late(self) -> int:
        """The open tasks and duties whose term has passed."""
        return sum(load.late for load in self.loads) + self.duties_late

    @property
    def today(self) -> int:
        """The open tasks and duties whose term ends today."""
        return sum(load.today for load in self.loads) + self.duties_today


@dataclass(frozen=True)
class Count:
    """How often something happened; `kind` and `name` say what, by the codes and names of the record itself."""

    kind: str
    name: str
    number: int


@dataclass(frozen=True)
class MonthFigures:
    """What happened in one month: by procedure, ending, step, missed term and officer."""

    month: date
    received: Sequence[Count] = ()
    closed: Sequence[Count] = ()
    open_at_end: Sequence[Count] = ()
    steps: Sequence[StepTime] = ()
    breaches: Sequence[Count] = ()
    people: Sequence[Count] = ()

    def plain(self) -> dict[str, Any]:
        """The figures as they are kept."""
        return {**asdict(self), "month": self.month.isoformat()}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> MonthFigures:
        """The figures as they were kept."""
        counts = {
            name: tuple(Count(**row) for row in kept[name])
            for name in ("received", "closed", "open_at_end", "breaches", "people")
        }
        steps = tuple(StepTime(**row) for row in kept["steps"])
        return cls(month=date.fromisoformat(kept["month"]), steps=steps, **counts)


@dataclass(eq=False)
class KeptMonth:
    """The figures of a month that is over: they are never counted again, whatever becomes of the cases later."""

    month: date
    kept_at: datetime
    figures: dict[str, Any] = field(default_factory=dict)
    id: int = field(init=False)


def month_of(instant: datetime) -> date:
    """The first day of the local month in which an instant lies."""
    return local(instant).date().replace(day=1)


def following(month: date) -> date:
    """The first day of the month after this one."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def preceding(month: date) -> date:
    """The first day of the month before this one."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def bounds(month: date) -> tuple[datetime, datetime]:
    """The instants at which the month begins and the next one begins, by the local clock."""
    after = following(month)
    return datetime(month.year, month.month, 1, tzinfo=ZONE), datetime(after.year, after.month, 1, tzinfo=ZONE)
