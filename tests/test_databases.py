"""What touches a database is tried on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.databases import KINDS, kinds_of

MAKERS = {
    "sqlite_databases", "postgres_databases", "furnished_sqlite", "furnished_postgres", "database_kind",
}  # fmt: skip
"""The fixtures from which databases come; `conftest.py` finds a test that opens one without them."""


def test_every_test_that_touches_a_database_runs_on_both(request: pytest.FixtureRequest) -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for item in request.session.items:
        assert isinstance(item, pytest.Function)
        given = kinds_of(item)
        if given or MAKERS & set(item.fixturenames):
            kinds[item.nodeid.partition("[")[0]] |= given
    assert [name for name, found in kinds.items() if found != KINDS] == []
