"""Compares what must agree: journal, seals, every marked row, engine, terms, papers, editions and stored files.

A term that was to fire and has not is named too: nothing can hold one back unseen.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import pairwise

from service.domain.audited import (
    AuditedCase,
    Disagreement,
    HeldBack,
    chain_disagrees,
    marks_disagree,
    rows_disagree,
)
from service.domain.case import CaseState, Deadline
from service.domain.chain import GENESIS, OFFICE, Head
from service.domain.errors import RuqsatError
from service.domain.ports import UnitOfWork
from service.domain.row_marks import Marks, rows_differ
from service.usecases.audit_seals import looking, seals_disagree
from service.usecases.services import Services

BATCH = 200
LINES = 2000
FEW = 5
"""Parts of cases that one process has looked through before others would have begun."""

Part = tuple[int, int | None]
"""Cases that are compared at one moment: those after this key, up to that one; the last part has no end."""
Hands = Callable[[Sequence[Part], bool], Iterator[Disagreement]]
"""Who looks through these parts, with or without their files, and tells what does not agree in their order."""

__all__ = ["Disagreement", "Hands", "Part", "audit", "audit_part"]


def audit(services: Services, *, files: bool = True, hands: Hands | None = None) -> Iterator[Disagreement]:
    """Go through everything, many cases at a time, so that memory stays flat; yields nothing when all is well.

    The chains come first, then what the rows say; without `files` the contents of the stored files are not read. Where
    there are many cases `hands` look through their parts; what they find is told in the order of the cases.
    """
    yield from _office(services)
    yield from seals_disagree(services)
    with looking(services) as uow:
        keys = [0, *uow.audit.keys(BATCH)]
    parts = [*pairwise(keys), (keys[-1], None)]
    if hands is not None and len(parts) > FEW:
        yield from hands(parts, files)
    else:
        for part in parts:
            yield from audit_part(services, part, files)
    yield from _of_no_case(services, files)


def audit_part(services: Services, part: Part, files: bool) -> Iterator[Disagreement]:
    """Compare the cases of a part with what is said of them."""
    # What a batch leaves behind is looked for once a batch, and not among what the program holds anyway.
    looked_for = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield from _cases(services, part, files)
    finally:
        if looked_for:
            gc.enable()
        gc.unfreeze()


def _cases(services: Services, part: Part, files: bool) -> Iterator[Disagreement]:
    last, until = part
    while True:
        with looking(services) as uow:
            cases = uow.audit.cases(last, until, BATCH)
            for case in cases:
                yield from _case(services, uow, case, files)
        gc.collect()
        if len(cases) < BATCH or cases[-1].id == until:
            return
        last = cases[-1].id


def _of_no_case(services: Services, files: bool) -> Iterator[Disagreement]:
    with looking(services) as uow:
        for table, row, column in uow.audit.unreadable():
            yield Disagreement("", table, "value_unreadable", {"row": row, "column": column})
        for chain in uow.audit.heads_of_nothing():
            yield Disagreement("", "journal", "case_gone", {"case": chain})
        for term in uow.audit.held_back(uow.now):
            yield _held_back(term, uow.now)
        if files:
            yield from _files(services, "", uow.audit.loose_files())
        for counter in uow.audit.counters():
            if counter.value != counter.used:
                yield Disagreement("", "counter", "counter", asdict(counter))


def _held_back(term: HeldBack, now: datetime) -> Disagreement:
    """Nothing but a failure holds a term back, and that for a short while only (R8.2, R13.3)."""
    found = {"row": term.row, "element": term.element, "due_at": term.due_at}
    if term.retry_at is not None and not (
        isinstance(term.retry_at, datetime) and term.retry_at <= now + Deadline.PAUSE
    ):
        return Disagreement(term.case_number, "deadlines", "tried_too_late", {**found, "retry_at": term.retry_at})
    return Disagreement(term.case_number, "deadlines", "not_fired", found)


def _office(services: Services) -> Iterator[Disagreement]:
    """The chain of the lines without a case, a part at a time, and then the rows that it has marked."""
    start, marks = Head(OFFICE, 0, GENESIS), Marks()
    while True:
        with looking(services) as uow:
            lines, head = uow.audit.office_lines(start.length, LINES), uow.audit.head(OFFICE)
            rows = uow.audit.office_rows() if len(lines) < LINES else ()
        marks.read(lines)
        last = len(lines) < LINES
        end = Head(OFFICE, start.length + len(lines), lines[-1].hash) if lines else start
        found = list(chain_disagrees("", lines, head if last else end, start))
        yield from found
        if found or last:
            break
        start = end
    if not found:
        yield from (Disagreement("", *differs) for differs in rows_differ(marks, rows))


def _case(services: Services, uow: UnitOfWork, case: AuditedCase, files: bool) -> Iterator[Disagreement]:
    """Each kind of record for itself: where one holds nonsense, the others are compared all the same."""
    kinds = [_chain, rows_disagree, marks_disagree]
    if case.case.state == CaseState.OPEN:
        kinds.append(lambda case: _engine(services, uow, case))
    if files:
        kinds.append(lambda case: _files(services, case.number, dict.fromkeys(case.files)))
    for compared in kinds:
        try:
            yield from compared(case)
        except (AttributeError, TypeError, ValueError) as nonsense:
            yield Disagreement(case.number, "rows", "unreadable", {"fault": str(nonsense)})


def _chain(case: AuditedCase) -> Iterator[Disagreement]:
    if not case.lines:
        yield Disagreement(case.number, "journal", "no_line")
    else:
        yield from chain_disagrees(case.number, case.lines, case.head, Head(case.id, 0, GENESIS))


def _engine(services: Services, uow: UnitOfWork, case: AuditedCase) -> Iterator[Disagreement]:
    row, tasks = case.case, case.kept["task"]
    try:
        rest = services.editions.of(uow, row.edition_id, row.procedure).runner.look(row.engine_state)
    except RuqsatError as fault:
        yield Disagreement(case.number, "state", "fault", {"fault": str(fault)})
        return
    kept = {task.engine_id for task in tasks if task.completed_at is None and task.cancelled_at is None}
    if kept != {task.id for task in rest.tasks}:
        found = {"rows": sorted(kept), "engine": sorted(task.id for task in rest.tasks)}
        yield Disagreement(case.number, "tasks", "engine_tasks", found)
    rows = {term.engine_id: term.due_at for term in case.timers}
    timers = {timer.id: timer.due_at for timer in rest.timers}
    for key in sorted(rows.keys() | timers.keys()):
        if rows.get(key) != timers.get(key):
            yield Disagreement(
                case.number, "deadlines", "engine_timer", {"row": rows.get(key), "engine": timers.get(key)}
            )


def _files(services: Services, case_number: str, named: Iterable[str]) -> Iterator[Disagreement]:
    for sha256 in named:
        try:
            services.files.read(sha256)
        except RuqsatError as fault:
            yield Disagreement(case_number, "files", "fault", {"fault": str(fault)})
