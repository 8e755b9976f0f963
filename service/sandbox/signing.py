"""Signs with keys of the development PKI (CMS, RFC 5652), stamped where somebody gives stamps.

What is signed here is checked by other libraries: one that misread the standard would be found out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.asn1 import TLV, GeneralizedTime, Null, SetOf, UTCTime, decode_der, encode_der
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import ObjectIdentifier

from service.sandbox import cms

Stamper = Callable[[bytes], bytes]
"""Takes a signature and gives its time stamp, encoded; raises Unavailable when there is none."""


_LONG_YEARS = 2050
"""From then on a year is written with all its digits (RFC 5652 11.3)."""
_SHA256 = cms.Algorithm(algorithm=cms.SHA256)


@dataclass(frozen=True)
class KeyHolder:
    """Whose key it is, and the certificates that lead from it to the root."""

    key: RSAPrivateKey
    certificate: x509.Certificate
    chain: Sequence[x509.Certificate] = ()

    def signed(self, content: cms.Content, digest: bytes, at: datetime | None, *, chain: bool = True) -> cms.SignedData:
        """Sign content of this digest, claiming the time `at` or none."""
        stated = SetOf(_stated(content.kind, digest, self.certificate, at))
        signer = cms.SignerInfo(
            version=1,
            signer=cms.IssuerAndSerial(
                issuer=cms.encoded_name(self.certificate.issuer), serial=self.certificate.serial_number
            ),
            digest_algorithm=_SHA256,
            signed=stated,
            signature_algorithm=cms.Algorithm(algorithm=cms.SHA256_WITH_RSA, parameters=Null()),
            signature=self.key.sign(cms.to_be_signed(stated), PKCS1v15(), hashes.SHA256()),
            unsigned=None,
        )
        return cms.SignedData(
            version=1 if content.kind == cms.DATA else 3,
            digest_algorithms=SetOf([_SHA256]),
            content=content,
            certificates=SetOf([self.certificate, *self.chain]) if chain else None,
            signers=SetOf([signer]),
        )


def sign(
    content: bytes, holder: KeyHolder, *, at: datetime, stamper: Stamper | None = None, detached: bool = True
) -> bytes:
    """Make a CMS signature over `content`, with `at` as the signer's own claim of the time."""
    enclosed = cms.Content(kind=cms.DATA, content=None if detached else content)
    signed = holder.signed(enclosed, sha256(content), at)
    if stamper is not None:
        (signer,) = signed.signers.as_list()
        stamp = decode_der(TLV, stamper(signer.signature))
        signer.unsigned = SetOf([cms.Attribute(kind=cms.TIME_STAMP, values=SetOf([stamp]))])
    return encode_der(cms.Signature(kind=cms.SIGNED_DATA, signed_data=signed))


def sha256(content: bytes) -> bytes:
    """The digest that is signed."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(content)
    return digest.finalize()


def _stated(
    kind: ObjectIdentifier, digest: bytes, certificate: x509.Certificate, at: datetime | None
) -> list[cms.Attribute]:
    named = cms.SigningCertificate(
        certificates=[
            cms.CertificateHash(
                digest=certificate.fingerprint(hashes.SHA256()),
                certificate=cms.IssuerNamesAndSerial(
                    issuer=[cms.encoded_name(certificate.issuer)], serial=certificate.serial_number
                ),
            )
        ]
    )
    stated: dict[ObjectIdentifier, Any] = {
        cms.CONTENT_TYPE: kind,
        cms.MESSAGE_DIGEST: digest,
        cms.SIGNING_CERTIFICATE: named,
    }
    if at is not None:
        second = at.astimezone(UTC).replace(microsecond=0)
        stated[cms.SIGNING_TIME] = UTCTime(second) if second.year < _LONG_YEARS else GeneralizedTime(second)
    return [cms.Attribute(kind=each, values=SetOf([cms.element(value)])) for each, value in stated.items()]
