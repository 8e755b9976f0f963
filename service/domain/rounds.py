"""The rounds of a case: a decision or a court act takes it up again, and what came before stays behind (L100.1)."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.case import Attachment, JournalEntry


def came_back(journal: Sequence[JournalEntry]) -> JournalEntry | None:
    """The line that tells how the case was taken up again the last time; None in its first round."""
    return next((line for line in reversed(journal) if line.action == "case_reopened"), None)


def of_this_round(file: Attachment, journal: Sequence[JournalEntry]) -> bool:
    """Whether a file has come since the case was taken up again the last time, or since it began."""
    taken_up = came_back(journal)
    return taken_up is None or file.added_at >= taken_up.at
