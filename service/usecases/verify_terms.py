"""Checks the proof of a case's terms with the public key alone: signature, chain and counts (D25)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.domain.canonical import digest
from service.domain.chain import GENESIS
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
        if told is None:
            continue
        days = sorted(date.fromisoformat(day) for day in (*told["counted"], *(each[0] for each in told["skipped"])))
        first, last = date.fromisoformat(told["from"]), date.fromisoformat(told["due_on"])
        span = abs((last - first).days)
        right = len(told["counted"]) == abs(told["days"]) and len(days) == span == len(set(days))
        if not right or not all(min(first, last) <= day <= max(first, last) for day in days):
            yield f"terms: {term['element']}"
