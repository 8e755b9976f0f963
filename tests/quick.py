"""What makes tests quick and would make the program unsafe: they end with their machine, and outlive no failing disk.

Processes that a test starts are the program as it is.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import make_url

from service.adapters.database import connection
from service.sandbox import pki
from service.usecases import editions, times
from tests.databases import KEPT

STATEMENTS = 5000
"""More than all tests ask together."""
RARELY = 50_000
"""After how many new things Python looks for what nobody needs any more."""


class Compiled:
    """Makes engines that share what the first of their kind has compiled: each test has an engine of its own."""

    def __init__(self) -> None:
        self._first: dict[str, Engine] = {}

    def create_engine(self, url: str | URL, **how: Any) -> Engine:
        """An engine on its own database."""
        first = self._first.get(make_url(url).get_backend_name())
        known = first is not None and bool(getattr(first.dialect, "server_version_info", None))  # it has met its server
        engine = create_engine(url, **how, query_cache_size=STATEMENTS, _initialize=not known)
        if engine.dialect.name == "postgresql":
            event.listen(engine, "do_connect", lambda _dialect, _record, _args, how: KEPT.take(how["dbname"]))
        if first is not None and known:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        else:
            self._first[engine.dialect.name] = engine
        return engine


KEYS = pki._keys
"""Makes the keys of a development PKI that shall have none of another's."""


def remembered_keys() -> Callable[[list[str]], dict[str, RSAPrivateKey]]:
    """The development PKIs of a worker share their keys, most of a first start; certificates are their own."""
    made = cache(lambda *names: KEYS(list(names)))
    return lambda names: made(*names)


def remembered_files() -> Callable[[bytes], dict[str, bytes]]:
    """What is in an edition is unpacked once, not by each program that a test makes."""
    unpacked = cache(editions.unpack)
    return lambda bundle: dict(unpacked(bundle))


@pytest.fixture(scope="session", autouse=True)
def quick() -> Iterator[None]:
    """Compile each statement once, and wait for no disk."""
    gc.freeze()
    gc.set_threshold(RARELY, 20, 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "create_engine", Compiled().create_engine)
        patch.setattr(connection, "PRAGMAS", {**connection.PRAGMAS, "synchronous": "OFF"})
        patch.setattr(os, "fsync", lambda descriptor: None)
        patch.setattr(pki, "_keys", remembered_keys())
        patch.setattr(editions, "unpack", remembered_files())
        patch.setattr(times, "act_of", cache(editions.act_of))
        patch.setattr(PGDialect_psycopg, "do_close", lambda _dialect, connection: KEPT.put(connection))
        yield
