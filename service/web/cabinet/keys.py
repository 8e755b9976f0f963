"""The keys that the demo offers in place of NCALayer's window."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.people import Applicant
from service.web.cabinet.door import program
from service.web.languages import language


def demo_keys(owner: Applicant | None = None) -> Sequence[tuple[str, str]]:
    """Every made-up applicant, or the owner alone, with what the key serves to show; nobody outside of the demo."""
    return [
        (key.key, f"{key.name} – {key.description[language()]}")
        for key in program().demo_keys
        if owner is None or (key.iin, key.bin) == (owner.iin, owner.bin)
    ]
