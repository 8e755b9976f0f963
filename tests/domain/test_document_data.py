"""What a document says is kept as plain data and read back without a loss (U7)."""

from __future__ import annotations

import json

import pytest

from service.domain.document_data import document_from, kept_content
from service.domain.document_parts import Address
from service.domain.documents import Document
from tests.adapters.documents.samples import every_document


@pytest.mark.law("L82.1")
@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.kind)
def test_a_document_can_be_made_again_from_what_was_kept(document: Document) -> None:
    kept = json.loads(json.dumps(kept_content(document), ensure_ascii=False))
    assert document_from(kept) == document


@pytest.mark.law("A2.1")
def test_a_city_that_is_its_own_region_is_said_once() -> None:
    capital = Address("010000", "Астана қаласы", "Астана қаласы", street="Мәңгілік Ел даңғылы", house="55/5")
    assert capital.line == "010000, Астана қаласы, Мәңгілік Ел даңғылы, 55/5"
