"""Three verdicts: a signature that cannot be checked lets the filing wait, and nobody is refused for it (U9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from service.adapters.signatures import build_engine
from service.domain.case import Case, DeadlineKind
from service.domain.deadlines import ZONE, local
from service.domain.errors import RuqsatError
from service.domain.signatures import Evidence, SignatureEngine
from service.program import Program
from service.sandbox import pki_certificates as draw_up
from service.sandbox.personas import PERSONAS
from service.usecases.counted_rows import CountedRows
from service.usecases.evidence import SignatureUnchecked
from service.usecases.file_application import file_application, prepare_filing
from service.usecases.recheck_signatures import recheck_signatures
from service.usecases.sign_in import new_challenge, sign_in_applicant
from tests.program import LETTER, TITLE, TRADE, Story


def without_ocsp(program: Program, story: Story) -> Program:
    """The same program while the service that tells the state of certificates is out of reach."""
    pki = story.world.pki
    engine = build_engine(pki.roots, pki.intermediates, now=program.clock.now, fetch=False)
    return replace(program, signatures=engine)


@pytest.mark.law("R3.3", "R2.4")
def test_an_application_whose_signature_cannot_be_checked_waits_and_then_goes_on(story: Story) -> None:
    online = story.program
    story.program = without_ocsp(online, story)
    case = story.filed()
    view = online.queries.case(case.id)
    assert [record.verdict for record in view.signatures] == ["unchecked"]
    assert not view.open_tasks()
    assert [notice.kind for notice in view.notices] == ["signature_waits"]
    story.program = online
    story.at("2023-09-12T10:05:00", chores=True)
    recheck_signatures(online)
    view = online.queries.case(case.id)
    assert [record.verdict for record in view.signatures] == ["valid"]
    assert [task.element for task in view.open_tasks()] == ["task_assign"]
    assert view.case.received_at == case.received_at


@pytest.mark.law("R3.3", "R2.4")
def test_a_process_that_knows_other_roots_than_the_filing_judges_no_waiting_signature(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    online = story.program
    story.program = without_ocsp(online, story)
    case = story.filed()
    key = rsa.generate_private_key(65537, 2048)
    root = draw_up.root(key).public_bytes(Encoding.DER)
    other = build_engine([root], [], now=online.clock.now, fetch=False)
    story.program = replace(online, signatures=other)
    story.at("2023-09-12T10:05:00", chores=True)
    view = online.queries.case(case.id)
    assert [record.verdict for record in view.signatures] == ["unchecked"]
    assert (view.case.state, view.open_tasks()) == ("open", [])
    assert "RUQSAT_TRUST" in caplog.text
    story.program = online
    story.at("2023-09-12T10:10:00", chores=True)
    assert [task.element for task in online.queries.case(case.id).open_tasks()] == ["task_assign"]


class RevokedSince:
    """Finds that an authority on the way to the root was revoked after the filing."""

    def __init__(self, engine: SignatureEngine) -> None:
        self.engine, self.verify_pdf = engine, engine.verify_pdf

    def verify_cms(
        self, cms: bytes, content: bytes, *, at: datetime | None = None, ocsp: Sequence[bytes] = ()
    ) -> Evidence:
        found = self.engine.verify_cms(cms, content, at=at, ocsp=ocsp)
        return replace(found, chain_ok=False, problems=("ca_revoked",))


@pytest.mark.law("R3.3", "R2.4")
def test_an_authority_that_is_revoked_meanwhile_makes_a_waiting_signature_invalid(story: Story) -> None:
    online = story.program
    story.program = without_ocsp(online, story)
    case = story.filed()
    story.program = replace(online, signatures=RevokedSince(online.signatures))
    story.at("2023-09-12T10:05:00", chores=True)
    assert [record.verdict for record in online.queries.case(case.id).signatures] == ["invalid"]


@pytest.mark.law("R3.3", "R5.3", "R8.2", "D24", "D25")
@pytest.mark.parametrize(("checked_at", "due_on"), [("13T10:00:00", 13), ("12T18:45:00", 13), ("12T16:00:00", 12)])
def test_nobody_is_late_for_a_day_on_which_the_signature_was_not_yet_checked(
    story: Story, checked_at: str, due_on: int
) -> None:
    online = story.program
    story.program = without_ocsp(online, story)
    case = story.filed()
    story.program = online
    story.at(f"2023-09-{checked_at}", chores=True)
    recheck_signatures(online)
    rows = online.queries.case(case.id).deadlines
    (term,) = [row for row in rows if (row.element, row.kind) == ("deadline_assignment", DeadlineKind.TERM)]
    assert local(term.due_at) == datetime(2023, 9, due_on, 18, 30, tzinfo=ZONE)
    with online.reading() as uow:
        counted = CountedRows.of(uow, online.times, online.editions, uow.get(Case, case.id))
    assert counted.begin(term) == date(2023, 9, due_on)  # what the account of the terms says of it (D25)
    assert story.now(case).registered_on == date(2023, 9, 12)  # the applicant's term runs all the same (A1.4)
    assert "term_missed" not in story.said(case)
    story.at("2023-09-13T18:31:00", chores=True)
    assert story.said(case).count("term_missed") == 1


@pytest.mark.law("R3.3", "R2.4")
def test_a_key_of_which_the_authority_says_nothing_lets_the_application_wait_on(story: Story) -> None:
    case = story.filed("unanswered")
    story.at("2023-09-12T10:05:00", chores=True)
    assert recheck_signatures(story.program) == 0
    view = story.program.queries.case(case.id)
    assert [record.verdict for record in view.signatures] == ["unchecked"]
    assert (view.case.state, view.open_tasks()) == ("open", [])
    nonce, text = new_challenge(story.program)
    with pytest.raises(SignatureUnchecked):
        sign_in_applicant(story.program, nonce, story.pki.sign_cms("unanswered", text))


@pytest.mark.law("R3.3")
def test_a_signature_that_proves_invalid_later_ends_the_case_with_a_notice(story: Story) -> None:
    online = story.program
    serial = story.pki.certificate("company_head").serial_number
    story.program = without_ocsp(online, story)
    case = story.filed()
    story.program = online
    story.pki.revoke(serial, story.program.clock.now() - timedelta(hours=1))
    try:
        story.at("2023-09-12T10:05:00", chores=True)
        recheck_signatures(online)
    finally:
        story.pki.reinstate(serial)
    view = online.queries.case(case.id)
    assert [record.verdict for record in view.signatures] == ["invalid"]
    assert view.case.outcome == "not_accepted"
    assert "signature_invalid" in [notice.kind for notice in view.notices]


@pytest.mark.law("R1.1", "R2.4")
def test_the_applicant_enters_by_signing_a_challenge_once(story: Story) -> None:
    nonce, text = new_challenge(story.program)
    cms = story.pki.sign_cms("company_head", text)
    applicant = sign_in_applicant(story.program, nonce, cms)
    assert (applicant.iin, applicant.bin) == (PERSONAS["company_head"].iin, PERSONAS["company_head"].bin)
    with pytest.raises(RuqsatError):
        sign_in_applicant(story.program, nonce, cms)


@pytest.mark.law("R1.1")
@pytest.mark.parametrize("persona", ["company_employee", "revoked", "expired"])
def test_nobody_enters_with_a_key_that_may_not_sign(story: Story, persona: str) -> None:
    nonce, text = new_challenge(story.program)
    with pytest.raises(RuqsatError):
        sign_in_applicant(story.program, nonce, story.pki.sign_cms(persona, text))


def test_sign_in_says_try_again_when_the_state_of_the_key_cannot_be_learned(story: Story) -> None:
    offline = without_ocsp(story.program, story)
    nonce, text = new_challenge(offline)
    with pytest.raises(SignatureUnchecked):
        sign_in_applicant(offline, nonce, story.pki.sign_cms("company_head", text))


@pytest.mark.law("A1.9.1")
def test_the_evidence_of_the_application_is_kept_byte_for_byte(story: Story) -> None:
    draft, applicant = story.draft("company_head", TRADE, [TITLE, LETTER]), story.applicant("company_head")
    content = prepare_filing(story.program, draft, applicant, "kk")
    sent = story.pki.sign_cms("company_head", content)
    case = file_application(story.program, draft, applicant, sent)
    (record,) = story.program.queries.case(case.id).signatures
    assert (record.cms, case.manifest) == (sent, content)
    assert story.program.files.read(record.content_sha256) == case.manifest
    assert record.certificates
    assert record.ocsp
    assert record.test
