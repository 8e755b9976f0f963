"""How a date came about: anchor, days counted and skipped (D25, D28)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given

from service.domain.deadlines import (
    KEYS,
    TERMS,
    all_deadlines,
    explain,
    explain_all,
    registered_on,
)
from tests.domain.moments import CAL, RECEIVED, almaty, day, instants


@pytest.mark.law("D25")
def test_every_date_but_the_registrations_is_a_term_with_its_point_of_law() -> None:
    assert set(KEYS) - set(TERMS) == {"registered_on", "complaint_registered_on"}
    assert all(term.law for term in TERMS.values())


@pytest.mark.law("D25", "D22")
def test_an_explanation_holds_the_days_counted_and_why_others_were_skipped() -> None:
    told = explain(CAL, day("2026-03-20"), 2)
    assert told.due_on == day("2026-03-27")
    assert told.due_at == almaty("2026-03-27 18:30:00")
    assert told.count.counted == (day("2026-03-26"), day("2026-03-27"))
    assert [reason.code for _, reason in told.count.skipped] == ["holiday"] * 3 + ["moved_day_off"] * 2
    assert not told.preliminary


@pytest.mark.law("R8.1", "D25")
def test_a_term_counted_back_is_explained_from_its_anchor_backwards() -> None:
    _, told = explain_all(CAL, RECEIVED)["hearing_notice_latest"]
    assert told.anchor == day("2023-09-19")
    assert told.count.counted == (day("2023-09-18"), day("2023-09-15"), day("2023-09-14"))


@pytest.mark.law("D26")
@pytest.mark.parametrize(
    ("complete", "anchor", "days"), [("2023-09-12", "2023-09-12", 3), ("2023-09-18", "2023-09-12", 5)]
)
def test_the_decision_is_explained_by_the_term_that_ends_first(complete: str, anchor: str, days: int) -> None:
    term, told = explain_all(CAL, RECEIVED, complete=day(complete))["decision_due"]
    assert (told.anchor, told.days) == (day(anchor), days)
    assert term.anchor_key == ("complete" if days == 3 else "registered_on")


@given(instants)
def test_explanations_and_dates_agree(received: datetime) -> None:
    registered = registered_on(CAL, received)
    events = (received, registered, registered + timedelta(days=4), received)
    dates = all_deadlines(CAL, *events)
    told = explain_all(CAL, *events)
    assert {key: explained.due_on for key, (_, explained) in told.items()} == {
        key: getattr(dates, key) for key in TERMS
    }


@pytest.mark.law("D28")
@pytest.mark.parametrize(("anchor", "preliminary"), [("2026-12-22", False), ("2026-12-28", True), ("2027-05-03", True)])
def test_a_term_that_reaches_into_a_year_not_confirmed_is_preliminary(anchor: str, preliminary: bool) -> None:
    assert explain(CAL, day(anchor), 5).preliminary is preliminary
