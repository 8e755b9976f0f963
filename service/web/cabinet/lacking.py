"""What the automatic check finds lacking in an application that is sent, until the officer has checked it (R6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service.domain.case import CaseState
from service.domain.completeness import check_documents
from service.domain.deadlines import closing, local
from service.domain.views import CaseView
from service.web.cabinet.door import program
from service.web.cabinet.reading import Words
from service.web.cabinet.words import finding


@dataclass(frozen=True)
class Lacking:
    """What is missing or had expired, each with its point, and by when the officer checks it."""

    findings: Sequence[tuple[str, str]]
    checked_until: datetime


def lacking(view: CaseView, words: Words) -> Lacking | None:
    """The findings of the rules by which the officer checks, too; None where nothing lacks or the check is over."""
    case, calendar = view.case, program().calendar
    if case.state is CaseState.CLOSED or case.completeness_on is not None:
        return None
    found = check_documents(view.attachments, case.fields, local(case.received_at).date())
    if not found:
        return None
    last = calendar.after(case.registered_on, words.edition.terms["completeness_due"])
    return Lacking([(finding(each, words), each.law) for each in found], closing(calendar, last))
