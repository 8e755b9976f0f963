"""Whatever people do, in whatever order, at whatever time, and whatever breaks: the law's results stay lawful."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import update

from service.adapters.database import tables
from service.demo.world import World
from service.program import Program
from service.sandbox.weather import Weather
from tests.complaints import Complaints
from tests.effort import THOROUGH, examples
from tests.program import build_program, furnished_database
from tests.soak.any_order import live
from tests.soak.busy import Busy
from tests.soak.lawful import require_lawful
from tests.soak.places import DECIDED, UNDER_WAY, Place
from tests.soak.wide_town import WideTown

ACTS = 25


@pytest.mark.timeout(1200)  # where something does not hold, the shortest way there is looked for
@pytest.mark.law("R11.1", "R8.4", "L73.1", "L73.2", "R8.1", "A1.10.6", "A3.3", "L69.1", "L100.1", "R13.3", "R15.1")
@pytest.mark.law("D25", "D28")
def test_no_order_of_acts_times_and_faults_leads_to_an_unlawful_result(
    database_kind: str, world: World, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    @contextmanager
    def fresh() -> Iterator[Program]:
        with TemporaryDirectory() as name, furnished_database(database_kind, Path(name), request) as url:
            program = build_program(url, world, Path(name))
            world.clock, world.shep.weather, world.mail.weather = program.clock.now, Weather.FINE, Weather.FINE
            world.forget()
            try:
                yield program
            finally:
                world.shep.weather = world.mail.weather = Weather.FINE
                program.database.engine.dispose()

    place = Place(fresh, world)
    lives = examples(8 if database_kind == "sqlite" else 7)
    live(place, lives, ACTS, always_the_same=not THOROUGH)
    live(place, lives, ACTS, always_the_same=not THOROUGH, of=Busy)
    assert place.lives >= lives * 2
    assert place.told.total() > lives * 10
    assert {"refused", DECIDED} <= place.reached, "what leads to no decision shows nothing of decisions"


@pytest.mark.law("L73.1")
def test_a_complaint_that_was_decided_unlawfully_is_noticed(complaints: Complaints) -> None:
    town = WideTown(complaints)
    heard = UNDER_WAY["who complains was heard"](complaints)
    complaints.work("reviewer", heard, "task_sign_review", decision="sign")
    require_lawful(town)
    with complaints.program.database.engine.begin() as connection:
        connection.execute(update(tables.hearing).values(notified_at=complaints.program.clock.now()))
    with pytest.raises(AssertionError, match=r"L73\.1"):
        require_lawful(town)
