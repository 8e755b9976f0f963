"""Documents of the application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.domain.case import Case
from service.domain.completeness import DocumentFinding, check_documents
from service.domain.deadlines import local
from service.operations import Work, operation


@operation(returns=("documents_complete",))
def check_application(work: Work, case: Case) -> Mapping[str, Any]:
    """Check by itself whether every document of row 9 is there and none has expired (A1.9.1-A1.9.3, R6.3).

    The officer sees the findings and decides; the applicant saw the same ones before signing.
    """
    findings = findings_in(work, case)
    work.note_own(case, "documents_checked", findings=[finding.code for finding in findings])
    return {"documents_complete": not findings}


def findings_in(work: Work, case: Case) -> Sequence[DocumentFinding]:
    """What is missing in the application, or had expired on the day of receipt."""
    return check_documents(work.uow.cases.attachments(case.id), case.fields, local(case.received_at).date())
