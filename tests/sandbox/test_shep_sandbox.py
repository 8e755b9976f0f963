"""The gateway of the sandbox is as strict as the real one, and its registers agree with themselves (R4.1)."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from lxml import etree

from service.adapters.gbd import company_question
from service.adapters.shep_envelope import Header, Sender, sync_request
from service.domain.identifiers import is_bin, is_branch, is_iin
from service.sandbox.people import COMPANIES, ENTREPRENEURS, RESIDENTS
from service.sandbox.personas import BRANCH_BIN, COMPANY_BIN, PERSONAS
from service.sandbox.shep import Accounts, ShepSandbox
from tests.adapters.gateway import NOON, der, organisation_key


def post(url: str, body: bytes) -> str:
    request = urllib.request.Request(url, data=body, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return str(response.read().decode())
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read().decode()}"


def question(message_id: str = "m-1", service: str = "GbdulInfoByBin_v2", bin_: str = COMPANY_BIN) -> etree._Element:
    data = etree.tostring(company_question("010640999019", bin_), encoding="unicode")
    return sync_request(Header(message_id, service, NOON), Sender("ruqsat", "sandbox"), data)


@pytest.mark.law("R4.1")
def test_every_number_of_the_registers_could_be_real() -> None:
    assert all(is_iin(iin) for iin in RESIDENTS)
    assert all(is_bin(bin_) for bin_ in COMPANIES)
    assert [bin_ for bin_ in COMPANIES if is_branch(bin_)] == [BRANCH_BIN]
    assert set(ENTREPRENEURS) < set(RESIDENTS)
    assert {company.leader.iin for company in COMPANIES.values()} <= set(RESIDENTS)


@pytest.mark.law("R4.1")
def test_registers_agree_with_what_the_numbers_say() -> None:
    for bin_, company in COMPANIES.items():
        assert f"{company.registered_on:%y%m}" == bin_[:4]
        assert company.leader.bin == bin_
    for iin, resident in RESIDENTS.items():
        assert f"{resident.birth_date:%y%m%d}" == iin[:6]
        assert resident.document_issued < resident.document_until
    assert {persona.bin for persona in PERSONAS.values() if persona.bin} == set(COMPANIES)


@pytest.mark.law("R1.1", "R4.1")
def test_the_persona_who_may_not_apply_is_no_sole_proprietor() -> None:
    assert PERSONAS["person"].iin not in ENTREPRENEURS


@pytest.mark.law("R4.1")
@pytest.mark.parametrize(
    ("path", "body", "answer"),
    [
        ("/sync", b"not xml", "SCSE003"),
        ("/sync", b"<a/>", "SCSE001"),
        ("/elsewhere", b"<a/>", "404"),
        ("/sync", etree.tostring(question(service="NOBODY")), "SCSE005"),
        ("/sync", etree.tostring(question(message_id="")), "SCSE004"),
        ("/async", etree.tostring(question()), "SCSE001"),
    ],
)
def test_what_is_not_in_order_gets_a_fault(path: str, body: bytes, answer: str) -> None:
    with ShepSandbox() as gateway:
        assert answer in post(gateway.url + path, body)


@pytest.mark.law("R4.1")
def test_a_signed_envelope_that_was_changed_on_the_way_is_refused() -> None:
    key = organisation_key()
    envelope = question()
    key.sign_body(envelope)
    signed = etree.tostring(envelope)
    with ShepSandbox(accounts=Accounts(certificates=(der(key),))) as gateway:
        assert "SCSS001" in post(gateway.url + "/sync", signed)
        assert "SCSE012" in post(gateway.url + "/sync", signed.replace(COMPANY_BIN.encode(), b"190940999015"))


@pytest.mark.law("R4.1")
def test_a_signature_over_another_part_than_the_body_is_refused() -> None:
    key = organisation_key()
    envelope = question()
    key.sign_body(envelope)
    body = envelope[1]
    moved = etree.SubElement(envelope[0], "Elsewhere")
    forged = etree.fromstring(etree.tostring(question(bin_="190940999015")))[1]
    envelope.replace(body, forged)
    moved.append(body)
    with ShepSandbox(accounts=Accounts(certificates=(der(key),))) as gateway:
        assert "SCSE012" in post(gateway.url + "/sync", etree.tostring(envelope))


@pytest.mark.law("R4.1")
def test_a_gateway_stopped_and_started_again_keeps_its_address() -> None:
    gateway = ShepSandbox().start()
    url = gateway.url
    gateway.stop()
    with gateway:
        assert gateway.url == url
        assert "SCSS001" in post(url + "/sync", etree.tostring(question()))
        assert gateway.requests == {"GbdulInfoByBin_v2": 1}
