"""The letter press: the documents of every edition, each edition's templates made ready once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock

from service.adapters.documents import Documents
from service.domain.documents import Document

FORMS = "forms/"
"""Where an edition keeps the analysts' forms, lists and documents."""


class EditionPress:
    """Prints documents with the templates of the edition that a case belongs to (O1)."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._ready: dict[str, Documents] = {}
        self._lock = Lock()

    def render(self, document: Document, *, at: datetime, edition: str, files: Mapping[str, bytes]) -> bytes:
        """The PDF of a document; `edition` is the hash under which these templates are kept ready."""
        with self._lock:
            if edition not in self._ready:
                forms = {name.removeprefix(FORMS): files[name] for name in files if name.startswith(FORMS)}
                self._ready[edition] = Documents(forms, self._fonts)
        return self._ready[edition].render(document, at=at)
