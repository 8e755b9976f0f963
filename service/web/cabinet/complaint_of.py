"""Complaints as their own pages and the pages of the contested cases show them (R13.2, L92.1, L100.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _

from service.domain.appeal import Complaint
from service.domain.case import Case, Task, latest_answers
from service.domain.errors import NotFound
from service.domain.views import CaseView
from service.usecases.duties import binding
from service.web.cabinet.door import me, program
from service.web.cabinet.reading import Words
from service.web.cabinet.standing import tag
from service.web.cabinet.words import contested as contested_name
from service.web.document_names import document_name
from service.web.languages import language


@dataclass(frozen=True)
class Contested:
    """The act, and the case to which it belongs, each with its address; empty where there is none."""

    what: str
    document: str = ""
    document_address: str = ""
    case: str = ""
    case_address: str = ""
    permit: str = ""


def complaint_of(view: CaseView) -> Complaint:
    """The complaint of an appeal case. `NotFound` for a case of another procedure."""
    with program().reading() as uow:
        found = uow.find(Complaint, case_id=view.case.id)
    if found is None:
        raise NotFound(what="complaint")
    return found


def contested(complaint: Complaint, words: Words) -> Contested:
    """What a filed complaint is against; the case of another applicant is named without its address."""
    what = contested_name(complaint.contests.value, words)
    if complaint.contested_case_id is None:
        return Contested(what)
    view = program().queries.case(complaint.contested_case_id)
    own = view.case.identifier == me().identifier
    document = next((each for each in view.documents if each.id == complaint.contested_document_id), None)
    entry = view.entry if view.entry and view.entry.id == complaint.contested_entry_id else None
    return Contested(
        what,
        f"{document_name(document.kind)} № {document.number}" if document else "",
        _document_address(view.case, complaint) if document and own else "",
        view.case.number,
        url_for("cabinet.case", case_id=view.case.id) if own else "",
        entry.number if entry else "",
    )


def _document_address(case: Case, complaint: Complaint) -> str:
    return url_for("cabinet.document", case_id=case.id, document_id=complaint.contested_document_id)


@dataclass(frozen=True)
class Binding:
    """What the decision binds the provider to, until when, and what was done on which day (L100.1)."""

    text: str
    due_at: datetime
    late: bool
    done: str = ""
    done_on: date | None = None


def bound(case_id: int) -> Binding | None:
    """What the provider has to do by the decision on a complaint; None where it binds to nothing."""
    with program().reading() as uow:
        duty, now = binding(uow, case_id), uow.now
    if duty is None:
        return None
    on = date.fromisoformat(duty.details["done_on"]) if duty.done_at else None
    return Binding(str(duty.details["text"]), duty.due_at, duty.is_late(now), duty.result, on)


@dataclass(frozen=True)
class Against:
    """A complaint as the contested case shows it: its number, where it stands, what it does to the act."""

    number: str
    address: str
    what: str
    tag: tuple[str, str]
    suspended: bool
    effect: str
    bound: Binding | None


def against(case: Case) -> Sequence[Against]:
    """The complaints against acts, actions and inaction in a case, the newest first."""
    with program().reading() as uow:
        found = [(each, uow.get(Case, each.case_id)) for each in uow.list(Complaint, contested_case_id=case.id)]
    return [_against(complaint, own) for complaint, own in reversed(found) if own.identifier == me().identifier]


def _against(complaint: Complaint, case: Case) -> Against:
    words = Words.of(case)
    return Against(
        case.number,
        url_for("cabinet.complaint", case_id=case.id),
        contested_name(complaint.contests.value, words),
        tag(case, words),
        complaint.suspended,
        effect(complaint, words),
        bound(case.id),
    )


def _answer(case_id: int, words: Words) -> str:
    """Whether the provider found a complaint of the service justified, as its answer says it (R14.1)."""
    with program().reading() as uow:
        told = latest_answers(uow.list(Task, case_id=case_id), "task_answer_complaint").get("answer_result")
    listed = words.edition.listed("complaint_answers")
    return next(str(each[language()]) for each in listed if each["key"] == told)


def effect(complaint: Complaint, words: Words) -> str:
    """What the decision on the complaint does to the contested act and its case (R13.4, R14.1, L100.1, L100.5)."""
    if complaint.outcome == "answered":
        return str(_("The provider has answered: %(result)s.", result=_answer(complaint.case_id, words)))
    effects = {
        "satisfied": _("The provider has satisfied the complaint in full."),
        "cancel": _("The contested act is cancelled."),
        "adopt": _("The contested act is cancelled and a new one is adopted in its place."),
        "order": _("The provider is ordered to act."),
        "send_back": _("The case is taken up again with new terms; the violations are named."),
        "unsatisfied": _("The act stays as it is. You may go to court."),
        "unconsidered": _("The complaint was left unconsidered; the act stays as it is."),
        "withdrawn": _("You have withdrawn the complaint; the act stays as it is."),
    }
    if complaint.silent_since is not None and not complaint.outcome:
        return str(_("There was no decision in term. That counts as a refusal: you may go to court."))
    return str(effects.get(complaint.outcome, ""))
