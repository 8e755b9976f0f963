"""What a complaint contests and until when it is in time, as its pages show it (L92.1, L93.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from service.domain.appeal import complaint_until, is_late
from service.domain.case import Draft
from service.domain.deadlines import local
from service.usecases.complaint_drafts import months_of
from service.web.cabinet.desk import Desk
from service.web.cabinet.door import program
from service.web.cabinet.holding import suspended_by
from service.web.cabinet.own import own_case
from service.web.document_names import document_name


@dataclass(frozen=True)
class Term:
    """Until when a complaint is in time, counted from which day, and whether that is over (L92.1)."""

    learned_on: date
    months: int
    until: date
    late: bool

    @classmethod
    def of(cls, learned_on: date, months: int) -> Term:
        """The term as it stands today."""
        calendar, today = program().calendar, local(program().clock.now()).date()
        until = complaint_until(calendar, learned_on, months)
        return cls(learned_on, months, until, is_late(calendar, learned_on, months, today))

    @classmethod
    def of_draft(cls, draft: Draft) -> Term | None:
        """The term of a complaint that is being filled in; None as long as no day is named."""
        try:
            learned_on = date.fromisoformat(str(draft.answers.get("learned_on") or ""))
        except ValueError:
            return None
        return cls.of(learned_on, months_of(program(), draft))


@dataclass(frozen=True)
class About:
    """The contested document and case with their addresses, where there are any, and the term.

    `suspends` is the own permit that the complaint would suspend; `mend` where a slip in it is reported instead.
    """

    case: str
    case_address: str
    document: str
    document_address: str
    term: Term | None
    suspends: str = ""
    mend: str = ""


def about_document(case_id: int, document_id: int) -> str:
    """The value by which a document of a case is contested."""
    return f"document-{case_id}-{document_id}"


def about_case(case_id: int) -> str:
    """The value by which a case is contested: what is done in it, or not done."""
    return f"case-{case_id}"


def about_entry(case_id: int, entry_id: int) -> str:
    """The value by which a change of the register is contested."""
    return f"entry-{case_id}-{entry_id}"


def contested(desk: Desk) -> About:
    """What a draft of a complaint is about."""
    answers = desk.draft.answers
    case, case_address, document, document_address, suspends, mend = "", "", "", "", "", ""
    term = Term.of_draft(desk.draft)
    if answers.get("_case"):
        view = own_case(answers["_case"])
        case, case_address = view.case.number, url_for("cabinet.case", case_id=view.case.id)
        if found := next((each for each in view.documents if each.id == answers.get("_document")), None):
            document = f"{document_name(found.kind)} № {found.number}"
            document_address = url_for("cabinet.document", case_id=view.case.id, document_id=found.id)
        suspends = suspended_by(desk.draft, view.entry, late=bool(term and term.late))
        if suspends and found:
            mend = url_for("cabinet.document_error", case_id=view.case.id, document_id=found.id)
    return About(case, case_address, document, document_address, term, suspends, mend)
