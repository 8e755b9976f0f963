"""A race: who comes together, in which order they may have come, and how often each was turned away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from service.domain.case import Case
from service.domain.errors import RuqsatError
from tests.program import Story
from tests.soak.together import at_once, later, one_before_the_other

Act = Callable[[], Any]


@dataclass
class Contest:
    """The races on one program, and what came of them: `told` counts each by its outcome, `firsts` who came first.

    `steered` lets each of two be the first by turns; else chance decides.
    """

    story: Story
    told: Counter[str] = field(default_factory=Counter)
    rounds: Counter[str] = field(default_factory=Counter)
    firsts: Counter[str] = field(default_factory=Counter)
    steered: bool = False
    chance: Random = field(default_factory=lambda: Random(20230912))

    def race(self, name: str, acts: Sequence[Act]) -> Sequence[Any]:
        """Let them come together, and count what came of it."""
        found = at_once(*acts)
        self.count(name, found)
        return found

    def ordered(
        self,
        name: str,
        one: Act,
        other: Act,
        *,
        second_first: bool,
        who: tuple[str, str],
        was: Callable[[Any], bool],
        apart: float = 0.03,
    ) -> Sequence[Any]:
        """Let two meet and count who was first: steered, or by chance, where the one or the other begins a bit later.

        `was` tells by what came of it whether the second of them was the first; by chance they begin some seconds
        `apart` at most, about as long as the act of the one takes.
        """
        engine = self.story.program.database.engine
        if self.steered and second_first:
            found = list(reversed(one_before_the_other(engine, other, one)))
        elif self.steered:
            found = one_before_the_other(engine, one, other)
        else:
            # The one that begins first is not always the one that comes first: what is raced comes after reading.
            early, late = (other, one) if second_first else (one, other)
            found = at_once(early, later(late, self.moment(apart)))
            found = list(reversed(found)) if second_first else found
        first = who[was(found)]
        self.firsts[first] += 1
        assert not self.steered or first == who[second_first], (first, found)
        self.count(f"{name}: {first} first", found, name)
        return found

    def count(self, told: str, found: Sequence[Any], name: str = "") -> None:
        """Count a round by who was turned away, and how."""
        self.rounds[name or told] += 1
        lost = Counter(type(each).__name__ for each in found if isinstance(each, RuqsatError))
        said = " and ".join(f"{times} x {kind}" for kind, times in sorted(lost.items()))
        self.told[f"{told}: {said or 'nobody turned away'}"] += 1

    def moment(self, longest: float = 0.03) -> float:
        """A few milliseconds, as long as the other act takes: either of two may be the first."""
        return self.chance.uniform(0, longest)


def require_one(found: Sequence[Any], *answers: type[RuqsatError]) -> None:
    """One has done it, all others were told one of these."""
    assert sum(isinstance(each, Case) for each in found) == 1, found
    require_told(found, *answers)


def require_told(found: Sequence[Any], *answers: type[RuqsatError]) -> None:
    """Everybody has done it, or was told one of these."""
    assert all(isinstance(each, (Case, *answers)) for each in found), found
