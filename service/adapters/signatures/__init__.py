"""Checks CMS and PDF signatures; whether they suffice is decided in `service.domain.signatures` (R2.4, R3.3, R9.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from service.adapters.signatures.certificates import TrustList, are_laborious, is_development_root, is_own_issuer
from service.adapters.signatures.engine import BuiltinEngine
from service.adapters.signatures.fetch import Fetcher
from service.adapters.signatures.pdf import (
    PdfUnusable,
    PreparedPdf,
    SignatureDoesNotFit,
    count,
    embed,
    prepare,
    revisions,
)
from service.adapters.signatures.revocation import RevocationChecker
from service.domain.signatures import SignatureEngine

__all__ = [
    "PdfUnusable",
    "PreparedPdf",
    "SignatureDoesNotFit",
    "are_laborious",
    "build_engine",
    "count",
    "embed",
    "is_development_root",
    "is_own_issuer",
    "prepare",
    "revisions",
]


def build_engine(
    roots: Sequence[bytes],
    intermediates: Sequence[bytes],
    *,
    now: Callable[[], datetime],
    ocsp_timeout: float = 5.0,
    fetch: bool = True,
    ocsp_url: str | None = None,
) -> SignatureEngine:
    """Build the engine that checks signatures in this process (R2.4).

    `roots` and `intermediates` are certificates in DER; `now` is the procedure's clock. `ocsp_timeout` is in seconds,
    for each question asked of the authority; with `fetch` false nothing is asked and only kept answers count.
    `ocsp_url` replaces the OCSP address that certificates name. Raises ValueError for a list that cannot be read.
    """
    fetcher = Fetcher(ocsp_timeout) if fetch else None
    return BuiltinEngine(TrustList.of(roots, intermediates), RevocationChecker(fetcher, now, ocsp_url), now)
