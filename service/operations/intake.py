"""Intake: registration, completeness, what ends a case before a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.appeal import Contests
from service.domain.case import Case
from service.domain.completeness import DESPITE_FINDINGS
from service.domain.errors import InvalidAnswers
from service.domain.forms import Problem
from service.operations import Work, operation
from service.operations.documents import findings_in
from service.operations.notices import tell


@operation()
def register_application(work: Work, case: Case) -> None:
    """Register the application on its working day and tell the applicant the date (R5.1, R5.2, D24)."""
    case.registered_at = work.now
    work.note_own(case, "registered", registered_on=case.registered_on.isoformat(), number=case.number)
    tell(work, case, "registered", registered_on=case.registered_on.isoformat())


@operation(returns=("completeness_on",))
def record_completeness(work: Work, case: Case, *, documents_complete: bool | None = None) -> Mapping[str, Any]:
    """Record the day on which completeness is established: the examination counts from it (R7.1).

    The officer decides. Where the automatic check found something missing or expired (`documents_complete` is what it
    found, if it has run), its form asks why the set is complete all the same, and the journal keeps the answer (R6.3).
    """
    answers = work.answers("task_check_completeness")
    if DESPITE_FINDINGS in answers and not str(answers[DESPITE_FINDINGS] or "").strip():
        if documents_complete is None:  # a case that was taken up again is not checked by itself anew
            documents_complete = not findings_in(work, case)
        if not documents_complete:
            raise InvalidAnswers(errors={DESPITE_FINDINGS: Problem("required")})
    case.completeness_on = work.today
    work.note(case, "completeness_established", completeness_on=work.today.isoformat())
    return {"completeness_on": work.today.isoformat()}


@operation()
def reject_signature(work: Work, case: Case) -> None:
    """Tell the applicant that the signature, once it could be checked, proved invalid (R3.3)."""
    work.note_own(case, "signature_invalid")
    tell(work, case, "signature_invalid")


@operation()
def record_withdrawal(work: Work, case: Case) -> None:
    """Record that the applicant has withdrawn the application; the case ends without a decision."""
    work.note(case, "withdrawn")
    tell(work, case, "withdrawn")


@operation(returns=("completeness_on",))
def note_reopening(work: Work, case: Case, *, contested: str | None = None) -> Mapping[str, Any]:
    """Take an application up again after its act was cancelled, at the stage whose act was contested.

    Where that is the notice of point 6, the completeness is checked again (R6.1); otherwise the documents are complete
    and the examination begins. The terms count from the day of reopening (L100.1, L76.1). The officer in charge is told
    on which basis, and which violations are to be avoided.
    """
    day = case.counted_from.isoformat()
    tell(work, case, "reopened", registered_on=day)
    if contested == Contests.NOT_CONSIDERED:
        work.note(case, "reopening_noted", reopened_on=day, stage="completeness")
        return {}
    work.note(case, "reopening_noted", reopened_on=day)
    case.completeness_on = case.counted_from
    return {"completeness_on": day}
