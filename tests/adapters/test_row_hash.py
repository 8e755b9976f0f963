"""The hash of a row is that of its canonical text, which anybody can compute without our library (L69.1)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.adapters.database.row_said import MARKED
from service.domain.canonical import digest

NOTICE = MARKED["notice"]

PARTS = st.none() | st.integers(-(2**80), 2**80) | st.text(st.characters(codec=None), max_size=20)


@pytest.mark.law("L69.1")
@given(st.lists(PARTS, min_size=len(NOTICE.names), max_size=len(NOTICE.names)))
def test_a_row_is_hashed_by_its_canonical_text(values: list[Any]) -> None:
    said = {name: value for name, value in zip(NOTICE.names, values, strict=True) if value}
    assert NOTICE.of_row(values) == digest(said)


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("text", ['Өтініш\u2028\x00\x7f"\\/', "\ud800", 2**64, -(2**70)])
def test_what_a_person_managed_to_send_is_hashed_all_the_same(text: Any) -> None:
    values = [text, *[None] * (len(NOTICE.names) - 1)]
    assert NOTICE.of_row(values) == digest({NOTICE.names[0]: text})


def test_the_names_of_columns_are_plain_texts() -> None:
    """A name that is more than a text is refused by the fast way, and every row would take the slow one."""
    assert {type(name) for said in MARKED.values() for name in said.names} == {str}
