"""What is said to a person who complained on paper goes by post: the tries, and what became of each (L64.1, L66.1)."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.duties import POST, Duty
from service.domain.messages import Notice

BY_POST, BY_HAND = "post", "by_hand"
WAYS = (BY_POST, BY_HAND)
"""How a letter may go: by post, under a number; or by hand, and then somebody takes it at once."""

HANDED_OVER, CAME_BACK = "handed_over", "came_back"
RESULTS = (HANDED_OVER, CAME_BACK)
"""What may become of a letter that was posted: handed over to the person, or come back."""

ANSWER_ON_PAPER = "answer_on_paper"
"""The kind of the scan from which the office has recorded what such a person answers (L64.1, L73.3)."""


def delivers(duty: Duty, notice: Notice) -> bool:
    """Whether this duty brings the notice to the person: it names the notice by its key, or has its paper."""
    if duty.kind != POST or duty.case_id != notice.case_id:
        return False
    named = notice.key in duty.details.get("notices", ())
    return named or (duty.document_id is not None and duty.document_id == notice.document_id)


def tries_of(duties: Sequence[Duty], notice: Notice) -> Sequence[Duty]:
    """Every try to deliver a notice, of the duties of its case, in their order."""
    return [duty for duty in duties if delivers(duty, notice)]


def number_of_try(duty: Duty) -> int:
    """Which try to deliver its letter a duty is: 1 for the first."""
    return int(duty.details.get("attempt", 1))
