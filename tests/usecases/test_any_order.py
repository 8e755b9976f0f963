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
from tests.soak.any_order import AnyOrder, still

BEGINS_WITH = 2
"""Any number: it is kept, so that every run lives through the same towns."""
MOST_FURTHER = range(-1, -20, -1)
"""Seeds of more towns, for the case that the first ones have not come to everything."""


@pytest.mark.law("R11.1", "R8.4", "L73.1", "L73.2", "R8.1", "A1.10.6", "A3.3", "L69.1", "L100.1", "R13.3", "R15.1")
@pytest.mark.law("D25", "D28")
def test_no_order_of_acts_times_and_faults_leads_to_an_unlawful_result(
    database_kind: str, world: World, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    @contextmanager
    def fresh() -> Iterator[Program]:
        with TemporaryDirectory() as name, furnished_database(database_kind, Path(name), request) as url:
            program = build_program(url, world, Path(name))
            world.clock, world.shep.weather = program.clock.now, Weather.FINE
            world.forget()
            try:
                yield program
            finally:
                world.shep.weather = Weather.FINE
                program.database.engine.dispose()

    run = AnyOrder(fresh, world)
    with still():
        run.run(examples(12 if database_kind == "sqlite" else 9), None if THOROUGH else BEGINS_WITH)
        # Another law gives other towns: a few more may be needed to see every ending.
        further = iter(MOST_FURTHER)
        while run.missing:
            number = next(further, None)
            assert number is not None, run.missing
            run.town(number)
