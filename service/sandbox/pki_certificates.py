"""Draws up certificates with the subject and the extensions that Kazakhstan's National CA gives them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from service.domain.signatures import DEVELOPMENT_MARK, SignerRole
from service.sandbox.personas import Persona

NOT_BEFORE = datetime(2015, 1, 1, tzinfo=UTC)
NOT_AFTER = datetime(2045, 1, 1, tzinfo=UTC)

_ROLE_OIDS = {
    SignerRole.PERSON: "1.2.398.3.3.4.1.1",
    SignerRole.ORGANISATION: "1.2.398.3.3.4.1.2",
    SignerRole.HEAD: "1.2.398.3.3.4.1.2.1",
    SignerRole.CAN_SIGN: "1.2.398.3.3.4.1.2.2",
    SignerRole.CAN_SIGN_FINANCIAL: "1.2.398.3.3.4.1.2.3",
    SignerRole.HR: "1.2.398.3.3.4.1.2.4",
    SignerRole.EMPLOYEE: "1.2.398.3.3.4.1.2.5",
}
_POLICY_PARENT = "1.2.398.3.3.2"


@dataclass(frozen=True)
class Authority:
    """A certificate and its key, which may sign other certificates."""

    key: RSAPrivateKey
    certificate: x509.Certificate


def root(key: RSAPrivateKey) -> x509.Certificate:
    """Draw up the development root; its name says so in plain sight."""
    name = _name(f"{DEVELOPMENT_MARK} НЕГІЗГІ ОРТАЛЫҚ (RSA)")
    builder = _builder(name, key.public_key(), name, key.public_key())
    return _as_authority(builder, path_length=None).sign(key, SHA256())


def issuing(key: RSAPrivateKey, root: Authority, base_url: str) -> x509.Certificate:
    """Draw up the certificate of the CA that issues people's certificates."""
    name = _name(f"{DEVELOPMENT_MARK} ҰЛТТЫҚ ОРТАЛЫҚ (RSA)")
    builder = _builder(name, key.public_key(), root.certificate.subject, root.key.public_key())
    builder = builder.add_extension(_crl_at(f"{base_url}/root.crl"), False)
    return _as_authority(builder, path_length=0).sign(root.key, SHA256())


def responder(
    title: str, purpose: ObjectIdentifier, key: RSAPrivateKey, issuer: Authority, base_url: str
) -> x509.Certificate:
    """Draw up the certificate of a service: OCSP answers or time stamps."""
    builder = _builder(
        _name(f"{DEVELOPMENT_MARK} {title}"), key.public_key(), issuer.certificate.subject, issuer.key.public_key()
    )
    builder = (
        builder.add_extension(x509.BasicConstraints(False, None), True)
        .add_extension(_key_usage(digital_signature=True, content_commitment=True), True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), True)
    )
    if purpose == ExtendedKeyUsageOID.OCSP_SIGNING:
        builder = builder.add_extension(x509.OCSPNoCheck(), False)
    else:
        builder = builder.add_extension(_crl_at(f"{base_url}/nca.crl"), False)
        builder = builder.add_extension(_services(base_url), False)
    return builder.sign(issuer.key, SHA256())


def personal(
    persona: Persona,
    public_key: RSAPublicKey,
    issuer: Authority,
    base_url: str,
    *,
    authentication: bool = False,
    not_before: datetime = NOT_BEFORE,
    not_after: datetime = NOT_AFTER,
) -> x509.Certificate:
    """Draw up a person's certificate, for signing or for authentication."""
    builder = _builder(
        _subject(persona), public_key, issuer.certificate.subject, issuer.key.public_key(), not_before, not_after
    )
    usage = (
        _key_usage(digital_signature=True, key_encipherment=True)
        if authentication
        else _key_usage(digital_signature=True, content_commitment=True)
    )
    return (
        builder.add_extension(usage, True)
        .add_extension(x509.ExtendedKeyUsage(purposes(persona.role, authentication)), False)
        .add_extension(_policy(persona.role, authentication), False)
        .add_extension(_crl_at(f"{base_url}/{'silence' if persona.key == UNANSWERED else 'nca'}.crl"), False)
        .add_extension(_services(base_url), False)
        .sign(issuer.key, SHA256())
    )


UNANSWERED = "unanswered"
"""The persona about whose certificate neither OCSP nor a list says anything: where its list should be, is none."""


def _builder(
    subject: x509.Name,
    public_key: RSAPublicKey,
    issuer: x509.Name,
    issuer_key: RSAPublicKey,
    not_before: datetime = NOT_BEFORE,
    not_after: datetime = NOT_AFTER,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=public_key)
        .serial_number(int.from_bytes(secrets.token_bytes(20), "big") >> 1)
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), False)
    )


def _as_authority(builder: x509.CertificateBuilder, *, path_length: int | None) -> x509.CertificateBuilder:
    return builder.add_extension(x509.BasicConstraints(True, path_length), True).add_extension(
        _key_usage(key_cert_sign=True, crl_sign=True), True
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "KZ"), x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    )


def _subject(persona: Persona) -> x509.Name:
    attributes = [
        (NameOID.COMMON_NAME, f"{persona.surname} {persona.given}"),
        (NameOID.SURNAME, persona.surname),
        (NameOID.SERIAL_NUMBER, f"IIN{persona.iin}"),
        (NameOID.COUNTRY_NAME, "KZ"),
        # The National CA writes the patronymic where the standard means the given name.
        (NameOID.GIVEN_NAME, persona.patronymic),
    ]
    if persona.bin:
        attributes.append((NameOID.ORGANIZATION_NAME, persona.organisation))
        attributes.append((NameOID.ORGANIZATIONAL_UNIT_NAME, f"BIN{persona.bin}"))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes])


def purposes(role: SignerRole, authentication: bool) -> list[ObjectIdentifier]:
    """What a person's certificate is for: signing or authentication, then the role of its holder."""
    purpose = ExtendedKeyUsageOID.CLIENT_AUTH if authentication else ExtendedKeyUsageOID.EMAIL_PROTECTION
    roles = [role] if role is SignerRole.PERSON else [SignerRole.ORGANISATION, role]
    return [purpose, *(ObjectIdentifier(_ROLE_OIDS[each]) for each in roles)]


def _policy(role: SignerRole, authentication: bool) -> x509.CertificatePolicies:
    number = (3 if role is SignerRole.PERSON else 1) + int(authentication)
    oid = ObjectIdentifier(f"{_POLICY_PARENT}.{number}")
    return x509.CertificatePolicies([x509.PolicyInformation(oid, None)])


def _crl_at(url: str) -> x509.CRLDistributionPoints:
    return x509.CRLDistributionPoints([x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)])


def _services(base_url: str) -> x509.AuthorityInformationAccess:
    places = (
        (AuthorityInformationAccessOID.CA_ISSUERS, f"{base_url}/nca.cer"),
        (AuthorityInformationAccessOID.OCSP, f"{base_url}/ocsp"),
    )
    return x509.AuthorityInformationAccess(
        [x509.AccessDescription(method, x509.UniformResourceIdentifier(url)) for method, url in places]
    )


def _key_usage(**granted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature content_commitment key_encipherment data_encipherment "
        "key_agreement key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: granted.get(name, False) for name in names.split()})
