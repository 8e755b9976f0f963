"""What an applicant may ask for in a case: its file, who opened it, remarks to minutes, the consent (L74.1, L75.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import READINGS, Case, CaseState, JournalEntry
from service.domain.consent import LONGEST_REASON as LONGEST_CONSENT_REASON
from service.domain.consent import Consent
from service.domain.deadlines import local
from service.domain.errors import InvalidAnswers, NotFound, NotLawful
from service.domain.file_access import LONGEST_REASON, FileAccess
from service.domain.forms_values import read_text
from service.domain.minutes import LONGEST_REMARK, Minutes, MinutesRemark, remarks_until
from service.domain.people import ACTING
from service.domain.ports import UnitOfWork
from service.domain.views import CaseView
from service.usecases.consent import consent_of, withdraw_consent
from service.usecases.file_access import accesses_of, fetch_file, request_access
from service.usecases.minutes import add_remark
from service.web import formats
from service.web.cabinet.door import me, program
from service.web.cabinet.own import of_case
from service.web.cabinet.problems import Problem
from service.web.cabinet.reading import Words
from service.web.counter import counter
from service.web.messages import sentence
from service.web.sending import sent
from service.web.spans import working_days
from service.web.typed import typed


@dataclass(frozen=True)
class Reader:
    """An officer who has looked into the case, in which role, when, and at what."""

    at: datetime
    name: str
    role: str
    what: str


@of_case("/file", "GET", "POST")
def case_papers(view: CaseView) -> ResponseReturnValue:
    """Ask for the case file; see until when it must be given, who has opened the case, and fetch the copies (L75.1)."""
    if request.method == "GET":
        return _file_page(view, next(iter((typed() or {}).get("reason", ())), ""))
    reason = read_text(request.form.get("reason", ""), lines=True)
    try:
        request_access(program(), view.case.id, me(), reason)
    except InvalidAnswers as problem:
        return _file_page(view, reason, sentence(problem.data["errors"]["reason"])), 400
    term = working_days(Words.of(view.case).edition.terms["access_days"])
    flash(_("Your request is with the unit. The term to open the file to you: %(term)s.", term=term), "success")
    return redirect(url_for("cabinet.case_papers", case_id=view.case.id), 303)


def _file_page(view: CaseView, reason: str, problem: str = "") -> str:
    accesses = accesses_of(program(), view.case.id)
    today = local(program().clock.now()).date()
    return render_template(
        "cabinet/case_file.html",
        case=view.case,
        accesses=[(access, _due(view, access)) for access in accesses],
        waits=any(access.waits for access in accesses),
        is_open=any(access.is_open(today) for access in accesses),
        today=today,
        readers=readers(view, Words.of(view.case)),
        reason=reason,
        problems=_problems("reason", problem),
        counter=counter(LONGEST_REASON),
        days=Words.of(view.case).edition.terms["access_days"],
    )


def _due(view: CaseView, access: FileAccess) -> datetime | None:
    """Until when the unit has to open the file: the duty that began with the request."""
    with program().reading() as uow:
        duties = uow.duties.of_case(view.case.id)
    return next((duty.due_at for duty in duties if duty.details.get("access") == access.id), None)


def readers(view: CaseView, words: Words) -> Sequence[Reader]:
    """Who has looked into the case and at what, the newest first; its page at most once an hour for each officer."""
    return [
        Reader(entry.at, entry.actor, _role(entry, words), _looked_at(entry))
        for entry in reversed(view.journal)
        if entry.action in READINGS
    ]


def _role(entry: JournalEntry, words: Words) -> str:
    """In which role it was done, by which order where one holds it; older lines name every role that was held."""
    role, order = ", ".join(role_name(each, words) for each in entry.role.split(",")), entry.details.get(ACTING)
    return str(_("%(role)s (acting, order %(order)s)", role=role, order=order)) if order else role


def _looked_at(entry: JournalEntry) -> str:
    """What somebody read or took away."""
    if entry.action == "paper_read":
        return str(_("A paper was opened for reading: %(paper)s.", paper=entry.details["paper"]))
    said = {
        "case_read": _("The case was opened for reading."),
        "package_fetched": _("The package of the case was taken away."),
        "status_told": _("The contact centre looked up where the case stands."),
    }
    return str(said[entry.action])


def role_name(role: str, words: Words) -> str:
    """What a role is called; the lanes of the drawing have their names there."""
    names = {
        "reviewer": _("Body that considers complaints"),
        "supervisor": _("Supervision of the quality of services"),
        "contact_centre": _("Single contact centre"),
        "administrator": _("Administrator of the system"),
    }
    return str(names.get(role) or words.lane(role))


@of_case("/file.zip")
def case_package(view: CaseView) -> ResponseReturnValue:
    """The copies: the whole case file as one package, while access to it is open (L75.1)."""
    package = fetch_file(program(), view.case.id, me())
    return sent(package.content, package.name, "application/zip")


@dataclass(frozen=True)
class Remarks:
    """The minutes of an oral hearing with one's own remarks and until when they are in time (L74.1)."""

    minutes: Minutes
    document_address: str
    address: str
    until: datetime
    late: bool
    said: Sequence[MinutesRemark]


def remarks_of(view: CaseView) -> Sequence[Remarks]:
    """The minutes that were sent to this cabinet, the newest first.

    They are those of one's own hearing, or of the hearing of a permit's holder on the complaint of somebody else.
    """
    came = {paper.id: paper.case_id for paper in reversed(view.in_cabinet) if paper.kind == "hearing_minutes"}
    with program().reading() as uow:
        known = {
            each.document_id: each for case_id in set(came.values()) for each in uow.list(Minutes, case_id=case_id)
        }
        return [_remarks(uow, view.case.id, known[paper]) for paper in came]


def _remarks(uow: UnitOfWork, case_id: int, minutes: Minutes) -> Remarks:
    case, said = uow.get(Case, minutes.case_id), uow.list(MinutesRemark, minutes_id=minutes.id)
    days = program().editions.of_case(uow, case).terms["minutes_remarks_days"]
    until = remarks_until(program().calendar, minutes.sent_at or minutes.ends_at, days)
    return Remarks(
        minutes,
        url_for("cabinet.document", case_id=case_id, document_id=minutes.document_id),
        url_for("cabinet.minutes_remark", case_id=case_id, minutes_id=minutes.id),
        until,
        program().clock.now() > until,
        [remark for remark in said if remark.of_holder == (case_id != case.id)],
    )


@of_case("/minutes/<int:minutes_id>", "GET", "POST")
def minutes_remark(view: CaseView, minutes_id: int) -> ResponseReturnValue:
    """Remark on the minutes within the term; a later remark is kept and shown as late (L74.1)."""
    found = next((each for each in remarks_of(view) if each.minutes.id == minutes_id), None)
    if found is None:
        raise NotFound(what="minutes")
    if request.method == "GET":
        return _remark_page(view, found, next(iter((typed() or {}).get("text", ())), ""))
    text = read_text(request.form.get("text", ""), lines=True)
    problem = _remark_problem(text)
    if problem:
        return _remark_page(view, found, text, problem), 400
    remark = add_remark(program(), minutes_id, me(), text)
    if remark.late:
        flash(_("Your remark is with the minutes. It came after the term, so it is shown as late."))
    else:
        flash(_("Your remark is with the minutes and will be answered."), "success")
    return redirect(url_for("cabinet.case", case_id=view.case.id), 303)


def _remark_problem(text: str) -> str:
    if not text:
        return str(_("Write your remark."))
    if len(text) > LONGEST_REMARK:
        limit = formats.number(LONGEST_REMARK)
        return str(_("Shorten your remark to %(limit)s characters.", limit=limit))
    return ""


def _remark_page(view: CaseView, found: Remarks, text: str, problem: str = "") -> str:
    return render_template(
        "cabinet/minutes_remark.html",
        case=view.case,
        found=found,
        text=text,
        problems=_problems("text", problem),
        counter=counter(LONGEST_REMARK),
    )


@of_case("/consent", "GET", "POST")
def consent(view: CaseView) -> ResponseReturnValue:
    """Withdraw the consent to the use of protected data, after being told what that means (A1.10.5)."""
    found = consent_of(program(), view.case.id)
    if found is None:
        raise NotFound(what="consent")
    if request.method == "GET":
        return _consent_page(view, found, next(iter((typed() or {}).get("reason", ())), ""))
    reason = read_text(request.form.get("reason", ""), lines=True)
    try:
        withdraw_consent(program(), view.case.id, me(), reason)
    except InvalidAnswers as problem:
        return _consent_page(view, found, reason, sentence(problem.data["errors"]["reason"])), 400
    except NotLawful:
        flash(_("Nothing was changed: the consent was withdrawn before, or the case is closed."), "error")
    else:
        flash(_("The consent is withdrawn, and the unit was told at once."), "success")
    return redirect(url_for("cabinet.case", case_id=view.case.id), 303)


def _consent_page(view: CaseView, found: Consent, reason: str, problem: str = "") -> str:
    return render_template(
        "cabinet/consent.html",
        case=view.case,
        consent=found,
        may=view.case.state is CaseState.OPEN and found.withdrawn_at is None,
        reason=reason,
        problems=_problems("reason", problem),
        counter=counter(LONGEST_CONSENT_REASON),
    )


def _problems(field: str, text: str) -> Sequence[Problem]:
    """What is wrong with the one field of a page; nothing for an empty sentence."""
    return [{"href": f"#{field}", "text": text}] if text else []
