"""Reads certificates: whose they are, what they are for, and which of them are trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import factorial, prod

from asn1crypto import x509

from service.domain.signatures import DEVELOPMENT_MARK, KeyUse, Signer, SignerRole

_ROLES = {
    "1.2.398.3.3.4.1.1": SignerRole.PERSON,
    "1.2.398.3.3.4.1.2": SignerRole.ORGANISATION,
    "1.2.398.3.3.4.1.2.1": SignerRole.HEAD,
    "1.2.398.3.3.4.1.2.2": SignerRole.CAN_SIGN,
    "1.2.398.3.3.4.1.2.3": SignerRole.CAN_SIGN_FINANCIAL,
    "1.2.398.3.3.4.1.2.4": SignerRole.HR,
    "1.2.398.3.3.4.1.2.5": SignerRole.EMPLOYEE,
}
_MOST_NAMESAKES = 6
_MOST_ORDERS = 1000
"""In how many orders issuers may be tried: those of six namesakes."""
_MOST_STRANGE = 500
_COMMON_NAME, _SURNAME, _NUMBER = "2.5.4.3", "2.5.4.4", "2.5.4.5"
_ORGANISATION, _UNIT, _PATRONYMIC = "2.5.4.10", "2.5.4.11", "2.5.4.42"


@dataclass(frozen=True)
class TrustList:
    """The roots that are believed without proof, and the issuing CAs known beforehand."""

    roots: tuple[x509.Certificate, ...]
    intermediates: tuple[x509.Certificate, ...]

    @classmethod
    def of(cls, roots: Iterable[bytes], intermediates: Iterable[bytes]) -> TrustList:
        """Read both lists from DER; raises ValueError when one is not a certificate or no root is given."""
        read = cls(tuple(map(_load, roots)), tuple(map(_load, intermediates)))
        if not read.roots:
            raise ValueError("at least one trusted root is needed")
        return read


def is_development_root(der: bytes) -> bool:
    """Say whether a root is ours for development or the National CA's for tests: never to be trusted in production."""
    return is_test_authority(_load(der))


def is_own_issuer(der: bytes) -> bool:
    """Say whether a certificate is a root: it names itself as its issuer."""
    certificate = _load(der)
    return bool(certificate.subject == certificate.issuer)


def is_test_authority(certificate: x509.Certificate) -> bool:
    """Say whether a CA's own name declares it a test."""
    name = "".join(_parts(certificate.subject, _COMMON_NAME)).upper()
    return DEVELOPMENT_MARK in name or "TEST" in name.replace("(", " ").replace(")", " ").split()


def describe(certificate: x509.Certificate) -> Signer:
    """Read the holder from a certificate laid out as the National CA does; attributes may come in any order (R2.4)."""
    validity = certificate["tbs_certificate"]["validity"]
    return Signer(
        iin=_number("IIN", _parts(certificate.subject, _NUMBER)),
        bin=_number("BIN", [*_parts(certificate.subject, _UNIT), *_parts(certificate.subject, _NUMBER)]),
        surname=_first(_parts(certificate.subject, _SURNAME)),
        common_name=_first(_parts(certificate.subject, _COMMON_NAME)),
        patronymic=_first(_parts(certificate.subject, _PATRONYMIC)),
        organisation=_first(_parts(certificate.subject, _ORGANISATION)),
        roles=frozenset(_ROLES[oid] for oid in _purposes(certificate) if oid in _ROLES),
        use=_use(certificate),
        serial=f"{certificate.serial_number:x}",
        issuer=_first(_parts(certificate.issuer, _COMMON_NAME)),
        valid_from=validity["not_before"].native,
        valid_until=validity["not_after"].native,
    )


def are_tangled(strange: Iterable[x509.Certificate], known: Iterable[x509.Certificate] = ()) -> bool:
    """Say whether so many of them could have issued one another that the search for a chain would never end.

    The search tries the namesakes of an issuer in every order: ten certificates of one name keep it busy for a minute,
    twelve for hours. Of the `known` ones only those count that share a name with a strange one.
    """
    trusted = {each.dump(): each for each in known}
    added = {each.dump(): each for each in strange if each.dump() not in trusted}
    everyone = [*trusted.values(), *added.values()]
    issuers = {each.issuer.hashable for each in everyone} & {each.subject.hashable for each in added.values()}
    namesakes = Counter(name for each in everyone if (name := each.subject.hashable) in issuers)
    return prod(factorial(min(number, _MOST_NAMESAKES + 1)) for number in namesakes.values()) > _MOST_ORDERS


def are_laborious(certificates: Iterable[bytes]) -> bool:
    """Say the same of certificates from anywhere, in DER, of which there may be very many; ValueError."""
    distinct = set(certificates)
    return len(distinct) > _MOST_STRANGE or are_tangled(map(_load, distinct))


def _load(der: bytes) -> x509.Certificate:
    certificate = x509.Certificate.load(der, strict=True)
    _ = certificate.subject.native  # asn1crypto reads lazily: touch a part so that rubbish shows at once
    return certificate


def _parts(name: x509.Name, oid: str) -> list[str]:
    pairs = (pair for names in name.chosen for pair in names)
    return [str(pair["value"].native) for pair in pairs if pair["type"].dotted == oid]


def _purposes(certificate: x509.Certificate) -> list[str]:
    extension = certificate.extended_key_usage_value
    return [] if extension is None else [purpose.dotted for purpose in extension]


def _use(certificate: x509.Certificate) -> KeyUse:
    extension = certificate.key_usage_value
    granted = set() if extension is None else extension.native
    if {"digital_signature", "non_repudiation"} <= granted:
        return KeyUse.SIGN
    if {"digital_signature", "key_encipherment"} <= granted:
        return KeyUse.AUTH
    return KeyUse.UNKNOWN


def _number(prefix: str, values: Sequence[str]) -> str:
    return _first([value.removeprefix(prefix) for value in values if value.startswith(prefix)])


def _first(values: Sequence[str]) -> str:
    return values[0] if values else ""
