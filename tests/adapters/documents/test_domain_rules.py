"""A document that lacks what the law demands of it cannot even be made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.domain.document_parts import Fact, Ground, HearingFacts, Words, grounds_from
from service.domain.documents import Document, IncompleteDocument
from tests.adapters.documents import samples


@pytest.mark.law("R7.3", "A1.10.6")
@pytest.mark.parametrize(
    "grounds",
    [
        (),
        (Ground(6, (), "Мән-жай"),),
        (Ground(0, (), "Мән-жай"),),
        (Ground(1, (), "Мән-жай"), Ground(1, (), "Мән-жай")),
        (Ground(1, (), "  "),),
    ],
    ids=["none", "sixth", "zeroth", "twice", "without facts"],
)
@pytest.mark.parametrize("make", [samples.refusal, samples.preliminary], ids=["refusal", "preliminary"])
def test_no_refusal_without_a_ground_of_row_10_and_its_facts(
    make: Callable[..., Document], grounds: tuple[Ground, ...]
) -> None:
    with pytest.raises(IncompleteDocument):
        make(grounds=grounds)


@pytest.mark.law("R2.1", "R6.2", "A3.3", "A2.1")
@pytest.mark.parametrize(
    ("make", "change"),
    [
        (samples.permit, {"platform": " "}),
        (samples.permit, {"addresses": ()}),
        (samples.permit, {"number": ""}),
        (samples.application, {"platform": ""}),
        (samples.application, {"purpose": ""}),
        (samples.application, {"application_number": ""}),
        (samples.not_considered, {"items": ()}),
        (samples.extension, {"reasons": ""}),
        (samples.minutes, {"question": ""}),
    ],
)
def test_a_document_without_a_required_field_is_refused_by_name(
    make: Callable[..., Document], change: dict[str, Any]
) -> None:
    with pytest.raises(IncompleteDocument) as refused:
        make(**change)
    assert refused.value.data["field"] == next(iter(change))


@pytest.mark.law("A1.10.1", "A1.10.3", "A1.10.5")
def test_grounds_are_taken_from_an_examination_with_their_facts_in_the_order_of_row_10() -> None:
    answers = {
        "grounds": ["ground_3", "ground_1"],
        "ground_1_document": "Шарт",
        "ground_1_data": "Сома",
        "ground_1_established": "",
        "ground_3_court": "Астана қалалық соты",
        "ground_3_number": "20230801",
        "ground_3_date": "2023-08-01",
        "ground_3_in_force": "2023-09-01T10:00:00+06:00",
        "ground_2_act": "таңдалмаған",
    }
    first, third = grounds_from(answers)
    assert (first.number, first.facts) == (1, (Fact("document", "Шарт"), Fact("data", "Сома")))
    assert third.number == 3
    assert third.facts[1] == Fact("number", "20230801"), "a number that looks like a date stays a number"
    assert third.facts[2].value == date(2023, 8, 1)
    assert third.facts[3].value == datetime(2023, 9, 1, 4, 0, tzinfo=UTC)


@pytest.mark.law("A4.4")
def test_hearing_facts_know_which_of_the_three_they_tell() -> None:
    assert samples.HELD.kind == "held"
    assert HearingFacts().kind == "silent"
    assert HearingFacts(position="Келіспеймін.").kind == "written"
    assert HearingFacts(waived=Words("сот актісі"), held_on=date(2023, 9, 18)).kind == "waived"


def test_kazakh_stands_in_for_a_missing_translation() -> None:
    assert Words.of({"kk": "хат"}).say("ru") == "хат"
    assert Words("хат", "письмо").say("ru") == "письмо"
