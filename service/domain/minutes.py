"""The minutes of an oral hearing: two people sign them, who was heard remarks, the remarks are answered (L74.1)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.case import APPEAL, PERMIT
from service.domain.deadlines import ZONE, closing, local
from service.domain.decisions import Hearing
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import Problem

ORAL = "held"
"""The result of a hearing that was held by word of mouth: only this one has minutes."""

SIGNATURES = {"hearing_minutes": 2}
"""How many people sign a document; every other one is signed by a single person."""

LONGEST_REMARK = 10_000

LANE = {PERMIT: "unit", APPEAL: "reviewer"}
"""Whose hearing it is: the unit's, or that of the body that considers the complaint (L73.1, L74.1)."""

HEARD_AT = {PERMIT: "task_hold_hearing", APPEAL: "task_hold_review_hearing"}
"""The task at which the hearing is written down."""

SIGNERS = {PERMIT: ("unit", "head", "chancellery"), APPEAL: ("reviewer",)}
"""Whose officers may be chair or secretary of a hearing; the body that considers a complaint has its own."""


class Part(StrEnum):
    """In which part somebody signs the minutes."""

    CHAIR = "chair"
    SECRETARY = "secretary"


@dataclass(eq=False)
class Minutes:
    """The minutes of one hearing as the unit wrote them down, and how far their signatures have come.

    `number` and `code` are taken with the very first signature; `first_sha256` is the file that one of the two has
    signed, `document_id` the paper with both signatures.
    """

    case_id: int
    hearing_id: int
    place: str
    way: str
    starts_at: datetime
    ends_at: datetime
    chair: str
    secretary: str
    participants: str
    question: str
    explanations: str
    answers: str
    drawn_at: datetime
    chair_id: int | None = None
    secretary_id: int | None = None
    number: str = ""
    code: str = ""
    first_sha256: str = ""
    chair_signed_at: datetime | None = None
    secretary_signed_at: datetime | None = None
    document_id: int | None = None
    sent_at: datetime | None = None
    id: int = field(init=False)

    @property
    def begun(self) -> bool:
        """Whether somebody has signed: from then on nothing in them changes."""
        return bool(self.first_sha256)

    def signed_at(self, part: Part) -> datetime | None:
        """When the chair or the secretary signed."""
        return self.chair_signed_at if part is Part.CHAIR else self.secretary_signed_at

    def signer(self, part: Part) -> int | None:
        """Who is named to sign in this part."""
        return self.chair_id if part is Part.CHAIR else self.secretary_id

    def part_of(self, officer_id: int | None) -> Part:
        """In which part this officer still has to sign. `NotLawful` for anybody else, and for who has signed."""
        for part in Part:
            if officer_id is not None and self.signer(part) == officer_id:
                if self.signed_at(part) is not None:
                    raise NotLawful("minutes_are_signed", "L74.1")
                return part
        raise NotLawful("not_a_signer_of_minutes", "L74.1")

    def appoint(self, chair_id: int, secretary_id: int, possible: Collection[int]) -> Sequence[Part]:
        """Say who signs as chair and who as secretary: two people. The parts that have to be signed anew.

        Once one of them has signed only where the other is not `possible` any more: the paper names both, so both sign
        another one, under the number that is taken.
        """
        waiting = [part for part in Part if self.signed_at(part) is None]
        if self.begun and all(self.signer(part) in possible for part in waiting):
            raise NotLawful("minutes_are_signed", "L74.1")
        if chair_id == secretary_id:
            raise InvalidAnswers(errors={"secretary": Problem("same_person")})
        anew = [part for part in Part if part not in waiting]
        self.chair_id, self.secretary_id = chair_id, secretary_id
        self.first_sha256, self.chair_signed_at, self.secretary_signed_at = "", None, None
        return anew

    def sign(self, part: Part, at: datetime) -> None:
        """Note a signature."""
        if part is Part.CHAIR:
            self.chair_signed_at = at
        else:
            self.secretary_signed_at = at


@dataclass(eq=False)
class MinutesRemark:
    """A remark on the minutes by who was heard, and the signed answer to it; a late one is kept and shown as late.

    `of_holder` where the holder of a permit makes it in the complaint of somebody else.
    """

    case_id: int
    minutes_id: int
    at: datetime
    text: str
    late: bool
    answer: str = ""
    answered_at: datetime | None = None
    document_id: int | None = None
    of_holder: bool = False
    id: int = field(init=False)


def remarks_until(calendar: WorkCalendar, sent_at: datetime, days: int) -> datetime:
    """Until when one may remark: so many working days after the minutes came to the cabinet (L74.1)."""
    return closing(calendar, calendar.after(local(sent_at).date(), days))


def minutes_from(hearing: Hearing, now: datetime) -> Minutes:
    """The minutes as the form of the hearing holds them.

    `InvalidAnswers` for an hour that cannot be: before the one that the invitation appoints, or still to come.
    """
    answers, appointed = hearing.answers, hearing.appointed_at
    day = date.fromisoformat(str(answers["minutes_date"]))
    starts, ends = (
        datetime.combine(day, time.fromisoformat(str(answers[name])), ZONE) for name in ("minutes_start", "minutes_end")
    )
    if ends <= starts:
        raise InvalidAnswers(errors={"minutes_end": Problem("ends_before_it_begins")})
    if day > local(now).date():
        raise InvalidAnswers(errors={"minutes_date": Problem("in_the_future")})
    if appointed is not None and starts < appointed:
        name = "minutes_date" if day < appointed.date() else "minutes_start"
        raise InvalidAnswers(errors={name: Problem("before_the_hearing", {"appointed": appointed.isoformat()})})
    if ends > now:
        raise InvalidAnswers(errors={"minutes_end": Problem("hour_to_come")})
    texts: dict[str, Any] = {
        name: str(answers.get(f"minutes_{name}") or "").strip()
        for name in ("place", "chair", "secretary", "participants", "question", "explanations", "answers")
    }
    return Minutes(
        case_id=hearing.case_id,
        hearing_id=hearing.id,
        way=hearing.way,
        starts_at=starts,
        ends_at=ends,
        drawn_at=now,
        **texts,
    )
