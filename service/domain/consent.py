"""The applicant's consent to the use of protected personal data: when it was given and when withdrawn (A1.10.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

GROUND = "ground_5"
"""The ground of row 10 that may follow from a consent that is missing."""

LONGEST_REASON = 2000


@dataclass(eq=False)
class Consent:
    """The consent of one case: given with the signed application, and perhaps withdrawn."""

    case_id: int
    given_at: datetime
    withdrawn_at: datetime | None = None
    reason: str = ""
    id: int = field(init=False)
