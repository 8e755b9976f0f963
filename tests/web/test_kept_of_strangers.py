"""Who is not signed in fills no database: of what strangers type only so much is kept in an hour (R3.2)."""

from __future__ import annotations

import pytest

from tests.web.ground_visitor import House, Visitor

LONG = {"text": "ұ" * 90_000}


def kept(house: House) -> int:
    """How many bytes of typed texts wait."""
    return sum(len(value) for key, (value, _until) in house.services.stash.kept.items() if key.startswith("typed"))


def too_old(visitor: Visitor) -> bool:
    """Send a long text with a form that is too old; whether the text comes back with the page."""
    answer = visitor.post("/cabinet/form", {**LONG, "csrf_token": "of yesterday"})
    assert answer.status_code == 303
    return "typed=" in answer.location


@pytest.mark.law("R3.2")
def test_what_strangers_type_is_kept_until_it_is_much() -> None:
    house = House(limited=True)
    found = [too_old(house.visitor()) for _ in range(100)]
    assert found[:50] == [True] * 50
    assert not any(found[-40:])
    assert kept(house) <= 10 * 1024 * 1024


@pytest.mark.law("R3.2")
def test_what_somebody_types_who_is_signed_in_or_was_is_kept_beside_that() -> None:
    house = House(limited=True)
    someone, other = house.visitor(), house.visitor()
    someone.sign_in()
    other.sign_in()
    house.wall.pass_by(minutes=61)
    other.get("/cabinet/form")
    while too_old(house.visitor()):
        pass
    assert too_old(someone)
    assert too_old(other)


@pytest.mark.law("R3.2")
def test_a_text_as_long_as_any_field_takes_is_kept_in_kazakh_too() -> None:
    visitor = House().visitor()
    visitor.sign_in()
    long = {"text": "Ұ" * 100_000, "csrf_token": "of yesterday"}
    assert "typed=" in visitor.post("/cabinet/form", long).location
