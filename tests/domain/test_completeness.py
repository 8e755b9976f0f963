"""What makes a set of documents incomplete, and when a paper has expired (R6.3, A1.9.1-A1.9.3, A2.1)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.domain.case import OF_TASK, Attachment
from service.domain.completeness import (
    EXPIRED,
    GUARANTEE_LETTER,
    REQUIRED_FIELDS,
    REQUIRED_OF_ADDRESS,
    TITLE_DOCUMENTS,
    check_documents,
)

RECEIVED = date(2023, 9, 12)
FIELDS: dict[str, Any] = {
    **dict.fromkeys(REQUIRED_FIELDS, "бар"),
    "addresses": [dict.fromkeys(REQUIRED_OF_ADDRESS, "бар")],
}


def paper(kind: str, valid_until: date | None = None, **more: Any) -> Attachment:
    added = datetime(2023, 9, 12, 5, tzinfo=UTC)
    return Attachment(kind, "a.pdf", "0" * 64, 1, "application/pdf", added, valid_until=valid_until, **more)


def found(*papers: Attachment, **fields: Any) -> list[tuple[str, str]]:
    return [(each.code, each.kind) for each in check_documents(papers, {**FIELDS, **fields}, RECEIVED)]


@pytest.mark.law("R6.3")
@pytest.mark.parametrize(
    ("valid_until", "expired"),
    [(date(2023, 9, 11), True), (RECEIVED, False), (date(2023, 9, 13), False), (None, False)],
)
def test_a_paper_valid_to_the_day_before_receipt_has_expired_and_one_valid_to_the_day_has_not(
    valid_until: date | None, expired: bool
) -> None:
    told = found(paper("sale_contract", valid_until), paper(GUARANTEE_LETTER))
    assert told == ([(EXPIRED, "sale_contract")] if expired else [])


@pytest.mark.law("A1.9.2", "D4")
@pytest.mark.parametrize("kind", TITLE_DOCUMENTS)
def test_each_of_the_eight_kinds_is_accepted_alone(kind: str) -> None:
    assert found(paper(kind), paper(GUARANTEE_LETTER)) == []


@pytest.mark.law("A1.9.2", "D4")
def test_both_extracts_may_come_together_and_without_any_kind_the_set_is_incomplete() -> None:
    assert len(TITLE_DOCUMENTS) == 8
    assert found(*map(paper, TITLE_DOCUMENTS[:2]), paper(GUARANTEE_LETTER)) == []
    assert found(paper(GUARANTEE_LETTER)) == [("title_document_missing", "title_document")]


@pytest.mark.law("A1.9.3")
def test_without_the_guarantee_letter_the_set_is_incomplete() -> None:
    assert found(paper("sale_contract")) == [("document_missing", GUARANTEE_LETTER)]


@pytest.mark.law("R6.1")
def test_a_paper_that_an_officer_has_added_completes_nothing() -> None:
    assert found(paper("sale_contract"), paper(GUARANTEE_LETTER, purpose=OF_TASK)) == [
        ("document_missing", GUARANTEE_LETTER)
    ]


@pytest.mark.law("A2.1", "A1.9.1", "R2.1")
@pytest.mark.parametrize("name", REQUIRED_FIELDS)
def test_a_field_of_annex_2_that_is_empty_is_named(name: str) -> None:
    papers = paper("sale_contract"), paper(GUARANTEE_LETTER)
    assert found(*papers, **{name: ""}) == [("field_missing", name)]


@pytest.mark.law("A2.1")
@pytest.mark.parametrize("part", REQUIRED_OF_ADDRESS)
def test_one_place_of_activity_that_nobody_finds_makes_the_addresses_missing(part: str) -> None:
    addresses = [*FIELDS["addresses"], {**FIELDS["addresses"][0], part: ""}]
    papers = paper("sale_contract"), paper(GUARANTEE_LETTER)
    assert found(*papers, addresses=addresses) == [("field_missing", "addresses")]
    assert found(*papers, addresses=[]) == [("field_missing", "addresses")]
