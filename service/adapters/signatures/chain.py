"""Checks one signer's signature and follows the certificate to a trusted root. Pure calculation, no network."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, core, x509
from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext

from service.adapters.signatures.certificates import TrustList, are_tangled
from service.adapters.signatures.signed_data import Unreadable, certificates_in, claimed_time, signed_data

# The library writes names and numbers of signers into its log whenever a check fails.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

# What a key may be used for is judged by the domain; here only its place in the chain matters.
_ANY_USE = KeyUsageConstraints(key_usage=set())
_STAMPING = KeyUsageConstraints(extd_key_usage={"time_stamping"}, explicit_extd_key_usage_required=True)
_IMPRINTS = {"sha256", "sha384", "sha512"}


@dataclass(frozen=True)
class Checked:
    """What calculation alone shows of a signature; `path` leads from the signer to the root, empty when it does not."""

    certificate: x509.Certificate
    digest_ok: bool
    signature_ok: bool
    path: tuple[x509.Certificate, ...]


@dataclass(frozen=True)
class Stamp:
    """A time stamp that is intact, belongs to the signature and leads to a trusted root."""

    moment: datetime
    path: tuple[x509.Certificate, ...]
    enclosed: tuple[x509.Certificate, ...]


def check_signature(signed: cms.SignedData, digest: bytes, trust: TrustList, moment: datetime) -> Checked:
    """Check a signature over content of the given digest, and its chain as of `moment`."""
    if isinstance(signed["signer_infos"][0]["signed_attrs"], core.Void):
        # Without signed attributes, attributes signed elsewhere could pass for a document.
        raise Unreadable("no_signed_attributes")
    return _check(signed, digest, trust, moment, _ANY_USE)


def check_stamp(token: cms.ContentInfo, signature: bytes, trust: TrustList) -> Stamp | None:
    """Check a time stamp over a signature's value; None when it is broken, strange or belongs elsewhere."""
    signed = signed_data(token)
    moment = claimed_time(token)
    imprint = signed["encap_content_info"]["content"].parsed["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if algorithm not in _IMPRINTS or imprint["hashed_message"].native != hashlib.new(algorithm, signature).digest():
        return None
    checked = _check(signed, None, trust, moment, _STAMPING)
    whole = checked.digest_ok and checked.signature_ok and bool(checked.path)
    return Stamp(moment, checked.path, tuple(certificates_in(signed))) if whole else None


def _check(
    signed: cms.SignedData, digest: bytes | None, trust: TrustList, moment: datetime, uses: KeyUsageConstraints
) -> Checked:
    if are_tangled(certificates_in(signed), trust.intermediates):
        raise Unreadable("too_many_certificates")
    context = ValidationContext(
        trust_roots=list(trust.roots),
        other_certs=list(trust.intermediates),
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status = asyncio.run(
        async_validate_cms_signature(
            signed,
            status_cls=SignatureStatus,
            raw_digest=digest,
            validation_context=context,
            key_usage_settings=uses,
        )
    )
    path = status.validation_path if status.trust_problem_indic is None else None
    certificates = () if path is None else tuple(path.iter_certs(include_root=True))[::-1]
    return Checked(status.signing_cert, status.intact, status.valid, certificates)
