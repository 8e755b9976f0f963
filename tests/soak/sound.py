"""What must hold after whatever has happened: nothing lost, nothing twice, no number left out, the audit clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from service.domain.case import Case, CaseState, Deadline, JournalEntry, Task
from service.domain.decisions import IssuedDocument, RegisterEntry
from service.domain.messages import OutboxMessage
from service.domain.ports import UnitOfWork
from service.program import Program
from service.usecases.audit import audit

MONITORING = "monitoring.stage"


def require_sound(program: Program, receipts: Collection[str] = (), *, failures: bool = False) -> None:
    """Raise AssertionError with everything that is wrong. `failures` allows steps and terms that wait after a fault."""
    wrong = list(wrong_with(program, receipts, failures=failures))
    assert wrong == [], "\n".join(wrong)


def wrong_with(program: Program, receipts: Collection[str] = (), *, failures: bool = False) -> Iterator[str]:
    """Everything that is not as it must be, in words."""
    yield from (f"audit: {found}" for found in audit(program))
    with program.reading() as uow:
        cases = uow.list(Case)
        yield from (f"the receipt {number} has no case" for number in set(receipts) - {case.number for case in cases})
        yield from _gaps("case", [case.number for case in cases])
        yield from _register(uow, cases)
        yield from _effects(uow, cases)
        if not failures:
            yield from (f"task {task.id} has failed: {task.failure}" for task in uow.list(Task) if task.failure)
            yield from (f"term {row.id} has failed: {row.failure}" for row in uow.list(Deadline) if row.failure)


def undelivered(program: Program) -> list[str]:
    """The messages that have not left; none, once every system answers."""
    with program.reading() as uow:
        return [row.message_id for row in uow.list(OutboxMessage) if row.sent_at is None]


def delivered(program: Program, channel: str) -> Sequence[str]:
    """The ids of the messages that have left for a channel."""
    with program.reading() as uow:
        return [row.message_id for row in uow.list(OutboxMessage, channel=channel) if row.sent_at is not None]


def _gaps(what: str, numbers: list[str]) -> Iterator[str]:
    """Numbers end with their place in a series of a year: `P-2023-000001`."""
    series: dict[str, list[int]] = {}
    for number in numbers:
        name, place = number.rsplit("-", 1)
        series.setdefault(name, []).append(int(place))
    for name, places in series.items():
        if sorted(places) != list(range(1, len(places) + 1)):
            yield f"the numbers {name} of the {what} are {sorted(places)}"


def _register(uow: UnitOfWork, cases: Sequence[Case]) -> Iterator[str]:
    """An entry for each permit, a permit for each entry, one for each round of a case (R11.1, A3.3)."""
    entries = uow.list(RegisterEntry)
    papers = uow.list(IssuedDocument, correction=0)
    permits = [(paper.case_id, paper.number) for paper in papers if paper.kind == "permit"]
    if sorted((entry.case_id, entry.number) for entry in entries) != sorted(permits):
        yield f"permits {sorted(permits)}, entries {sorted((entry.case_id, entry.number) for entry in entries)}"
    yield from _gaps("register", [entry.number for entry in entries])
    for (case_id, of_round), times in Counter((entry.case_id, entry.round) for entry in entries).items():
        if times > 1:
            yield f"case {case_id} has {times} entries of round {of_round}"
    entered = {entry.case_id for entry in entries}
    yield from (f"{case.number} is granted without an entry" for case in cases
                if case.outcome == "granted" and case.id not in entered)  # fmt: skip


def _effects(uow: UnitOfWork, cases: Sequence[Case]) -> Iterator[str]:
    """Each task, ending and message is there as often as the journal says that it came about (L69.1, R10.1).

    A case ends once, once more for each time that it was taken up again, and for each other outcome that a decision on
    a complaint gives it.
    """
    lines = uow.list(JournalEntry)
    said = Counter((line.case_id, line.action) for line in lines)
    given = Counter(line.case_id for line in lines if line.action == "outcome_given" and line.details.get("before"))
    tasks = uow.list(Task)
    opened = Counter(task.case_id for task in tasks)
    done = Counter(task.case_id for task in tasks if task.completed_at)
    told = Counter(row.case_id for row in uow.list(OutboxMessage, channel=MONITORING))
    for case in cases:
        closed = said[case.id, "case_closed"]
        stages = said[case.id, "task_opened"] + closed
        for what, here, there in (
            ("opened tasks", opened[case.id], said[case.id, "task_opened"]),
            ("completed tasks", done[case.id], said[case.id, "task_completed"]),
            ("endings", case.rounds + (case.state is CaseState.CLOSED) + given[case.id], closed),
            ("stages for the monitoring", told[case.id], stages),
        ):
            if here != there:
                yield f"{case.number} has {here} {what}, its journal {there}"
