"""Checks the proof of a case's terms with the public key alone: signature, chain and counts (D25)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from service.domain.canonical import digest
from service.domain.chain import GENESIS
from service.domain.deadlines import months_after
from service.domain.proofs import Signed, Verify
from service.usecases.terms_proof import FORMAT


@dataclass(frozen=True)
class TermsChecked:
    """What the check of a proof has found; `faults` is empty when everything agrees."""

    case: str
    key_id: str
    terms: int
    journal_length: int
    faults: tuple[str, ...]


def is_terms_proof(told: Signed) -> bool:
    """Whether a signed content is a proof of terms."""
    return told.content.get("format") == FORMAT


def verify_terms(told: Signed, verify: Verify) -> TermsChecked:
    """Check a proof: that we have signed it, that its journal is one chain, and that each count adds up."""
    content, faults = told.content, [] if verify(told) else ["signature"]
    try:
        faults += [*_chain(content["journal"]), *_counts(content["terms"])]
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        faults.append("not_readable")
    return TermsChecked(
        str(content.get("case", "")),
        told.key_id,
        _length(content, "terms"),
        _length(content, "journal"),
        tuple(faults),
    )


def _length(content: Mapping[str, Any], name: str) -> int:
    found = content.get(name)
    return len(found) if isinstance(found, list) else 0


def _chain(lines: list[Mapping[str, Any]]) -> Iterator[str]:
    previous = GENESIS
    for number, line in enumerate(lines, 1):
        # A line that says nothing of time bears its hash alone; what it hangs on can be seen all the same.
        said = {name: value for name, value in line.items() if name != "hash"}
        in_full = "action" in line
        if (line["sequence"], line["previous"]) != (number, previous) or (in_full and digest(said) != line["hash"]):
            yield f"journal: line {number}"
            return
        previous = line["hash"]


def _counts(terms: list[Mapping[str, Any]]) -> Iterator[str]:
    for term in terms:
        told = term["counted"]
        if told is not None and not _adds_up(told):
            yield f"terms: {term['element']}"


def _adds_up(told: Mapping[str, Any]) -> bool:
    """Whether every day from the first to the last is counted or skipped, and so many are counted as the term has.

    Of a term in months the days after the same day so many months later are skipped, and none is counted (L92.1).
    """
    first, last = date.fromisoformat(told["from"]), date.fromisoformat(told["due_on"])
    counted, skipped = told["counted"], [each[0] for each in told["skipped"]]
    if months := told.get("months"):
        first = months_after(first, months)
        passed = [first + timedelta(days=n) for n in range((last - first).days)]
        return first <= last and not counted and [date.fromisoformat(day) for day in skipped] == passed
    step = 1 if last >= first else -1
    days = {first + timedelta(days=n * step) for n in range(1, abs((last - first).days) + 1)}
    found = [date.fromisoformat(day) for day in (*counted, *skipped)]
    return len(counted) == abs(told["days"]) and len(found) == len(days) and set(found) == days
