"""What becomes of the contested case, the register, the suspension and the duties: every kind by every ending.

Each ending meets both databases, each kind one of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

import pytest

from service.demo.world import World
from service.domain.appeal import Outcome, Remedy
from service.domain.case import Case, CaseState
from service.domain.deadlines import local
from service.domain.decisions import status_on
from service.domain.duties import CARRY_OUT
from service.domain.errors import InvalidAnswers
from service.domain.forms import Problem
from service.domain.messages import OfficerNote, OutboxMessage
from service.domain.permit_life import PermitAct
from service.program import Program
from service.sandbox.pki import DevPki
from service.usecases.applicant_acts import withdraw_case
from service.usecases.audit import audit
from service.usecases.change_permit import change_permit
from tests.complaints import INVITED, Complaints
from tests.databases import SQLiteDatabases
from tests.processes.walking import procedure
from tests.program import TUESDAY, build_program
from tests.snapshots import Snapshots
from tests.soak.quick import Remembered, quick
from tests.usecases.appeal_effects import (
    AT_UNIT,
    DECISIONS,
    NO_ACT,
    NO_APPLICATION,
    OUTCOMES,
    REMEDIES,
    SILENT,
    TABLE,
    TO_PROVIDER,
    TOLD,
    WITHDRAWN,
    Effect,
)
from tests.usecases.beside import duties


class Contests(Complaints):
    """A complaint of each kind, forwarded to the reviewing body or before the unit."""

    def contested(self, kind: str) -> Case:
        """The case whose act, action or inaction is contested."""
        if kind in ("refusal", "not_considered", "permit"):
            return {"refusal": self.refused, "not_considered": self.not_considered, "permit": self.granted}[kind]()
        if kind == TO_PROVIDER:
            return self.filed()
        if kind not in ("cancellation", "suspension"):
            return self.assigned()
        granted = self.granted()
        with self.program.reading() as uow:
            entry = uow.register.of_case(granted.id)
        assert entry is not None
        act = PermitAct.CANCEL if kind == "cancellation" else PermitAct.SUSPEND
        today = local(self.program.clock.now()).date()
        change_permit(self.program, entry.id, self.officer("head"), act, today, "№ 12", "Заңның 6-бабы")
        return granted

    def before(self, kind: str, where: str) -> Case:
        """A complaint of this kind that waits for the unit or for the reviewer."""
        return self.reached((kind, where), lambda: self._lodged(kind) if where == "unit" else self._sent_on(kind))

    def _lodged(self, kind: str) -> Case:
        papers = {"refusal": "refusal", "not_considered": "notice_not_considered", "permit": "permit"}
        said = {"contests": "service" if kind == TO_PROVIDER else kind, "official": "Бөлім"}
        if kind == TO_PROVIDER:
            said["track"] = "service"
        if kind == "service":
            said["body"] = "reviewing_body"
        return self.registered(self.contested(kind), papers.get(kind, ""), **said)

    def _sent_on(self, kind: str) -> Case:
        complaint = self.before(kind, "unit")
        self.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Акт заңды")
        return self.work("reviewer", complaint, "task_register_review", review_number="Ш-77")

    def invited_to_speak(self, complaint: Case) -> date:
        """The reviewer means to leave the complaint unsatisfied and invites to a hearing on this day."""
        self.considered(complaint, "unsatisfied")
        day = local(self.program.clock.now()).date() + timedelta(days=2)
        self.work("reviewer", complaint, "task_invite_review_hearing", **{**INVITED, "hearing_on": day.isoformat()})
        return day

    def unsatisfied(self, complaint: Case) -> None:
        """The person is heard in writing, three working days pass, and the complaint is left unsatisfied."""
        day = self.invited_to_speak(complaint)
        self.says(complaint)
        spoken = {"hearing_result": "written", "outcome_reasons": "Дәлелдер қаралды"}
        self.work("reviewer", complaint, "task_hold_review_hearing", **spoken)
        self.at(f"{day + timedelta(days=1)}T09:00")
        self.reviewed(complaint, "unsatisfied")

    def reach(self, complaint: Case, cell: str) -> None:
        """Decide the complaint so."""
        if cell in REMEDIES:
            self.work("unit", complaint, "task_review_complaint", **REMEDIES[cell])
            if cell == "satisfy by permit":
                self.work("head", complaint, "task_sign_new_permit", decision="sign")
            self.work("head", complaint, "task_sign_satisfaction", decision="sign")
        elif cell == "unsatisfied":
            self.unsatisfied(complaint)
        elif cell in WITHDRAWN:
            withdraw_case(self.program, complaint.id, self.applicant("company_head"), "Келістік")
        elif cell in SILENT:
            if cell == "silence at the hearing":
                self.invited_to_speak(complaint)
            self.at(f"{self.program.calendar.after(local(self.program.clock.now()).date(), 16)}T09:00")
        elif cell == "answer":
            told = {"answer_result": "unjustified", "answer": "Дәлелдер қаралды"}
            self.work("unit", complaint, "task_answer_complaint", **told)
            self.work("head", complaint, "task_sign_answer", decision="sign")
        else:
            self.considered(complaint, **OUTCOMES[cell])
            if cell == "adopt a permit":
                self.work("reviewer", complaint, "task_sign_new_act", decision="sign")
            self.work("reviewer", complaint, "task_sign_review", decision="sign")

    def register(self, case: Case) -> str:
        """What the register shows of the case; empty where it has no entry."""
        with self.program.reading() as uow:
            entry = uow.register.of_case(case.id)
            changes = list(uow.register.changes(entry.id)) if entry else []
        return status_on(entry, changes, local(self.program.clock.now()).date()).value if entry else ""


@pytest.fixture(scope="module")
def remembered(furnished_sqlite: SQLiteDatabases, world: World, tmp_path_factory: pytest.TempPathFactory) -> Remembered:
    """The signatures of everybody, made and checked once."""
    folder = tmp_path_factory.mktemp("remembered")
    program = build_program(furnished_sqlite.create(folder), world, folder)
    program.set_clock(TUESDAY)  # the clock of the copied database has gone on since it was made
    world.clock = program.clock.now
    found = Remembered(program, world.pki)
    program.database.engine.dispose()
    return found


@pytest.fixture
def contests(program: Program, remembered: Remembered, world: World, snapshots: Snapshots) -> Contests:
    """Tells what people do about a complaint of each kind."""
    world.clock = program.clock.now
    snapshots.watch(program)
    story = Contests(quick(program, remembered), world, snapshots)
    story.pki = cast(DevPki, remembered)
    return story


@pytest.mark.law("L100.1", "R11.2", "R13.4", "R14.1", "R14.2", "L66.1", "L95.1", "L100.5")
@pytest.mark.parametrize(("kind", "cell"), [(kind, cell) for kind, row in TABLE.items() for cell in row])
def test_what_a_decision_does_to_what_is_contested(contests: Contests, kind: str, cell: str) -> None:
    complaint = contests.before(kind, "unit" if cell in AT_UNIT else "review")
    contested_id = contests.complaint(complaint).contested_case_id
    contested = contests.program.queries.case(contested_id or 0).case
    told = len(contests.told(contested))
    contests.reach(complaint, cell)
    now, row = contests.now(contested), contests.complaint(complaint)
    found = duties(contests, complaint, CARRY_OUT)
    effect = Effect(
        now.outcome or now.state.value,
        contests.register(contested),
        bool(found),
        tuple(contests.told(contested)[told:]),
        row.suspended,
    )
    assert effect == TABLE[kind][cell]
    assert [duty.is_open for duty in found] == [True] * len(found)
    assert (contests.now(complaint).state is CaseState.OPEN) is (cell in SILENT)
    assert (row.silent_since is not None) is (cell in SILENT)
    assert contests.told(complaint)[-1] == f"complaint_{TOLD.get(cell, 'satisfied')}"
    with contests.program.reading() as uow:
        sent = uow.list(OutboxMessage, case_id=contested.id, channel="portal.status")
        copies = [note.role for note in uow.list(OfficerNote, case_id=complaint.id) if note.kind == "review_decided"]
    assert copies == ["head"] * (cell in OUTCOMES)
    assert len(sent) == len(contests.told(contested))
    # Seals of another day are signed with the key of the program that the snapshot was taken of.
    assert [found for found in audit(contests.program) if found.what != "seals"] == []


@pytest.mark.law("L100.1", "R13.4")
@pytest.mark.parametrize("where", ["unit", "review"])
@pytest.mark.parametrize("kind", [kind for kind in TABLE if kind != TO_PROVIDER])
def test_what_cannot_be_decided_is_refused_at_its_field(contests: Contests, kind: str, where: str) -> None:
    complaint = contests.before(kind, where)
    cells = [cell for cell in DECISIONS if cell not in TABLE[kind] and (cell in REMEDIES) is (where == "unit")]
    for cell in cells:
        with pytest.raises(InvalidAnswers) as refused:
            contests.reach(complaint, cell)
        assert refused.value.data["errors"] == impossible(kind, cell)


def impossible(kind: str, cell: str) -> dict[str, Problem]:
    """Where the page says why this cannot be decided."""
    if kind in ("action", "inaction", "service"):
        return {"remedy" if cell in REMEDIES else "outcome": NO_ACT}
    if cell == "satisfy by reconsider":
        return {"remedy": Problem("no_application_to_reconsider")}
    return {"remedy" if cell in REMEDIES else "new_permit": NO_APPLICATION}


def test_the_table_knows_every_ending_outcome_and_remedy() -> None:
    beside = ("end_escalated_", "end_review_position_", "end_silence_hearing")
    drawn = {element.id for element in procedure("appeal").catalogue.elements if element.kind == "end_event"}
    assert {end for end in drawn if not end.startswith(beside)} == {
        f"end_{end}" for end in ("satisfied", *TOLD.values())
    }
    assert {found["outcome"] for found in OUTCOMES.values()} == set(Outcome)
    assert {found["remedy"] for found in REMEDIES.values()} == set(Remedy)
    assert set(TABLE) == {"refusal", "not_considered", "permit", "cancellation", "suspension"} | {
        "action", "inaction", "service", TO_PROVIDER,
    }  # fmt: skip
