"""What a step of a case costs, beside the bare engine on the same diagram and database in the same run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from bench import small as _small_operations  # noqa: F401  # the operations of small.bpmn become known
from bench.bare import BareEngine
from bench.figures import Figure, milliseconds, typical
from bench.town import Counted, Town
from service.domain.case import ApplicantKind, Case
from service.domain.deadlines import local
from service.domain.people import SYSTEM
from service.settings import ROOT
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.moves import Move

ROUNDS = 40
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
    bare = _bare(town, (ROOT / "processes" / "permit.bpmn").read_bytes(), "permit", {})
    most_start, most_complete = TARGETS[database]
    ready = [town.ready_draft() for _ in range(ROUNDS)]
    starts, assigns, bare_starts, bare_assigns = [], [], [], []
    executor = town.officers["unit"].officer_id
    for draft, applicant in ready:
        starts.append(milliseconds(lambda: town.file(draft, applicant)))
        case = _newest(town)
        task = town.open_task(case)
        assigns.append(milliseconds(lambda: town.complete(task, executor=executor)))
        keys: list[int] = []
        bare_starts.append(milliseconds(lambda: keys.append(bare.start(_data(town)))))
        bare_assigns.append(milliseconds(lambda: bare.complete(keys[0], "task_assign", {"executor": executor})))
    yield from _compared("start a case of permit.bpmn", database, starts, bare_starts, most_start)
    yield from _compared("complete a user task", database, assigns, bare_assigns, most_complete)
    draft, applicant = town.ready_draft()
    with town.counted() as told:
        case = town.file(draft, applicant)
    yield from _spoken("start a case of permit.bpmn", database, told)
    task = town.open_task(case)
    with town.counted() as told:
        town.complete(task, executor=executor)
    yield from _spoken("complete a user task", database, told)


def _compared(what: str, database: str, ours: list[float], bare: list[float], most: float) -> Iterator[Figure]:
    yield Figure(f"{what}: times the bare engine", database, typical(ours) / typical(bare), "x", most)
    yield Figure(f"{what}", database, typical(ours), "ms")
    yield Figure(f"{what}: bare engine", database, typical(bare), "ms")


def _spoken(what: str, database: str, told: Counted) -> Iterator[Figure]:
    yield Figure(f"{what}: statements", database, told.statements, "statements", STATEMENTS)
    yield Figure(f"{what}: commits", database, told.commits, "commits", 1)


def _small(town: Town, database: str) -> Iterator[Figure]:
    drawing = (ROOT / "bench" / "small.bpmn").read_bytes()
    files = collect(ROOT / "processes", ROOT / "forms") | {"small.bpmn": drawing}
    edition = deploy_edition(town.program, files, SYSTEM)
    bare = _bare(town, drawing, "small", {"small.prepare": {"prepared": 20}})
    starts, ends, bare_starts, bare_ends = [], [], [], []
    for number in range(ROUNDS):
        opened: list[Case] = []
        starts.append(milliseconds(lambda: opened.append(_open_small(town, edition.id, f"{database}-{number}"))))
        ends.append(milliseconds(lambda: _end_small(town, opened[0])))
        keys: list[int] = []
        bare_starts.append(milliseconds(lambda: keys.append(bare.start(_data(town)))))
        bare_ends.append(milliseconds(lambda: bare.complete(keys[0], "task_review", {"decision": "grant"})))
    theirs_start, theirs_end = ELSEWHERE[database]
    yield from _compared("start small.bpmn", database, starts, bare_starts, 1000)
    yield Figure(
        "start small.bpmn: times faster than 60/87 ms", database, theirs_start / typical(starts), "x", 10, True
    )
    yield from _compared("complete small.bpmn", database, ends, bare_ends, 1000)
    yield Figure(
        "complete small.bpmn: times faster than 61/103 ms", database, theirs_end / typical(ends), "x", 10, True
    )


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
    told = Figure("saved state after 20 rounds", database, len(_now(town, case).engine_state), "bytes", SAVED_LATER)
    yield told


def _now(town: Town, case: Case) -> Case:
    return town.program.queries.case(case.id).case


def _newest(town: Town) -> Case:
    return town.program.queries.cases().rows[0]


def _bare(town: Town, drawing: bytes, process: str, answers: Mapping[str, Mapping[str, Any]]) -> BareEngine:
    return BareEngine(drawing, process, town.program.database.engine, town.program.calendar, answers)


def _data(town: Town) -> dict[str, Any]:
    """What a case begins with. The bare engine asks the machine for the time: its case is of the last working day."""
    day = _last_working_day(town, datetime.now(UTC).date()).isoformat()
    return {"received_on": day, "registered_on": day, "applicant_kind": "company", "signature": "valid"}


def _last_working_day(town: Town, day: date) -> date:
    return town.program.calendar.before(town.program.calendar.next_working(day), 1)
