"""Lives of an office that gets on: whoever has work does it, and a day passes where nothing can be done yet.

In lives where anything may happen next few cases come to their end; in these most do, complaints too.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import rule

from service.usecases.applicant_acts import submit_position
from tests.soak.life import Life
from tests.soak.lives import HOW, WHICH
from tests.soak.operations import FAULTS, Fault, raising
from tests.soak.places import UNDER_WAY

BETWEEN = ("",) * 8 + ("a fault", "a position", "complain", "permit", "court", "exempt", "error", "calendar")
"""What may come between two steps."""
DAY = timedelta(days=1)


class Busy(Life):
    """One rule alone, so that no life is without it: something may come between, then the next step is done."""

    begins = UNDER_WAY

    @rule(
        which=WHICH, how=HOW, between=st.sampled_from(BETWEEN),
        fault=st.sampled_from(FAULTS), chance=st.randoms(use_true_random=False),
    )  # fmt: skip
    def go_on(self, which: int, how: int, between: str, fault: Fault, chance: Random) -> None:
        """Whoever has work does it."""
        if between == "a position":
            self._say(which)
        elif between not in ("", "a fault"):
            self._beside(between, chance)
        if between == "a fault" and self._everything():
            case, task = self._nth(self._everything(), which)
            with raising(1, fault):
                self._answer(case, task, how, "operation fails")
        elif not self._everything() or self._answer(*self._nth(self._everything(), which), how) != "done":
            self._do("time", lambda: self.town.move(self.program.clock.now() + DAY))

    def _say(self, which: int) -> None:
        case = self._nth(self.cases, which)
        applicant = self.story.applicant(self.town.persona(case))
        self._do("position", lambda: submit_position(self.program, case.id, applicant, "Келіспеймін", wants_oral=False))
