"""Where lives of an office are lived: fresh programs in one world, where they begin, and what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import count
from typing import Any
from unittest.mock import patch

from service.adapters.database import clock
from service.demo.world import World
from service.domain.case import APPEAL, PERMIT, Case, JournalEntry
from service.domain.claims import Claim, ClaimResult
from service.program import Program
from service.sandbox.weather import Weather
from tests.complaints import INVITED, Complaints
from tests.program import DOES_NOT
from tests.soak.quick import Remembered
from tests.soak.sound import require_delivered_once, require_sound
from tests.soak.wide_town import WideTown

Fresh = Callable[[], AbstractContextManager[Program]]
"""Gives a program in which nothing has happened yet."""

Begins = Mapping[str, Callable[[Complaints], Any]]
"""What may have happened before a life, by the words for it."""

COMPLETENESS = "task_check_completeness"
INCOMPLETE = {"complete": "no", "missing_items": ["guarantee_letter"], "missing_facts": "Хат жоқ"}
BEGINNINGS: Begins = {
    "nothing has happened": lambda story: None,
    "an application is filed": lambda story: story.filed(),
    "the documents are complete": lambda story: story.complete(),
    "grounds for a refusal are found": lambda story: story.work("unit", story.complete(), "task_examine", **DOES_NOT),
    "a hearing is set": lambda story: story.invited(),
    "a notice waits for the head": lambda story: story.work("unit", story.assigned(), COMPLETENESS, **INCOMPLETE),
    "a permit is issued": lambda story: story.granted(),
    "it is refused": lambda story: story.refused(),
    "a complaint is registered": lambda story: story.registered(story.refused(), "refusal"),
    "a complaint is forwarded": lambda story: story.forwarded(story.granted(), "permit"),
}
"""Where a life begins: from there few acts lead to what is rare."""


def _to_be_heard(story: Complaints) -> Case:
    """The reviewing body means to leave a complaint unsatisfied and has invited to a hearing."""
    complaint = story.considered(story.forwarded(story.granted(), "permit"), "unsatisfied")
    return story.work("reviewer", complaint, "task_invite_review_hearing", **{**INVITED, "hearing_on": "2023-09-14"})


def _was_heard(story: Complaints) -> Case:
    """Nobody has spoken at that hearing, and its earliest day has come: the decision waits for the signature."""
    complaint = _to_be_heard(story)
    story.at("2023-09-15T10:00")
    silent = {"hearing_result": "silent", "outcome_reasons": "Үндемеді"}
    story.work("reviewer", complaint, "task_hold_review_hearing", **silent)
    return story.considered(complaint, "unsatisfied")


_ALSO = ("grounds for a refusal are found", "a hearing is set", "a complaint is registered", "a complaint is forwarded")
UNDER_WAY: Begins = {begun: BEGINNINGS[begun] for begun in _ALSO} | {
    "a refusal is under review": lambda story: story.forwarded(story.refused(), "refusal"),
    "who complains is to be heard": _to_be_heard,
    "who complains was heard": _was_heard,
}
"""Where a life begins that comes to an end of what has begun."""

MADE = {
    "hearing_exempted": "no hearing is held",
    "permit_suspended": "the head suspends a permit",
    "permit_cancelled": "the head cancels a permit",
    "document_corrected": "an error is corrected",
    "file_fetched": "the file of a case is fetched",
    "consent_withdrawn": "a consent is withdrawn",
    "term_recounted": "a calendar moves a term",
}
"""What the journal tells of acts that are rare, by its actions."""
BY_COURT, DECIDED, ANOTHER_EDITION = "a court cancels an act", "a complaint is decided", "a case of another edition"
ENDINGS = {"granted", "refused", "not_considered", "withdrawn", DECIDED, BY_COURT, ANOTHER_EDITION, *MADE.values()}
"""What many lives together come to, else they show too little."""


@dataclass
class Place:
    """Fresh programs in one world; `told` counts what acts came to, `reached` what cases came to, over all lives."""

    fresh: Fresh
    world: World
    told: Counter[str] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)
    lives: int = 0

    @cached_property
    def remembered(self) -> Remembered:
        """The signatures of everybody, made once for all lives."""
        with self.fresh() as program:
            return Remembered(program, self.world.pki)

    def end(self, town: WideTown, receipts: Collection[str]) -> None:
        """When a life ends, whatever waits is sent, each thing once; then everything is looked at."""
        program = town.program
        self.world.shep.weather = self.world.mail.weather = Weather.FINE
        require_delivered_once(program, self.world)
        require_sound(program, receipts, failures=True)
        self.lives, self.reached = self.lives + 1, self.reached | reached(town)


def reached(town: WideTown) -> set[str]:
    """What the cases of a town have come to."""
    cases = town.cases()
    with town.program.reading() as uow:
        lines, claims = uow.list(JournalEntry), uow.list(Claim)
    found = {case.outcome for case in cases if case.outcome and case.procedure == PERMIT}
    found |= {DECIDED for case in cases if case.procedure == APPEAL and case.outcome not in ("", "withdrawn")}
    found |= {MADE[line.action] for line in lines if line.action in MADE}
    found |= {BY_COURT for claim in claims if claim.result == ClaimResult.ANNULLED}
    return found | {ANOTHER_EDITION for case in cases if case.edition_id > 1}


@contextmanager
def still() -> Iterator[None]:
    """Time passes by acts alone, and a microsecond with each look: the same acts come to the same on every machine."""
    began, looks = datetime.now(UTC), count()

    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # ours alone
            return began + timedelta(microseconds=next(looks))

    with patch.object(clock, "datetime", Still):
        yield
