"""The development PKI: a root, an issuing CA, OCSP answers, revocation lists, time stamps and the personas' keys.

It is shaped like the RSA branch of Kazakhstan's National CA, so that the program cannot tell them apart but by the
root's name (R2.4). It is made on the first start and kept; its keys never leave the instance's directory.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from service.sandbox import pki_certificates as draw_up
from service.sandbox.personas import PERSONAS, Persona
from service.sandbox.pki_certificates import NOT_AFTER, NOT_BEFORE, UNANSWERED, Authority
from service.sandbox.pki_store import Store
from service.sandbox.signing import KeyHolder, sign
from service.sandbox.stamping import StampingAuthority

REVOKED_AT = datetime(2021, 6, 1, tzinfo=UTC)
EXPIRED_AT = datetime(2022, 6, 1, tzinfo=UTC)
_CRL_LIFE = timedelta(days=1)
_OCSP_LIFE = timedelta(hours=1)

Clock = Callable[[], datetime]


def machine_clock() -> datetime:
    """The machine's own time."""
    return datetime.now(UTC)


class DevPki:
    """The development PKI in one directory; `clock` gives the time of OCSP answers, lists and time stamps.

    `base_url` is where `responders` will be reached; it is written into the certificates when they are first made.
    """

    def __init__(self, directory: Path, base_url: str, clock: Clock = machine_clock) -> None:
        self.base_url = base_url
        self.clock = clock
        self._store = Store.open(directory, self._make)
        self._revoked = {self.certificate("revoked").serial_number: REVOKED_AT}
        # A directory that an earlier program has filled lacks this one.
        self._unanswered = self.certificate(UNANSWERED).serial_number if self._store.has(f"persona-{UNANSWERED}") else 0

    # --- what is trusted -------------------------------------------------

    @property
    def roots(self) -> list[bytes]:
        """The development root, as the engine takes it (DER)."""
        return [self._store.certificate("root").public_bytes(Encoding.DER)]

    @property
    def intermediates(self) -> list[bytes]:
        """The issuing CA's certificate, as the engine takes it (DER)."""
        return [self._store.certificate("nca").public_bytes(Encoding.DER)]

    @cached_property
    def root(self) -> Authority:
        """The root with its key."""
        return self._authority("root")

    @cached_property
    def issuer(self) -> Authority:
        """The issuing CA with its key."""
        return self._authority("nca")

    # --- people ----------------------------------------------------------

    def certificate(self, persona: str) -> x509.Certificate:
        """The signing certificate of a persona, by its key in PERSONAS."""
        return self._store.certificate(f"persona-{PERSONAS[persona].key}")

    def holder(self, persona: str, *, authentication: bool = False) -> KeyHolder:
        """The persona's signing key, or the same key with an authentication certificate issued on the spot."""
        key = self._store.key(f"persona-{PERSONAS[persona].key}")
        if not authentication:
            return KeyHolder(key, self.certificate(persona), [self.issuer.certificate])
        certificate = draw_up.personal(
            PERSONAS[persona], key.public_key(), self.issuer, self.base_url, authentication=True
        )
        return KeyHolder(key, certificate, [self.issuer.certificate])

    def issue(
        self, persona: Persona, *, not_before: datetime = NOT_BEFORE, not_after: datetime = NOT_AFTER
    ) -> KeyHolder:
        """Issue a new key and certificate to anybody, kept nowhere."""
        key = generate_private_key(65537, 2048)
        certificate = draw_up.personal(
            persona, key.public_key(), self.issuer, self.base_url, not_before=not_before, not_after=not_after
        )
        return KeyHolder(key, certificate, [self.issuer.certificate])

    # --- signatures ------------------------------------------------------

    @cached_property
    def stamping(self) -> StampingAuthority:
        """The time-stamping authority."""
        authority = self._authority("tsa")
        return StampingAuthority(KeyHolder(authority.key, authority.certificate, [self.issuer.certificate]), self.clock)

    def sign_cms(
        self,
        persona: str,
        content: bytes,
        with_tsa: bool = True,
        *,
        at: datetime | None = None,
        detached: bool = True,
        authentication: bool = False,
    ) -> bytes:
        """Sign with a persona's key without any network, at the given moment or now by the PKI's clock (R3.3)."""
        moment = at or self.clock()
        stamper = self.stamping.at(lambda: moment) if with_tsa else None
        holder = self.holder(persona, authentication=authentication)
        return sign(content, holder, at=moment, stamper=stamper, detached=detached)

    # --- revocation ------------------------------------------------------

    def revoke(self, serial: int, at: datetime | None = None) -> None:
        """Revoke a certificate by its serial number until the process ends."""
        self._revoked[serial] = at or self.clock()

    def reinstate(self, serial: int) -> None:
        """Take a revocation back."""
        self._revoked.pop(serial, None)

    def ocsp_answer(self, request: bytes) -> bytes:
        """Answer an OCSP request; serial numbers that are not revoked are good (RFC 6960)."""
        try:
            asked = ocsp.load_der_ocsp_request(request)
        except ValueError:
            return self.ocsp_refusal(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
        if asked.serial_number == self._unanswered:
            return self.ocsp_refusal(ocsp.OCSPResponseStatus.TRY_LATER)
        now = self.clock().replace(microsecond=0)
        revoked = self._revoked.get(asked.serial_number)
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial_number=asked.serial_number,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
            this_update=now,
            next_update=now + _OCSP_LIFE,
            revocation_time=revoked,
            revocation_reason=x509.ReasonFlags.unspecified if revoked else None,
        )
        responder = self._authority("ocsp")
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
        builder = builder.certificates([responder.certificate])
        for extension in asked.extensions:
            if isinstance(extension.value, x509.OCSPNonce):
                builder = builder.add_extension(extension.value, extension.critical)
        return builder.sign(responder.key, SHA256()).public_bytes(Encoding.DER)

    @staticmethod
    def ocsp_refusal(status: ocsp.OCSPResponseStatus) -> bytes:
        """An OCSP answer that says nothing of any certificate, such as "try later"."""
        return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)

    def crl(self) -> bytes:
        """The issuing CA's list of revoked certificates."""
        return self._list(self.issuer, self._revoked)

    def root_crl(self) -> bytes:
        """The root's list, which is empty."""
        return self._list(self.root, {})

    def _list(self, authority: Authority, revoked: dict[int, datetime]) -> bytes:
        now = self.clock().replace(microsecond=0)
        builder = (
            x509.CertificateRevocationListBuilder(authority.certificate.subject)
            .last_update(now)
            .next_update(now + _CRL_LIFE)
            .add_extension(x509.CRLNumber(int(now.timestamp())), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), False)
        )
        for serial, at in revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(authority.key, SHA256()).public_bytes(Encoding.DER)

    # --- the first start -------------------------------------------------

    def _authority(self, name: str) -> Authority:
        return Authority(self._store.key(name), self._store.certificate(name))

    def _make(self, store: Store) -> None:
        services = {
            "ocsp": ("OCSP RESPONDER", ExtendedKeyUsageOID.OCSP_SIGNING),
            "tsa": ("TIME STAMPING", ExtendedKeyUsageOID.TIME_STAMPING),
        }
        keys = _keys(["root", "nca", *services, *PERSONAS])
        root = Authority(keys["root"], draw_up.root(keys["root"]))
        issuer = Authority(keys["nca"], draw_up.issuing(keys["nca"], root, self.base_url))
        store.save("root", root.key, root.certificate)
        store.save("nca", issuer.key, issuer.certificate)
        for name, (title, purpose) in services.items():
            store.save(name, keys[name], draw_up.responder(title, purpose, keys[name], issuer, self.base_url))
        for name, persona in PERSONAS.items():
            until = EXPIRED_AT if name == "expired" else NOT_AFTER
            certificate = draw_up.personal(persona, keys[name].public_key(), issuer, self.base_url, not_after=until)
            store.save(f"persona-{name}", keys[name], certificate)


def _keys(names: list[str]) -> dict[str, RSAPrivateKey]:
    # Making RSA keys takes nearly all of a first start and lets other threads run meanwhile.
    with ThreadPoolExecutor() as pool:
        sizes = [3072 if name in ("root", "nca") else 2048 for name in names]
        return dict(zip(names, pool.map(lambda size: generate_private_key(65537, size), sizes), strict=True))
