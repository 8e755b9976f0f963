"""Makes OCSP requests and reads the answers, believing only those that the authority signed (RFC 6960)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

SKEW = timedelta(minutes=5)
_FRESH_WITHOUT_END = timedelta(days=1)


class Unbelievable(Exception):
    """The answer says nothing that may be relied upon; the text is a code for the evidence."""


@dataclass(frozen=True)
class Answer:
    """What an authentic answer says of one certificate; `revoked_at` is None while it is good."""

    revoked_at: datetime | None
    since: datetime
    until: datetime | None
    encoded: bytes

    def is_current(self, now: datetime) -> bool:
        """Whether the answer speaks of this very time."""
        until = self.until or self.since + _FRESH_WITHOUT_END
        return self.since - SKEW <= now <= until + SKEW

    def covers(self, moment: datetime) -> bool:
        """Whether the answer settles how things stood at `moment`: given then or later, or naming a revocation."""
        return self.revoked_at is not None or self.since + SKEW >= moment


def request(certificate: x509.Certificate, issuer: x509.Certificate, nonce: bytes) -> bytes:
    """Draw up the question about one certificate."""
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, SHA256())
    return builder.add_extension(x509.OCSPNonce(nonce), False).build().public_bytes(Encoding.DER)


def read(encoded: bytes, certificate: x509.Certificate, issuer: x509.Certificate, nonce: bytes | None = None) -> Answer:
    """Read an answer about `certificate`; raises Unbelievable unless the authority signed it and knows the certificate.

    A nonce that comes back must be the one that was sent; responders may leave it out.
    """
    try:
        response = ocsp.load_der_ocsp_response(encoded)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise Unbelievable(f"ocsp_{response.response_status.name.lower()}")
        _check_responder(response, issuer)
        _check_nonce(response, nonce)
        return _about(response, certificate, issuer, encoded)
    except InvalidSignature as error:
        raise Unbelievable("ocsp_stranger") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Unbelievable("ocsp_unreadable") from error


def _about(
    response: ocsp.OCSPResponse, certificate: x509.Certificate, issuer: x509.Certificate, encoded: bytes
) -> Answer:
    for single in response.responses:
        if not _names(single, certificate, issuer):
            continue
        if single.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
            raise Unbelievable("ocsp_unknown_certificate")
        revoked = single.revocation_time_utc if single.certificate_status is ocsp.OCSPCertStatus.REVOKED else None
        return Answer(revoked, single.this_update_utc, single.next_update_utc, encoded)
    raise Unbelievable("ocsp_other_certificate")


def _names(single: ocsp.OCSPSingleResponse, certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    if single.serial_number != certificate.serial_number:
        return False
    asked = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, single.hash_algorithm).build()
    return (asked.issuer_name_hash, asked.issuer_key_hash) == (single.issuer_name_hash, single.issuer_key_hash)


def _check_nonce(response: ocsp.OCSPResponse, nonce: bytes | None) -> None:
    if nonce is None:
        return
    for extension in response.extensions:
        if isinstance(extension.value, x509.OCSPNonce) and extension.value.nonce != nonce:
            raise Unbelievable("ocsp_nonce")


def _check_responder(response: ocsp.OCSPResponse, issuer: x509.Certificate) -> None:
    algorithm = response.signature_hash_algorithm
    if algorithm is None:
        raise Unbelievable("ocsp_algorithm")
    for candidate in (issuer, *response.certificates):
        if candidate != issuer and not _may_answer_for(candidate, issuer, response.produced_at_utc):
            continue
        try:
            _verify(candidate, response.signature, response.tbs_response_bytes, algorithm)
        except InvalidSignature:
            continue
        return
    raise Unbelievable("ocsp_stranger")


def _may_answer_for(candidate: x509.Certificate, issuer: x509.Certificate, at: datetime) -> bool:
    try:
        candidate.verify_directly_issued_by(issuer)
        purposes = candidate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    in_time = candidate.not_valid_before_utc <= at <= candidate.not_valid_after_utc
    return in_time and ExtendedKeyUsageOID.OCSP_SIGNING in purposes


def _verify(signer: x509.Certificate, signature: bytes, signed: bytes, algorithm: HashAlgorithm) -> None:
    key = signer.public_key()
    if isinstance(key, RSAPublicKey):
        key.verify(signature, signed, PKCS1v15(), algorithm)
    elif isinstance(key, EllipticCurvePublicKey):
        key.verify(signature, signed, ECDSA(algorithm))
    else:
        raise Unbelievable("ocsp_algorithm")
