"""Whatever people do, in whatever order, at whatever time, and whatever breaks: the law's results stay lawful."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from service.demo.world import World
from service.program import Program
from service.sandbox.weather import Weather
from tests.effort import THOROUGH, examples
from tests.program import build_program, furnished_database
from tests.soak.any_order import live
from tests.soak.places import Place

ACTS = 30


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
    lives = examples(18 if database_kind == "sqlite" else 12)
    live(place, lives, ACTS, always_the_same=not THOROUGH)
    assert place.lives >= lives
    assert place.told.total() > lives * 5
