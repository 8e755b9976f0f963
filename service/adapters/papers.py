"""Reserves the place of a signature in a PDF and puts the officer's signature there (R9.1)."""

from __future__ import annotations

from datetime import datetime

from service.adapters.signatures import PreparedPdf, embed, prepare
from service.adapters.verification import read_code

FIELD = "Ruqsat"


class PdfPapers:
    """Papers that are signed in the browser: prepared here, signed there, put together here."""

    def prepare(self, pdf: bytes, *, signer: str, reason: str, at: datetime) -> tuple[bytes, int, int]:
        """The PDF with a reserved region, and where that region begins and ends."""
        prepared = prepare(pdf, field=FIELD, reason=reason, name=signer, at=at)
        return prepared.pdf, prepared.start, prepared.end

    def code_in(self, pdf: bytes) -> str | None:
        """The verification code that a PDF of ours carries; None for anything else (A3.5)."""
        return read_code(pdf)

    def embed(self, pdf: bytes, start: int, end: int, cms: bytes) -> bytes:
        """The signed PDF."""
        return embed(PreparedPdf(pdf, start, end), cms)
