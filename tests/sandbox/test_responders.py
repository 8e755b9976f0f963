"""The services of the development PKI over HTTP."""

import base64
import hashlib
import socket
import struct
from datetime import timedelta, timezone
from typing import ClassVar
from urllib.parse import quote, urlsplit

import pytest
import requests
from asn1crypto import core, tsp
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from service.sandbox.stamping import TSA_POLICY
from tests.sandbox.world import NOW, World


def question(world: World, persona: str, algorithm: SHA1 | SHA256) -> bytes:
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        world.pki.certificate(persona), world.pki.issuer.certificate, algorithm
    )
    return builder.build().public_bytes(Encoding.DER)


@pytest.mark.parametrize("algorithm", [SHA1(), SHA256()], ids=["sha1", "sha256"])
def test_ocsp_answers_by_post_and_by_get(world: World, algorithm: SHA1 | SHA256) -> None:
    asked = question(world, "revoked", algorithm)
    by_post = requests.post(f"{world.url}/ocsp", data=asked, timeout=5).content
    by_get = requests.get(f"{world.url}/ocsp/{quote(base64.b64encode(asked), safe='')}", timeout=5).content
    for content in (by_post, by_get):
        answer = ocsp.load_der_ocsp_response(content)
        assert answer.certificate_status is ocsp.OCSPCertStatus.REVOKED
        assert answer.serial_number == world.pki.certificate("revoked").serial_number
        assert answer.this_update_utc == NOW


def test_ocsp_says_that_it_cannot_read_rubbish(world: World) -> None:
    for content in (
        requests.post(f"{world.url}/ocsp", data=b"rubbish", timeout=5).content,
        requests.get(f"{world.url}/ocsp/!!", timeout=5).content,
    ):
        answer = ocsp.load_der_ocsp_response(content)
        assert answer.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


def test_the_lists_and_the_authoritys_certificate_can_be_fetched(world: World) -> None:
    listed = x509.load_der_x509_crl(requests.get(f"{world.url}/nca.crl", timeout=5).content)
    assert listed.get_revoked_certificate_by_serial_number(world.pki.certificate("revoked").serial_number)
    assert not listed.get_revoked_certificate_by_serial_number(world.pki.certificate("person").serial_number)
    roots = x509.load_der_x509_crl(requests.get(f"{world.url}/root.crl", timeout=5).content)
    assert list(roots) == []
    issuer = x509.load_der_x509_certificate(requests.get(f"{world.url}/nca.cer", timeout=5).content)
    world.pki.certificate("person").verify_directly_issued_by(issuer)


def test_a_time_stamp_bears_the_procedures_time_and_the_authoritys_policy(world: World) -> None:
    world.now = NOW + timedelta(days=3)
    imprint = hashlib.sha256(b"signature").digest()
    granted = stamp(world, request_for("sha256", imprint, nonce=77))
    assert granted["status"]["status"].native == "granted"
    info = granted["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    assert info["gen_time"].native == NOW + timedelta(days=3)
    assert info["policy"].native == TSA_POLICY
    assert info["nonce"].native == 77
    assert info["message_imprint"]["hashed_message"].native == imprint


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_each_digest_that_is_taken_is_stamped(world: World, algorithm: str) -> None:
    granted = stamp(world, request_for(algorithm, hashlib.new(algorithm, b"signature").digest()))
    assert granted["status"]["status"].native == "granted"


def test_a_stamp_is_in_universal_time_wherever_its_clock_stands(world: World) -> None:
    world.now = NOW.astimezone(timezone(timedelta(hours=5)))
    info = stamp(world, request_for("sha256", bytes(32)))["time_stamp_token"]["content"]["encap_content_info"]
    assert info["content"].parsed["gen_time"].native == NOW


@pytest.mark.parametrize("wanted", [True, False])
def test_a_time_stamp_brings_its_certificates_when_they_are_asked_for(world: World, wanted: bool) -> None:
    granted = stamp(world, request_for("sha256", bytes(32), cert_req=wanted))
    assert bool(granted["time_stamp_token"]["content"]["certificates"]) is wanted


@pytest.mark.parametrize(
    ("request_body", "reason"),
    [
        (b"rubbish", "bad_data_format"),
        ("sha1", "bad_alg"),
        ("policy", "unaccepted_policy"),
        ("extension", "unaccepted_extensions"),
        ("short", "bad_data_format"),
        ("version", "bad_data_format"),
    ],
)
def test_a_stamp_that_cannot_be_granted_is_rejected_with_the_reason(
    world: World, request_body: bytes | str, reason: str
) -> None:
    if request_body == "sha1":
        request_body = request_for("sha1", bytes(20))
    elif request_body == "policy":
        request_body = request_for("sha256", bytes(32), req_policy="1.2.3.4")
    elif request_body == "extension":
        wish = {"extn_id": "1.2.3.4", "critical": True, "extn_value": b"\x05\x00"}
        request_body = request_for("sha256", bytes(32), extensions=[wish])
    elif request_body == "short":
        request_body = request_for("sha512", bytes(32))
    elif request_body == "version":
        request_body = request_for("sha256", bytes(32), version=2)
    assert isinstance(request_body, bytes)
    rejected = Rejection.load(requests.post(f"{world.url}/tsa", data=request_body, timeout=5).content, strict=True)
    assert rejected["status"]["status"].native == "rejection"
    assert rejected["status"]["fail_info"].native == {reason}


def test_whoever_hangs_up_in_the_middle_makes_no_noise(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    port = urlsplit(world.url).port or 0
    with socket.create_connection(("127.0.0.1", port)) as asking:
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closed by a reset
    assert requests.get(f"{world.url}/nca.cer", timeout=5).ok
    assert capfd.readouterr().err == ""


def test_anything_else_is_not_found(world: World) -> None:
    assert requests.get(f"{world.url}/", timeout=5).status_code == 404
    assert requests.get(f"{world.url}/tsa", timeout=5).status_code == 404


class Rejection(core.Sequence):  # type: ignore[misc] # asn1crypto declares no types
    """An answer without a stamp, which asn1crypto's own class cannot be."""

    _fields: ClassVar = [("status", tsp.PKIStatusInfo)]


def request_for(algorithm: str, imprint: bytes, **other: object) -> bytes:
    asked = {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": imprint}
    encoded: bytes = tsp.TimeStampReq({"version": 1, "message_imprint": asked} | other).dump()
    return encoded


def stamp(world: World, body: bytes) -> tsp.TimeStampResp:
    return tsp.TimeStampResp.load(requests.post(f"{world.url}/tsa", data=body, timeout=5).content)
