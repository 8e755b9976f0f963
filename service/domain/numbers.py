"""Numbers of cases and documents: one series for each kind and year, without gaps (A3.3)."""

from __future__ import annotations

from collections.abc import Mapping

SERIES: Mapping[str, str] = {
    "case": "P",
    "permit": "KZ",
    "refusal": "BT",
    "notice_not_considered": "HB",
    "preliminary_decision": "AS",
    "complaint": "A",
    "complaint_satisfied": "SQ",
    "complaint_answer": "SJ",
    "review_decision": "SS",
    "review_invitation": "ST",
    "notice_extension": "MU",
    "hearing_minutes": "TH",
    "hearing_remarks": "TE",
}
"""The letters of each series: рұқсат, бас тарту, хабарлама, алдын ала шешім; шағым: қанағаттандыру, жауап, шешім,
тыңдау; мерзімді ұзарту, тыңдау хаттамасы, тыңдау хаттамасына ескертулер.
"""


def number_text(kind: str, year: int, value: int) -> str:
    """The number as it is printed, for example `P-2026-000123`."""
    return f"{SERIES[kind]}-{year}-{value:06d}"
