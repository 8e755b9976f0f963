"""What breaks under the program leaves nothing half done, is told in words, and can be tried again."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.demo.world import World
from tests.complaints import Complaints
from tests.databases import PostgresDatabases, own_postgres
from tests.program import Story, build_program, furnish
from tests.soak import faults
from tests.soak.backward import Backward
from tests.soak.quick import hurry


@pytest.mark.law("L69.1", "R11.1", "A3.3")
def test_a_step_that_fails_at_any_point_has_never_been_and_can_be_taken_again(story: Story) -> None:
    hurry(story)
    assert faults.raise_at_each_point(story) > 30


@pytest.mark.law("R8.2", "L69.1")
def test_one_poisoned_case_stops_no_other_and_is_fired_when_it_is_healed(story: Story) -> None:
    hurry(story)
    assert faults.fire_beside_a_poisoned(story, 3) >= 3


@pytest.mark.law("L69.1", "R8.2", "R10.2")
def test_a_clock_that_steps_back_an_hour_lets_no_term_end_twice_and_no_message_leave_twice(story: Story) -> None:
    hurry(story)
    backward = Backward(story)
    backward.run(1)
    assert backward.counted["terms passed twice"] == 2
    assert backward.counted["failed terms tried again"] == backward.counted["claims of a dead worker outlived"] == 1


@pytest.mark.law("R2.4", "L69.1")
def test_on_a_full_disk_everybody_is_told_and_goes_on_when_there_is_room(story: Story) -> None:
    hurry(story)
    found = faults.fill_the_disk(story)
    assert len(found.told) == 6
    assert set(found.told.values()) == {"storage_full"}
    assert not any(found.afterwards.values())


@pytest.mark.one_database("SQLite has no server")
@pytest.mark.law("R3.3", "L69.1")
def test_a_database_server_that_is_restarted_loses_nothing(world: World, tmp_path: Path) -> None:
    with own_postgres(f"restarted-{tmp_path.name}") as (server, restart):
        databases = PostgresDatabases(server, "restarted", lambda url: furnish(url, world, tmp_path))
        with databases.create(again=False) as url:
            program = build_program(url, world, tmp_path)
            world.clock = program.clock.now
            story = Complaints(program, world)
            hurry(story)
            faults.restart_under_load(story, restart, 1)
            program.database.engine.dispose()
