"""What becomes of the contested case, the register, the suspension and the duties: every kind by every outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from service.demo.world import World
from service.domain.appeal import Outcome, Remedy
from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import PermitStatus, status_on
from service.domain.duties import CARRY_OUT
from service.domain.errors import InvalidAnswers
from service.domain.forms import Problem
from service.domain.messages import OutboxMessage
from service.domain.permit_life import PermitAct
from service.program import Program
from service.usecases.audit import audit
from service.usecases.change_permit import change_permit
from tests.complaints import INVITED, Complaints
from tests.snapshots import Snapshots
from tests.usecases.beside import duties


class Contests(Complaints):
    """A complaint of each kind, forwarded to the reviewing body or before the unit."""

    def contested(self, kind: str) -> Case:
        """The case whose act, action or inaction is contested."""
        if kind in ("refusal", "not_considered", "permit"):
            return {"refusal": self.refused, "not_considered": self.not_considered, "permit": self.granted}[kind]()
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
        papers = {"refusal": "refusal", "not_considered": "notice_not_considered", "permit": "permit"}
        said = {"contests": kind, "official": "Бөлім"} | ({"body": "reviewing_body"} if kind == "service" else {})

        def act() -> Case:
            way = self.registered if where == "unit" else self.forwarded
            return way(self.contested(kind), papers.get(kind, ""), **said)

        return self.reached((kind, where), act)

    def unsatisfied(self, complaint: Case) -> None:
        """The person is heard in writing, three working days pass, and the complaint is left unsatisfied."""
        self.considered(complaint, "unsatisfied")
        day = local(self.program.clock.now()).date() + timedelta(days=2)
        self.work("reviewer", complaint, "task_invite_review_hearing", **{**INVITED, "hearing_on": day.isoformat()})
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


OUTCOMES: dict[str, dict[str, Any]] = {
    "cancel": {"outcome": "cancel"},
    "adopt a permit": {"outcome": "adopt", "new_permit": "true", "action": "Рұқсат беру"},
    "adopt another act": {"outcome": "adopt", "action": "Жаңа шешім қабылдау"},
    "order": {"outcome": "order", "action": "Мекенжайды түзету"},
    "unsatisfied": {"outcome": "unsatisfied"},
    "send back": {"outcome": "send_back", "violations": "Хат қаралмаған"},
    "unconsidered": {"outcome": "unconsidered", "unconsidered_reason": "returned"},
}
DONE = {"action_done": "Хат жолданды", "action_on": "2023-09-12"}
REMEDIES: dict[str, dict[str, Any]] = {
    f"satisfy by {remedy.value}": {
        "proposal": "satisfy", "remedy": remedy.value, "opinion": "Негізді", **(DONE if remedy == "action" else {}),
    }
    for remedy in Remedy
}  # fmt: skip
CELLS = (*OUTCOMES, *REMEDIES)


@dataclass(frozen=True)
class Effect:
    """How the contested case stands, the register's status, the duty, and the new notices of the contested case."""

    case: str
    register: str = ""
    duty: bool = False
    told: tuple[str, ...] = ()


OPEN, REOPENED = Effect("open"), Effect("open", told=("reopened",))
GRANTED = Effect("granted", "in_force", told=("granted",))
IN_FORCE, SUSPENDED, CANCELLED = (status.value for status in (
    PermitStatus.IN_FORCE, PermitStatus.SUSPENDED, PermitStatus.CANCELLED,
))  # fmt: skip


def against_decision(outcome: str) -> dict[str, Effect]:
    """A refusal, or a notice of refusal of further consideration: the application ended without a permit."""
    stays = Effect(outcome)
    return {
        "cancel": REOPENED, "adopt a permit": GRANTED, "adopt another act": Effect("open", "", True, ("reopened",)),
        "order": Effect(outcome, duty=True), "unsatisfied": stays, "send back": REOPENED, "unconsidered": stays,
        "satisfy by permit": GRANTED, "satisfy by cancel": REOPENED, "satisfy by reconsider": REOPENED,
        "satisfy by action": stays,
    }  # fmt: skip


def against_change(status: str, notice: str) -> dict[str, Effect]:
    """A change of the register: while the complaint is considered the permit is in force."""
    undone, stays = Effect("granted", IN_FORCE, told=("permit_resumed",)), Effect("granted", status, told=(notice,))
    to_do = Effect("granted", IN_FORCE, True, ("permit_resumed",))
    return {
        "cancel": undone, "adopt another act": to_do, "order": Effect("granted", status, True, (notice,)),
        "unsatisfied": stays, "send back": to_do, "unconsidered": stays, "satisfy by cancel": undone,
        "satisfy by action": stays,
    }  # fmt: skip


OF_PERMIT_GONE = ("permit_cancelled", "reopened")
WITHOUT_ACT = {"order": Effect("open", duty=True), "unsatisfied": OPEN, "unconsidered": OPEN, "satisfy by action": OPEN}
TABLE: dict[str, dict[str, Effect]] = {
    "refusal": against_decision("refused"),
    "not_considered": against_decision("not_considered"),
    "permit": {
        "cancel": Effect("granted", CANCELLED, told=("permit_cancelled",)),
        "adopt a permit": Effect("granted", IN_FORCE, told=("permit_cancelled", "granted")),
        "adopt another act": Effect("open", CANCELLED, True, OF_PERMIT_GONE),
        "order": Effect("granted", IN_FORCE, True, ("permit_resumed",)),
        "unsatisfied": Effect("granted", IN_FORCE, told=("permit_resumed",)),
        "send back": Effect("open", CANCELLED, told=OF_PERMIT_GONE),
        "unconsidered": Effect("granted", IN_FORCE, told=("permit_resumed",)),
        "satisfy by cancel": Effect("granted", CANCELLED, told=("permit_cancelled",)),
        "satisfy by reconsider": Effect("open", CANCELLED, told=OF_PERMIT_GONE),
        "satisfy by action": Effect("granted", IN_FORCE, told=("permit_resumed",)),
    },
    "cancellation": against_change(CANCELLED, "permit_cancelled"),
    "suspension": against_change(SUSPENDED, "permit_suspended"),
    "action": WITHOUT_ACT,
    "inaction": WITHOUT_ACT,
    "service": WITHOUT_ACT,
}
"""The whole table; a cell that is missing is impossible."""

NO_ACT, NO_APPLICATION = Problem("no_act_to_cancel"), Problem("no_application_to_grant")
TOLD = {
    "cancel": "cancelled", "adopt a permit": "adopted", "adopt another act": "adopted", "order": "ordered",
    "unsatisfied": "unsatisfied", "send back": "sent_back", "unconsidered": "unconsidered",
}  # fmt: skip


@pytest.fixture
def contests(program: Program, world: World, snapshots: Snapshots) -> Iterator[Contests]:
    """Tells what people do about a complaint of each kind."""
    snapshots.watch(program)
    yield Contests(program, world, snapshots)


@pytest.mark.law("L100.1", "R11.2", "R13.4", "R14.2", "L66.1")
@pytest.mark.parametrize(("kind", "cell"), [(kind, cell) for kind, row in TABLE.items() for cell in row])
def test_what_a_decision_does_to_what_is_contested(contests: Contests, kind: str, cell: str) -> None:
    complaint = contests.before(kind, "unit" if cell in REMEDIES else "review")
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
    )
    assert effect == TABLE[kind][cell]
    assert [duty.is_open for duty in found] == [True] * len(found)
    assert not row.suspended
    assert contests.told(complaint)[-1] == f"complaint_{TOLD.get(cell, 'satisfied')}"
    with contests.program.reading() as uow:
        sent = uow.list(OutboxMessage, case_id=contested.id, channel="portal.status")
    assert len(sent) == len(contests.told(contested))
    # Seals of another day are signed with the key of the program that the snapshot was taken of.
    assert [found for found in audit(contests.program) if found.what != "seals"] == []


@pytest.mark.law("L100.1", "R13.4")
@pytest.mark.parametrize("where", ["unit", "review"])
@pytest.mark.parametrize("kind", TABLE)
def test_what_cannot_be_decided_is_refused_at_its_field(contests: Contests, kind: str, where: str) -> None:
    complaint = contests.before(kind, where)
    cells = [cell for cell in CELLS if cell not in TABLE[kind] and (cell in REMEDIES) is (where == "unit")]
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


def test_the_table_knows_every_outcome_and_remedy() -> None:
    assert {found["outcome"] for found in OUTCOMES.values()} == set(Outcome)
    assert {found["remedy"] for found in REMEDIES.values()} == set(Remedy)
    assert set(TABLE) == {"refusal", "not_considered", "permit", "cancellation", "suspension"} | {
        "action", "inaction", "service",
    }  # fmt: skip
