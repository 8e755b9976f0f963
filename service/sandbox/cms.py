"""The parts of a CMS signature and of a time stamp as they are encoded (RFC 5652, RFC 5035, RFC 3161)."""

from __future__ import annotations

from typing import Annotated, Any

from cryptography import x509
from cryptography.hazmat.asn1 import (
    TLV,
    BitString,
    Default,
    Explicit,
    GeneralizedTime,
    Implicit,
    Null,
    SetOf,
    decode_der,
    encode_der,
    sequence,
)
from cryptography.x509.oid import ObjectIdentifier

DATA = ObjectIdentifier("1.2.840.113549.1.7.1")
SIGNED_DATA = ObjectIdentifier("1.2.840.113549.1.7.2")
TST_INFO = ObjectIdentifier("1.2.840.113549.1.9.16.1.4")
CONTENT_TYPE = ObjectIdentifier("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = ObjectIdentifier("1.2.840.113549.1.9.4")
SIGNING_TIME = ObjectIdentifier("1.2.840.113549.1.9.5")
SIGNING_CERTIFICATE = ObjectIdentifier("1.2.840.113549.1.9.16.2.47")
TIME_STAMP = ObjectIdentifier("1.2.840.113549.1.9.16.2.14")
SHA256 = ObjectIdentifier("2.16.840.1.101.3.4.2.1")
SHA384 = ObjectIdentifier("2.16.840.1.101.3.4.2.2")
SHA512 = ObjectIdentifier("2.16.840.1.101.3.4.2.3")
SHA256_WITH_RSA = ObjectIdentifier("1.2.840.113549.1.1.11")


@sequence
class Algorithm:
    """AlgorithmIdentifier of an algorithm without parameters, some of which are written with NULL."""

    algorithm: ObjectIdentifier
    parameters: Null | None = None


@sequence
class Attribute:
    """What is stated about a signature, before it or beside it."""

    kind: ObjectIdentifier
    values: SetOf[TLV]


@sequence
class IssuerAndSerial:
    """Which certificate."""

    issuer: TLV
    serial: int


@sequence
class SignerInfo:
    """One signature."""

    version: int
    signer: IssuerAndSerial
    digest_algorithm: Algorithm
    signed: Annotated[SetOf[Attribute], Implicit(0)]
    signature_algorithm: Algorithm
    signature: bytes
    unsigned: Annotated[SetOf[Attribute] | None, Implicit(1)]


@sequence
class Content:
    """What is signed, or only its kind."""

    kind: ObjectIdentifier
    content: Annotated[bytes | None, Explicit(0)]


@sequence
class SignedData:
    """A signature with the certificates that lead to a root."""

    version: int
    digest_algorithms: SetOf[Algorithm]
    content: Content
    certificates: Annotated[SetOf[x509.Certificate] | None, Implicit(0)]
    signers: SetOf[SignerInfo]


@sequence
class Signature:
    """ContentInfo: a signature as it is sent and kept."""

    kind: ObjectIdentifier
    signed_data: Annotated[SignedData, Explicit(0)]


# --- which certificate the signer names (RFC 5035 3, 4) ----------------------


@sequence
class IssuerNamesAndSerial:
    """IssuerSerial, which gives the issuer as a list of general names."""

    issuer: list[Annotated[TLV, Explicit(4)]]
    serial: int


@sequence
class CertificateHash:
    """ESSCertIDv2 over SHA-256, the default that is not written."""

    digest: bytes
    certificate: IssuerNamesAndSerial


@sequence
class SigningCertificate:
    """SigningCertificateV2."""

    certificates: list[CertificateHash]


# --- time stamps (RFC 3161 2.4) ----------------------------------------------


@sequence
class Imprint:
    """The digest of what is stamped."""

    algorithm: Algorithm
    digest: bytes


@sequence
class Extension:
    """What somebody would like to be told or to have considered besides."""

    kind: ObjectIdentifier
    critical: Annotated[bool, Default(False)]
    value: bytes


@sequence
class StampRequest:
    """TimeStampReq."""

    version: int
    imprint: Imprint
    policy: ObjectIdentifier | None = None
    nonce: int | None = None
    certificates: Annotated[bool, Default(False)] = False
    extensions: Annotated[list[Extension] | None, Implicit(0)] = None


@sequence
class StampInfo:
    """TSTInfo, what the authority signs."""

    version: int
    policy: ObjectIdentifier
    imprint: Imprint
    serial: int
    at: GeneralizedTime
    nonce: int | None


@sequence
class Status:
    """PKIStatusInfo: 0 when granted, 2 when rejected, and then one bit for the reason."""

    status: int
    text: list[str] | None = None
    failure: BitString | None = None


@sequence
class StampAnswer:
    """TimeStampResp."""

    status: Status
    stamp: Signature | None = None


def element(value: Any) -> TLV:
    """Anything that can be encoded, as a part of something else."""
    return decode_der(TLV, encode_der(value))


def encoded_name(name: x509.Name) -> TLV:
    """A certificate's subject or issuer, letter by letter as it stands there."""
    return decode_der(TLV, name.public_bytes())


@sequence
class _Attributes:
    attributes: SetOf[Attribute]


def to_be_signed(attributes: SetOf[Attribute]) -> bytes:
    """Signed attributes as their digest is taken: with the tag of a set and not the one they bear (RFC 5652 5.4)."""
    return bytes(decode_der(TLV, encode_der(_Attributes(attributes=attributes))).data)
