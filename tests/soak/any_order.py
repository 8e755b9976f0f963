"""Lives of the office, one after another: what was done in them, and what they have come to."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.soak.life import Life
from tests.soak.lives import Lives
from tests.soak.places import ENDINGS, Begins, Place, still

ENOUGH = 5
"""So many lives for each beginning show something."""


def live(place: Place, lives: int, acts: int, *, always_the_same: bool = False, of: type[Life] = Lives) -> None:
    """Live so many lives of so many acts each; where something does not hold, the shortest such life is told.

    Of many lives as many have each beginning, few begin anyhow. Time stands still between acts, so that a life can be
    lived again exactly.
    """
    shares = [{name: begin} for name, begin in of.begins.items()] if lives >= ENOUGH * len(of.begins) else [of.begins]
    with still():
        for share in shares:
            _live(place, of, share, -(-lives // len(shares)), acts, always_the_same)


def _live(place: Place, of: type[Life], begins: Begins, lives: int, acts: int, always_the_same: bool) -> None:
    chosen = settings(
        max_examples=lives,
        stateful_step_count=acts,
        phases=[Phase.generate, Phase.shrink],
        derandomize=always_the_same,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine = type("Life", (of,), {"place": place, "begins": begins})
    run_state_machine_as_test(machine, settings=chosen)


def missing(place: Place) -> set[str]:
    """The endings to which no life has come yet."""
    return ENDINGS - place.reached
