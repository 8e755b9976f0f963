"""Who comes together in the same moment: one is first, the others are told, nothing happens twice or breaks."""

from __future__ import annotations

import pytest

from tests.program import Story
from tests.soak.quick import hurry
from tests.soak.races import ORDERS, Races

ROUNDS = 2
"""Each order once."""


@pytest.mark.law("A3.3", "L69.1", "R3.3", "R5.1", "R6.1", "R8.2", "R9.1", "D28", "O2")
def test_of_all_who_come_at_once_one_is_first_and_nothing_breaks(story: Story) -> None:
    hurry(story)
    races = Races(story)
    races.run(ROUNDS, steered=True)
    assert set(races.rounds.values()) == {ROUNDS, 2 * ROUNDS}
    assert set(races.firsts) == set(ORDERS)
