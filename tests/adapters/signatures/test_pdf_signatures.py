"""Documents that the head signs in the browser, after the server has left room for the signature."""

import io
import logging
import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from service.adapters.signatures import PdfUnusable, PreparedPdf, SignatureDoesNotFit, embed, prepare
from service.domain.signatures import Evidence, Reason, Requirement, Verdict, judge
from service.sandbox import ncalayer
from service.sandbox.pki import DevPki
from tests.effort import THOROUGH
from tests.sandbox.world import NOW, World


@pytest.fixture
def permit() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": "Рұқсат"})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.fixture
def prepared(permit: bytes) -> PreparedPdf:
    return prepare(permit, field="RUQSAT", reason="Рұқсатқа қол қою", name="БАСШЫҒАЛИЕВ ҚАНАТ", at=NOW)


@pytest.fixture
def signed(world: World, prepared: PreparedPdf) -> bytes:
    return embed(prepared, world.pki.sign_cms("ministry_head", prepared.to_sign))


def head(world: World) -> Requirement:
    return Requirement.officer(world.iin("ministry_head"))


def is_intact(evidence: Evidence) -> bool:
    return evidence.signer_count == 1 and evidence.content_matches and evidence.digest_ok and evidence.signature_ok


@pytest.mark.law("R2.4", "R9.1")
def test_a_permit_signed_through_the_signing_program_is_valid_with_its_stamp(
    world: World, prepared: PreparedPdf
) -> None:
    layer = ncalayer.start(world.pki, tsa=f"{world.url}/tsa")
    try:
        cms = ncalayer.sign(layer.url, prepared.to_sign, "ministry_head")
    finally:
        layer.stop()
    evidence = world.engine().verify_pdf(embed(prepared, cms))
    judgement = judge(evidence, head(world), now=NOW)
    assert judgement.verdict is Verdict.VALID
    assert judgement.signed_at == NOW
    assert evidence.cms == cms
    assert evidence.problems == ()
    assert evidence.test


@pytest.mark.law("R9.1")
def test_the_acting_head_signs_with_their_own_key_and_nobody_elses_passes(world: World, prepared: PreparedPdf) -> None:
    signed = embed(prepared, world.pki.sign_cms("ministry_acting", prepared.to_sign))
    evidence = world.engine().verify_pdf(signed)
    assert judge(evidence, Requirement.officer(world.iin("ministry_acting")), now=NOW).valid
    assert judge(evidence, head(world), now=NOW).reasons == (Reason.IIN_MISMATCH,)


@pytest.mark.law("R9.1", "R2.4")
def test_the_kind_that_a_signed_document_names_is_true_of_its_signature(signed: bytes) -> None:
    """PAdES forbids the signing time; what NCALayer makes has it, beside the certificate's hash and a time stamp."""
    (field,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    written = {each["type"].native for each in field.signer_info["signed_attrs"]}
    added = {each["type"].native for each in field.signer_info["unsigned_attrs"]}
    assert field.sig_object["/SubFilter"] == "/adbe.pkcs7.detached"
    assert "signing_time" in written
    assert "signing_certificate_v2" in written
    assert added == {"signature_time_stamp_token"}


def test_readers_of_the_pdf_are_shown_who_signed_why_and_when_by_the_procedures_clock(signed: bytes) -> None:
    shown = PdfReader(io.BytesIO(signed)).get_fields()
    assert shown is not None
    signature = shown["RUQSAT"].value
    assert signature["/Name"] == "БАСШЫҒАЛИЕВ ҚАНАТ"
    assert signature["/Reason"] == "Рұқсатқа қол қою"
    assert signature["/M"].startswith("D:20260407090000")


@pytest.mark.law("R2.4")
def test_one_changed_byte_anywhere_around_the_signature_makes_the_document_invalid(
    world: World, prepared: PreparedPdf, signed: bytes
) -> None:
    engine = world.engine(fetch=False)
    assert is_intact(engine.verify_pdf(signed))
    step = 9 if THOROUGH else 29
    for position in [*range(0, prepared.start, step), *range(prepared.end, len(signed), step)]:
        changed = bytearray(signed)
        changed[position] ^= 1
        assert not is_intact(engine.verify_pdf(bytes(changed))), position


@pytest.mark.law("R2.4")
def test_nothing_can_be_hidden_in_the_room_of_the_signature(world: World, prepared: PreparedPdf, signed: bytes) -> None:
    engine = world.engine(fetch=False)
    for position in (prepared.end - 2, prepared.end - 5000):
        changed = bytearray(signed)
        changed[position] = ord("1")
        assert not is_intact(engine.verify_pdf(bytes(changed)))
    letters = re.search(rb"[a-f]", signed[prepared.start : prepared.end])
    assert letters is not None
    changed = bytearray(signed)
    changed[prepared.start + letters.start()] -= 32  # the same number, written with a capital letter
    assert not is_intact(engine.verify_pdf(bytes(changed)))


@pytest.mark.law("R2.4")
def test_one_changed_byte_of_a_certificate_that_travels_along_makes_the_document_invalid(
    world: World, prepared: PreparedPdf
) -> None:
    cms = world.pki.sign_cms("ministry_head", prepared.to_sign)
    issuing = world.pki.intermediates[0]
    engine = world.engine(fetch=False)
    start = cms.index(issuing)
    for position in range(start + 4, start + len(issuing), 97):
        changed = bytearray(cms)
        changed[position] ^= 1
        assert not is_intact(engine.verify_pdf(embed(prepared, bytes(changed)))), position


@pytest.mark.law("R2.4")
def test_a_change_appended_after_signing_makes_the_document_invalid(world: World, signed: bytes) -> None:
    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    writer.root_object[NameObject("/Lang")] = TextStringObject("en")
    appended = io.BytesIO()
    writer.write(appended)
    assert appended.getvalue().startswith(signed)
    evidence = world.engine().verify_pdf(appended.getvalue())
    assert "pdf_not_covered" in evidence.problems
    assert judge(evidence, head(world), now=NOW).reasons == (Reason.CONTENT,)


@pytest.mark.law("R2.4")
def test_even_a_space_appended_after_signing_makes_the_document_invalid(world: World, signed: bytes) -> None:
    evidence = world.engine().verify_pdf(signed + b" ")
    assert judge(evidence, head(world), now=NOW).verdict is Verdict.INVALID


@pytest.mark.law("R2.4")
def test_a_second_signature_makes_two_signers(world: World, signed: bytes) -> None:
    again = prepare(signed, field="SECOND", reason="", name="", at=NOW)
    twice = embed(again, world.pki.sign_cms("ministry_head", again.to_sign))
    evidence = world.engine().verify_pdf(twice)
    assert evidence.signer_count == 2
    assert judge(evidence, head(world), now=NOW).reasons == (Reason.SIGNER_COUNT,)


@pytest.mark.law("R2.4")
def test_a_signature_made_for_another_document_does_not_fit(world: World, prepared: PreparedPdf) -> None:
    other = embed(prepared, world.pki.sign_cms("ministry_head", b"another document"))
    assert judge(world.engine().verify_pdf(other), head(world), now=NOW).reasons == (Reason.CONTENT,)


@pytest.mark.law("R2.4")
def test_an_unsigned_document_and_one_still_waiting_are_not_signed(
    world: World, permit: bytes, prepared: PreparedPdf
) -> None:
    for pdf in (permit, prepared.pdf):
        assert judge(world.engine().verify_pdf(pdf), head(world), now=NOW).verdict is Verdict.INVALID
    assert judge(world.engine().verify_pdf(permit), head(world), now=NOW).reasons == (Reason.SIGNER_COUNT,)


@pytest.mark.law("R2.4")
@pytest.mark.parametrize("garbage", [b"", b"%PDF-1.7", b"not a pdf at all" * 100])
def test_what_is_no_pdf_is_refused_as_such(world: World, garbage: bytes) -> None:
    assert judge(world.engine().verify_pdf(garbage), head(world), now=NOW).reasons == (Reason.FORMAT,)


@pytest.mark.law("R2.4")
def test_a_signed_document_is_unchecked_while_the_authority_is_silent_and_proven_by_kept_answers(
    world: World, signed: bytes
) -> None:
    kept = world.engine().verify_pdf(signed).ocsp
    silent = world.engine(fetch=False)
    later = NOW + timedelta(days=3 * 365)
    world.now = later
    assert judge(silent.verify_pdf(signed), head(world), now=later).verdict is Verdict.UNCHECKED
    assert judge(silent.verify_pdf(signed, ocsp=kept), head(world), now=later).verdict is Verdict.VALID


def test_a_signature_longer_than_its_room_is_named(prepared: PreparedPdf) -> None:
    with pytest.raises(SignatureDoesNotFit) as refused:
        embed(prepared, bytes(30_000))
    assert refused.value.code == "signature_too_long"


@pytest.mark.parametrize("garbage", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_cannot_be_prepared(garbage: bytes) -> None:
    with pytest.raises(PdfUnusable):
        prepare(garbage, field="RUQSAT", reason="", name="", at=NOW)


def test_checking_a_strangers_document_writes_no_numbers_into_the_log(
    world: World, prepared: PreparedPdf, impostor: DevPki, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    strange = embed(prepared, impostor.sign_cms("ministry_head", prepared.to_sign))
    assert judge(world.engine().verify_pdf(strange), head(world), now=NOW).verdict is Verdict.INVALID
    assert world.iin("ministry_head") not in caplog.text


@pytest.mark.law("R2.4")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bytes_torn_anyhow_never_break_the_engine_nor_pass(
    world: World, prepared: PreparedPdf, signed: bytes, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, prepared.start))
    length = data.draw(st.integers(1, 40))
    torn = signed[:start] + data.draw(st.binary(max_size=40)) + signed[start + length :]
    if torn != signed:
        assert not is_intact(world.engine(fetch=False).verify_pdf(torn))
