"""Finds out whether a certificate is revoked; whatever goes wrong on the way, the answer is then "unknown"."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from service.adapters.signatures import ocsp
from service.adapters.signatures.crl import RevocationLists
from service.adapters.signatures.fetch import Fetcher, NoAnswer
from service.adapters.signatures.ocsp import Answer, Unbelievable
from service.domain.signatures import Revocation

_LONGEST_ANSWER = 64 * 1024

Path = Sequence[asn1.Certificate]
"""Certificates from the holder's to the root's."""


@dataclass(frozen=True)
class Standing:
    """How a certificate stands: its status, who says so (OCSP or list), as of when, and the OCSP answer itself."""

    status: Revocation
    source: str = ""
    at: datetime | None = None
    revoked_at: datetime | None = None
    ocsp: tuple[bytes, ...] = ()
    problems: tuple[str, ...] = ()

    def as_of(self, moment: datetime | None) -> Revocation:
        """The status at an earlier moment: a certificate revoked later was still good then."""
        later = moment is not None and self.revoked_at is not None and moment < self.revoked_at
        return "good" if later else self.status


class RevocationChecker:
    """Asks OCSP first, then the revocation list, then falls back on answers kept from an earlier check.

    `fetcher` None means never to use the network. `ocsp_url` takes the place of the address in the certificates.
    """

    def __init__(self, fetcher: Fetcher | None, now: Callable[[], datetime], ocsp_url: str | None = None) -> None:
        self._fetcher = fetcher
        self._lists = None if fetcher is None else RevocationLists(fetcher)
        self._now = now
        self._ocsp_url = ocsp_url

    def standing(self, path: Path, *, stamped: datetime | None = None, kept: Sequence[bytes] = ()) -> Standing:
        """Find out how the first certificate of a path stands now.

        When only kept answers are left, they count if they settle how it stood at the trusted time stamp.
        """
        if len(path) < 2:
            return Standing("unknown", problems=("no_issuer",))
        certificate, issuer = _readable(path[0]), _readable(path[1])
        problems: list[str] = []
        answer = self._ask(certificate, issuer, problems)
        if answer is None:
            listed = self._listed(certificate, issuer, problems)
            if listed is not None:
                return listed
            answer = self._kept(certificate, issuer, stamped, kept)
        if answer is None:
            return Standing("unknown", problems=tuple(problems))
        status: Revocation = "good" if answer.revoked_at is None else "revoked"
        return Standing(status, "ocsp", answer.since, answer.revoked_at, (answer.encoded,))

    def is_ca_revoked(self, path: Path) -> bool:
        """Say whether a current list names one of the issuing CAs of a path.

        Which CAs are trusted is the operator's choice, so a list that cannot be had does not speak against them.
        """
        pairs = itertools.pairwise(path[1:])
        standings = (self._listed(_readable(ca), _readable(issuer), []) for ca, issuer in pairs)
        return any(standing is not None and standing.status == "revoked" for standing in standings)

    def _ask(self, certificate: x509.Certificate, issuer: x509.Certificate, problems: list[str]) -> Answer | None:
        if self._fetcher is None:
            return None
        nonce = secrets.token_bytes(16)
        question = ocsp.request(certificate, issuer, nonce)
        for url in [self._ocsp_url] if self._ocsp_url else _addresses(certificate):
            try:
                encoded = self._fetcher.post(url, question, "application/ocsp-request", limit=_LONGEST_ANSWER)
                answer = ocsp.read(encoded, certificate, issuer, nonce)
                if answer.is_current(self._now()):
                    return answer
                problems.append("ocsp_outdated")
            except NoAnswer:
                problems.append("ocsp_no_answer")
            except Unbelievable as error:
                problems.append(str(error))
        return None

    def _listed(self, certificate: x509.Certificate, issuer: x509.Certificate, problems: list[str]) -> Standing | None:
        if self._lists is None:
            return None
        now = self._now()
        try:
            revoked = self._lists.revoked_at(certificate, issuer, now)
        except NoAnswer:
            problems.append("crl_no_answer")
        except Unbelievable as error:
            problems.append(str(error))
        else:
            return Standing("good" if revoked is None else "revoked", "crl", now, revoked)
        return None

    def _kept(
        self, certificate: x509.Certificate, issuer: x509.Certificate, stamped: datetime | None, kept: Sequence[bytes]
    ) -> Answer | None:
        for encoded in kept:
            try:
                answer = ocsp.read(encoded, certificate, issuer)
            except Unbelievable:
                continue  # kept answers speak of several certificates; this one is about another
            settled = answer.is_current(self._now()) if stamped is None else answer.covers(stamped)
            if settled:
                return answer
        return None


def _addresses(certificate: x509.Certificate) -> list[str]:
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    return [
        place.access_location.value
        for place in access
        if place.access_method == AuthorityInformationAccessOID.OCSP
        and isinstance(place.access_location, x509.UniformResourceIdentifier)
    ]


def _readable(certificate: asn1.Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.dump())
