"""What the documents of a complaint say: satisfied, answered, decided, invited to a hearing (points 13-15, L100.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from service.domain.document_parts import AppealNotice, AttachedPaper, HearingFacts, HearingInvitation, Provider, Words
from service.domain.documents import Document, IncompleteDocument, Letter


@dataclass(frozen=True)
class ContestedAct:
    """What a complaint is against: the kind of act, its number and day if it has them, the official (L93.1)."""

    kind: Words
    number: str = ""
    dated: date | None = None
    official: str = ""


@dataclass(frozen=True, kw_only=True)
class FiledComplaint(Document):
    """The complaint as a person has filed and signed it, with all that the law wants in it (R13.2, L93.1).

    `addressed_to` is the body that it names; `manifest_sha256` the hash of the content that was signed.
    """

    kind: ClassVar[str] = "complaint"
    required: ClassVar[tuple[str, ...]] = ("signer", "manifest_sha256")

    addressed_to: Words
    contested: ContestedAct
    learned_on: date | None
    circumstances: str
    demands: str
    evidence: str
    residence: str
    postal_address: str
    attachments: tuple[AttachedPaper, ...]
    signer: str
    manifest_sha256: str


@dataclass(frozen=True, kw_only=True)
class ComplaintLetter(Letter):
    """What every document on a complaint shares; `application_number` and `applied_on` are the complaint's."""

    contested: ContestedAct
    demands: str


@dataclass(frozen=True, kw_only=True)
class ComplaintSatisfied(ComplaintLetter):
    """The provider satisfies the complaint fully, so that it is not forwarded (R13.4).

    `remedy` is how; `permit_number` the permit that is issued with this decision, if any; `action` what was done, and
    `action_on` its day, where an action satisfies the complaint.
    """

    kind: ClassVar[str] = "complaint_satisfied"
    required: ClassVar[tuple[str, ...]] = ("demands", "remedy", "reasons")

    remedy: Words
    reasons: str
    permit_number: str = ""
    action: str = ""
    action_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintAnswer(ComplaintLetter):
    """The provider's reasoned answer to a complaint that is addressed to it (R14.1)."""

    kind: ClassVar[str] = "complaint_answer"
    required: ClassVar[tuple[str, ...]] = ("demands", "result", "answer")

    result: Words
    answer: str
    appeal: AppealNotice
    measures: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewLetter(ComplaintLetter):
    """A document of the reviewing body: `body` is its name with its details, `provider` whose act is contested."""

    body: Provider


@dataclass(frozen=True, kw_only=True)
class ReviewInvitation(ReviewLetter):
    """The preliminary decision to leave a complaint unsatisfied, and the invitation to be heard before it (L73.1).

    `decision_earliest` is the first day on which the complaint may be left unsatisfied. With `against_holder` the
    letter goes to the holder of a permit that somebody else contests, and says what is to become of the permit.
    To who complained on paper it goes by post: the days for an answer and those before the decision count from its
    delivery, and it names their numbers, `answer_days` and `decision_days` (L66.1, L73.1, L73.3).
    """

    kind: ClassVar[str] = "review_invitation"
    required: ClassVar[tuple[str, ...]] = ("demands", "reasons")

    reasons: str
    hearing: HearingInvitation
    decision_earliest: date
    against_holder: Words | None = None
    answer_days: int = 0
    decision_days: int = 0


@dataclass(frozen=True, kw_only=True)
class ReviewDecision(ReviewLetter):
    """The decision of the reviewing body: one of six outcomes, reasoned and binding (R14.2, L100.1).

    `outcome` is its key in the list of outcomes and `decision` its words. What the law wants beside it: the violations
    of a case that is sent back, the action that is ordered and `action_by`, the day that is set for it, the reason for
    leaving unconsidered (L95.1).
    `registered_on` and `registered_number` are the body's own registration, from which its term counts (D27).
    """

    kind: ClassVar[str] = "review_decision"
    required: ClassVar[tuple[str, ...]] = ("demands", "outcome", "decision", "reasons")
    wanted: ClassVar[dict[str, str]] = {"send_back": "violations", "order": "action", "unconsidered": "unconsidered"}

    registered_on: date
    outcome: str
    decision: Words
    reasons: str
    registered_number: str = ""
    violations: str = ""
    action: str = ""
    action_by: date | None = None
    unconsidered: Words | None = None
    hearing: HearingFacts | None = None
    permit_number: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        wanted = self.wanted.get(self.outcome)
        if wanted and not getattr(self, wanted):
            raise IncompleteDocument(kind=self.kind, field=wanted)


APPEAL_DOCUMENTS: tuple[type[Document], ...] = (
    FiledComplaint,
    ComplaintSatisfied,
    ComplaintAnswer,
    ReviewInvitation,
    ReviewDecision,
)
"""Every document of a complaint."""
