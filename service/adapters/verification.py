"""Reading PDFs of ours: the verification code that they carry."""

from __future__ import annotations

import io

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from service.adapters.content_types import sparingly
from service.adapters.patience import OutOfPatience, patience
from service.adapters.pdf_standards import CODE_PREFIX

_LONGEST_KEYWORDS = 1000
_DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError)
# What pypdf raises for files that are no PDF or a broken one: it has no single error for that.


def read_code(pdf: bytes) -> str | None:
    """The verification code that a document of ours carries in its metadata; None for anything else (A3.5).

    It only says which document to look up: whether the file is that document is for its signature to show.
    """
    try:
        with sparingly(), patience():
            metadata = PdfReader(io.BytesIO(pdf)).metadata
            keywords = str(metadata.get("/Keywords", ""))[:_LONGEST_KEYWORDS] if metadata else ""
    except (*_DAMAGE, OutOfPatience):
        return None
    words = (word.strip(",; ") for word in keywords.split())
    return next((word.removeprefix(CODE_PREFIX) or None for word in words if word.startswith(CODE_PREFIX)), None)
