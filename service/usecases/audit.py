"""Compares what must agree: engine, tasks, deadlines, documents, register and stored files; names what does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.case import PERMIT, Case, CaseState, DeadlineKind
from service.domain.decisions import RegisterEntry, SignatureRecord
from service.domain.errors import RuqsatError
from service.domain.ports import UnitOfWork
from service.usecases.services import Services

BATCH = 100


@dataclass(frozen=True)
class Disagreement:
    """Two records that must agree and do not: of which case, which records, and what was found."""

    case_number: str
    what: str
    detail: str


def audit(services: Services) -> Iterator[Disagreement]:
    """Go through every case, a batch at a time, so that memory stays flat; yields nothing when all is well."""
    last = 0
    while True:
        with services.reading() as uow:
            cases = uow.cases.after(last, BATCH)
            if not cases:
                return
            for case in cases:
                yield from _case(services, uow, case)
            last = cases[-1].id


def _case(services: Services, uow: UnitOfWork, case: Case) -> Iterator[Disagreement]:
    if case.state is CaseState.OPEN:
        yield from _engine(services, uow, case)
    yield from _decision(uow, case)
    yield from _files(services, uow, case)
    if not uow.cases.journal(case.id):
        yield Disagreement(case.number, "journal", "it has no line")


def _engine(services: Services, uow: UnitOfWork, case: Case) -> Iterator[Disagreement]:
    try:
        rest = services.editions.of_case(uow, case).runner.look(case.engine_state)
    except RuqsatError as fault:
        yield Disagreement(case.number, "state", str(fault))
        return
    kept = {task.engine_id for task in uow.cases.tasks(case.id) if task.is_open}
    if kept != {task.id for task in rest.tasks}:
        yield Disagreement(case.number, "tasks", f"rows {sorted(kept)}, engine {sorted(t.id for t in rest.tasks)}")
    rows = {
        row.engine_id: row.due_at
        for row in uow.cases.deadlines(case.id)
        if row.kind is not DeadlineKind.REMINDER and row.fired_at is None and row.cancelled_at is None
    }
    timers = {timer.id: timer.due_at for timer in rest.timers}
    for key in rows.keys() | timers.keys():
        if rows.get(key) != timers.get(key):
            yield Disagreement(case.number, "deadlines", f"row {rows.get(key)}, engine {timers.get(key)}")


def _decision(uow: UnitOfWork, case: Case) -> Iterator[Disagreement]:
    permits = [document.number for document in uow.cases.documents(case.id) if document.kind == "permit"]
    entries = uow.list(RegisterEntry, case_id=case.id)
    if permits != [entry.number for entry in entries]:
        yield Disagreement(case.number, "register", f"permits {permits}, entries {[entry.number for entry in entries]}")
    # A case that was taken up again has its latest round's entry only (L100.1).
    if (case.outcome == "granted") != any(entry.round == case.rounds for entry in entries):
        yield Disagreement(case.number, "outcome", f"{case.outcome or 'open'}, permits {permits}")


def _files(services: Services, uow: UnitOfWork, case: Case) -> Iterator[Disagreement]:
    hashes = [file.sha256 for file in uow.cases.attachments(case.id)]
    hashes += [document.sha256 for document in uow.cases.documents(case.id)]
    purpose = "application" if case.procedure == PERMIT else "complaint"
    signed = uow.list(SignatureRecord, case_id=case.id, purpose=purpose)
    hashes += [record.content_sha256 for record in signed]
    for sha256 in hashes:
        try:
            services.files.read(sha256)
        except RuqsatError as fault:
            yield Disagreement(case.number, "files", str(fault))
