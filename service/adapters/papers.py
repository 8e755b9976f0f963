"""Reserves the place of a signature in a PDF and puts the officer's signature there (R9.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from service.adapters.signatures import PreparedPdf, count, embed, prepare, revisions
from service.adapters.verification import read_code

FIELD = "Ruqsat"


class PdfPapers:
    """Papers that are signed in the browser: prepared here, signed there, put together here."""

    def prepare(self, pdf: bytes, *, signer: str, reason: str, at: datetime) -> tuple[bytes, int, int]:
        """The PDF with a reserved region, and where that region begins and ends; earlier signatures stay whole."""
        earlier = count(pdf)
        field = f"{FIELD}{earlier + 1}" if earlier else FIELD
        prepared = prepare(pdf, field=field, reason=reason, name=signer, at=at)
        return prepared.pdf, prepared.start, prepared.end

    def code_in(self, pdf: bytes) -> str | None:
        """The verification code that a PDF of ours carries; None for anything else (A3.5)."""
        return read_code(pdf)

    def revisions(self, pdf: bytes, most: int) -> Sequence[bytes]:
        """The file as each of the first signers signed it, at `most` so many (L74.1); nothing where it is no PDF."""
        try:
            return revisions(pdf, most)
        except Exception:  # noqa: BLE001 - a file from anywhere makes the reader raise anything
            return ()

    def embed(self, pdf: bytes, start: int, end: int, cms: bytes) -> bytes:
        """The signed PDF."""
        return embed(PreparedPdf(pdf, start, end), cms)
