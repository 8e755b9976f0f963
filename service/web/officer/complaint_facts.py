"""A complaint as the office sees it: the contested act, what is demanded and why; what is against a case (R13.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from service.domain.appeal import Complaint, complaint_until
from service.domain.case import APPEAL, Case
from service.domain.claims import Claim
from service.domain.decisions import IssuedDocument, RegisterEntry
from service.domain.duties import Duty
from service.domain.rights import Right, may
from service.usecases.duties import binding
from service.web import formats
from service.web.complaint_ways import way_name
from service.web.document_names import document_name
from service.web.languages import language
from service.web.officer.complaint_words import claim_results
from service.web.officer.door import me, program
from service.web.officer.reading import Words
from service.web.paper_marks import cancelled
from service.web.preliminary import term_day, term_moment

FORWARDED_BY_ITSELF = frozenset({"task_review_complaint", "task_sign_new_permit", "task_sign_satisfaction"})
"""At the edge of these the timer sends the complaint to the reviewing body (R13.3)."""


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere; without an address it is only said."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Box:
    """A complaint on its own pages: what it contests with links, what it says, and its marks."""

    contested: list[tuple[str, Link]]
    says: list[tuple[str, str]]
    late: bool
    suspended: bool
    forwards_itself: bool = False


@dataclass(frozen=True)
class Against:
    """A complaint or a claim as the contested case shows it."""

    name: str
    address: str
    facts: str


def complaint_box(case: Case, words: Words, element: str = "") -> Box | None:
    """The complaint of an appeal case; None for a case of another procedure. `element` is the task that is open."""
    if case.procedure != APPEAL:
        return None
    with program().reading() as uow:
        complaint = uow.find(Complaint, case_id=case.id)
        if complaint is None:
            return None
        contested = uow.get(Case, complaint.contested_case_id) if complaint.contested_case_id else None
        document = uow.get(IssuedDocument, complaint.contested_document_id) if complaint.contested_document_id else None
        entry = uow.get(RegisterEntry, complaint.contested_entry_id) if complaint.contested_entry_id else None
        bound = binding(uow, case.id)
        others = uow.list(Complaint, contested_case_id=contested.id) if contested else []
        beside = [uow.get(Case, other.case_id).number for other in others if other.case_id != case.id]
    return Box(
        contested=_contested(complaint, words, contested, document, entry),
        says=[*_stranger(case, contested, beside), *_says(complaint, words), *_missing(case, words), *_bound(bound)],
        late=complaint.late,
        suspended=complaint.suspended,
        forwards_itself=element in FORWARDED_BY_ITSELF and complaint.forwarded_at is None,
    )


def against(case: Case) -> list[Against]:
    """The complaints and the claims against what was done in a case, the newest first."""
    with program().reading() as uow:
        complaints = [
            (found, uow.get(Case, found.case_id), binding(uow, found.case_id))
            for found in uow.list(Complaint, contested_case_id=case.id)
        ]
        claims = uow.list(Claim, contested_case_id=case.id)
    rows = [
        Against(
            _("Complaint %(number)s", number=own.number),
            url_for("officer.case", case_id=own.id),
            ", ".join([_("received on %(day)s", day=formats.date(found.received_at)), *_standing(bound)]),
        )
        for found, own, bound in reversed(complaints)
    ]
    if may(me(), Right.CASES):
        rows += [
            Against(
                _("Claim %(number)s", number=claim.number),
                url_for("officer.court_claim", claim_id=claim.id),
                _facts_of(claim),
            )
            for claim in reversed(claims)
        ]
    return rows


def _stranger(case: Case, contested: Case | None, beside: Sequence[str]) -> list[tuple[str, str]]:
    """That another than the person whose case it is complains, and which other complaints there are about that case."""
    found = []
    if contested is not None and contested.identifier != case.identifier:
        found.append((_("Not the person whose case it is; that is"), contested.applicant_name))
    if beside:
        found.append((_("Other complaints about the case"), ", ".join(beside)))
    return found


def _missing(case: Case, words: Words) -> list[tuple[str, str]]:
    """What a paper does not say that was accepted all the same (L64.1, L93.1)."""
    form, missing = words.form("complaint"), case.fields.get("missing") or ()
    names = [form.find(name).text(language()).label for name in missing] if form else list(missing)
    return [(_("The paper does not say"), "; ".join(names))] if names else []


def _bound(duty: Duty | None) -> list[tuple[str, str]]:
    """What the decision binds the provider to, until when, and what was done on which day (L100.1)."""
    if duty is None:
        return []
    done = f"{duty.result}, {formats.date(duty.details['done_on'])}" if duty.done_at else ""
    return [
        (_("The provider must do"), str(duty.details["text"])),
        (_("Until"), term_moment(duty.due_at)),
        (_("What was done"), done or _("nothing yet")),
    ]


def _standing(duty: Duty | None) -> list[str]:
    """How far the provider is with what the decision binds it to."""
    if duty is None:
        return []
    if duty.done_at:
        return [_("the decision was carried out on %(day)s", day=formats.date(duty.details["done_on"]))]
    return [_("the decision is to be carried out until %(day)s", day=term_day(duty.due_at))]


def _standing_of(claim: Claim) -> list[str]:
    """Whether a claim followed a complaint, and how it ended."""
    after = [_("after a complaint")] if claim.after_complaint else []
    return [*after, *([] if claim.is_open else [claim_results(claim.contests)[claim.result]])]


def contests_name(value: str, words: Words) -> str:
    """What a complaint or a claim is against, as the form of the complaint calls it."""
    return answer_name("contests", value, words)


def answer_name(key: str, value: str, words: Words) -> str:
    """One answer of the complaint's form in words."""
    return dict(answers_of(key, words)).get(value, value)


def answers_of(key: str, words: Words) -> list[tuple[str, str]]:
    """Every answer that the complaint's form offers in a field."""
    form = words.form("complaint")
    if form is None:
        return []
    field = form.find(key)
    return [(value, words.option_of(field, value)) for value in field.values]


def _contested(
    complaint: Complaint,
    words: Words,
    contested: Case | None,
    document: IssuedDocument | None,
    entry: RegisterEntry | None,
) -> list[tuple[str, Link]]:
    found = [(_("Against"), Link(contests_name(complaint.contests, words)))]
    if contested is not None:
        found.append((_("Contested case"), Link(contested.number, url_for("officer.case", case_id=contested.id))))
    if contested is not None and document is not None:
        address = url_for("officer.document", case_id=contested.id, document_id=document.id)
        found.append((_("Contested act"), Link(f"{document_name(document.kind)} {document.number}", address)))
        if mark := cancelled(document):
            found.append((_("State"), Link(mark)))
    if entry is not None:
        found.append((_("Entry of the register"), Link(entry.number)))
    if complaint.official:
        found.append((_("Official"), Link(complaint.official)))
    return [*found, *_in_court(contested)]


def _in_court(contested: Case | None) -> list[tuple[str, Link]]:
    """The claims against what was done in the contested case: a court may have decided on it, too (R15.1)."""
    if contested is None:
        return []
    with program().reading() as uow:
        claims = uow.list(Claim, contested_case_id=contested.id)
    opens = may(me(), Right.CASES)
    return [
        (
            _("Claim %(number)s", number=claim.number),
            Link(_facts_of(claim), url_for("officer.court_claim", claim_id=claim.id) if opens else ""),
        )
        for claim in claims
    ]


def _facts_of(claim: Claim) -> str:
    return ", ".join([claim.court, formats.date(claim.filed_on), *_standing_of(claim)])


def _says(complaint: Complaint, words: Words) -> list[tuple[str, str]]:
    until = term_day(complaint_until(program().calendar, complaint.learned_on, complaint.months))
    found = [
        (_("How it came"), way_name(complaint.channel)),
        (_("Addressed to"), answer_name("body", complaint.body, words)),
        (_("Learned of it on"), formats.date(complaint.learned_on)),
        (_("Term of the complaint"), _("until %(day)s", day=until)),
        (_("Circumstances"), complaint.circumstances),
        (_("Demands"), complaint.demands),
        (_("Evidence"), complaint.evidence),
        (_("Residence or location"), complaint.residence),
        (_("Postal address"), complaint.postal_address),
        (_("Forwarded"), formats.moment(complaint.forwarded_at)),
        (_("Number at the reviewing body"), complaint.review_number),
        (_("Registered there"), formats.date(complaint.review_registered_on)),
        (_("No decision in term since"), formats.date(complaint.silent_since)),
    ]
    return [(label, text) for label, text in found if text]
