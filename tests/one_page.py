"""A press for tests that read no paper; what is printed has tests of its own, marked `printed`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from pypdf import PdfWriter

from service.domain.ports import TemplateFault


class OnePage:
    """Prints every letter as the same empty page."""

    def __init__(self) -> None:
        written, writer = BytesIO(), PdfWriter()
        writer.add_blank_page(100, 100)
        writer.write(written)
        self._page = written.getvalue()

    def render(self, _letter: Any, *, at: datetime, edition: str, files: Mapping[str, bytes]) -> bytes:
        """The page."""
        return self._page

    def problem(self, _files: Mapping[str, bytes]) -> TemplateFault | None:
        """Nothing can be wrong with it."""
        return None
