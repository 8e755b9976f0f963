"""Patience with the files of strangers ends, whatever becomes of the exception that says so (R2.4, A1.9.2)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import thread_time

import pytest

from service.adapters.patience import OutOfPatience, patience

SHORT, LONG = 0.02, 2.0
"""Seconds of the processor: how much patience there is, and how long somebody would go on."""


def go_on() -> None:
    """Be busy with calls for a long time."""
    until = thread_time() + LONG
    while thread_time() < until:
        len("")


class Forgets:
    """What an exception is lost in: Python only tells of one that is raised while garbage is put away."""

    def __del__(self) -> None:
        go_on()


def put_up() -> None:
    """As a reader that puts up with everything."""
    try:
        go_on()
    except BaseException:  # noqa: BLE001
        return


@pytest.mark.law("R2.4", "A1.9.2")
@pytest.mark.parametrize("lose", [Forgets, put_up])
def test_it_comes_again_where_it_came_to_nothing(lose: Callable[[], object]) -> None:
    begun = thread_time()
    with pytest.raises(OutOfPatience), patience(SHORT):
        lose()
        lose()
        go_on()
    assert thread_time() - begun < LONG


@pytest.mark.law("R2.4", "A1.9.2")
def test_afterwards_nobody_looks_any_more() -> None:
    with pytest.raises(OutOfPatience), patience(SHORT):
        go_on()
    assert (sys.getprofile(), sys.gettrace()) == (None, None)
    with patience(LONG):
        pass
    assert (sys.getprofile(), sys.gettrace()) == (None, None)
