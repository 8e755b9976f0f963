"""What a CMS signature must be over and hold, down to the byte."""

import logging
from datetime import UTC, timedelta, timezone

import pytest
from asn1crypto import cms as asn1
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.signatures import KeyUse, Reason, Requirement, SignerRole, Verdict
from service.sandbox.personas import PERSONAS
from service.sandbox.pki import DevPki
from tests.adapters.signatures.wanted import PROPRIETOR, changed
from tests.effort import examples
from tests.sandbox.world import CONTENT, NOW, World


@pytest.mark.law("R2.4", "R3.3")
def test_a_stamped_signature_of_the_applicant_is_valid_and_says_who_when_and_by_which_certificate(world: World) -> None:
    cms = world.pki.sign_cms("entrepreneur", CONTENT)
    evidence = world.engine().verify_cms(cms, CONTENT)
    judgement = world.judge(cms, PROPRIETOR)
    assert judgement.verdict is Verdict.VALID
    assert judgement.signed_at == NOW
    assert judgement.signer is not None
    assert judgement.signer.full_name == PERSONAS["entrepreneur"].name
    assert judgement.signer.iin == PERSONAS["entrepreneur"].iin
    assert judgement.signer.roles == {SignerRole.PERSON}
    assert judgement.signer.use is KeyUse.SIGN
    assert int(judgement.signer.serial, 16) == world.pki.certificate("entrepreneur").serial_number
    assert evidence.revocation_source == "ocsp"
    assert evidence.cms == cms
    assert len(evidence.certificates) == 4  # the applicant's, the issuing CA's, the root's, the stamping authority's
    assert len(evidence.ocsp) == 2
    assert evidence.problems == ()


@pytest.mark.parametrize("year", [2049, 2050])
def test_what_the_sandbox_signs_names_its_certificate_and_its_time(world: World, year: int) -> None:
    """As the signing program does, and in the way in which its year is written (RFC 5035, RFC 5652 11.3)."""
    at = NOW.replace(year=year, tzinfo=UTC).astimezone(timezone(timedelta(hours=5)))
    signed = asn1.ContentInfo.load(world.pki.sign_cms("entrepreneur", CONTENT, with_tsa=False, at=at))
    stated = {each["type"].native: each["values"][0] for each in signed["content"]["signer_infos"][0]["signed_attrs"]}
    certificate = world.pki.certificate("entrepreneur")
    named = stated["signing_certificate_v2"]["certs"][0]
    assert named["cert_hash"].native == certificate.fingerprint(SHA256())
    assert named["issuer_serial"]["serial_number"].native == certificate.serial_number
    assert stated["signing_time"].native == at.replace(microsecond=0)
    assert stated["signing_time"].name == ("utc_time" if year < 2050 else "generalized_time")


def test_everything_signed_with_the_development_root_is_marked_a_test(world: World) -> None:
    assert world.engine().verify_cms(world.pki.sign_cms("entrepreneur", CONTENT), CONTENT).test


@pytest.mark.law("R2.4")
def test_a_signature_that_carries_its_content_is_judged_alike_with_its_stamp(world: World) -> None:
    cms = world.pki.sign_cms("entrepreneur", CONTENT, detached=False)
    judgement = world.judge(cms, PROPRIETOR)
    assert judgement.valid
    assert judgement.signed_at == NOW


@pytest.mark.law("R2.4")
def test_a_valid_signature_over_another_document_does_not_pass_for_ours(world: World) -> None:
    for detached in (True, False):
        cms = world.pki.sign_cms("entrepreneur", b"another document", detached=detached)
        assert world.judge(cms, PROPRIETOR).reasons == (Reason.CONTENT,)


@pytest.mark.law("R2.4")
def test_one_changed_byte_of_the_content_makes_the_signature_invalid(world: World) -> None:
    cms = world.pki.sign_cms("entrepreneur", CONTENT)
    engine = world.engine(fetch=False)
    for position in range(len(CONTENT)):
        changed = bytearray(CONTENT)
        changed[position] ^= 1
        assert not engine.verify_cms(cms, bytes(changed)).content_matches


@pytest.mark.law("R2.4")
def test_one_changed_byte_of_the_signature_makes_it_invalid(world: World) -> None:
    def spoil(info: asn1.ContentInfo) -> None:
        signer = info["content"]["signer_infos"][0]
        value = bytearray(signer["signature"].native)
        value[7] ^= 1
        signer["signature"] = bytes(value)

    assert (
        Reason.SIGNATURE in world.judge(changed(world.pki.sign_cms("entrepreneur", CONTENT), spoil), PROPRIETOR).reasons
    )


@pytest.mark.law("R3.3")
def test_a_strangers_authority_with_the_same_names_is_not_believed_nor_even_asked(
    world: World, impostor: DevPki
) -> None:
    judgement = world.judge(impostor.sign_cms("entrepreneur", CONTENT, with_tsa=False), PROPRIETOR)
    assert judgement.verdict is Verdict.INVALID
    assert Reason.CHAIN in judgement.reasons
    assert world.asked == []


@pytest.mark.law("R3.3")
def test_a_revoked_key_is_refused(world: World) -> None:
    requirement = Requirement.sole_proprietor(world.iin("revoked"))
    assert world.judge(world.pki.sign_cms("revoked", CONTENT), requirement).reasons == (Reason.REVOKED,)


@pytest.mark.law("R3.3")
def test_an_expired_key_is_refused(world: World) -> None:
    requirement = Requirement.sole_proprietor(world.iin("expired"))
    assert world.judge(world.pki.sign_cms("expired", CONTENT), requirement).reasons == (Reason.EXPIRED,)


@pytest.mark.law("R2.4")
def test_two_signers_and_none_are_refused(world: World) -> None:
    other = asn1.ContentInfo.load(world.pki.sign_cms("person", CONTENT))
    mine = world.pki.sign_cms("entrepreneur", CONTENT)

    def add(info: asn1.ContentInfo) -> None:
        signers = info["content"]["signer_infos"]
        info["content"]["signer_infos"] = asn1.SignerInfos([signers[0], other["content"]["signer_infos"][0]])

    def remove(info: asn1.ContentInfo) -> None:
        info["content"]["signer_infos"] = asn1.SignerInfos([])

    assert world.judge(changed(mine, add), PROPRIETOR).reasons == (Reason.SIGNER_COUNT,)
    assert world.judge(changed(mine, remove), PROPRIETOR).reasons == (Reason.SIGNER_COUNT,)


@pytest.mark.law("R2.4")
def test_a_signature_without_its_certificate_is_refused(world: World) -> None:
    def empty(info: asn1.ContentInfo) -> None:
        info["content"]["certificates"] = asn1.CertificateSet([])

    bare = changed(world.pki.sign_cms("entrepreneur", CONTENT), empty)
    judgement = world.judge(bare, PROPRIETOR)
    assert judgement.verdict is Verdict.INVALID
    assert judgement.signer is None


@pytest.mark.law("R2.4")
def test_a_signature_over_the_content_alone_without_signed_attributes_is_refused(world: World) -> None:
    def strip(info: asn1.ContentInfo) -> None:
        signer = info["content"]["signer_infos"][0]
        signer["signed_attrs"] = asn1.CMSAttributes([])
        del signer["signed_attrs"]

    assert (
        world.judge(changed(world.pki.sign_cms("entrepreneur", CONTENT), strip), PROPRIETOR).verdict is Verdict.INVALID
    )


@pytest.mark.law("R2.4")
def test_a_signature_in_the_loose_encoding_that_java_programs_write_is_read(world: World) -> None:
    assert world.judge(loosely_encoded(world.pki.sign_cms("entrepreneur", CONTENT)), PROPRIETOR).valid


@pytest.mark.law("R2.4")
@pytest.mark.parametrize("garbage", [b"", b"abc", b"\x30\x80", b"\x30\x82\xff\xff", b"0" * 5000, b"%PDF-1.7"])
def test_what_is_no_signature_at_all_is_refused_as_such(world: World, garbage: bytes) -> None:
    judgement = world.judge(garbage, PROPRIETOR)
    assert judgement.verdict is Verdict.INVALID
    assert judgement.reasons == (Reason.FORMAT,)


@pytest.fixture(scope="module")
def whole(listening: World) -> dict[bool, bytes]:
    """A signature beside its content and one that carries it."""
    return {detached: listening.pki.sign_cms("entrepreneur", CONTENT, detached=detached) for detached in (True, False)}


@pytest.mark.law("R2.4")
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(detached=st.booleans(), start=st.integers(0, 6400), length=st.integers(0, 20), instead=st.binary(max_size=20))
def test_bytes_torn_anyhow_never_break_the_engine_nor_make_another_content_pass(
    world: World, whole: dict[bool, bytes], detached: bool, start: int, length: int, instead: bytes
) -> None:
    cms = whole[detached]
    torn = cms[:start] + instead + cms[start + length :]
    assert world.engine(fetch=False).verify_cms(torn, CONTENT + b"!").content_matches is False


def test_checking_writes_no_names_or_numbers_into_the_log(
    world: World, impostor: DevPki, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    world.judge(impostor.sign_cms("entrepreneur", CONTENT), PROPRIETOR)
    world.judge(world.pki.sign_cms("expired", CONTENT), PROPRIETOR)
    world.judge(world.pki.sign_cms("company_employee", CONTENT)[:-9], PROPRIETOR)
    for persona in PERSONAS.values():
        assert persona.iin not in caplog.text
        assert persona.surname not in caplog.text


def loosely_encoded(cms: bytes) -> bytes:
    """The same with indefinite lengths for the outer three layers."""

    def open_ended(tag: int, content: bytes) -> bytes:
        return bytes([tag, 0x80]) + content + b"\x00\x00"

    info = asn1.ContentInfo.load(cms)
    signed_data = info["content"].untag()
    return open_ended(0x30, info["content_type"].dump() + open_ended(0xA0, open_ended(0x30, signed_data.contents)))
