"""What the register shows once a change of a permit is undone by a complaint or a court act (L100.1, R15.1, R11.2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from service.domain.decisions import PermitStatus, RegisterChange, ruling


def without(
    changes: Sequence[RegisterChange], status: PermitStatus, named_at: datetime, meanwhile: Collection[int], today: date
) -> tuple[date, PermitStatus] | None:
    """From which day on the permit is in which state without the contested change that led to `status`.

    What was before it stands again. `meanwhile` are the changes by which its execution rested and went on. None where
    another change has taken its place, by an act of its own, or where it was withdrawn: the register stays as it is.
    """
    made = [change for change in changes if change.id not in meanwhile]
    contested = _contested(made, status, named_at)
    if contested is None:
        return None
    day = max(today, contested.from_on)
    now = ruling(changes, day)
    if now is None or now.id not in {contested.id, *meanwhile}:
        return None
    before = ruling([change for change in made if change is not contested], day)
    return day, before.status if before else PermitStatus.IN_FORCE


def _contested(changes: Sequence[RegisterChange], status: PermitStatus, named_at: datetime) -> RegisterChange | None:
    """The latest change to this status that was entered when somebody contested it.

    Where it was entered afterwards, as it may be beside a paper that came before, the latest at all.
    """
    made = sorted((change for change in changes if change.status is status), key=lambda change: change.id)
    known = [change for change in made if change.recorded_at <= named_at] or made
    return known[-1] if known else None


def to_cancel(changes: Sequence[RegisterChange], today: date) -> list[date]:
    """The days from which a permit is to be cancelled today: it does not revive by what was entered ahead."""
    ahead = {change.from_on for change in changes if change.from_on > today}
    later = [
        day for day in sorted(ahead) if (last := ruling(changes, day)) and last.status is not PermitStatus.CANCELLED
    ]
    return [today, *later]
