"""When the authority's services fail: a signature is then "could not be checked", never "invalid"."""

import socket
from collections.abc import Callable
from datetime import timedelta

import pytest
from asn1crypto import cms as asn1
from cryptography.x509 import ocsp

from service.adapters.signatures import build_engine
from service.domain.signatures import Evidence, Judgement, Reason, Requirement, Verdict, judge
from service.sandbox.personas import PERSONAS
from service.sandbox.pki import DevPki
from service.sandbox.pki_certificates import Authority
from service.sandbox.responders import Server, serve
from tests.sandbox.world import CONTENT, NOW, Spoiler, World, fail, never_answer

PROPRIETOR = Requirement.sole_proprietor(PERSONAS["entrepreneur"].iin)
OTHER_PERSON = Requirement.sole_proprietor(PERSONAS["person"].iin)
QUICK = 0.3


def verified(world: World, ocsp: tuple[bytes, ...] = (), persona: str = "entrepreneur") -> tuple[Evidence, Judgement]:
    """Verify a fresh signature, waiting for answers but briefly."""
    cms = world.pki.sign_cms(persona, CONTENT)
    evidence = world.engine(timeout=QUICK).verify_cms(cms, CONTENT, ocsp=ocsp)
    return evidence, judge(evidence, Requirement.sole_proprietor(world.iin(persona)), now=world.now)


def everywhere(change: Callable[[bytes], bytes]) -> Spoiler:
    return lambda path, answer: change(answer)


def only_ocsp(change: Callable[[bytes], bytes]) -> Spoiler:
    """Spoil the OCSP answers and let no revocation list help out."""

    def spoil(path: str, answer: bytes) -> bytes:
        return change(answer) if path == "/ocsp" else fail(path, answer)

    return spoil


def try_later(answer: bytes) -> bytes:
    return DevPki.ocsp_refusal(ocsp.OCSPResponseStatus.TRY_LATER)


def internal_error(answer: bytes) -> bytes:
    return DevPki.ocsp_refusal(ocsp.OCSPResponseStatus.INTERNAL_ERROR)


def tampered(answer: bytes) -> bytes:
    return answer.replace(b"20260407", b"20260408", 1)


@pytest.mark.law("R2.4")
@pytest.mark.parametrize(
    ("spoiler", "problem"),
    [
        (fail, "ocsp_no_answer"),
        (never_answer, "ocsp_no_answer"),
        (only_ocsp(try_later), "ocsp_try_later"),
        (only_ocsp(internal_error), "ocsp_internal_error"),
        (everywhere(lambda answer: b"<html>maintenance</html>"), "ocsp_unreadable"),
        (everywhere(lambda answer: b""), "ocsp_unreadable"),
        (everywhere(lambda answer: answer[:-20]), "ocsp_unreadable"),
        (everywhere(lambda answer: b"\x30" * 100_000), "ocsp_no_answer"),
        (only_ocsp(tampered), "ocsp_stranger"),
    ],
    ids=["500", "slow", "try later", "internal error", "a page", "nothing", "cut off", "endless", "tampered"],
)
def test_a_failing_service_leaves_the_signature_unchecked(world: World, spoiler: Spoiler, problem: str) -> None:
    world.spoil = spoiler
    evidence, judgement = verified(world)
    assert judgement.verdict is Verdict.UNCHECKED
    assert judgement.reasons == (Reason.REVOCATION_UNKNOWN, Reason.TIMESTAMP_UNKNOWN)
    assert problem in evidence.problems


@pytest.mark.law("R2.4")
def test_an_address_where_nobody_listens_leaves_the_signature_unchecked(world: World) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/ocsp"
        world.spoil = fail
        engine = world.engine(ocsp_url=nobody)
        evidence = engine.verify_cms(world.pki.sign_cms("entrepreneur", CONTENT), CONTENT)
    assert judge(evidence, PROPRIETOR, now=NOW).verdict is Verdict.UNCHECKED


@pytest.mark.law("R2.4")
def test_without_the_network_the_signature_is_unchecked(world: World) -> None:
    evidence = world.engine(fetch=False).verify_cms(world.pki.sign_cms("entrepreneur", CONTENT), CONTENT)
    assert judge(evidence, PROPRIETOR, now=NOW).verdict is Verdict.UNCHECKED
    assert world.asked == []


@pytest.mark.law("R2.4")
def test_an_answer_signed_by_a_stranger_is_not_believed(world: World, impostor: DevPki) -> None:
    strangers = serve(impostor)
    try:
        world.spoil = fail
        engine = world.engine(ocsp_url=f"{strangers.url}/ocsp")
        evidence = engine.verify_cms(world.pki.sign_cms("revoked", CONTENT), CONTENT)
    finally:
        strangers.stop()
    assert evidence.revocation == "unknown"
    assert "ocsp_stranger" in evidence.problems


@pytest.mark.law("R2.4")
def test_an_answer_signed_by_a_person_of_the_same_authority_is_not_believed(world: World) -> None:
    with_own_key = world.pki.holder("revoked")

    class Persons(DevPki):
        def _authority(self, name: str) -> Authority:
            if name != "ocsp":
                return super()._authority(name)
            return Authority(with_own_key.key, self.certificate("revoked"))

    persons = Persons(world.pki._store.directory, world.url, world.pki.clock)
    persons._revoked.clear()
    false_server: Server = serve(persons)
    try:
        world.spoil = fail
        engine = world.engine(ocsp_url=f"{false_server.url}/ocsp")
        evidence = engine.verify_cms(world.pki.sign_cms("revoked", CONTENT), CONTENT)
    finally:
        false_server.stop()
    assert evidence.revocation == "unknown"
    assert "ocsp_stranger" in evidence.problems


@pytest.mark.law("R2.4")
def test_an_answer_about_another_certificate_is_not_taken_for_ours(world: World) -> None:
    about_other = kept_answers(world, "entrepreneur")[0]
    world.spoil = only_ocsp(lambda answer: about_other)
    evidence, judgement = verified(world, persona="revoked")
    assert evidence.revocation == "unknown"
    assert judgement.verdict is Verdict.UNCHECKED


@pytest.mark.law("R2.4")
def test_an_old_answer_played_back_is_not_believed(world: World) -> None:
    old = kept_answers(world, "entrepreneur")
    world.spoil = only_ocsp(lambda answer: old[0])
    evidence, _ = verified(world)
    assert "ocsp_nonce" in evidence.problems
    assert evidence.revocation == "unknown"


@pytest.mark.law("R2.4")
def test_the_revocation_list_answers_when_ocsp_does_not(world: World) -> None:
    world.spoil = lambda path, answer: fail(path, answer) if path == "/ocsp" else answer
    evidence, judgement = verified(world)
    assert evidence.revocation_source == "crl"
    assert evidence.revocation == "good"
    assert judgement.valid
    evidence, judgement = verified(world, persona="revoked")
    assert evidence.revocation_source == "crl"
    assert judgement.reasons == (Reason.REVOKED,)


@pytest.mark.law("R2.4")
def test_a_strangers_revocation_list_is_not_believed(world: World, impostor: DevPki) -> None:
    world.spoil = lambda path, answer: impostor.crl() if path == "/nca.crl" else fail(path, answer)
    evidence, _ = verified(world, persona="revoked")
    assert evidence.revocation == "unknown"
    assert "crl_stranger" in evidence.problems


@pytest.mark.law("R2.4")
def test_an_outdated_revocation_list_is_not_believed(world: World) -> None:
    yesterdays = world.pki.crl()
    world.now = NOW + timedelta(days=3)
    world.spoil = lambda path, answer: yesterdays if path == "/nca.crl" else fail(path, answer)
    evidence, _ = verified(world)
    assert "crl_outdated" in evidence.problems


@pytest.mark.law("R2.4")
def test_what_certainly_speaks_against_a_signature_counts_while_the_services_are_down(world: World) -> None:
    world.spoil = fail
    cms = world.pki.sign_cms("entrepreneur", CONTENT)
    judgement = judge(world.engine().verify_cms(cms, CONTENT), OTHER_PERSON, now=NOW)
    assert judgement.verdict is Verdict.INVALID
    assert judgement.reasons == (Reason.IIN_MISMATCH,)


@pytest.mark.law("R2.4")
def test_kept_answers_prove_a_signature_years_later_without_the_authority(world: World) -> None:
    cms = world.pki.sign_cms("entrepreneur", CONTENT)
    evidence = world.engine().verify_cms(cms, CONTENT)
    world.now = NOW + timedelta(days=3 * 365)
    world.spoil = fail
    assert world.judge(cms, PROPRIETOR).verdict is Verdict.UNCHECKED
    assert world.judge(cms, PROPRIETOR, ocsp=evidence.ocsp).verdict is Verdict.VALID


@pytest.mark.law("R2.4")
def test_an_answer_kept_from_before_the_signature_proves_nothing(world: World) -> None:
    early = kept_answers(world, "entrepreneur")
    world.now = NOW + timedelta(days=1)
    world.spoil = fail
    _, judgement = verified(world, ocsp=early)
    assert judgement.verdict is Verdict.UNCHECKED


@pytest.mark.law("R2.4")
def test_a_later_check_succeeds_once_the_service_answers_again(world: World) -> None:
    cms = world.pki.sign_cms("entrepreneur", CONTENT)
    world.spoil = fail
    assert world.judge(cms, PROPRIETOR).verdict is Verdict.UNCHECKED
    world.spoil = None
    assert world.judge(cms, PROPRIETOR).verdict is Verdict.VALID


@pytest.mark.law("R2.4")
def test_a_signature_with_a_gost_key_is_unchecked_and_not_called_invalid(world: World) -> None:
    info = asn1.ContentInfo.load(world.pki.sign_cms("entrepreneur", CONTENT))
    streebog, gost = {"algorithm": "1.2.398.3.10.1.3.3"}, {"algorithm": "1.2.398.3.10.1.1.2.3.2"}
    info["content"]["digest_algorithms"] = asn1.DigestAlgorithms([streebog])
    signer = info["content"]["signer_infos"][0]
    signer["digest_algorithm"], signer["signature_algorithm"] = streebog, gost
    judgement = world.judge(info.dump(), PROPRIETOR)
    assert judgement.verdict is Verdict.UNCHECKED
    assert judgement.reasons == (Reason.ALGORITHM,)


def test_an_engine_without_a_trusted_root_is_refused_from_the_start() -> None:
    with pytest.raises(ValueError, match="root"):
        build_engine([], [], now=lambda: NOW)


def kept_answers(world: World, persona: str) -> tuple[bytes, ...]:
    """The OCSP answers of an earlier, successful check."""
    return world.engine().verify_cms(world.pki.sign_cms(persona, CONTENT), CONTENT).ocsp
