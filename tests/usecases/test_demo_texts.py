"""What the demo's people write is in the language of their case: its papers show it word for word."""

from __future__ import annotations

import re

import pytest

from service.demo import seed
from service.demo.beside import HELD

KAZAKH_ONLY = re.compile("[әғқңөұүһі]", re.IGNORECASE)
LATIN_WORD = re.compile("[A-Za-z]{3,}")
NOT_WRITTEN = {"hearing_place", "minutes_place", "platform", "email", "outcome", "conforms"}


@pytest.mark.law("L80.1")
@pytest.mark.parametrize("texts", [seed.TOO_LATE, seed.ORDER], ids=["complaint", "decision"])
def test_a_case_in_russian_is_written_in_russian(texts: dict[str, str]) -> None:
    assert not [text for text in texts.values() if KAZAKH_ONLY.search(text)]


@pytest.mark.law("L80.1")
@pytest.mark.parametrize("texts", [seed.CONFORMS, seed.DOES_NOT, seed.NOT_HEARD, HELD])
def test_a_case_in_kazakh_is_written_in_kazakh(texts: dict[str, object]) -> None:
    written = {name: text for name, text in texts.items() if name not in NOT_WRITTEN and " " in str(text)}
    assert written
    assert not [text for text in written.values() if LATIN_WORD.search(str(text))]
    assert all(KAZAKH_ONLY.search(str(text)) for text in written.values())
