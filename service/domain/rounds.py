"""The rounds of a case: a decision takes it up again, the head sends a paper back; what stays behind (L100.1, R9.1)."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.case import Attachment, JournalEntry, Task


def came_back(journal: Sequence[JournalEntry]) -> JournalEntry | None:
    """The line that tells how the case was taken up again the last time; None in its first round."""
    return next((line for line in reversed(journal) if line.action == "case_reopened"), None)


def of_this_round(file: Attachment, journal: Sequence[JournalEntry]) -> bool:
    """Whether a file has come since the case was taken up again the last time, or since it began."""
    taken_up = came_back(journal)
    return taken_up is None or file.added_at >= taken_up.at


def sent_back(task: Task) -> bool:
    """Whether a paper was sent back at this task: the task is done, but what it is called after is not (R9.1)."""
    return task.completed_at is not None and (task.answers or {}).get("decision") == "return"


def just_sent_back(tasks: Sequence[Task]) -> Task | None:
    """The task at which the paper was sent back, if nothing has been done in the case since."""
    done = sorted((task for task in tasks if task.completed_at), key=lambda task: (task.completed_at, task.id))
    return done[-1] if done and sent_back(done[-1]) else None
