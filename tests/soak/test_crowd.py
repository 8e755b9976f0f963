"""Twenty people at once at the pages, with a worker beside them: nobody reads of a locked database or of a failure."""

from __future__ import annotations

import pytest

from tests.program import Story
from tests.soak.crowd import Crowd
from tests.soak.quick import hurry

ACTS = 4


@pytest.mark.law("R3.2", "R5.1", "L69.1")
def test_twenty_people_and_a_worker_at_once_meet_no_locked_database_and_no_failure(story: Story) -> None:
    hurry(story)
    crowd = Crowd(story, ACTS)
    crowd.run()
    assert crowd.answers.total() >= 20 * ACTS
    assert crowd.answers["303"] > 20
