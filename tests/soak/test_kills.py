"""A process that is killed at any moment loses nothing that it has confirmed and does nothing twice."""

from __future__ import annotations

import pytest

from tests.program import Story
from tests.soak.kills import Kills

KILLS = 4


@pytest.mark.law("R11.1", "R10.2", "A3.3", "L69.1")
def test_killed_at_any_moment_nothing_is_lost_and_nothing_happens_twice(story: Story) -> None:
    kills = Kills(story.program, story.world)
    kills.run(KILLS)
    assert kills.killed.total() == KILLS
    assert kills.receipts
