"""The time-stamping authority of the development PKI, and the ways to ask one (RFC 3161)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import requests
from cryptography.hazmat.asn1 import BitString, GeneralizedTime, decode_der, encode_der
from cryptography.x509.oid import ObjectIdentifier

from service.domain.errors import Unavailable
from service.sandbox import cms
from service.sandbox.signing import KeyHolder, Stamper, sha256

TSA_POLICY = "1.2.398.3.3.2.6.2"
"""The policy of the National CA's time stamps over SHA-256 and RSA."""

_POLICY = ObjectIdentifier(TSA_POLICY)
_IMPRINTS = {cms.SHA256: 32, cms.SHA384: 48, cms.SHA512: 64}
"""Which digests are stamped, and how many bytes each has."""
_GRANTED, _REJECTED = 0, 2
_BAD_ALGORITHM, _BAD_FORMAT, _OTHER_POLICY, _UNKNOWN_EXTENSION = 0, 5, 15, 16
"""Why a request is rejected: the bits of PKIFailureInfo."""


class StampingAuthority:
    """Answers time-stamp requests with the time of its own clock."""

    def __init__(self, holder: KeyHolder, clock: Callable[[], datetime]) -> None:
        self._holder = holder
        self._clock = clock

    def answer(self, request: bytes) -> bytes:
        """Answer an encoded request; what cannot be granted is rejected with the reason, as a real authority does."""
        try:
            asked = decode_der(cms.StampRequest, request)
        except ValueError:
            return _rejection(_BAD_FORMAT)
        if asked.imprint.algorithm.algorithm not in _IMPRINTS:
            return _rejection(_BAD_ALGORITHM)
        if asked.version != 1 or len(asked.imprint.digest) != _IMPRINTS[asked.imprint.algorithm.algorithm]:
            return _rejection(_BAD_FORMAT)
        if asked.policy not in (None, _POLICY):
            return _rejection(_OTHER_POLICY)
        if asked.extensions:
            return _rejection(_UNKNOWN_EXTENSION)
        return encode_der(cms.StampAnswer(status=cms.Status(status=_GRANTED), stamp=self._stamp(asked, self._clock())))

    def at(self, moment: Callable[[], datetime]) -> Stamper:
        """Stamps of this moment without a socket, for fast tests and demo data."""
        return lambda signature: encode_der(self._stamp(_question(signature), moment()))

    def _stamp(self, asked: cms.StampRequest, at: datetime) -> cms.Signature:
        info = encode_der(
            cms.StampInfo(
                version=1,
                policy=_POLICY,
                imprint=asked.imprint,
                serial=int.from_bytes(secrets.token_bytes(8), "big"),
                at=GeneralizedTime(at.astimezone(UTC)),
                nonce=asked.nonce,
            )
        )
        content = cms.Content(kind=cms.TST_INFO, content=info)
        signed = self._holder.signed(content, sha256(info), None, chain=asked.certificates)
        return cms.Signature(kind=cms.SIGNED_DATA, signed_data=signed)


def over_http(url: str, timeout: float = 5) -> Stamper:
    """Stamps of this authority over HTTP, as the real signing program gets its own: never by a proxy."""

    def stamp(signature: bytes) -> bytes:
        question = _question(signature)
        try:
            with requests.Session() as session:
                session.trust_env = False
                kind = {"Content-Type": "application/timestamp-query"}
                response = session.post(url, data=encode_der(question), headers=kind, timeout=timeout)
                response.raise_for_status()
            return encode_der(_granted(decode_der(cms.StampAnswer, response.content), question))
        except (OSError, ValueError) as error:
            raise Unavailable(system="tsa") from error

    return stamp


def _question(signature: bytes) -> cms.StampRequest:
    return cms.StampRequest(
        version=1,
        imprint=cms.Imprint(algorithm=cms.Algorithm(algorithm=cms.SHA256), digest=sha256(signature)),
        nonce=int.from_bytes(secrets.token_bytes(8), "big"),
        certificates=True,
    )


def _granted(answer: cms.StampAnswer, question: cms.StampRequest) -> cms.Signature:
    """The stamp of an answer; ValueError where there is none, or one that answers another question."""
    if answer.stamp is None:
        raise ValueError("not granted")
    info = decode_der(cms.StampInfo, answer.stamp.signed_data.content.content or b"")
    if info.nonce != question.nonce:
        raise ValueError("nonce")
    return answer.stamp


def _rejection(reason: int) -> bytes:
    bits = BitString((1 << 7 - reason % 8).to_bytes(reason // 8 + 1, "big"), 7 - reason % 8)
    return encode_der(cms.StampAnswer(status=cms.Status(status=_REJECTED, failure=bits)))
