"""What an administrator's watch reads: is the database there, do deadlines fire, do messages leave (R10.2)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from service.domain.health import LATEST_FIRING, LONGEST_WAY, Health
from service.sandbox.weather import Weather
from service.web import create_app
from tests.program import Story

NOW = datetime.fromisoformat("2023-09-12T05:00:00+00:00")
QUIET = Health(NOW, 0, None, None, 0, 0, None)


def asked(story: Story, status: int = 200) -> dict[str, Any]:
    """What /health answers now."""
    answer = create_app(story.program).test_client().get("/health")
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = answer.get_json()
    return found


@pytest.mark.law("R10.2")
def test_a_quiet_service_is_well(story: Story) -> None:
    story.filed()
    story.program.sweep()
    found = asked(story)
    assert (found["status"], found["database"], found["edition_in_force"]) == ("ok", True, 1)
    assert found["deadlines"]["due"] == found["messages"]["unsent"] == 0
    assert datetime.fromisoformat(found["deadlines"]["next_due"]) > story.program.clock.now()


@pytest.mark.law("R10.2")
def test_deadlines_that_nobody_fires_are_told_with_their_age(story: Story) -> None:
    story.filed()
    story.program.sweep()
    due = story.program.next_due()
    assert due is not None
    story.program.set_clock(due + timedelta(minutes=6))
    found = asked(story)
    assert found["status"] == "attention"
    assert found["deadlines"]["due"] == 1
    assert 360 <= found["deadlines"]["lag_seconds"] < 420, "the clock goes on while the page is asked for"


@pytest.mark.law("R10.2")
def test_messages_that_cannot_leave_are_counted_with_the_age_of_the_oldest(story: Story) -> None:
    story.world.shep.weather = Weather.DOWN
    story.filed()
    story.program.set_clock(story.program.clock.now() + timedelta(hours=2))
    found = asked(story)
    assert found["status"] == "attention"
    assert found["messages"]["unsent"] > 0
    assert found["messages"]["oldest_seconds"] >= 7200


def test_without_its_database_the_service_is_down(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story.program.queries, "_engine", create_engine("sqlite:////nowhere/at/all.db"))
    assert asked(story, 503) == {"status": "down", "database": False}


@pytest.mark.law("R10.2")
@pytest.mark.one_database("PostgreSQL takes no such value")
@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("value", ["'ертең'", "''", "17", "x'ff'", "CAST(x'ff' AS TEXT)"])
@pytest.mark.parametrize("place", ["deadline SET due_at", "outbox SET created_at", "edition SET in_force_from"])
def test_an_instant_that_cannot_be_read_calls_a_person(story: Story, place: str, value: str) -> None:
    story.filed()
    usual = asked(story)
    with story.program.database.engine.begin() as connection:
        connection.execute(text(f"UPDATE {place} = {value}"))
    found = asked(story)
    later = place.startswith("edition") and value not in ("''", "17")  # than every day, as the database sorts
    assert (found["status"], found["edition_in_force"]) == (
        "ok" if later else "attention",
        None if place.startswith("edition") else usual["edition_in_force"],
    )
    assert [*found, *found["deadlines"], *found["messages"]] == [*usual, *usual["deadlines"], *usual["messages"]]
    assert found["messages"]["unsent"] == usual["messages"]["unsent"] > 0


def test_nothing_personal_is_told(story: Story) -> None:
    case = story.filed()
    said = str(asked(story))
    assert [fact for fact in (case.number, case.iin, case.bin, case.applicant_name) if fact in said] == []


@pytest.mark.parametrize(
    ("found", "good"),
    [
        (QUIET, True),
        (Health(NOW, 1, NOW - LATEST_FIRING, None, 0, 0, None), True),
        (Health(NOW, 1, NOW - LATEST_FIRING - timedelta(seconds=1), None, 0, 0, None), False),
        (Health(NOW, 0, None, None, 1, 0, NOW - LONGEST_WAY), True),
        (Health(NOW, 0, None, None, 1, 0, NOW - LONGEST_WAY - timedelta(seconds=1)), False),
        (Health(NOW, 0, None, None, 1, 1, NOW), False),
        (replace(QUIET, readable=False), False),
    ],
)
def test_a_person_is_called_when_something_waits_too_long(found: Health, good: bool) -> None:
    assert found.good is good
