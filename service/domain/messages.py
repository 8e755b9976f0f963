"""What leaves the program and what it tells people: outbox rows, notices in the cabinet, notes to officers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(eq=False)
class OutboxMessage:
    """A message to another system, saved with the step that caused it and sent after the commit (R10.2).

    `stopped_at` is set when sending it again cannot help; a person has to look, and may let it be tried again.
    """

    message_id: str
    channel: str
    payload: dict[str, Any]
    created_at: datetime
    due_at: datetime
    case_id: int | None = None
    attempts: int = 0
    sent_at: datetime | None = None
    stopped_at: datetime | None = None
    last_error: str = ""
    failed_at: datetime | None = None
    id: int = field(init=False)


@dataclass(eq=False)
class Notice:
    """What the applicant's cabinet shows (R4.2, R9.2): a status or a letter, with its time and its parameters.

    `key` begins the names of the messages that tell the same on the other channels (L66.1). `told_on` and `told_how`
    say when and how it was told in another way than in the cabinet and by e-mail, where somebody has recorded that.
    """

    case_id: int
    kind: str
    at: datetime
    details: dict[str, Any] = field(default_factory=dict)
    document_id: int | None = None
    read_at: datetime | None = None
    key: str = ""
    told_on: date | None = None
    told_how: str = ""
    id: int = field(init=False)


@dataclass(eq=False)
class OfficerNote:
    """What officers are told beside their tasks, of a kind of `NOTES`: one person, or everybody who holds a role.

    It is of a case, or of a duty, whose kind is then its `element`.
    """

    case_id: int | None
    kind: str
    at: datetime
    element: str
    officer_id: int | None = None
    role: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    read_at: datetime | None = None
    duty_id: int | None = None
    id: int = field(init=False)

    def __post_init__(self) -> None:
        """Know every kind of note: one without its sentence would be shown as something else."""
        if self.kind not in NOTES:
            raise ValueError(f"unknown kind of note: {self.kind}")


NOTES = (
    "reminder", "escalation", "position", "minutes", "consent", "signature",
    "forwarded", "silence", "review_decided", "sent_back", "act_cancelled", "ordered", "new_act",
    "carried_out",
)  # fmt: skip
"""Every kind of note for officers."""


@dataclass(eq=False)
class Edition:
    """One deployed edition of the rules: the act, its interval, and the frozen diagrams, forms and documents (O1)."""

    number: int
    act: str
    in_force_from: date
    in_force_until: date | None
    sha256: str
    bundle: bytes
    deployed_at: datetime
    id: int = field(init=False)

    def is_in_force(self, day: date) -> bool:
        """Whether applications of that day are taken under it (O2)."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


@dataclass(eq=False)
class Challenge:
    """A text that an applicant signs to enter the cabinet; it serves once."""

    nonce: str
    created_at: datetime
    used_at: datetime | None = None
    id: int = field(init=False)
