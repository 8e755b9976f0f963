"""The facts of a case as its page shows them: application, state data, files, findings, hearing, earlier steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from service.domain.case import PERMIT, Attachment, Case, StateData, Task
from service.domain.completeness import DocumentFinding, check_documents
from service.domain.corrections import CORRECTABLE
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument
from service.domain.duties import POST, Duty
from service.domain.files import type_name
from service.domain.permit import ADDRESS_PARTS
from service.domain.registration import bars_told
from service.domain.rights import Right, may
from service.domain.rounds import just_sent_back
from service.domain.views import CaseView
from service.web import formats
from service.web.addresses import address_of
from service.web.answers import shown
from service.web.asked_besides import besides
from service.web.boxes import File
from service.web.document_names import document_name
from service.web.officer.deliveries import posted_state
from service.web.officer.door import me, program
from service.web.officer.reading import Words, known_options
from service.web.officer.words import channel_name, finding_name
from service.web.paper_marks import cancelled, version

Pairs = list[tuple[str, str]]


def applicant(case: Case) -> Pairs:
    """Who applies and how to reach them (A2.1)."""
    fields = case.fields
    signer = " ".join(str(fields.get(f"signer_{part}") or "") for part in ("surname", "name", "patronymic")).strip()
    found = [
        (_("Applicant") if case.procedure == PERMIT else _("Who complains"), case.applicant_name),
        (_("BIN") if case.bin else _("IIN"), case.identifier),
        (_("Signed by"), f"{signer}, {_('IIN')} {case.iin}" if case.bin and signer else signer),
        (_("Address"), address_of({part: fields.get(part) for part in ADDRESS_PARTS})),
        (_("Telephone"), formats.phone(str(fields.get("phone") or ""))),
        (_("E-mail"), str(fields.get("email") or "")),
    ]
    return [(label, text) for label, text in found if text]


def request_facts(case: Case, words: Words) -> Pairs:
    """What is asked for, with whatever else the form of the edition asks (R2.1, A2.1)."""
    addresses = [address_of(parts) for parts in case.fields.get("addresses") or ()]
    found = [
        (_("Platform"), str(case.fields.get("platform") or "")),
        (_("Purpose"), str(case.fields.get("purpose") or "")),
        *((_("Place of activity"), line) for line in addresses),
        *besides(words.form("application" if case.procedure == PERMIT else "complaint"), case.fields),
        (_("Received"), formats.moment(case.came_at)),
        (_("Registered"), formats.date(case.registered_on) if case.registered_at else _("not yet")),
    ]
    return [(label, text) for label, text in found if text]


def files(view: CaseView, words: Words, purpose: str = "application") -> list[File]:
    """The attachments with kind, number, date and validity; an expired one is marked (R6.3)."""
    return [attached(file, view.case, words) for file in view.attachments if file.purpose == purpose]


def attached(file: Attachment, case: Case, words: Words) -> File:
    """One attachment as a list shows it."""
    facts = [
        f"№ {file.number}" if file.number else "",
        _("dated %(day)s", day=formats.date(file.dated)) if file.dated else "",
        _("valid until %(day)s", day=formats.date(file.valid_until)) if file.valid_until else "",
    ]
    expired = file.has_expired(local(case.received_at).date())
    listed = words.listed("document_kinds", file.kind)
    kind = document_name(words.label(file.kind)) if listed == file.kind else listed
    return File(
        name=file.name,
        address=url_for("officer.attachment", case_id=case.id, attachment_id=file.id),
        size=file.size,
        type=type_name(file.media_type),
        kind=kind[:1].upper() + kind[1:],
        facts=", ".join(fact for fact in facts if fact),
        marks=[(_("Expired"), "bad")] if expired else (),
    )


def findings(view: CaseView, words: Words) -> list[tuple[str, str]]:
    """What the automatic check finds now, each with its row of the law; empty when all is well (A1.9.1-3, R6.3).

    By the registers' answers it looks whether the applicant is registered as what may apply, too (R1.1).
    """
    by_registers = [(finding_name(bar), "R1.1") for bar in bars_told(view.state_data)]
    return by_registers + [(_finding(finding, words), finding.law) for finding in documents_found(view)]


def documents_found(view: CaseView) -> Sequence[DocumentFinding]:
    """What is missing in a case, or had expired on the day of its receipt."""
    return check_documents(view.attachments, view.case.fields, local(view.case.received_at).date())


def _finding(finding: DocumentFinding, words: Words) -> str:
    data = dict(finding.data)
    if finding.code == "field_missing":
        return str(_("A field of the application is empty: %(field)s.", field=words.label(finding.kind, "application")))
    if finding.code == "expired":
        day = formats.date(data.get("valid_until"))
        return str(
            _("Expired on the day of receipt: %(name)s, valid until %(day)s.", name=data.get("name", ""), day=day)
        )
    return finding_name(finding.code)


@dataclass(frozen=True)
class StateAnswer:
    """One question to a state system: whose answer, when, what it says; `waits` while it is not answered (R4.1)."""

    source: str
    when: str
    waits: bool
    facts: Pairs


def state_answers(view: CaseView) -> list[StateAnswer]:
    """What the state systems were asked and what they answered (R4.1)."""
    return [_answer(row) for row in view.state_data]


def _answer(row: StateData) -> StateAnswer:
    source = channel_name(row.source)
    if row.answered_at is None:
        asked = _(
            "asked on %(moment)s, not answered yet; the question is repeated", moment=formats.moment(row.requested_at)
        )
        return StateAnswer(source, asked, True, [])
    told = _("answered on %(moment)s", moment=formats.moment(row.answered_at))
    answer = row.answer or {}
    return StateAnswer(
        source, told, False, _told(answer) if answer.get("found") else [(_("Answer"), _("Nothing found"))]
    )


def _told(answer: Mapping[str, Any]) -> Pairs:
    name = " ".join(str(answer.get(part) or "") for part in ("surname", "name", "patronymic")).strip()
    found = [
        (_("Name"), str(answer.get("name_kk") or "") or name),
        (_("Born on"), formats.date(str(answer.get("birth_date") or ""))),
        (_("Registered on"), formats.date(str(answer.get("registered_on") or ""))),
        (_("Activity started on"), formats.date(str(answer.get("started_on") or ""))),
        (_("Status"), _status(str(answer.get("status") or ""))),
        (_("Head"), _leader(answer)),
        *((_("Identity document"), _identity(document)) for document in answer.get("documents") or ()),
        (_("Address"), address_of(answer.get("address") or {})),
    ]
    return [(label, text) for label, text in found if text]


def _leader(answer: Mapping[str, Any]) -> str:
    name, iin = answer.get("leader_name"), answer.get("leader_iin")
    return f"{name}, {_('IIN')} {iin}" if name and iin else str(name or "")


def _identity(document: Mapping[str, Any]) -> str:
    kinds: dict[str, str] = {
        "identity_card": _("identity card"),
        "passport": _("passport"),
        "residence_permit": _("residence permit"),
    }
    kind = kinds.get(str(document.get("type")), str(document.get("type") or ""))
    until = formats.date(str(document.get("valid_until") or ""))
    told = _("valid until %(day)s", day=until) if until else ""
    return ", ".join(text for text in (f"{kind} № {document.get('number')}", told) if text)


def _status(status: str) -> str:
    names: dict[str, str] = {
        "registered": _("registered"),
        "liquidated": _("liquidated"),
        "terminated": _("activity ended"),
    }
    return names.get(status, status)


@dataclass(frozen=True)
class Paper:
    """A signed document of the case, as a list shows it."""

    title: str
    number: str
    address: str
    signed: str
    delivered: str
    test: bool
    error: str = ""
    cancelled: str = ""
    version: str = ""
    posted: str = ""


def papers(view: CaseView) -> list[Paper]:
    """The application as filed and the signed documents; how far that came which goes by post (R3.2, R9.1, L66.1)."""
    posted = _posted(view.case)
    return [
        Paper(
            title=document_name(document.kind),
            number=document.number,
            address=url_for("officer.document", case_id=view.case.id, document_id=document.id),
            signed=f"{formats.moment(document.signed_at)}, {document.signed_by}",
            delivered=formats.moment(document.delivered_at),
            test=document.test,
            error=_error_address(view, document),
            cancelled=cancelled(document),
            version=version(document, view.papers),
            posted=posted.get(document.id, ""),
        )
        for document in view.papers
    ]


def _posted(case: Case) -> dict[int, str]:
    """How far the letter with each document came, for who complained on paper: by its last try."""
    if not case.came_on_paper:
        return {}
    with program().reading() as uow:
        letters = uow.list(Duty, case_id=case.id)
    return {duty.document_id: posted_state(duty) for duty in letters if duty.kind == POST and duty.document_id}


def _error_address(view: CaseView, document: IssuedDocument) -> str:
    """Where a clerical error of this document is reported; empty for one that is not corrected so (L82.1)."""
    newer = {other.corrects_id for other in view.documents}
    if not may(me(), Right.ERRORS) or document.kind not in CORRECTABLE or document.annulled_at or document.id in newer:
        return ""
    return url_for("officer.error_in_document", case_id=view.case.id, document_id=document.id)


@dataclass(frozen=True)
class Earlier:
    """A step that is done: who answered what, and when."""

    name: str
    who: str
    at: datetime
    answers: Pairs


def earlier(view: CaseView, words: Words, without: int = 0) -> list[Earlier]:
    """The finished tasks with their answers in words, the newest first."""
    done = [task for task in view.tasks if task.completed_at and task.id != without]
    return [_earlier(task, view, words) for task in reversed(done)]


def _earlier(task: Task, view: CaseView, words: Words) -> Earlier:
    form = words.form_of(task.element)
    given = task.answers or {}
    answers = shown(form, given, known_options(given, view.officers)) if form else []
    at = task.completed_at or task.opened_at
    return Earlier(words.name(task.element), view.officers.get(task.completed_by or 0, ""), at, answers)


@dataclass(frozen=True)
class Returned:
    """Who sent a paper back unsigned, when, and why (R9.1)."""

    who: str
    at: datetime
    why: str


def returned(view: CaseView) -> Returned | None:
    """What stands first on the page of whoever has to work a paper over; nothing once another step was taken."""
    task = just_sent_back(view.tasks)
    if task is None or task.completed_at is None:
        return None
    who = view.officers.get(task.completed_by or 0, "")
    return Returned(who, task.completed_at, str((task.answers or {}).get("return_reason") or ""))


def breaches(view: CaseView, words: Words) -> Sequence[tuple[str, str]]:
    """The terms that were missed; they stay visible for ever (R8.2)."""
    found = []
    for breach in view.breaches:
        who = view.officers.get(breach.responsible_id or 0, "")
        due = _("it ended on %(moment)s", moment=formats.moment(breach.due_at))
        found.append((words.term(breach.element), ", ".join(text for text in (due, who) if text)))
    return found
