"""The letter press: the documents of every edition, each edition's templates made ready once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from service.adapters.pdf_templates import TemplateProblem
from service.domain.documents import Document
from service.domain.ports import TemplateFault

if TYPE_CHECKING:
    from service.adapters.documents import Documents

FORMS, LISTS = "forms/", "lists/"
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
                self._ready[edition] = self._documents(files)
        return self._ready[edition].render(document, at=at)

    def problem(self, files: Mapping[str, bytes]) -> TemplateFault | None:
        """The first template among these files of an edition that cannot be used; None when all of them can."""
        try:
            self._documents(files)
        except TemplateProblem as found:
            name = str(found.data.get("file", ""))
            place = f"{FORMS}{name}" if name.startswith(LISTS) else f"{FORMS}documents/{name}"
            return TemplateFault(place, int(found.data.get("line") or 0), str(found.data.get("problem", "")))
        return None

    def _documents(self, files: Mapping[str, bytes]) -> Documents:
        # WeasyPrint takes a second to load: who prints nothing does not wait for it.
        from service.adapters.documents import Documents

        forms = {name.removeprefix(FORMS): files[name] for name in files if name.startswith(FORMS)}
        return Documents(forms, self._fonts)
