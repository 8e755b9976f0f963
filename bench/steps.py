"""What a step of a case costs, beside the bare engine on the same diagram and database in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from bench import small as _small_operations  # noqa: F401  # the operations of small.bpmn become known
from bench.bare import BareEngine, told_the_time
from bench.figures import Figure, Stopwatch
from bench.town import Town
from service.domain.case import ApplicantKind, Case
from service.domain.deadlines import local
from service.domain.people import SYSTEM
from service.domain.steps import CallOperation, OperationCall
from service.operations import Work, bind
from service.settings import ROOT
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.moves import Move

STEPS, SMALL, STATE = "Steps beside the bare engine", "small.bpmn beside another server", "Saved state of a case"
ROUNDS = 40
START, ASSIGN, CHECK = "start of a case of permit.bpmn", "task: assign", "task: check completeness"
SENT_BACK = 20
TARGETS = {"sqlite": (2.5, 1.5), "postgresql": (4.0, 2.5)}
"""How many times the bare engine's time a start and a completion may take."""
SAVED, SAVED_LATER = 4096, 12288
ELSEWHERE = {"sqlite": (60.0, 61.0), "postgresql": (87.0, 103.0)}
"""Milliseconds that another server on the same engine needs for a small diagram, as was measured elsewhere."""
FASTER = 10
BARE, TIMES = ": bare engine", ": times the bare engine"


def measured(town: Town, database: str) -> Iterator[Figure]:
    """Every figure about steps, on one database."""
    with told_the_time(clock_of(town)):
        yield from _permit(town, database)
        yield from _small(town, database)
    yield from _state(town, database)


Step = tuple[str, str, dict[str, Any]]
"""What a step is called, the task that it does, and what is said."""


def both_sides(town: Town) -> tuple[BareEngine, Sequence[Step]]:
    """The bare engine on the permit's diagram and the steps that both take; they are required to do the same."""
    day = local(town.program.clock.now()).date().isoformat()
    answers: dict[str, dict[str, Any]] = {
        "documents.check_application": {"documents_complete": True},
        "intake.record_completeness": {"completeness_on": day},
    }
    bare = _bare(town, (ROOT / "processes" / "permit.bpmn").read_bytes(), "permit", answers)
    executor = town.officers["unit"].officer_id
    steps = ((ASSIGN, "task_assign", {"executor": executor}), (CHECK, "task_check_completeness", {"complete": "yes"}))
    _require_the_same(town, bare, [said for _what, _element, said in steps])
    return bare, steps


def _permit(town: Town, database: str) -> Iterator[Figure]:
    bare, steps = both_sides(town)
    ours, theirs = ({what: Stopwatch() for what in (START, ASSIGN, CHECK)} for _side in range(2))
    for ready in [town.ready_draft() for _ in range(ROUNDS)]:
        case = ours[START].run(town.file, *ready)
        key = theirs[START].run(bare.start, _data(case))
        for what, element, said in steps:
            ours[what].run(town.complete, town.open_task(case), **said)
            theirs[what].run(bare.complete, key, element, said)
    most_start, most_complete = TARGETS[database]
    yield from _compared(STEPS, START, database, ours[START], theirs[START], most_start)
    for what in (ASSIGN, CHECK):
        yield from _compared(STEPS, what, database, ours[what], theirs[what], most_complete)


def _require_the_same(town: Town, bare: BareEngine, answers: list[dict[str, Any]]) -> None:
    """Both sides call the same operations and then wait for the same tasks, step by step; else they are no measure."""
    ready, key, case = town.ready_draft(), 0, None
    for said in (None, *answers):
        bare.called.clear()
        with _heard() as called:
            case = town.file(*ready) if case is None else town.do(case, **(said or {}))
        if said is None:
            key = bare.start(_data(case))
        else:
            bare.complete(key, bare.waiting(key)[0], said)
        waiting = [town.open_task(case).element]
        if (called, waiting) != (bare.called, bare.waiting(key)):
            raise RuntimeError(f"not the same: {called} {waiting}, bare {bare.called} {bare.waiting(key)}")


@contextmanager
def _heard() -> Iterator[list[str]]:
    """The operations that our side calls meanwhile."""
    called: list[str] = []

    def listening(work: Work, case: Case) -> CallOperation:
        call = bind(work, case)

        def heard(asked: OperationCall) -> Mapping[str, Any]:
            called.append(asked.operation)
            return call(asked)

        return heard

    with patch("service.usecases.moves.bind", listening):
        yield called


def _compared(
    about: str, what: str, database: str, ours: Stopwatch, bare: Stopwatch, most: float | None
) -> Iterator[Figure]:
    times = ours.typical / bare.typical
    yield Figure(about, f"{what}{TIMES}", database, times, "x", most, runs=ours.runs)
    yield Figure(about, what, database, ours.typical, "ms", runs=ours.runs)
    yield Figure(about, f"{what}{BARE}", database, bare.typical, "ms", runs=bare.runs)


def _small(town: Town, database: str) -> Iterator[Figure]:
    drawing = (ROOT / "bench" / "small.bpmn").read_bytes()
    files = collect(ROOT / "processes", ROOT / "forms") | {"small.bpmn": drawing}
    edition = deploy_edition(town.program, files, SYSTEM)
    bare = _bare(town, drawing, "small", {"bench.prepare": {"prepared": 20}})
    starts, ends, bare_starts, bare_ends = Stopwatch(), Stopwatch(), Stopwatch(), Stopwatch()
    for number in range(ROUNDS):
        case = starts.run(_open_small, town, edition.id, number)
        ends.run(_end_small, town, case)
        key = bare_starts.run(bare.start, _data(case))
        bare_ends.run(bare.complete, key, "task_review", {"decision": "grant"})
    for what, ours, theirs, another in zip(
        ("start", "complete"), (starts, ends), (bare_starts, bare_ends), ELSEWHERE[database], strict=True
    ):
        yield from _compared(SMALL, what, database, ours, theirs, None)
        faster = f"{what}: times faster than the other server"
        yield Figure(SMALL, faster, database, another / ours.typical, "x", FASTER, True, runs=ours.runs)


def _open_small(town: Town, edition_id: int, number: int) -> Case:
    with town.program.unit_of_work() as uow:
        today = local(uow.now).date()
        case = Case(
            number=f"S-2026-{number:06d}", procedure="small", edition_id=edition_id, submission_id=f"small-{number}",
            applicant_kind=ApplicantKind.COMPANY, iin=f"850615{number:06d}", bin=f"200140{number:06d}",
            applicant_name=f"Үлгі {number}", search_name=f"үлгі {number}", language="kk", received_at=uow.now,
            registered_on=today,
        )  # fmt: skip
        uow.add(case)
        uow.flush()
        Move(town.program, uow, case, SYSTEM).start({"registered_on": today.isoformat()})
        uow.commit()
        return case


def _end_small(town: Town, case: Case) -> None:
    with town.program.unit_of_work() as uow:
        locked = uow.cases.lock(case.id)
        tasks = uow.cases.tasks(case.id)
        Move(town.program, uow, locked, SYSTEM, tasks=tasks).complete(tasks[-1], {"decision": "grant"})
        uow.commit()


def _state(town: Town, database: str) -> Iterator[Figure]:
    case = town.assigned()
    yield Figure(STATE, "running", database, len(_now(town, case).engine_state), "bytes", SAVED)
    for _ in range(SENT_BACK):
        town.do(case, complete="no", missing_items="guarantee_letter", missing_facts="жоқ")
        town.do(case, decision="return", return_reason="қайта қаралсын")
    size = len(_now(town, case).engine_state)
    yield Figure(STATE, f"after {SENT_BACK} rounds of sending back", database, size, "bytes", SAVED_LATER)


def _now(town: Town, case: Case) -> Case:
    return town.program.queries.case(case.id).case


def _bare(town: Town, drawing: bytes, process: str, answers: Mapping[str, Mapping[str, Any]]) -> BareEngine:
    return BareEngine(drawing, process, town.program.database.engine, town.program.calendar, answers)


def clock_of(town: Town) -> Callable[[], datetime]:
    """The time of the town, for the bare engine: it costs no look into the database."""
    ahead = town.program.clock.now() - datetime.now(UTC)
    return lambda: datetime.now(UTC) + ahead


def _data(case: Case) -> dict[str, Any]:
    """What the bare engine's case begins with: what ours has begun with, and by what no two cases are alike."""
    return {
        "received_on": local(case.received_at).date().isoformat(),
        "registered_on": case.registered_on.isoformat(),
        "applicant_kind": case.applicant_kind.value,
        "signature": "valid",
        "number": case.number,
        "iin": case.iin,
        "bin": case.bin,
        "name": case.applicant_name,
    }
