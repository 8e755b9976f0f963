"""Chance lets people act in whatever order, at whatever time, while things break, in one fresh town after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import count
from random import Random
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, event, given, seed, settings
from hypothesis import strategies as st

from service.adapters.database import clock
from service.demo.world import World
from service.domain.case import PERMIT, JournalEntry
from service.domain.claims import Claim, ClaimResult
from service.program import Program
from tests.complaints import Complaints
from tests.soak.lawful import require_lawful
from tests.soak.quick import Remembered, hurry
from tests.soak.sound import require_sound
from tests.soak.town import NOTHING
from tests.soak.wide_town import WideTown

Told = Callable[[str], None]
Fresh = Callable[[], AbstractContextManager[Program]]
"""Gives a program in which nothing has happened yet."""

OFTEN = ("task",) * 26 + ("time",) * 6 + ("complain",) * 4 + ("file",) * 2
"""Most of what happens in an office."""
RARE = ("withdraw", "position", "extend", "weather", "sweep", "two hands", "another's key", "dies")
BESIDE = ("exempt", "permit", "permit", "court", "error") * 2 + ("access", "consent", "calendar", "edition")
ANY = (*OFTEN, *RARE, *BESIDE)
LENGTH = 130
LOOK_AFTER = 35
"""How many acts happen between two looks at everything."""

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
ENDINGS = {"granted", "refused", "not_considered", DECIDED, BY_COURT, ANOTHER_EDITION, *MADE.values()}
"""What the towns together must have come to, else they show too little."""


class AnyOrder:
    """Fresh towns, one after another; what was done in them, how often, and what they have come to."""

    def __init__(self, fresh: Fresh, world: World) -> None:
        self._fresh, self._world = fresh, world
        self.towns, self.reached = 0, set[str]()
        self.told: Counter[str] = Counter()

    @property
    def acts(self) -> Counter[str]:
        """How many acts were done, were refused by name, and died in the middle."""
        found: Counter[str] = Counter()
        for what, times in self.told.items():
            how = what.rpartition(": ")[2]
            found[how if how in ("done", "died") else "refused"] += times
        return found

    @property
    def missing(self) -> set[str]:
        """The endings that no town has come to yet."""
        return ENDINGS - self.reached

    def run(self, towns: int, begins_with: int | None = None) -> None:
        """Let chance act in so many towns; those that begin with the same number are the same towns."""

        @settings(
            max_examples=towns, phases=[Phase.generate], database=None, deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        )  # fmt: skip
        @given(chance=st.integers(0, 2**32))
        def one_town(chance: int) -> None:
            self.town(chance, event)

        (one_town if begins_with is None else seed(begins_with)(one_town))()

    def town(self, number: int, told: Told = NOTHING) -> None:
        """Let the chance of this number act in a fresh town, and look at it again and again."""

        def hear(what: str) -> None:
            self.told[what] += 1
            told(what)

        remembered, chance = self._remembered, Random(number)
        with self._fresh() as program:
            story = Complaints(program, self._world)
            hurry(story, remembered)
            town = WideTown(story, hear)
            for done in range(1, LENGTH + 1):
                town.act(chance.choice(ANY), chance)
                if done % LOOK_AFTER == 0:
                    require_lawful(town)
            require_lawful(town)
            require_sound(program, failures=True)
            endings = reached(town)
        for ending in endings:
            told(f"reached: {ending}")
        self.towns, self.reached = self.towns + 1, self.reached | endings

    @cached_property
    def _remembered(self) -> Remembered:
        """The signatures of everybody, made once for all towns."""
        with self._fresh() as program:
            return Remembered(program, self._world.pki)


def reached(town: WideTown) -> set[str]:
    """What the cases of a town have come to."""
    cases = town.cases()
    with town.program.reading() as uow:
        lines, claims = uow.list(JournalEntry), uow.list(Claim)
    found = {case.outcome if case.procedure == PERMIT else DECIDED for case in cases if case.outcome}
    found |= {MADE[line.action] for line in lines if line.action in MADE}
    found |= {BY_COURT for claim in claims if claim.result == ClaimResult.ANNULLED}
    return found | {ANOTHER_EDITION for case in cases if case.edition_id > 1}


@contextmanager
def still() -> Iterator[None]:
    """Time passes by acts alone, and a microsecond with each look: the same acts come to the same on every machine."""
    began, looks = datetime.now(UTC), count()

    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return began + timedelta(microseconds=next(looks))

    with patch.object(clock, "datetime", Still):
        yield
