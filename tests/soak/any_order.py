"""Lives of the office, one after another: what was done in them, and what they have come to."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.soak.life import Life
from tests.soak.lives import Lives
from tests.soak.places import ENDINGS, Place, still


def live(place: Place, lives: int, acts: int, *, always_the_same: bool = False, of: type[Life] = Lives) -> None:
    """Live so many lives of so many acts each; where something does not hold, the shortest such life is told.

    Time stands still between acts, so that a life can be lived again exactly.
    """
    chosen = settings(
        max_examples=lives,
        stateful_step_count=acts,
        phases=[Phase.generate, Phase.shrink],
        derandomize=always_the_same,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine = type("Life", (of,), {"place": place})
    with still():
        run_state_machine_as_test(machine, settings=chosen)


def missing(place: Place) -> set[str]:
    """The endings to which no life has come yet."""
    return ENDINGS - place.reached
