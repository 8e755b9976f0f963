"""The demo's clock: what it was set to holds only when the database has kept it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, event

from service.program import Program


class LostError(Exception):
    """The connection was lost while a transaction was being committed."""


def test_a_clock_whose_setting_is_lost_goes_on_as_before(program: Program) -> None:
    engine, before = program.database.engine, program.clock.now()

    def lose(_connection: Connection) -> None:
        raise LostError

    event.listen(engine, "commit", lose)
    with pytest.raises(LostError):
        program.set_clock(before + timedelta(days=1))
    event.remove(engine, "commit", lose)
    assert program.clock.now() - before < timedelta(hours=1)
    program.set_clock(before + timedelta(days=1))
    assert program.clock.now() - before >= timedelta(days=1)
