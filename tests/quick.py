"""What makes tests quick and would make the program unsafe: they end with their machine, and outlive no failing disk.

Processes that a test starts are the program as it is.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine

from service.adapters.database import connection

STATEMENTS = 5000
"""More than all tests ask together."""
RARELY = 50_000
"""After how many new things Python looks for what nobody needs any more."""


class Compiled:
    """Makes engines that share what the first of their kind has compiled: each test has an engine of its own."""

    def __init__(self) -> None:
        self._first: dict[str, Engine] = {}

    def create_engine(self, *about: Any, **how: Any) -> Engine:
        """An engine on its own database."""
        engine = create_engine(*about, **how, query_cache_size=STATEMENTS)
        first = self._first.get(engine.dialect.name, engine)
        if not getattr(first.dialect, "server_version_info", None):  # it has not met its server, or met none
            self._first[engine.dialect.name] = engine
        else:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine


@pytest.fixture(scope="session", autouse=True)
def quick() -> Iterator[None]:
    """Compile each statement once, and wait for no disk."""
    gc.freeze()
    gc.set_threshold(RARELY, 20, 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "create_engine", Compiled().create_engine)
        patch.setattr(connection, "PRAGMAS", {**connection.PRAGMAS, "synchronous": "OFF"})
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield
