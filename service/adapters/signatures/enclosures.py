"""Looks at what travels inside a signature uncovered by it: each certificate must prove itself (R2.4)."""

from __future__ import annotations

from collections.abc import Iterable

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm


def are_genuine(enclosed: Iterable[asn1.Certificate], known: Iterable[asn1.Certificate]) -> bool:
    """Say whether every enclosed certificate is a known one, or bears the sound signature of another or its own.

    One that is signed with an algorithm we cannot compute is let pass: it proves nothing and harms nothing.
    """
    certificates = {each.dump() for each in known}
    strangers = [encoded for each in enclosed if (encoded := each.dump()) not in certificates]
    if not strangers:
        return True
    try:
        issuers = [x509.load_der_x509_certificate(each) for each in (*certificates, *strangers)]
        return all(_is_signed(x509.load_der_x509_certificate(each), issuers) for each in strangers)
    except (ValueError, TypeError):
        return False


def _is_signed(certificate: x509.Certificate, issuers: list[x509.Certificate]) -> bool:
    for issuer in issuers:
        if issuer.subject != certificate.issuer:
            continue
        try:
            certificate.verify_directly_issued_by(issuer)
        except UnsupportedAlgorithm:
            return True
        except (InvalidSignature, ValueError, TypeError):
            continue
        return True
    return False
