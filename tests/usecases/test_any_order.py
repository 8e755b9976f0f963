"""Whatever people do, in whatever order, at whatever time, and whatever breaks: the law's results stay lawful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, event, given, seed, settings
from hypothesis import strategies as st

from service.adapters.database import clock
from service.demo.world import World
from service.domain.appeal import Complaint
from service.domain.case import PERMIT, Case, Deadline, DeadlineKind, JournalEntry, Task
from service.domain.claims import Claim, ClaimResult
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, PermitStatus
from service.domain.duties import Duty
from service.domain.rounds import of_this_round
from service.domain.timers import counted_terms
from service.domain.views import CaseView
from service.program import Program
from service.sandbox.weather import Weather
from service.usecases.counted_rows import CountedRows
from tests.complaints import Complaints
from tests.effort import THOROUGH, examples
from tests.program import build_program, furnished_database
from tests.soak.quick import Remembered, hurry
from tests.soak.sound import require_sound
from tests.soak.town import NOTHING
from tests.soak.wide_town import WideTown

Told = Callable[[str], None]

OFTEN = ("task",) * 26 + ("time",) * 6 + ("complain",) * 4 + ("file",) * 2
"""Most of what happens in an office."""
RARE = ("withdraw", "position", "extend", "weather", "sweep", "two hands", "another's key", "dies")
BESIDE = ("exempt", "permit", "permit", "court", "error") * 2 + ("access", "consent", "calendar", "edition")
ANY = (*OFTEN, *RARE, *BESIDE)
LENGTH = 130
BEGINS_WITH = 2
"""Any number: it is kept, so that every run lives through the same towns."""
MOST_FURTHER = range(-1, -20, -1)
"""Seeds of more towns, for the case that the first ones have not come to everything."""
LOOK_AFTER = 35
"""How many acts happen between two looks at everything."""

MADE = {
    "hearing_exempted": "no hearing is held",
    "permit_suspended": "the head suspends a permit",
    "permit_cancelled": "the head cancels a permit",
    "document_corrected": "an error is corrected",
    "file_fetched": "the file of a case is fetched",
    "consent_withdrawn": "a consent is withdrawn",
    "term_recounted": "a calendar moves a term",
}
"""What the journal tells of acts that are rare, by its actions."""
BY_COURT, DECIDED, ANOTHER_EDITION = "a court cancels an act", "a complaint is decided", "a case of another edition"
ENDINGS = {"granted", "refused", "not_considered", DECIDED, BY_COURT, ANOTHER_EDITION, *MADE.values()}
"""What the towns together must have come to, else they show too little."""
EFFECTS = {"cancelled", "satisfied", "adopted", "sent_back"}
"""Outcomes of a complaint that change the contested act (L100.1, R13.4)."""


def require_lawful(town: WideTown) -> None:
    """What no order of acts may break."""
    for case in town.cases():
        view = town.view(case)
        require_lawful_terms(town, view)
        if case.procedure == PERMIT:
            require_lawful_permit(town, view)
        elif case.outcome in EFFECTS:
            require_effect(town, case)
    with town.program.reading() as uow:
        for duty in uow.list(Duty):
            assert local(duty.due_at).date() >= duty.counted_from, f"{duty.kind} ends before its start"
        for claim in uow.list(Claim, result=ClaimResult.ANNULLED.value):
            assert uow.get(IssuedDocument, claim.contested_document_id).annulled_at is not None, "R15.1"


def require_lawful_terms(town: WideTown, view: CaseView) -> None:
    """No term ends before the day from which it counts, and none is missed before its end (D25, R8.2)."""
    recounted = {line.element for line in view.journal if line.action == "term_recounted"}
    for row, begins in started(town, view.case):
        ends = local(row.due_at).date()
        assert begins <= ends, f"{row.element} begins on {begins} and ends on {ends}"
        assert row.due_at >= row.first_due_at or row.element in recounted, "only a calendar makes a term shorter"
        assert row.fired_at is None or row.fired_at >= row.due_at, f"{row.element} was missed before its end"


def started(town: WideTown, case: Case) -> Iterator[tuple[Deadline, date]]:
    """Each term of a case with the day from which it counts, in the round of the case to which it belongs."""
    with town.program.reading() as uow:
        edition = town.program.editions.of_case(uow, case)
        rows = CountedRows.of(uow, town.program.calendar, edition, uow.get(Case, case.id))
    terms = [row for row in rows.rows if row.kind is DeadlineKind.TERM]
    now, *earlier = rows.rounds
    in_order = [*earlier, now]
    for row in terms:
        # A term of no task is there once in each round.
        alike = [other for other in terms if other.element == row.element and other.id > row.id]
        task = rows.tasks.get(row.task_id or 0)
        days = in_order[-1 - (reopened_after(rows, task) if task else len(alike))]
        expression = rows.element(row).expression
        named = [days.get(name) for name in edition.procedure.expression(expression).names]
        counted = [term.explanation.anchor for term in counted_terms(expression, days, rows.calendar)]
        known = counted[:1] or [day for day in named if day is not None]
        assert known, f"{row.element} counts from no day"
        yield row, known[0]


def reopened_after(rows: CountedRows, task: Task) -> int:
    """How often the case was taken up again after a task was opened."""
    alike = [other.id for other in rows.tasks.values() if other.element == task.element]
    opened = [line.sequence for line in rows.lines if (line.action, line.element) == ("task_opened", task.element)]
    at = opened[sorted(alike).index(task.id)]
    return sum(line.sequence > at for line in rows.lines if line.action == "case_reopened")


def require_lawful_permit(town: WideTown, view: CaseView) -> None:
    """One decision is in force at a time; a permit with its entry, a refusal after what the law asks before it."""
    live = {document.kind: document for document in view.documents if document.annulled_at is None}
    ever = {document.kind for document in view.documents}
    assert (view.entry is None) == ("permit" not in ever), "R11.1"
    assert not {"permit", "refusal"} <= set(live), "A1.6"
    assert ("refusal" in live) == (view.case.outcome == "refused"), "R7.3"
    assert "permit" not in live or view.case.outcome == "granted", "R11.1"
    assert view.case.outcome != "granted" or "permit" in ever, "R11.1"
    if view.entry is not None and "permit" in live:
        assert view.entry.number == live["permit"].number
    if "refusal" in live:
        require_heard(town, view, local(live["refusal"].signed_at).date())


def require_heard(town: WideTown, view: CaseView, signed_on: date) -> None:
    """The refusal rests on a hearing or a basis for none, and came no earlier than the law lets it (R8.4, L73.1)."""
    hearing = view.hearing
    assert hearing is not None, "R8.4"
    assert hearing.settled_at is not None
    grounds = next(task.answers for task in reversed(view.tasks) if task.element == "task_examine" and task.answers)
    assert grounds["grounds"], "A1.10.6"
    assert set(grounds["grounds"]) <= set(hearing.grounds), "R8.1"
    if hearing.exemption:
        assert hearing.exemption_reason, "L73.2"
        papers = [file for file in view.attachments if file.kind == "exemption_document"]
        assert any(of_this_round(file, view.journal) for file in papers), "L73.2"
    else:
        assert view.case.notified_on is not None
        assert hearing.result in ("held", "written", "silent")
        assert signed_on >= town.program.calendar.after(view.case.notified_on, 3), "L73.1"


def require_effect(town: WideTown, complaint: Case) -> None:
    """A decision that changes the contested act has changed it in the same transaction (L100.1)."""
    with town.program.reading() as uow:
        row = uow.find(Complaint, case_id=complaint.id)
    if row is None or row.contested_document_id is None or row.contested_case_id is None:
        return
    view: CaseView = town.program.queries.case(row.contested_case_id)
    contested = next(each for each in view.documents if each.id == row.contested_document_id)
    if complaint.outcome in ("cancelled", "sent_back"):
        assert contested.annulled_at is not None, "L100.1"
    if contested.kind == "permit" and contested.annulled_at is not None and view.entry is not None:
        renewed = any(each.kind == "permit" and each.annulled_at is None for each in view.documents)
        assert renewed or town.story.status(view.case) is PermitStatus.CANCELLED, "R11.2"


def reached(town: WideTown) -> set[str]:
    """What the cases of a town have come to."""
    cases = town.cases()
    with town.program.reading() as uow:
        lines, claims = uow.list(JournalEntry), uow.list(Claim)
    found = {case.outcome if case.procedure == PERMIT else DECIDED for case in cases if case.outcome}
    found |= {MADE[line.action] for line in lines if line.action in MADE}
    found |= {BY_COURT for claim in claims if claim.result == ClaimResult.ANNULLED}
    return found | {ANOTHER_EDITION for case in cases if case.edition_id > 1}


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time passes by acts alone, and a microsecond with each look: the same acts come to the same on every machine."""
    began, looks = datetime.now(UTC), count()

    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return began + timedelta(microseconds=next(looks))

    monkeypatch.setattr(clock, "datetime", Still)


@pytest.mark.usefixtures("still")
@pytest.mark.law("R11.1", "R8.4", "L73.1", "L73.2", "R8.1", "A1.10.6", "A3.3", "L69.1", "L100.1", "R13.3", "R15.1")
@pytest.mark.law("D25", "D28")
def test_no_order_of_acts_times_and_faults_leads_to_an_unlawful_result(
    database_kind: str, world: World, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    ends: Counter[str] = Counter()

    @contextmanager
    def fresh() -> Iterator[Program]:
        with TemporaryDirectory() as name, furnished_database(database_kind, Path(name), request) as url:
            program = build_program(url, world, Path(name))
            world.clock, world.shep.weather = program.clock.now, Weather.FINE
            world.forget()
            try:
                yield program
            finally:
                world.shep.weather = Weather.FINE
                program.database.engine.dispose()

    with fresh() as program:
        remembered = Remembered(program, world.pki)

    @settings(
        max_examples=examples(12 if database_kind == "sqlite" else 9), phases=[Phase.generate], database=None,
        deadline=None, suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    @given(chance=st.integers(0, 2**32))
    def live(chance: int) -> None:
        with fresh() as program:
            ends.update(lived(program, world, remembered, Random(chance), event))

    (live if THOROUGH else seed(BEGINS_WITH)(live))()
    # Another law gives other towns: a few more may be needed to see every ending.
    further = iter(MOST_FURTHER)
    while missing := ENDINGS - set(ends):
        chance = next(further, None)
        assert chance is not None, missing
        with fresh() as program:
            ends.update(lived(program, world, remembered, Random(chance)))


def lived(program: Program, world: World, remembered: Remembered, chance: Random, told: Told = NOTHING) -> set[str]:
    """Let chance act in a fresh town, and look at it again and again; the endings that were reached."""
    story = Complaints(program, world)
    hurry(story, remembered)
    town = WideTown(story, told)
    for number in range(1, LENGTH + 1):
        town.act(chance.choice(ANY), chance)
        if number % LOOK_AFTER == 0:
            require_lawful(town)
    require_lawful(town)
    require_sound(program, failures=True)
    for ending in reached(town):
        told(f"reached: {ending}")
    return reached(town)
