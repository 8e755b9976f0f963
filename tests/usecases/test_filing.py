"""What is signed is what the form asks of the person who signed in, and it counts from the moment it arrives."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from service.domain.channels import COMPANY, ENTREPRENEUR, Message, NotDelivered, Trouble
from service.domain.deadlines import ZONE
from service.domain.errors import CaseChanged, Forbidden, InvalidAnswers, NotLawful
from service.program import Program
from service.sandbox.personas import PERSONAS
from service.sandbox.weather import Weather
from service.usecases.audit import audit
from service.usecases.deploy_edition import deploy_edition
from service.usecases.drafts import ask_registers, open_draft, save_draft
from service.usecases.editions import collect
from service.usecases.file_application import file_application, prepare_filing, self_check
from service.usecases.people import ADMINISTRATOR
from tests.program import LETTER, TITLE, TRADE, Story

HEAD, SIGNER, STRANGER = "company_head", "company_signer", "entrepreneur"


def draft_of(story: Story) -> str:
    return story.draft(HEAD, TRADE, [TITLE, LETTER])


@pytest.mark.law("R3.3", "A2.2")
def test_a_forged_form_changes_nothing_of_who_applies_and_adds_nothing_to_what_is_signed(story: Story) -> None:
    draft, applicant = draft_of(story), story.applicant(HEAD)
    forged = {"iin": "000000000000", "bin": "111111111111", "applicant_kind": "entrepreneur", "number": "P-1"}
    save_draft(story.program, draft, applicant, {**forged, "_confirmed": {}, "_bar": "not_entrepreneur"})
    content = json.loads(prepare_filing(story.program, draft, applicant, "kk"))
    told = {name: content["fields"].get(name) for name in forged}
    assert told == {"iin": applicant.iin, "bin": applicant.bin, "applicant_kind": "company", "number": None}
    assert content["applicant"] == {"iin": applicant.iin, "bin": applicant.bin, "kind": "company"}


@pytest.mark.law("R3.3", "R2.4")
def test_what_will_be_signed_is_in_the_store_before_it_is_signed_and_there_again_if_it_was_removed(
    story: Story,
) -> None:
    draft, applicant = draft_of(story), story.applicant(HEAD)
    content = prepare_filing(story.program, draft, applicant, "kk")
    sha256, files = hashlib.sha256(content).hexdigest(), story.program.files
    assert files.read(sha256) == content
    assert files.remove(sha256, timedelta(0))
    file_application(story.program, draft, applicant, story.pki.sign_cms(HEAD, content))
    assert files.read(sha256) == content
    assert list(audit(story.program)) == []


@pytest.mark.law("R3.3", "A2.1")
def test_a_colleague_who_takes_over_a_draft_signs_under_their_own_name(story: Story) -> None:
    draft, colleague = draft_of(story), story.applicant(SIGNER)
    prepare_filing(story.program, draft, story.applicant(HEAD), "kk")
    shown_to_head = story.program.queries.draft(draft)[0].manifest
    with pytest.raises(CaseChanged):
        file_application(story.program, draft, colleague, story.pki.sign_cms(SIGNER, shown_to_head))
    content = prepare_filing(story.program, draft, colleague, "kk")
    case = file_application(story.program, draft, colleague, story.pki.sign_cms(SIGNER, content))
    assert (case.iin, case.fields["iin"]) == (PERSONAS[SIGNER].iin, PERSONAS[SIGNER].iin)


@pytest.mark.law("R3.3")
def test_nobody_sees_or_sends_the_draft_of_another(story: Story) -> None:
    draft, stranger = draft_of(story), story.applicant(STRANGER)
    with pytest.raises(Forbidden):
        prepare_filing(story.program, draft, stranger, "kk")
    with pytest.raises(Forbidden):
        file_application(story.program, draft, stranger, b"")
    with pytest.raises(Forbidden):
        open_draft(story.program, stranger, copy_of=story.filed().id)


@pytest.mark.law("O1", "O2")
def test_an_edition_that_came_after_the_review_has_to_be_read_before_signing(story: Story) -> None:
    draft, applicant = draft_of(story), story.applicant(HEAD)
    cms = story.pki.sign_cms(HEAD, prepare_filing(story.program, draft, applicant, "kk"))
    files = collect(story.program.settings.processes, story.program.settings.forms)
    deploy_edition(story.program, {**files, "edition.toml": files["edition.toml"] + b"\n# amended\n"}, ADMINISTRATOR)
    with pytest.raises(CaseChanged):
        file_application(story.program, draft, applicant, cms)
    assert json.loads(prepare_filing(story.program, draft, applicant, "kk"))["edition"] == 2


class SlowEngine:
    """The same engine, but the signature takes until after closing time to be checked."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def verify_cms(self, *arguments: Any, **more: Any) -> Any:
        found = self.program.signatures.verify_cms(*arguments, **more)
        self.program.set_clock(datetime(2023, 9, 12, 18, 30, 9, tzinfo=ZONE))
        return found

    def verify_pdf(self, *arguments: Any, **more: Any) -> Any:
        return self.program.signatures.verify_pdf(*arguments, **more)


@pytest.mark.law("D24", "R5.1")
def test_an_application_is_received_when_it_arrives_and_not_when_its_signature_is_checked(story: Story) -> None:
    draft, applicant = draft_of(story), story.applicant(HEAD)
    story.at("2023-09-12T18:29:50")
    cms = story.pki.sign_cms(HEAD, prepare_filing(story.program, draft, applicant, "kk"))
    slow = replace(story.program, signatures=SlowEngine(story.program))
    case = file_application(slow, draft, applicant, cms)
    assert case.registered_on == date(2023, 9, 12)


@pytest.mark.law("A2.1", "R2.1")
@pytest.mark.parametrize("part", ["postcode", "region", "street", "house"])
def test_a_place_of_activity_that_nobody_could_find_is_not_signed(story: Story, part: str) -> None:
    draft, applicant = draft_of(story), story.applicant(HEAD)
    places: Any = TRADE["addresses"]
    save_draft(story.program, draft, applicant, {**TRADE, "addresses": [*places, {**places[0], part: ""}]})
    assert ("field_missing", "addresses") in [
        (each.code, each.kind) for each in self_check(story.program, draft, applicant)
    ]
    with pytest.raises(InvalidAnswers) as refused:
        prepare_filing(story.program, draft, applicant, "kk")
    assert set(refused.value.data["errors"]) == {"addresses"}


@pytest.mark.law("R1.1", "R4.1")
def test_who_began_while_the_register_was_silent_is_looked_up_before_signing(story: Story) -> None:
    story.world.shep.weather = Weather.DOWN
    draft, applicant = story.draft("person", TRADE, [TITLE, LETTER]), story.applicant("person")
    story.world.shep.weather = Weather.FINE
    with pytest.raises(NotLawful) as refused:
        prepare_filing(story.program, draft, applicant, "kk")
    assert refused.value.code == "not_entrepreneur"


COMPANY_OF_HEAD = {"found": True, "bin": PERSONAS[HEAD].bin, "name_kk": "«Үлгі» ЖШС", "status": "registered"}


class Register:
    """A register of legal entities or sole proprietors that says what it is told to say; None is silence."""

    def __init__(self, answer: dict[str, Any] | None) -> None:
        self.answer = answer

    def send(self, message: Message) -> dict[str, Any]:
        if self.answer is None:
            raise NotDelivered(Trouble.NO_ANSWER)
        return self.answer


def with_register(story: Story, answer: dict[str, Any] | None) -> Register:
    """Let the registers of registrations answer this."""
    register = Register(answer)
    known = {**story.program.registers, COMPANY: register, ENTREPRENEUR: register}
    story.program = replace(story.program, registers=known)
    return register


@pytest.mark.law("R1.1", "R4.1")
@pytest.mark.parametrize(
    ("persona", "answer", "why"),
    [
        (HEAD, {"found": False}, "company_not_found"),
        (HEAD, {"found": True, "status": "liquidated"}, "company_liquidated"),
        (STRANGER, {"found": False}, "not_entrepreneur"),
        (STRANGER, {"found": True, "status": "terminated"}, "entrepreneur_ended"),
        (STRANGER, {"found": True, "status": "liquidated"}, "entrepreneur_ended"),
    ],
)
def test_who_is_not_registered_any_more_begins_nothing(
    story: Story, persona: str, answer: dict[str, Any], why: str
) -> None:
    with_register(story, answer)
    with pytest.raises(NotLawful) as refused:
        open_draft(story.program, story.applicant(persona))
    assert (refused.value.code, refused.value.data["law"]) == (why, "R1.1")


@pytest.mark.law("R1.1", "R4.1")
def test_who_was_liquidated_after_the_draft_was_begun_cannot_file(story: Story) -> None:
    register = with_register(story, COMPANY_OF_HEAD)
    draft, applicant = draft_of(story), story.applicant(HEAD)
    prepare_filing(story.program, draft, applicant, "kk")
    register.answer = {**COMPANY_OF_HEAD, "status": "liquidated"}
    story.at("2023-09-13T10:00")
    with pytest.raises(NotLawful) as refused:
        prepare_filing(story.program, draft, applicant, "kk")
    assert refused.value.code == "company_liquidated"
    register.answer = None
    with pytest.raises(NotLawful) as refused:
        prepare_filing(story.program, draft, applicant, "kk")
    assert refused.value.code == "company_liquidated"
    register.answer = COMPANY_OF_HEAD
    assert prepare_filing(story.program, draft, applicant, "kk")


@pytest.mark.law("R1.1", "R4.1")
def test_nobody_is_refused_because_a_register_is_silent(story: Story) -> None:
    with_register(story, None)
    draft, applicant = draft_of(story), story.applicant(HEAD)
    cms = story.pki.sign_cms(HEAD, prepare_filing(story.program, draft, applicant, "kk"))
    assert file_application(story.program, draft, applicant, cms).number


@pytest.mark.law("R4.1", "A2.2")
def test_what_a_register_has_filled_in_stays_its_word_when_it_is_silent_later(story: Story) -> None:
    register = with_register(story, COMPANY_OF_HEAD)
    draft, applicant = draft_of(story), story.applicant(HEAD)
    register.answer = None
    answers = ask_registers(story.program, draft, applicant).answers
    assert answers["_prefilled"]["name"] == {"value": "«Үлгі» ЖШС", "source": COMPANY}
    assert answers["name"] == "«Үлгі» ЖШС"
