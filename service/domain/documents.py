"""What each document of the procedure says: every field that stands on its pages, and nothing of their looks.

The permit, the refusal and the application have official Kazakh forms (annexes 2-4). Notices have none: they are
written in Kazakh and, after it, in the language of the application.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from service.domain.document_parts import (
    Address,
    AppealNotice,
    AttachedPaper,
    Attendee,
    CorrectionMark,
    Ground,
    HearingFacts,
    HearingInvitation,
    Language,
    Party,
    Provider,
    Remark,
    Shortcoming,
    Speech,
    Strip,
    Words,
)
from service.domain.errors import RuqsatError
from service.domain.refusals import GROUND_FACTS


class IncompleteDocument(RuqsatError):
    """A document without which the law knows none of its kind cannot be made; `field` is what it lacks."""

    code = "incomplete_document"


@dataclass(frozen=True, kw_only=True)
class Document:
    """What all documents of a case share; `language` is that of the application (L80.1).

    `kind` names its template. Raises IncompleteDocument when a field in `required` is empty.
    """

    kind: ClassVar[str]
    required: ClassVar[tuple[str, ...]] = ()

    provider: Provider
    applicant: Party
    application_number: str
    applied_on: date
    strip: Strip
    language: Language = "kk"
    correction: CorrectionMark | None = None

    def __post_init__(self) -> None:
        for name in ("application_number", *self.required):
            value = getattr(self, name)
            if not (value.strip() if isinstance(value, str) else value):
                raise IncompleteDocument(kind=self.kind, field=name)

    @property
    def name(self) -> str:
        """The number by which this document is called."""
        return self.application_number


@dataclass(frozen=True, kw_only=True)
class Letter(Document):
    """A document that the provider issues under a number of its own, on a day (A3.3)."""

    number: str
    issued_on: date

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.number.strip():
            raise IncompleteDocument(kind=self.kind, field="number")

    @property
    def name(self) -> str:
        """The number by which this document is called."""
        return self.number


@dataclass(frozen=True, kw_only=True)
class ApplicationForm(Document):
    """The application in the form of annex 2, as filed and signed by the applicant (R3.2, A2.1-A2.5)."""

    kind: ClassVar[str] = "application"
    required: ClassVar[tuple[str, ...]] = ("platform", "purpose", "addresses", "signer")

    platform: str
    purpose: str
    addresses: tuple[Address, ...]
    attachments: tuple[AttachedPaper, ...]
    signer: str


@dataclass(frozen=True, kw_only=True)
class Permit(Letter):
    """The permit in the form of annex 3, with its last day of validity (R7.2, A3.1-A3.5)."""

    kind: ClassVar[str] = "permit"
    required: ClassVar[tuple[str, ...]] = ("platform", "purpose", "addresses")

    platform: str
    purpose: str
    addresses: tuple[Address, ...]
    valid_until: date


@dataclass(frozen=True, kw_only=True)
class Refusal(Letter):
    """The reasoned refusal in the form of annex 4: grounds of row 10, facts, hearing (R7.3, A4.1-A4.4).

    `conclusion` is the unit's conclusion of the examination (L80.1).
    """

    kind: ClassVar[str] = "refusal"
    required: ClassVar[tuple[str, ...]] = ("grounds",)

    grounds: tuple[Ground, ...]
    hearing: HearingFacts
    appeal: AppealNotice
    conclusion: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_grounds(self.kind, self.grounds)


@dataclass(frozen=True, kw_only=True)
class NotConsidered(Letter):
    """The notice of refusal of further consideration: every missing or expired document (R6.2, D7)."""

    kind: ClassVar[str] = "notice_not_considered"
    required: ClassVar[tuple[str, ...]] = ("items",)

    registered_on: date
    items: tuple[Shortcoming, ...]
    appeal: AppealNotice


@dataclass(frozen=True, kw_only=True)
class PreliminaryDecision(Letter):
    """The preliminary decision to refuse and the invitation to the hearing, in one notice (R8.1, L73.1, L73.3).

    `refusal_earliest` is the first day on which a refusal may be adopted; `conclusion` the unit's conclusion. It
    is not final and is answered by an objection: the final decision says how it can be contested (L73.3, L80.5).
    """

    kind: ClassVar[str] = "notice_preliminary"
    required: ClassVar[tuple[str, ...]] = ("grounds",)

    grounds: tuple[Ground, ...]
    hearing: HearingInvitation
    refusal_earliest: date
    conclusion: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_grounds(self.kind, self.grounds)


@dataclass(frozen=True, kw_only=True)
class ExtensionNotice(Letter):
    """The notice that the head has extended the term, why and until when, and how that is contested (L76.3, L80.5)."""

    kind: ClassVar[str] = "notice_extension"
    required: ClassVar[tuple[str, ...]] = ("reasons",)

    decided_on: date
    term_before: date
    term: date
    reasons: str
    appeal: AppealNotice | None = None
    preliminary: bool = False


@dataclass(frozen=True, kw_only=True)
class HearingMinutes(Letter):
    """The minutes of an oral hearing, signed by the chair and the secretary (L74.1).

    `body` is the body that considers the complaint, where it was its hearing.
    """

    kind: ClassVar[str] = "hearing_minutes"
    required: ClassVar[tuple[str, ...]] = ("question", "explanations")

    place: Words
    way: Words
    starts_at: datetime
    ends_at: datetime
    chair: Attendee
    secretary: Attendee
    participants: tuple[Attendee, ...]
    question: str
    explanations: tuple[Speech, ...]
    exchanges: tuple[Speech, ...] = ()
    remarks: tuple[Remark, ...] = ()
    body: Provider | None = None


@dataclass(frozen=True, kw_only=True)
class HearingRemarks(Letter):
    """The attachment to signed minutes: what the applicant remarked and what was answered (L74.1)."""

    kind: ClassVar[str] = "hearing_remarks"
    required: ClassVar[tuple[str, ...]] = ("minutes_number", "remarks")

    minutes_number: str
    held_on: date
    remarks: tuple[Remark, ...]
    body: Provider | None = None


DOCUMENTS: tuple[type[Document], ...] = (
    ApplicationForm,
    Permit,
    Refusal,
    NotConsidered,
    PreliminaryDecision,
    ExtensionNotice,
    HearingMinutes,
    HearingRemarks,
)
"""Every document of the procedure."""


def require_grounds(kind: str, grounds: tuple[Ground, ...]) -> None:
    """Refuse a ground outside of row 10, one that is named twice, or one without facts (R7.3, A1.10.6)."""
    numbers = [ground.number for ground in grounds]
    known = range(1, len(GROUND_FACTS) + 1)
    if len(set(numbers)) != len(numbers) or any(number not in known for number in numbers):
        raise IncompleteDocument(kind=kind, field="grounds", numbers=numbers)
    for ground in grounds:
        if not (ground.facts or ground.circumstances.strip()):
            raise IncompleteDocument(kind=kind, field="facts", ground=ground.number)
