"""Whatever people do, in whatever order, at whatever time, and whatever breaks: the law's results stay lawful."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from service.demo.world import World
from service.domain.appeal import Complaint
from service.domain.case import PERMIT, Case, DeadlineKind
from service.domain.deadlines import local
from service.domain.decisions import PermitStatus
from service.domain.views import CaseView
from service.program import Program
from service.sandbox.weather import Weather
from tests.complaints import Complaints
from tests.databases import SQLiteDatabases
from tests.effort import THOROUGH, examples
from tests.program import build_program
from tests.soak.quick import Remembered, hurry
from tests.soak.sound import require_sound
from tests.soak.town import Town

OFTEN = ("task",) * 22 + ("time",) * 6 + ("complain",) * 4 + ("file",) * 2
"""Most of what happens in an office."""
RARE = ("withdraw", "position", "extend", "weather", "sweep", "two hands", "another's key", "dies")
ACTS = st.lists(st.tuples(st.sampled_from((*OFTEN, *RARE)), st.integers(0, 2**16)), min_size=110, max_size=130)
MOST_FURTHER = 20
LOOK_AFTER = 30
"""How many acts happen between two looks at everything."""

GRANTED, REFUSED, DECIDED = "granted", "refused", "a complaint is decided"
EFFECTS = {"cancelled", "satisfied", "adopted", "sent_back"}
"""Outcomes of a complaint that change the contested act (L100.1, R13.4)."""


def require_lawful(town: Town) -> None:
    """What no order of acts may break."""
    for case in town.cases():
        view = town.view(case)
        for row in view.deadlines:
            if row.kind is DeadlineKind.TERM:
                assert row.due_at >= case.received_at, f"{row.element} ends before the case began"
                assert row.due_at >= row.first_due_at, "no term is made shorter"
                assert row.fired_at is None or row.fired_at >= row.due_at, f"{row.element} was missed before its end"
        if case.procedure == PERMIT:
            require_lawful_permit(town, view)
        elif case.outcome in EFFECTS:
            require_effect(town, case)


def require_lawful_permit(town: Town, view: CaseView) -> None:
    """One decision is in force at a time; a permit with its entry, a refusal after what the law asks before it."""
    live = {document.kind: document for document in view.documents if document.annulled_at is None}
    ever = {document.kind for document in view.documents}
    assert (view.entry is None) == ("permit" not in ever), "R11.1"
    assert not {"permit", "refusal"} <= set(live), "A1.6"
    assert ("refusal" in live) == (view.case.outcome == REFUSED), "R7.3"
    assert "permit" not in live or view.case.outcome == GRANTED, "R11.1"
    assert view.case.outcome != GRANTED or "permit" in ever, "R11.1"
    if view.entry is not None and "permit" in live:
        assert view.entry.number == live["permit"].number
    if "refusal" in live:
        require_heard(town, view, local(live["refusal"].signed_at).date())


def require_heard(town: Town, view: CaseView, signed_on: date) -> None:
    """The refusal rests on a hearing or a basis for none, and came no earlier than the law lets it (R8.4, L73.1)."""
    hearing = view.hearing
    assert hearing is not None
    assert hearing.settled_at is not None
    grounds = next(task.answers for task in reversed(view.tasks) if task.element == "task_examine" and task.answers)
    assert grounds["grounds"], "A1.10.6"
    assert set(grounds["grounds"]) <= set(hearing.grounds), "R8.1"
    if not hearing.exemption:
        assert view.case.notified_on is not None
        assert hearing.result in ("held", "written", "silent")
        assert signed_on >= town.program.calendar.after(view.case.notified_on, 3), "L73.1"


def require_effect(town: Town, complaint: Case) -> None:
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


def reached(town: Town) -> set[str]:
    """The endings at which the cases of a town have come."""
    outcomes = {(case.procedure == PERMIT, case.outcome) for case in town.cases() if case.outcome}
    return {outcome if is_permit else DECIDED for is_permit, outcome in outcomes}


@pytest.mark.law("R11.1", "R8.4", "L73.1", "R8.1", "A1.10.6", "A3.3", "L69.1", "L100.1", "R13.3")
def test_no_order_of_acts_times_and_faults_leads_to_an_unlawful_result(
    furnished_sqlite: SQLiteDatabases, world: World, tmp_path: Path
) -> None:
    ends: Counter[str] = Counter()
    remembered = remembered_in(world, furnished_sqlite, tmp_path)

    @settings(
        max_examples=examples(9), phases=[Phase.generate], derandomize=not THOROUGH, database=None, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )  # fmt: skip
    @given(acts=ACTS)
    def live(acts: list[tuple[str, int]]) -> None:
        ends.update(in_a_fresh_town(acts))

    def in_a_fresh_town(acts: list[tuple[str, int]]) -> set[str]:
        with TemporaryDirectory() as folder:
            program = build_program(furnished_sqlite.create(Path(folder)), world, Path(folder))
            world.clock, world.shep.weather = program.clock.now, Weather.FINE
            world.forget()
            try:
                return lived(program, world, remembered, acts)
            finally:
                world.shep.weather = Weather.FINE
                program.database.engine.dispose()

    live()
    # What the towns come to depends on the machine's pace, too: a few more may be needed to see every ending.
    further = (Random(number) for number in range(MOST_FURTHER))
    while not set(ends) >= {GRANTED, REFUSED, DECIDED}:
        chance = next(further, None)
        assert chance is not None, ends
        ends.update(in_a_fresh_town([(chance.choice((*OFTEN, *RARE)), chance.randint(0, 2**16)) for _ in range(130)]))


def remembered_in(world: World, databases: SQLiteDatabases, folder: Path) -> Remembered:
    """The signatures that all towns share."""
    program = build_program(databases.create(folder), world, folder)
    world.clock = program.clock.now
    try:
        return Remembered(program, world.pki)
    finally:
        program.database.engine.dispose()


def lived(program: Program, world: World, remembered: Remembered, acts: list[tuple[str, int]]) -> set[str]:
    """Let all of this happen in a fresh town, and look at it again and again; the endings that were reached."""
    story = Complaints(program, world)
    hurry(story, remembered)
    town = Town(story, event)
    for number, (name, chosen) in enumerate(acts, start=1):
        town.act(name, Random(chosen))
        if number % LOOK_AFTER == 0:
            require_lawful(town)
    require_lawful(town)
    require_sound(program, failures=True)
    for ending in reached(town):
        event(f"reached: {ending}")
    return reached(town)
