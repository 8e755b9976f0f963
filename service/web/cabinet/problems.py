"""What is wrong, as the summary above a page lists it: a sentence and where to mend it."""

from __future__ import annotations

from collections.abc import Iterable

Problem = dict[str, str]


def listed(sentences: Iterable[str], address: str) -> list[Problem]:
    """The same place for each sentence."""
    return [{"href": address, "text": sentence} for sentence in sentences]
