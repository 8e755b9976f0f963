"""Takes a CMS signature apart without believing anything in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, core, x509

from service.adapters.signatures.identifiers import bounded

bounded()
_DIGESTS = {"sha256", "sha384", "sha512"}
_VERSIONS = {"v1", "v3", "v4", "v5"}
_GOST = ("1.2.398.3.10.1.", "1.2.643.")
_MOST_CERTIFICATES = 16


class Unreadable(Exception):
    """The bytes are not a signature of a kind that we know; the text is a code for the evidence."""


@dataclass(frozen=True)
class Parsed:
    """A CMS signature in parts. `bare` is the signature with its content taken out; `content` is what it carried.

    `certificate` is the signer's, found among the `enclosed`; None when it is missing.
    """

    bare: cms.SignedData
    content: bytes | None
    signers: tuple[cms.SignerInfo, ...]
    certificate: x509.Certificate | None
    enclosed: tuple[x509.Certificate, ...]

    @property
    def signer(self) -> cms.SignerInfo:
        """The one signer; ask only when there is exactly one."""
        (only,) = self.signers
        return only


def parse(encoded: bytes) -> Parsed:
    """Read an encoded CMS; raises Unreadable for anything that is not signed data."""
    signed = signed_data(cms.ContentInfo.load(encoded, strict=True))
    signers = tuple(signed["signer_infos"])
    enclosed = certificates_in(signed)
    certificate = _of_signer(signers[0], enclosed) if len(signers) == 1 else None
    return Parsed(
        bare=_without_content(signed),
        content=_content(signed),
        signers=signers,
        certificate=certificate,
        enclosed=tuple(enclosed),
    )


def signed_data(info: cms.ContentInfo) -> cms.SignedData:
    """Open a signature or a time stamp; raises Unreadable when its announcements do not fit what it holds."""
    if info["content_type"].native != "signed_data":
        raise Unreadable("not_signed_data")
    signed = info["content"]
    announced = {algorithm["algorithm"].native for algorithm in signed["digest_algorithms"]}
    used = {signer["digest_algorithm"]["algorithm"].native for signer in signed["signer_infos"]}
    if signed["version"].native not in _VERSIONS or (announced and not used <= announced):
        raise Unreadable("signed_data")
    return signed


def is_computable(signer: cms.SignerInfo) -> bool:
    """Say whether the signature is of a kind that this engine computes: RSA and ECDSA are, the GOST kinds are not."""
    oids = (signer["digest_algorithm"]["algorithm"].dotted, signer["signature_algorithm"]["algorithm"].dotted)
    return not any(oid.startswith(_GOST) for oid in oids)


def digest(signer: cms.SignerInfo, content: bytes) -> bytes:
    """Compute the digest of the content by the signer's algorithm; raises Unreadable for one that we do not know."""
    algorithm = signer["digest_algorithm"]["algorithm"].native
    if algorithm not in _DIGESTS:
        raise Unreadable("digest_algorithm")
    return hashlib.new(algorithm, content).digest()


def stamps(signer: cms.SignerInfo) -> list[cms.ContentInfo]:
    """The time stamps over this signature, as they came."""
    attributes = signer["unsigned_attrs"]
    if isinstance(attributes, core.Void):
        return []
    return [
        token
        for attribute in attributes
        if attribute["type"].native == "signature_time_stamp_token"
        for token in attribute["values"]
    ]


def claimed_time(token: cms.ContentInfo) -> datetime:
    """The moment that a time stamp claims, before any check; raises Unreadable when it claims none."""
    content = token["content"]["encap_content_info"]["content"]
    if not isinstance(content, core.ParsableOctetString):
        raise Unreadable("timestamp_format")
    moment = content.parsed["gen_time"].native
    if not isinstance(moment, datetime):
        raise Unreadable("timestamp_format")
    return moment


def certificates_in(signed: cms.SignedData) -> list[x509.Certificate]:
    """The certificates that travel in a signature or a time stamp; `Unreadable` for more than any has."""
    told = signed["certificates"]
    if isinstance(told, core.Void):
        return []
    enclosed = [choice.chosen.untag() for choice in told if choice.name == "certificate"]
    if len(enclosed) > _MOST_CERTIFICATES:
        raise Unreadable("too_many_certificates")
    return enclosed


def _of_signer(signer: cms.SignerInfo, enclosed: list[x509.Certificate]) -> x509.Certificate | None:
    identifier = signer["sid"]
    for certificate in enclosed:
        if identifier.name == "issuer_and_serial_number":
            same_issuer = identifier.chosen["issuer"] == certificate.issuer
            if same_issuer and identifier.chosen["serial_number"].native == certificate.serial_number:
                return certificate
        elif identifier.chosen.native == certificate.key_identifier:
            return certificate
    return None


def _content(signed: cms.SignedData) -> bytes | None:
    content = signed["encap_content_info"]["content"]
    return None if isinstance(content, core.Void) else bytes(content)


def _without_content(signed: cms.SignedData) -> cms.SignedData:
    # pyHanko passes over the time stamp of a signature that carries its content, so every signature is checked
    # as one without.
    if _content(signed) is None:
        return signed
    bare = signed.copy()
    info = signed["encap_content_info"]
    bare["encap_content_info"] = type(info)({"content_type": info["content_type"].native})
    return bare
