"""The keys that the demo offers in place of NCALayer's window."""

from __future__ import annotations

from collections.abc import Sequence

from service.web.cabinet.door import program
from service.web.languages import language


def demo_keys() -> Sequence[tuple[str, str]]:
    """Every made-up applicant with what their key serves to show; nobody outside of the demo."""
    return [(key.key, f"{key.name} – {key.description[language()]}") for key in program().demo_keys]
