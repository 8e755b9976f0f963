"""What touches a database is tried on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import defaultdict

import pytest

KINDS = {"sqlite", "postgresql"}
MAKERS = {
    "sqlite_databases", "postgres_databases", "furnished_sqlite", "furnished_postgres", "database_kind",
}  # fmt: skip
"""The fixtures from which every database comes that a test opens by itself."""


def test_every_test_that_touches_a_database_runs_on_both(request: pytest.FixtureRequest) -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for item in request.session.items:
        assert isinstance(item, pytest.Function)
        test, _, told = item.nodeid.partition("[")
        named = {kind for kind in KINDS if kind in told}
        if (named or MAKERS & set(item.fixturenames)) and not item.get_closest_marker("one_database"):
            kinds[test] |= named
    assert [name for name, found in kinds.items() if found != KINDS] == []
