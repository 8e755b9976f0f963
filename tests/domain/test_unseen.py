"""What nobody sees is no answer, and makes no second name that looks like the first (R2.1, L73.2)."""

from __future__ import annotations

import unicodedata

import pytest

from service.domain.files import FileKind, clean_file_name
from service.domain.forms import told_texts
from service.domain.forms_values import read_text

INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u202e\u2060\u2063\u2066\u2800\u3164\ufeff\uffa0\U000e0041"
EACH = [pytest.param(mark, id=unicodedata.name(mark, hex(ord(mark)))) for mark in INVISIBLE]


@pytest.mark.law("L73.2")
@pytest.mark.parametrize("mark", EACH)
def test_a_text_that_nobody_sees_is_empty(mark: str) -> None:
    typed = read_text(f" {mark} {mark}", lines=True)
    assert typed == ""
    assert told_texts({"text": typed}, {"text": 100})["text"].code == "required"


@pytest.mark.law("L73.2", "R6.3")
@pytest.mark.parametrize(
    "sign", ["\u200d", "\u200c", "\ufe0f", "\u0301", "\ue000", "\U000e0100", "\u0378", "\U0001d173"]
)
def test_a_text_without_anything_to_read_is_empty(sign: str) -> None:
    assert read_text(f"{sign} {sign}\n{sign}", lines=True) == ""
    assert read_text(f"{sign}.", lines=True)


@pytest.mark.law("R2.1")
@pytest.mark.parametrize("mark", EACH)
def test_two_names_that_look_alike_are_one(mark: str) -> None:
    assert read_text(f"Qaz{mark}Token", lines=False) == "QazToken"
    assert clean_file_name(f"{mark}үзінді{mark}.pdf", FileKind.PDF) == "үзінді.pdf"


@pytest.mark.law("R2.1")
def test_what_is_seen_stays_as_it_was_typed() -> None:
    for text in ("Қазақстан – «Qaz Token» № 5; 10\u00a0%, е\u0301", "می\u200cخواهم", "👩\u200d⚖️ ❤️"):
        assert read_text(text, lines=True) == unicodedata.normalize("NFC", text)
