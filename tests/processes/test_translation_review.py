"""Kazakh wording of our own is listed for a speaker's review, as it stands in the files."""

from __future__ import annotations

from tests.processes.kazakh_texts import own_texts
from tests.processes.walking import PROCESSES

REVIEW = PROCESSES.parent / "docs" / "translation-review.md"


def test_every_kazakh_text_of_our_own_is_listed_for_review() -> None:
    listed = set(REVIEW.read_text().splitlines())
    missing = [
        row
        for row in own_texts()
        if "| " + " | ".join(part.replace("|", "\\|").replace("\n", " ") for part in row) + " |" not in listed
    ]
    assert missing == [], "change these rows of docs/translation-review.md"
