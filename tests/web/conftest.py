"""Fixtures for the tests of the pages: two towns that are built once for all of them."""

from __future__ import annotations

import pytest

from service.demo.world import World
from service.sandbox.weather import Weather
from tests.web.hostile_town import besieged
from tests.web.public_town import town

__all__ = ["besieged", "town"]


@pytest.fixture(autouse=True)
def as_in_town(request: pytest.FixtureRequest) -> None:
    """Other tests of this worker have set clock and weather of the world to theirs."""
    for name in {"besieged", "town"} & set(request.fixturenames):
        world: World = request.getfixturevalue("world")
        world.clock, world.shep.weather = request.getfixturevalue(name).program.clock.now, Weather.FINE
