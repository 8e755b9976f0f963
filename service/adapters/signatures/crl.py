"""Reads revocation lists and remembers them while they are current, for they can be megabytes long.

Nobody waits for a list that somebody else needs. Who needs a list that is being fetched already waits for that one, no
longer than a fetch may take.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from service.adapters.signatures.fetch import Fetcher, NoAnswer
from service.adapters.signatures.ocsp import SKEW, Unbelievable

_LONGEST = 64 * 1024 * 1024

_Key = tuple[str, bytes]
"""Where a list lies, and the fingerprint of its issuer."""


class RevocationLists:
    """Fetches revocation lists and keeps each until the time of its next edition."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._kept: dict[_Key, x509.CertificateRevocationList] = {}
        self._coming: dict[_Key, Future[x509.CertificateRevocationList]] = {}
        self._lock = threading.Lock()

    def revoked_at(self, certificate: x509.Certificate, issuer: x509.Certificate, now: datetime) -> datetime | None:
        """Say when the certificate was revoked; None when the list does not name it.

        Raises NoAnswer or Unbelievable when no current list signed by the issuer can be had.
        """
        problem: Exception = NoAnswer("no_list_named")
        for url in _addresses(certificate):
            try:
                listed = self._list(url, issuer, now).get_revoked_certificate_by_serial_number(
                    certificate.serial_number
                )
            except (NoAnswer, Unbelievable) as error:
                problem = error
                continue
            return None if listed is None else listed.revocation_date_utc
        raise problem

    def _list(self, url: str, issuer: x509.Certificate, now: datetime) -> x509.CertificateRevocationList:
        key = (url, issuer.fingerprint(hashes.SHA256()))
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and _is_current(kept, now):
                return kept
            coming = self._coming.get(key)
            mine = coming is None
            if coming is None:
                coming = self._coming[key] = Future()
        if mine:
            return self._fetched(key, issuer, now, coming)
        try:
            return coming.result(self._fetcher.timeout)
        except TimeoutError as error:
            raise NoAnswer("list_on_its_way") from error

    def _fetched(
        self, key: _Key, issuer: x509.Certificate, now: datetime, coming: Future[x509.CertificateRevocationList]
    ) -> x509.CertificateRevocationList:
        """Fetch and read a list, and hand it, or why there is none, to everybody who waits for it."""
        try:
            found = _read(self._fetcher.get(key[0], limit=_LONGEST), issuer, now)
        except BaseException as error:
            with self._lock:
                del self._coming[key]
            coming.set_exception(error)
            raise
        with self._lock:
            self._kept[key] = found
            del self._coming[key]
        coming.set_result(found)
        return found


def _read(encoded: bytes, issuer: x509.Certificate, now: datetime) -> x509.CertificateRevocationList:
    try:
        listed = x509.load_der_x509_crl(encoded)
        key = issuer.public_key()
        if not isinstance(key, RSAPublicKey | EllipticCurvePublicKey):
            raise Unbelievable("crl_algorithm")
        authentic = listed.issuer == issuer.subject and listed.is_signature_valid(key)
        partial = any(isinstance(extension.value, x509.DeltaCRLIndicator) for extension in listed.extensions)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Unbelievable("crl_unreadable") from error
    if not authentic:
        raise Unbelievable("crl_stranger")
    if partial or not _is_current(listed, now):
        raise Unbelievable("crl_outdated")
    return listed


def _is_current(listed: x509.CertificateRevocationList, now: datetime) -> bool:
    until = listed.next_update_utc
    return until is not None and listed.last_update_utc - SKEW <= now <= until + SKEW


def _addresses(certificate: x509.Certificate) -> list[str]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    names = (name for point in points for name in point.full_name or [])
    return [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)]
