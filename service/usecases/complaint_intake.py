"""What becomes of a complaint when it is taken in: its act, its term, its case (R13.2, L64.1, L92.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service.domain.appeal import WRITTEN_ACTS, Complaint, Contests, is_late, missing_contents, require_contents
from service.domain.case import APPEAL, PERMIT, ApplicantKind, Attachment, Case, searched
from service.domain.deadlines import local, registered_on
from service.domain.decisions import IssuedDocument, PermitStatus, RegisterEntry, SignatureRecord
from service.domain.deliveries import CABINET
from service.domain.errors import InvalidAnswers, NoEdition, NotFound
from service.domain.faults import Faults
from service.domain.forms import Problem
from service.domain.messages import Edition
from service.domain.numbers import number_text
from service.domain.people import Actor, Officer
from service.domain.ports import UnitOfWork
from service.usecases.appeal_attachment import carries_attachment
from service.usecases.moves import Move
from service.usecases.services import Services

FIELDS = (
    "name", "phone", "email", "residence", "postal_address", "body", "contests", "official", "circumstances",
    "demands", "evidence", "learned_on", "explained",
)  # fmt: skip
"""What a complaint says (L93.1), beside the act that it contests, which `_case` and `_document` of a draft name."""

ON_PAPER = "paper"
"""What stands for the verdict on a signature that is on paper, where no machine can check it (L64.1)."""

MUST_CARRY = frozenset({"refusal", "notice_not_considered"})
"""Papers to which the attachment on complaints belongs; against one without it there are more months (L80.5, L92.1)."""

CHANGED = {"cancellation": PermitStatus.CANCELLED, "suspension": PermitStatus.SUSPENDED}
"""What the changes of the register that can be contested lead to."""


@dataclass(frozen=True)
class Intake:
    """A complaint as it came: who complains, what it says, what it contests, and on which way it arrived.

    `incomplete` is a paper that is accepted although it does not say all that the law wants (L64.1, L93.1).
    """

    submission: str
    iin: str
    bin: str
    kind: ApplicantKind
    language: str
    received: datetime
    fields: Mapping[str, Any]
    case_id: int | None = None
    document_id: int | None = None
    channel: str = CABINET
    incomplete: bool = False
    manifest: bytes = b""
    evidence: SignatureRecord | None = None
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Contested:
    """The case, the paper and the register entry that a complaint is against; each may be missing."""

    case: Case | None = None
    document: IssuedDocument | None = None
    entry: RegisterEntry | None = None
    official_id: int | None = None


def edition_for_complaint(services: Services, uow: UnitOfWork, received: datetime) -> Edition:
    """The edition of the registration day; without one that of the day of receipt, or the newest (O1, L64.1)."""
    return _edition_on(uow, registered_on(services.calendar, received), local(received).date())


def terms_today(services: Services, uow: UnitOfWork) -> Mapping[str, int]:
    """The terms of the edition in force today, or of the newest: what a claim of today runs under (O1)."""
    return services.editions.of(uow, _edition_on(uow, local(uow.now).date()).id, PERMIT).terms


def _edition_on(uow: UnitOfWork, *days: date) -> Edition:
    """The edition in force on the first of these days that has one, or the newest: nobody is turned away (L64.1)."""
    edition = next((found for day in days if (found := uow.editions.on(day))), None) or uow.editions.newest()
    if edition is None:
        raise NoEdition(days[0])
    return edition


def contested_by(uow: UnitOfWork, contests: str, case_id: int | None, document_id: int | None) -> Contested:
    """What a complaint is against. `NotFound` for a paper of another case, `InvalidAnswers` where the act is missing.

    Who names a case and the kind of its act, and no paper, contests the newest one that has not been cancelled.
    The official is who signed the act; of an action or inaction, who was late or has the case in hand (L97.1).
    """
    case = uow.get(Case, case_id) if case_id else None
    document = uow.get(IssuedDocument, document_id) if document_id else None
    if document is not None and (case is None or document.case_id != case.id or document.filed):
        raise NotFound(what="document")
    if document is None and case is not None:
        document = _newest_act(uow, case, contests)
    entry = uow.register.of_case(case.id) if case and contests in ("permit", *CHANGED) else None
    # Who names an act contests it: a matter of the service names none (D6).
    unfit = contests == Contests.SERVICE and document is not None
    if unfit or (contests in CHANGED and case is not None and entry is None):
        raise InvalidAnswers(errors={"contests": Problem("not_an_option")})
    signed = uow.get(SignatureRecord, document.evidence_id) if document and document.evidence_id else None
    officer = uow.find(Officer, iin=signed.signer_iin) if signed and signed.signer_iin else None
    responsible = _in_hand(uow, case) if case and document is None else None
    official = officer.id if officer else responsible
    if entry is not None and contests in CHANGED:
        official = _who_changed(uow, entry, CHANGED[contests]) or responsible
    return Contested(case, document, entry, official)


def named_act(uow: UnitOfWork, answers: Mapping[str, Any]) -> tuple[Case | None, int | None]:
    """The case and the act that somebody names by their numbers; the act's alone leads to its case.

    `InvalidAnswers` names each number that nothing of ours bears, and an act of another case than the one named.
    """
    case_number, number = (str(answers.get(name) or "").strip().upper() for name in ("case_number", "document_number"))
    case = uow.find(Case, number=case_number) if case_number else None
    of_case = {"case_id": case.id} if case is not None else {}
    found = uow.list(IssuedDocument, number=number, **of_case) if number else []
    papers = [paper for paper in found if not paper.filed]
    faults = Faults()
    if case_number and case is None:
        faults.add("case_number", "no_such_number")
    if number and not papers:
        elsewhere = case is not None and any(not paper.filed for paper in uow.list(IssuedDocument, number=number))
        faults.add("document_number", "of_another_case" if elsewhere else "no_such_number")
    faults.refuse()
    if not papers:
        return case, None
    return case or uow.get(Case, papers[-1].case_id), papers[-1].id


def require_act(contested: Contested, contests: str) -> None:
    """Refuse to enter for somebody that an act of a case is contested which this case does not hold (R13.2, R15.1)."""
    held = WRITTEN_ACTS.get(contested.document.kind) if contested.document else None
    if contested.case is not None and contests in WRITTEN_ACTS.values() and held != contests:
        raise InvalidAnswers(errors={"contests": Problem("no_such_act")})


def _newest_act(uow: UnitOfWork, case: Case, contests: str) -> IssuedDocument | None:
    papers = uow.list(IssuedDocument, case_id=case.id) if contests in WRITTEN_ACTS.values() else []
    acts = [paper for paper in papers if WRITTEN_ACTS.get(paper.kind) == contests and paper.annulled_at is None]
    return acts[-1] if acts else None


def _who_changed(uow: UnitOfWork, entry: RegisterEntry, status: PermitStatus) -> int | None:
    """The officer who entered the latest such change; a name is no proof, since two people may bear it (L97.1)."""
    made = (change for change in reversed(uow.register.changes(entry.id)) if change.status is status)
    return next((change.entered_by for change in made if change.entered_by is not None), None)


def _in_hand(uow: UnitOfWork, case: Case) -> int | None:
    breaches = uow.cases.breaches(case.id)
    return (breaches[-1].responsible_id if breaches else None) or case.executor_id


WITHOUT_ACT = (Contests.ACTION, Contests.INACTION, Contests.SERVICE)
"""What is no paper, so that no attachment of one can be missing."""


def months_for(
    services: Services,
    uow: UnitOfWork,
    terms: Mapping[str, int],
    contested: Contested,
    contests: Contests,
    explained: str,
) -> int:
    """The months of the edition; more of them where the act came without its attachment on complaints (L80.5, L92.1).

    Papers of ours say themselves whether they carry it; of any other act the person says so (`explained`).
    """
    document = contested.document
    if document is not None and (document.kind in MUST_CARRY or carries_attachment(services, uow, document)):
        return months_against(services, uow, terms, document)
    has_attachment = explained == "yes" if explained else contests in WITHOUT_ACT or contested.case is None
    return _months(terms, has_attachment=has_attachment)


def months_against(services: Services, uow: UnitOfWork, terms: Mapping[str, int], document: IssuedDocument) -> int:
    """The months against a paper of ours, by whether it carries its attachment on complaints (L80.5, L92.1)."""
    return _months(terms, has_attachment=carries_attachment(services, uow, document))


def _months(terms: Mapping[str, int], *, has_attachment: bool) -> int:
    return terms["complaint_months" if has_attachment else "complaint_months_without_attachment"]


def open_complaint_case(services: Services, uow: UnitOfWork, intake: Intake, actor: Actor) -> Case:
    """Open the case of a complaint: accepted at once, suspended act and status included (R13.2, L64.1).

    Raises `InvalidAnswers` where L93.1 wants more; a complaint after its term is accepted and marked late (L92.1).
    """
    received_on = local(intake.received).date()
    require_contents(intake.fields, received_on, incomplete=intake.incomplete)
    missing = missing_contents(intake.fields)
    contests = Contests(intake.fields["contests"])
    if intake.case_id is not None:
        # Before any row points at it: a lock that two filings widen afterwards would let them wait for each other.
        uow.cases.lock(intake.case_id)
    contested = contested_by(uow, contests, intake.case_id, intake.document_id)
    if intake.channel != CABINET:  # an officer enters it for the person
        require_act(contested, contests)
    case = _case(services, uow, intake, edition_for_complaint(services, uow, intake.received))
    complaint = _complaint(services, uow, intake, case, contested)
    uow.add(complaint)
    uow.flush()
    if contested.case is not None:
        uow.note(contested.case, actor, "complaint_against", number=case.number, contests=contests.value)
    told = {"late": complaint.late, "contests": contests.value, "way": intake.channel, "missing": missing}
    if intake.channel != CABINET:  # the line says for whom it was entered
        told = {**told, "applicant": case.applicant_name}
    uow.note(case, actor, "complaint_filed", **told)
    Move(services, uow, case, actor).start(
        {
            "received_on": received_on.isoformat(),
            "registered_on": case.registered_on.isoformat(),
            "applicant_kind": case.applicant_kind.value,
            "signature": intake.evidence.verdict if intake.evidence else ON_PAPER,
        }
    )
    return case


def _complaint(services: Services, uow: UnitOfWork, intake: Intake, case: Case, contested: Contested) -> Complaint:
    def said(name: str) -> str:
        return str(intake.fields.get(name) or "").strip()

    received_on, contests = local(intake.received).date(), Contests(intake.fields["contests"])
    terms = services.editions.of_case(uow, case).terms
    # Who does not say when they learned of it is not held to have been late.
    learned_on = date.fromisoformat(said("learned_on") or received_on.isoformat())
    months = months_for(services, uow, terms, contested, contests, said("explained"))
    return Complaint(
        case_id=case.id,
        contests=contests,
        received_at=intake.received,
        learned_on=learned_on,
        months=months,
        late=is_late(services.calendar, learned_on, months, received_on),
        body=said("body") or "provider",
        official_id=contested.official_id,
        contested_case_id=contested.case.id if contested.case else None,
        contested_document_id=contested.document.id if contested.document else None,
        contested_entry_id=contested.entry.id if contested.entry else None,
        channel=intake.channel,
        official=said("official"),
        circumstances=said("circumstances"),
        demands=said("demands"),
        evidence=said("evidence"),
        residence=said("residence"),
        postal_address=said("postal_address"),
    )


def _case(services: Services, uow: UnitOfWork, intake: Intake, edition: Edition) -> Case:
    year = local(uow.now).year
    name = str(intake.fields.get("name") or "")
    case = Case(
        number=number_text("complaint", year, uow.next_number("complaint", year)),
        procedure=APPEAL,
        edition_id=edition.id,
        submission_id=intake.submission,
        applicant_kind=intake.kind,
        iin=intake.iin,
        bin=intake.bin,
        applicant_name=name,
        search_name=searched(name),
        language=intake.language,
        received_at=intake.received,
        registered_on=registered_on(services.calendar, intake.received),
        fields=dict(intake.fields) | ({"missing": missing_contents(intake.fields)} if intake.incomplete else {}),
        manifest=intake.manifest,
    )
    uow.add(case)
    uow.flush()
    for file in intake.files:
        file.case_id, file.draft_id = case.id, None
    if intake.evidence is not None:
        intake.evidence.case_id = case.id
        uow.add(intake.evidence)
    uow.add(*(file for file in intake.files if getattr(file, "id", None) is None))
    uow.flush()
    return case
