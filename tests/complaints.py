"""Ways to the middle of a complaint: the acts that are contested, and the people's steps up to each decision."""

from __future__ import annotations

from typing import Any

import pytest

from service.demo.world import World
from service.domain.appeal import Complaint
from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, PermitStatus, status_on
from service.program import Program
from service.usecases.applicant_acts import submit_position
from service.usecases.complaint_drafts import Contested, open_complaint
from service.usecases.drafts import save_draft
from service.usecases.file_complaint import file_complaint, prepare_complaint
from tests.program import CONFORMS, DOES_NOT, HEARING, Story
from tests.snapshots import Snapshots

__all__ = ["Complaints", "complaints"]

SAYS = {
    "circumstances": "Кепілдік хат қаралмай қалды",
    "demands": "Шешімнің күшін жою",
    "evidence": "Кепілдік хаттың көшірмесі",
}
INVITED = {**HEARING, "preliminary_reasons": "Дәлелдер жеткіліксіз"}


class Complaints(Story):
    """The story of an act and of the complaint against it; the clock begins on Tuesday 12 September 2023."""

    def refused(self) -> Case:
        """A refusal, signed on Monday 18 September 2023 after a hearing at which the applicant kept silent."""
        return self.reached(("refused",), self._refused)

    def _refused(self) -> Case:
        case = self.work("unit", self.complete(), "task_examine", **DOES_NOT)
        self.work("unit", case, "task_invite_hearing", **HEARING, hearing_on="2023-09-14")
        self.at("2023-09-15T10:00")
        self.work("unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Жоқ")
        self.at("2023-09-18T10:00")
        return self.work("head", case, "task_sign_refusal", decision="sign")

    def not_considered(self) -> Case:
        """A notice of refusal of further consideration, signed on the day of registration."""
        return self.reached(("not considered",), self._not_considered)

    def _not_considered(self) -> Case:
        case = self.assigned()
        missing = {"complete": "no", "missing_items": ["guarantee_letter"], "missing_facts": "Жоқ"}
        self.work("unit", case, "task_check_completeness", **missing)
        return self.work("head", case, "task_sign_not_considered", decision="sign")

    def granted(self) -> Case:
        """A permit, issued on the day of registration."""
        return self.reached(("granted",), self._granted)

    def _granted(self) -> Case:
        case = self.work("unit", self.complete(), "task_examine", **CONFORMS)
        return self.work("head", case, "task_sign_permit", decision="sign")

    def document(self, case: Case, kind: str) -> IssuedDocument:
        """The latest document of a kind in a case."""
        with self.program.reading() as uow:
            return [each for each in uow.cases.documents(case.id) if each.kind == kind][-1]

    def drafted(self, case: Case | None, kind: str = "", persona: str = "company_head", **fields: Any) -> str:
        """A complaint that is filled in; against a document of the case, the case as such, or nothing of ours."""
        document = self.document(case, kind) if case and kind else None
        contested = Contested(case.id if case else None, document.id if document else None)
        applicant = self.applicant(persona)
        draft = open_complaint(self.program, applicant, contested)
        save_draft(self.program, draft.id, applicant, {**SAYS, **fields})
        return draft.id

    def sent(self, draft_id: str, persona: str = "company_head") -> Case:
        """The complaint, signed with the persona's key and filed."""
        applicant = self.applicant(persona)
        content = prepare_complaint(self.program, draft_id, applicant, "kk")
        return file_complaint(self.program, draft_id, applicant, self.pki.sign_cms(persona, content))

    def complained(self, case: Case | None, kind: str = "", **fields: Any) -> Case:
        """A complaint of the company, filed now."""
        return self.sent(self.drafted(case, kind, **fields))

    def registered(self, case: Case | None, kind: str = "", track: str = "act", **fields: Any) -> Case:
        """A complaint that the chancellery has registered and given to an officer of the unit."""
        key = ("registered", f"{case and case.id}", kind, track, repr(sorted(fields.items())))
        return self.reached(key, lambda: self._registered(case, kind, track, **fields))

    def _registered(self, case: Case | None, kind: str, track: str, **fields: Any) -> Case:
        complaint = self.complained(case, kind, **fields)
        executor = str(self.officer("unit").officer_id)
        return self.work("chancellery", complaint, "task_register_complaint", track=track, executor=executor)

    def forwarded(self, case: Case | None, kind: str = "", **fields: Any) -> Case:
        """A complaint that the unit has forwarded and the reviewing body registered."""
        key = ("forwarded", f"{case and case.id}", kind, repr(sorted(fields.items())))
        return self.reached(key, lambda: self._forwarded(case, kind, **fields))

    def _forwarded(self, case: Case | None, kind: str, **fields: Any) -> Case:
        complaint = self.registered(case, kind, **fields)
        self.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Акт заңды")
        return self.work("reviewer", complaint, "task_register_review", review_number="Ш-77")

    def considered(self, complaint: Case, outcome: str, **answers: Any) -> Case:
        """What the reviewer concludes."""
        given = {"outcome": outcome, "reasons": "Материалдар зерттелді", **answers}
        return self.work("reviewer", complaint, "task_consider_complaint", **given)

    def reviewed(self, complaint: Case, outcome: str, **answers: Any) -> Case:
        """What the reviewer concludes and signs."""
        self.considered(complaint, outcome, **answers)
        return self.work("reviewer", complaint, "task_sign_review", decision="sign")

    def says(self, complaint: Case, text: str = "Келіспеймін", *, oral: bool = False) -> None:
        """The person's answer to the preliminary decision on the complaint."""
        submit_position(self.program, complaint.id, self.applicant("company_head"), text, wants_oral=oral)

    def complaint(self, case: Case) -> Complaint:
        """The complaint as it stands now."""
        with self.program.reading() as uow:
            found = uow.find(Complaint, case_id=case.id)
        assert found is not None
        return found

    def status(self, case: Case) -> PermitStatus:
        """What the register shows of the case's permit today."""
        with self.program.reading() as uow:
            entry = uow.register.of_case(case.id)
            assert entry is not None
            return status_on(entry, uow.register.changes(entry.id), local(self.program.clock.now()).date())

    def basis(self, case: Case) -> str:
        """The basis of the latest change of the case's permit in the register."""
        with self.program.reading() as uow:
            entry = uow.register.of_case(case.id)
            assert entry is not None
            return uow.register.changes(entry.id)[-1].basis

    def told(self, case: Case) -> list[str]:
        """The kinds of the notices of a case, in order."""
        return [notice.kind for notice in self.program.queries.case(case.id).notices]

    def open_elements(self, case: Case) -> set[str]:
        """The elements of the case's open tasks."""
        return {task.element for task in self.open_tasks(case)}


@pytest.fixture
def complaints(program: Program, world: World, snapshots: Snapshots) -> Complaints:
    """Tells what people do about a complaint, step by step."""
    snapshots.watch(program)
    return Complaints(program, world, snapshots)
