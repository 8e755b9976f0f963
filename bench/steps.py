"""What a step of a case costs, beside the bare engine on the same diagram and database in the same run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from bench import small as _small_operations  # noqa: F401  # the operations of small.bpmn become known
from bench.bare import BareEngine
from bench.figures import Figure, Stopwatch
from bench.town import Counted, Town
from service.domain.case import ApplicantKind, Case
from service.domain.deadlines import local
from service.domain.people import SYSTEM
from service.settings import ROOT
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.moves import Move

ROUNDS = 40
START = "start a case of permit.bpmn"
ASSIGN, CHECK = "complete a user task: assign", "complete a user task: check completeness"
SENT_BACK = 20
TARGETS = {"sqlite": (2.5, 1.5), "postgresql": (4.0, 2.5)}
"""How many times the bare engine's time a start and a completion may take."""
STATEMENTS, SAVED, SAVED_LATER = 12, 4096, 12288
ELSEWHERE = {"sqlite": (60.0, 61.0), "postgresql": (87.0, 103.0)}
"""Milliseconds that another server on the same engine needs for a small diagram."""


def measured(town: Town, database: str) -> Iterator[Figure]:
    """Every figure about steps, on one database."""
    yield from _permit(town, database)
    yield from _small(town, database)
    yield from _state(town, database)


def _permit(town: Town, database: str) -> Iterator[Figure]:
    answers = {"intake.record_completeness": {"completeness_on": _data(town)["registered_on"]}}
    bare = _bare(town, (ROOT / "processes" / "permit.bpmn").read_bytes(), "permit", answers)
    most_start, most_complete = TARGETS[database]
    starts, assigns, checks = Stopwatch(), Stopwatch(), Stopwatch()
    bare_starts, bare_assigns, bare_checks = Stopwatch(), Stopwatch(), Stopwatch()
    executor = town.officers["unit"].officer_id
    for ready in [town.ready_draft() for _ in range(ROUNDS)]:
        case = starts.run(town.file, *ready)
        assigns.run(town.complete, town.open_task(case), executor=executor)
        checks.run(town.complete, town.open_task(case), complete="yes")
        key = bare_starts.run(bare.start, _data(town))
        bare_assigns.run(bare.complete, key, "task_assign", {"executor": executor})
        bare_checks.run(bare.complete, key, "task_check_completeness", {"complete": "yes"})
    yield from _compared(START, database, starts, bare_starts, most_start)
    yield from _compared(ASSIGN, database, assigns, bare_assigns, most_complete)
    yield from _compared(CHECK, database, checks, bare_checks, most_complete)
    draft, applicant = town.ready_draft()
    with town.counted() as told:
        case = town.file(draft, applicant)
    yield from _spoken(START, database, told)
    for what, said in ((ASSIGN, {"executor": executor}), (CHECK, {"complete": "yes"})):
        task = town.open_task(case)
        with town.counted() as told:
            town.complete(task, **said)
        yield from _spoken(what, database, told)


def _compared(what: str, database: str, ours: Stopwatch, bare: Stopwatch, most: float | None) -> Iterator[Figure]:
    yield Figure(f"{what}: times the bare engine", database, ours.typical / bare.typical, "x", most)
    yield Figure(what, database, ours.typical, "ms")
    yield Figure(f"{what}: bare engine", database, bare.typical, "ms")


def _spoken(what: str, database: str, told: Counted) -> Iterator[Figure]:
    yield Figure(f"{what}: statements", database, told.statements, "statements", STATEMENTS)
    yield Figure(f"{what}: commits", database, told.commits, "commits", 1)


def _small(town: Town, database: str) -> Iterator[Figure]:
    drawing = (ROOT / "bench" / "small.bpmn").read_bytes()
    files = collect(ROOT / "processes", ROOT / "forms") | {"small.bpmn": drawing}
    edition = deploy_edition(town.program, files, SYSTEM)
    bare = _bare(town, drawing, "small", {"bench.prepare": {"prepared": 20}})
    starts, ends, bare_starts, bare_ends = Stopwatch(), Stopwatch(), Stopwatch(), Stopwatch()
    for number in range(ROUNDS):
        case = starts.run(_open_small, town, edition.id, f"{database}-{number}")
        ends.run(_end_small, town, case)
        key = bare_starts.run(bare.start, _data(town))
        bare_ends.run(bare.complete, key, "task_review", {"decision": "grant"})
    for what, ours, theirs, another in zip(
        ("start small.bpmn", "complete small.bpmn"), (starts, ends), (bare_starts, bare_ends), ELSEWHERE[database],
        strict=True,
    ):  # fmt: skip
        yield from _compared(what, database, ours, theirs, None)
        yield Figure(f"{what}: times faster than {another:.0f} ms", database, another / ours.typical, "x", 10, True)


def _open_small(town: Town, edition_id: int, key: str) -> Case:
    with town.program.unit_of_work() as uow:
        today = local(uow.now).date()
        case = Case(
            number=f"S-{key}", procedure="small", edition_id=edition_id, submission_id=f"small-{key}",
            applicant_kind=ApplicantKind.COMPANY, iin="", bin="200140000000", applicant_name=f"Үлгі {key}",
            language="kk", received_at=uow.now, registered_on=today,
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
    case = town.filed()
    town.complete(town.open_task(case), executor=town.officers["unit"].officer_id)
    yield Figure("saved state of a running case", database, len(_now(town, case).engine_state), "bytes", SAVED)
    for _ in range(SENT_BACK):
        town.complete(town.open_task(case), complete="no", missing_items="guarantee_letter", missing_facts="жоқ")
        town.complete(town.open_task(case), decision="return", return_reason="қайта қаралсын")
    size = len(_now(town, case).engine_state)
    yield Figure(f"saved state after {SENT_BACK} rounds of sending back", database, size, "bytes", SAVED_LATER)


def _now(town: Town, case: Case) -> Case:
    return town.program.queries.case(case.id).case


def _bare(town: Town, drawing: bytes, process: str, answers: Mapping[str, Mapping[str, Any]]) -> BareEngine:
    return BareEngine(drawing, process, town.program.database.engine, town.program.calendar, answers)


def _data(town: Town) -> dict[str, Any]:
    """What a case begins with. The bare engine asks the machine for the time: its case is of the last working day."""
    day = _last_working_day(town, datetime.now(UTC).date()).isoformat()
    return {"received_on": day, "registered_on": day, "applicant_kind": "company", "signature": "valid"}


def _last_working_day(town: Town, day: date) -> date:
    return town.program.calendar.before(town.program.calendar.next_working(day), 1)
