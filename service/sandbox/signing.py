"""Signs with keys of the development PKI: CMS signatures and RFC 3161 time stamps."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

import requests
from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

TSA_POLICY = "1.2.398.3.3.2.6.2"
"""The policy of the National CA's time stamps over SHA-256 and RSA."""

_IMPRINTS: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


class KeyHolder(Signer):
    """A signer whose key is already in memory, so that a signature costs a millisecond."""

    def __init__(
        self, key: RSAPrivateKey, certificate: x509.Certificate, chain: Sequence[x509.Certificate] = ()
    ) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # pyHanko declares no types here
        store.register_multiple([as_asn1(each) for each in chain])
        super().__init__(signing_cert=as_asn1(certificate), cert_registry=store, embed_roots=False)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Sign bytes; a rehearsal gets zeros of the same length."""
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, PKCS1v15(), _IMPRINTS[digest_algorithm]())


class Rejection(core.Sequence):  # type: ignore[misc] # asn1crypto declares no types
    """A time-stamp answer without a stamp, which asn1crypto's own class cannot be."""

    _fields: ClassVar = [("status", tsp.PKIStatusInfo)]


class StampingAuthority:
    """Answers time-stamp requests with the time of its own clock (RFC 3161)."""

    def __init__(self, holder: KeyHolder, clock: Callable[[], datetime]) -> None:
        self._holder = holder
        self._clock = clock

    def answer(self, request: bytes) -> bytes:
        """Answer an encoded request; what cannot be granted is rejected with the reason, as a real authority does."""
        try:
            parsed = tsp.TimeStampReq.load(request, strict=True)
            algorithm = parsed["message_imprint"]["hash_algorithm"]["algorithm"].native
            policy = parsed["req_policy"].native
        except ValueError:
            return _rejection("bad_data_format")
        if algorithm not in _IMPRINTS:
            return _rejection("bad_alg")
        if policy not in (None, TSA_POLICY):
            return _rejection("unaccepted_policy")
        response: bytes = self.grant(parsed, self._clock()).dump()
        return response

    def grant(self, request: tsp.TimeStampReq, at: datetime) -> tsp.TimeStampResp:
        """Stamp the request with the given moment."""
        info = {
            "version": "v1",
            "policy": TSA_POLICY,
            "message_imprint": request["message_imprint"],
            "serial_number": int.from_bytes(secrets.token_bytes(8), "big"),
            "gen_time": at,
        }
        if request["nonce"].native is not None:
            info["nonce"] = request["nonce"]
        content = cms.EncapsulatedContentInfo(
            {"content_type": "tst_info", "content": cms.ParsableOctetString(tsp.TSTInfo(info).dump())}
        )
        token = asyncio.run(self._holder.async_sign_general_data(content, "sha256", detached=False))
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})


class LocalStamper(TimeStamper):
    """Asks an authority in the same process, for fast tests and demo data."""

    def __init__(self, authority: StampingAuthority, at: Callable[[], datetime]) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # pyHanko declares no types here
        self._authority = authority
        self._at = at

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Get a stamp with the moment asked for."""
        return await asyncio.to_thread(self._authority.grant, req, self._at())


class HttpStamper(TimeStamper):
    """Asks the authority over HTTP, as the real signing program does; always on this machine, so never by a proxy."""

    def __init__(self, url: str, timeout: float = 5) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # pyHanko declares no types here
        self._url = url
        self._timeout = timeout

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Get a stamp with the authority's own time; raises TimestampRequestError."""
        return await asyncio.to_thread(self._post, req.dump())

    def _post(self, request: bytes) -> tsp.TimeStampResp:
        try:
            with requests.Session() as session:
                session.trust_env = False
                kind = {"Content-Type": "application/timestamp-query"}
                response = session.post(self._url, data=request, headers=kind, timeout=self._timeout)
                response.raise_for_status()
            return tsp.TimeStampResp.load(response.content, strict=True)
        except (OSError, ValueError) as error:
            raise TimestampRequestError("no time stamp") from error


def sign(
    content: bytes, holder: KeyHolder, *, at: datetime, stamper: TimeStamper | None = None, detached: bool = True
) -> bytes:
    """Make a CMS signature over `content`, with `at` as the signer's own claim of the time."""
    signed = holder.async_sign_general_data(
        content,
        "sha256",
        detached=detached,
        use_cades=True,
        timestamper=stamper,
        signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
    )
    encoded: bytes = asyncio.run(signed).dump()
    return encoded


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """Read a certificate with the library that pyHanko speaks."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _rejection(reason: str) -> bytes:
    encoded: bytes = Rejection({"status": {"status": "rejection", "fail_info": {reason}}}).dump()
    return encoded
