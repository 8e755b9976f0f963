"""Moves running cases to another edition, each in its own transaction (U5).

Their deadlines stay as they are; a term of the whole case that the edition no longer draws ends with the move. What
the drawing of the edition reads of earlier answers, and the one before did not, comes with the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.case import Case, CaseState
from service.domain.errors import NotFound
from service.domain.messages import Edition
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.rounds import came_back
from service.domain.steps import Data
from service.engine.migrate import Obstacle, dropped_timers, migrate, obstacles
from service.usecases.case_terms import CaseTerms
from service.usecases.editions import LoadedEdition
from service.usecases.services import Services

BATCH = 200


@dataclass(frozen=True)
class Moved:
    """A case that was looked at: its number, and why it may not move; moved if there is nothing against it."""

    number: str
    obstacles: tuple[Obstacle, ...]


def migrate_cases(services: Services, process: str, number: int, actor: Actor, *, dry_run: bool = False) -> list[Moved]:
    """Every open case on another edition: moved, or kept with the reasons; with `dry_run` nothing is changed.

    `NotFound` for an edition or a procedure that there is not.
    """
    with services.reading() as uow:
        target = uow.find(Edition, number=number)
        if target is None:
            raise NotFound(what="edition", number=number)
        services.editions.of(uow, target.id, process)
    moved = (_move(services, case_id, target.id, actor, dry_run) for case_id in _others(services, process, target.id))
    return [result for result in moved if result is not None]


def _others(services: Services, process: str, edition_id: int) -> Iterator[int]:
    """The open cases on other editions, a batch at a time, so that memory stays flat."""
    last = 0
    while True:
        with services.reading() as uow:
            cases = uow.cases.after(last, BATCH)
        if not cases:
            return
        last = cases[-1].id
        yield from (
            case.id
            for case in cases
            if case.procedure == process and case.state is CaseState.OPEN and case.edition_id != edition_id
        )


def _move(services: Services, case_id: int, edition_id: int, actor: Actor, dry_run: bool) -> Moved | None:
    with services.unit_of_work() as uow:
        case = uow.cases.lock(case_id)
        if case.edition_id == edition_id or case.state is CaseState.CLOSED:
            return None
        old, new = (services.editions.of(uow, one, case.procedure) for one in (case.edition_id, edition_id))
        against = tuple(obstacles(case.engine_state, old.procedure, new.procedure))
        if not against and not dry_run:
            gone = dropped_timers(case.engine_state, new.procedure)
            CaseTerms(uow, services.calendar, old, case, []).drop(gone, actor)
            said = _only_read_now(uow, case, old, new)
            case.engine_state = migrate(case.engine_state, old.procedure, new.procedure, said)
            uow.note(case, actor, "edition_changed", before=old.number, after=new.number)
            case.edition_id = edition_id
            uow.commit()
        return Moved(case.number, against)


def _only_read_now(uow: UnitOfWork, case: Case, old: LoadedEdition, new: LoadedEdition) -> Data:
    """What was answered in this round and only the new drawing reads: the old one let it into no process data."""
    taken_up, read = came_back(uow.cases.journal(case.id)), new.named - old.named
    done = [task for task in uow.cases.tasks(case.id) if taken_up is None or task.opened_at >= taken_up.at]
    return {name: value for task in done for name, value in (task.answers or {}).items() if name in read}
