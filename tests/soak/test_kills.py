"""A process that is killed at any moment loses nothing that it has confirmed and does nothing twice."""

from __future__ import annotations

import pytest

from tests.program import Story
from tests.soak.kills import Kills
from tests.soak.quick import hurry
from tests.soak.sweeps import Sweeps

KILLS, DUE = 4, 30


@pytest.mark.law("R11.1", "R10.2", "A3.3", "L69.1", "L66.1")
def test_killed_at_any_moment_nothing_is_lost_and_nothing_happens_twice(story: Story) -> None:
    kills = Kills(story.program, story.world)
    kills.run(KILLS)
    assert kills.killed.total() == KILLS
    assert kills.killed["both in one"] == KILLS // 3
    assert kills.receipts


@pytest.mark.law("R8.2", "L69.1", "R10.2")
def test_a_worker_that_is_killed_among_due_terms_forgets_none_and_fires_none_twice(story: Story) -> None:
    sweeps = Sweeps(story, hurry(story), DUE)
    sweeps.run(2)
    assert len(sweeps.killed_after) == 2
