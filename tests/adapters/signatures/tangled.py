"""Certificates of one name, of which each could have issued every other: a search for a chain tries every order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from asn1crypto import cms, x509
from cryptography import x509 as making
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Tangle:
    """Certificates that issue each other in a ring of names, and the key of the first."""

    certificates: tuple[bytes, ...]
    key: ec.EllipticCurvePrivateKey

    def signature(self, content: bytes, more: Sequence[bytes] = ()) -> bytes:
        """A sound signature of the first, which brings all of them along."""
        first = x509.Certificate.load(self.certificates[0])
        says = (("content_type", "data"), ("message_digest", hashlib.sha256(content).digest()))
        attributes = cms.CMSAttributes([cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in says])
        named = cms.IssuerAndSerialNumber({"issuer": first.issuer, "serial_number": first.serial_number})
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier({"issuer_and_serial_number": named}),
                "digest_algorithm": {"algorithm": "sha256"},
                "signed_attrs": attributes,
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signature": self.key.sign(attributes.dump(), ec.ECDSA(SHA256())),
            }
        )
        signed = cms.SignedData(
            {
                "version": "v1",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {"content_type": "data"},
                "certificates": [x509.Certificate.load(der) for der in (*self.certificates, *more)],
                "signer_infos": [signer],
            }
        )
        made: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
        return made


@cache
def tangle(number: int, names: tuple[str, ...] = ("КУӘЛАНДЫРУШЫ ОРТАЛЫҚ",)) -> Tangle:
    """So many certificates; each name is issued by the next, the last by the first."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(number)]
    return Tangle(tuple(_made(key, place, names) for place, key in enumerate(keys)), keys[0])


def _made(key: ec.EllipticCurvePrivateKey, place: int, names: Sequence[str]) -> bytes:
    subject, issuer = names[place % len(names)], names[(place + 1) % len(names)]
    begun = making.CertificateBuilder(_name(issuer), _name(subject), key.public_key(), 1000 + place)
    dated = begun.not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
    signed = dated.add_extension(making.BasicConstraints(ca=True, path_length=None), critical=True)
    return signed.sign(key, SHA256()).public_bytes(Encoding.DER)


def _name(text: str) -> making.Name:
    return making.Name([making.NameAttribute(NameOID.COMMON_NAME, text)])
