"""What documents are made of: parties, addresses, grounds, hearings, the signature's strip (7.2-7.4, D7, L80.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from service.domain.hearing_hours import WRITTEN
from service.domain.refusals import GROUND_FACTS
from service.domain.terms import EDITION_TERMS, TERMS

Language = Literal["kk", "ru", "en"]


@dataclass(frozen=True)
class Words:
    """A text in the three languages; Kazakh stands in where a translation is missing."""

    kk: str
    ru: str = ""
    en: str = ""

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Words:
        """The words of a mapping by language, as lists, forms and accounts keep them."""
        return cls(texts.get("kk", ""), texts.get("ru", ""), texts.get("en", ""))

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.kk.strip())

    def say(self, language: str) -> str:
        """The text in one language."""
        return {"ru": self.ru, "en": self.en}.get(language) or self.kk


@dataclass(frozen=True)
class Address:
    """An address in the parts and the order of annex 2 (A2.1); parts that it lacks are empty."""

    postcode: str = ""
    region: str = ""
    city: str = ""
    district: str = ""
    settlement: str = ""
    street: str = ""
    house: str = ""
    premises: str = ""

    @property
    def line(self) -> str:
        """The address on one line, the premises in brackets after the house, as the form orders them (A2.1).

        A city of republican significance is its own region; it is said once.
        """
        parts = (self.postcode, self.region, self.city, self.district, self.settlement, self.street, self.house)
        text = ", ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))
        if not self.premises.strip():
            return text
        return f"{text} ({self.premises.strip()})" if text else self.premises.strip()


@dataclass(frozen=True)
class Provider:
    """The ministry by the name and with the details it has on the day of the document (R2.2, D10)."""

    name: Words
    details: Words


@dataclass(frozen=True)
class Party:
    """The applicant or holder: a sole proprietor by IIN or a legal entity by BIN (A2.1, A3.1)."""

    name: str
    address: Address
    iin: str = ""
    bin: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Strip:
    """What stands outside of the form's text: who signs, when, by which certificate, how to verify (A3.5, L80.1).

    `prepared_at` is the instant at which the page was made ready for the signature. `certificate` may be empty when
    it is not known then, `code` when the document cannot be looked up. `test` marks every page as signed with a
    development key. `order` is the number of the order by which who signs acts for the head (R9.1).
    """

    signer: str
    position: Words
    prepared_at: datetime
    certificate: str
    code: str
    url: str
    test: bool
    order: str = ""


@dataclass(frozen=True)
class CorrectionMark:
    """What a corrected document says of itself, outside of its text: which one it corrects, and when (L82.1)."""

    made_on: date
    original_code: str
    original_signed_on: date


@dataclass(frozen=True)
class AttachedPaper:
    """A paper on the application's list of attachments (A1.9.2, A1.9.3, A2.1)."""

    name: Words
    number: str = ""
    dated: date | None = None
    valid_until: date | None = None
    file_name: str = ""


@dataclass(frozen=True)
class Fact:
    """One fact of a ground: `key` says what it is (document, act, court ...), the templates hold its name (A1.10)."""

    key: str
    value: str | date | datetime


@dataclass(frozen=True)
class Ground:
    """A ground of row 10 by its number, the facts that show it, and the applicant's answer to it (A1.10.6, A4.1)."""

    number: int
    facts: tuple[Fact, ...]
    circumstances: str = ""
    answer: str = ""


_DAYS = frozenset({"date", "in_force", "at"})


def grounds_from(answers: Mapping[str, Any]) -> tuple[Ground, ...]:
    """The grounds chosen in an examination with their facts, in the order of row 10 (A1.10.1-6)."""
    chosen = [key for key in GROUND_FACTS if key in (answers.get("grounds") or ())]
    return tuple(_ground(key, answers) for key in chosen)


def _ground(key: str, answers: Mapping[str, Any]) -> Ground:
    facts = tuple(_fact(name.removeprefix(f"{key}_"), answers[name]) for name in GROUND_FACTS[key] if answers.get(name))
    circumstances = str(answers.get(f"{key}_circumstances") or "")
    return Ground(int(key.removeprefix("ground_")), facts, circumstances, str(answers.get(f"{key}_answer") or ""))


def _fact(key: str, answer: Any) -> Fact:
    """Forms keep days and instants as ISO 8601 texts; a document prints them in its own way."""
    text = str(answer)
    if key in _DAYS and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return Fact(key, date.fromisoformat(text))
    if key in _DAYS and re.fullmatch(r"\d{4}-\d\d-\d\dT\S+", text):
        return Fact(key, datetime.fromisoformat(text))
    return Fact(key, text)


@dataclass(frozen=True)
class HearingInvitation:
    """Time, place and way of a hearing (R8.1); `answer_until` is the last instant for an objection (L73.3).

    `preliminary` where a term of the letter reaches into a year without a confirmed calendar (D28).
    """

    starts_at: datetime
    place: Words
    way: Words
    answer_until: datetime
    preliminary: bool = False


ORALLY = Words("ауызша", "устно", "orally")
"""The way of an oral hearing to which a written one became, because who is heard asked for it (L73.3)."""


def way_held(invited: str, in_words: Words) -> Words:
    """By which way an oral hearing was held: as the invitation named it, where it named an oral way (A4.4, L74.1)."""
    return ORALLY if invited == WRITTEN else in_words


@dataclass(frozen=True)
class HearingFacts:
    """The hearing as a refusal states it: date, way and result, or the basis on which it was not held (A4.4).

    With `waived` none was held, on that basis of L73.2. Otherwise `held_on` is the day of an oral one. Without that,
    the applicant gave the `position` in writing or, duly notified, kept silent (L73.4), which was found on
    `settled_on`. `way` and `place` are those of an oral hearing, else those that the invitation named. `result` is how
    the position was assessed.
    `minutes` is the number of the signed minutes of an oral hearing, where they are signed by then (L74.1).
    `of_holder` where the holder of a permit was heard on the complaint of somebody else (L73.1).
    """

    notified_at: datetime | None = None
    held_on: date | None = None
    settled_on: date | None = None
    way: Words | None = None
    place: Words | None = None
    position: str = ""
    result: str = ""
    waived: Words | None = None
    waived_reason: str = ""
    minutes: str = ""
    of_holder: bool = False

    @property
    def kind(self) -> Literal["waived", "held", "written", "silent"]:
        """What the refusal tells: not held on a basis, held, answered in writing, or left unanswered."""
        if self.waived is not None:
            return "waived"
        if self.held_on:
            return "held"
        return "written" if self.position.strip() else "silent"


@dataclass(frozen=True)
class AppealNotice:
    """The attachment of L80.5: where to complain and within which term; the court's route is the same for all (R15.1).

    The terms are those of the edition: months to complain, working days to forward, to answer and to review.
    """

    body: Words
    contacts: Words = Words("")
    months: int = EDITION_TERMS["complaint_months"]
    forward_days: int = TERMS["complaint_forward_due"].days
    answer_days: int = TERMS["complaint_provider_due"].days
    review_days: int = TERMS["complaint_authority_due"].days


@dataclass(frozen=True)
class Shortcoming:
    """A document that is missing, or expired on its day of validity (R6.2, R6.3)."""

    name: Words
    state: Literal["missing", "expired"]
    valid_until: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Attendee:
    """A person at an oral hearing (L74.1)."""

    name: str
    position: Words = Words("")


@dataclass(frozen=True)
class Speech:
    """What somebody explained, asked or answered at an oral hearing; `speaker` may stand in the text (L74.1)."""

    speaker: str
    text: str


@dataclass(frozen=True)
class Remark:
    """The applicant's remark on the minutes, and the answer to it (L74.1)."""

    author: str
    made_on: date
    text: str
    answer: str
