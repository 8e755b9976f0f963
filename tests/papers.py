"""Papers as tests read them."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2


def pdf_text(pdf: bytes) -> str:
    """The text of a PDF, page after page."""
    return "\n".join(pages_text(pdf))


def pages_text(pdf: bytes) -> Sequence[str]:
    """The text of each page of a PDF."""
    pages = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pages]
