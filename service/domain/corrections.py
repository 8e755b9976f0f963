"""A clerical error in a document: only listed fields may differ in the corrected one (L82.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.domain.case import LONGEST_NAME
from service.domain.errors import InvalidAnswers, NotLawful
from service.domain.forms import Problem

_APPLICANT = (r"applicant\.name", r"applicant\.address\.\w+", r"applicant\.phone", r"applicant\.email")
_GROUNDS = (r"grounds\.\d+\.facts\.\d+\.value", r"grounds\.\d+\.circumstances", r"grounds\.\d+\.answer", "conclusion")
_CONTESTED = (r"contested\.official",)
_PLACE = ("platform", "purpose", r"addresses\.\d+\.\w+")
CORRECTABLE: Mapping[str, tuple[str, ...]] = {
    "permit": (*_APPLICANT, *_PLACE),
    "refusal": (*_APPLICANT, *_GROUNDS, r"hearing\.result"),
    "notice_not_considered": (*_APPLICANT, r"items\.\d+\.note"),
    "preliminary_decision": (*_APPLICANT, *_GROUNDS),
    "complaint_satisfied": (*_APPLICANT, *_CONTESTED, "reasons", "action"),
    "complaint_answer": (*_APPLICANT, *_CONTESTED, "answer", "measures"),
    "review_invitation": (*_APPLICANT, *_CONTESTED, "reasons"),
    "review_decision": (*_APPLICANT, *_CONTESTED, "reasons", "violations", "action", r"hearing\.result"),
}
"""By document, what may be misspelt and corrected. Numbers, days, the grounds themselves and the decision are content:
they change only by another act. The identification numbers come from the signature and cannot be misspelt."""

BY_REVIEWER = frozenset({"review_invitation", "review_decision"})
"""Papers of the body that considers complaints: it corrects them itself, the head every other."""

LONGEST = 4000


@dataclass(frozen=True)
class Change:
    """One field of a document: what stands there and what shall stand there."""

    path: str
    before: str
    after: str


def corrector(kind: str) -> str:
    """Whose duty it is to correct a document of this kind (L82.1)."""
    return "reviewer" if kind in BY_REVIEWER else "head"


def correctable(kind: str, content: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The fields of this document that may be corrected, with what stands there now; an empty place may be filled.

    A fact that is a day or an instant is no text and stays. `NotLawful` for a document that is not corrected so.
    """
    if kind not in CORRECTABLE or not content:
        raise NotLawful("not_correctable", "L82.1")
    allowed = re.compile("|".join(f"(?:{pattern})" for pattern in CORRECTABLE[kind]))
    return [
        (path, text)
        for path, text in _texts(content)
        if allowed.fullmatch(path) and not re.match(r"\d{4}-\d\d-\d\d", text)
    ]


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(each, f"{path}.{name}" if path else str(name))
    elif isinstance(value, Sequence):
        for place, each in enumerate(value):
            yield from _texts(each, f"{path}.{place}")


def changes(kind: str, content: Mapping[str, Any], wanted: Mapping[str, str]) -> Sequence[Change]:
    """What the corrected document says otherwise, in the order of its fields.

    `InvalidAnswers` when nothing differs, for a field that may not be corrected, and for a text that would be lost.
    """
    fields = dict(correctable(kind, content))
    errors = {path: Problem("unknown") for path in wanted if path not in fields}
    found = []
    for path, before in fields.items():
        after = " ".join(wanted.get(path, before).split()) if "\n" not in before else wanted.get(path, before).strip()
        if after == before:
            continue
        if not after:
            errors[path] = Problem("required")
        elif len(after) > (limit := LONGEST_NAME if path == "applicant.name" else LONGEST):
            errors[path] = Problem("too_long", {"limit": limit})
        found.append(Change(path, before, after))
    if errors:
        raise InvalidAnswers(errors=errors)
    if not found:
        raise InvalidAnswers(errors={"changes": Problem("nothing_changed")})
    return found


def corrected(content: Mapping[str, Any], made: Sequence[Change]) -> dict[str, Any]:
    """The content with these fields changed and nothing else."""
    fresh: dict[str, Any] = deepcopy(dict(content))
    for change in made:
        *way, last = [int(part) if part.isdecimal() else part for part in change.path.split(".")]
        place: Any = fresh
        for part in way:
            place = place[part]
        place[last] = change.after
    return fresh


@dataclass(eq=False)
class RegisterCorrection:
    """A field of a register entry that was corrected with its permit: what stood there, what stands there, by what."""

    entry_id: int
    name: str
    before: str
    after: str
    document_id: int
    recorded_at: datetime
    id: int = field(init=False)
