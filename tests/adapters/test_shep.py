"""The state registers answer through the gateway, and whatever goes wrong is NotDelivered (R4.1)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from service.adapters.shep import ShepChannel, ShepTransport
from service.domain.channels import COMPANY, ENTREPRENEUR, PERSON, NotDelivered, Trouble
from service.sandbox.http import LoopbackServer, Reply
from service.sandbox.people import COMPANIES
from service.sandbox.personas import BRANCH_BIN, COMPANY2_BIN, COMPANY_BIN, PERSONAS
from service.sandbox.shep import Accounts, ShepSandbox
from tests.adapters.gateway import NOON, der, message, organisation_key, settings

UNKNOWN_IIN = "011231599017"


@pytest.fixture
def gateway() -> Iterator[ShepSandbox]:
    with ShepSandbox(now=lambda: NOON) as gateway:
        yield gateway


@pytest.fixture
def shep(gateway: ShepSandbox) -> ShepChannel:
    return channel(gateway.url)


def channel(url: str, **changes: Any) -> ShepChannel:
    return ShepChannel(ShepTransport(settings(url, **changes)))


@pytest.mark.law("R4.1")
def test_a_person_is_found_with_document_and_address_in_kazakh_letters(shep: ShepChannel) -> None:
    persona = PERSONAS["entrepreneur"]
    answer = shep.send(message(PERSON, {"iin": persona.iin}))
    assert answer["source"] == "GBD FL"
    assert answer["found"] is True
    assert (answer["surname"], answer["name"], answer["patronymic"]) == ("ҮЛГІБАЕВ", "НҰРЛАН", "СЫНАҚҰЛЫ")
    assert answer["birth_date"] == "1985-06-15"
    assert answer["answered_at"] == "2026-04-20T07:00:00+00:00"
    assert answer["documents"] == [
        {
            "type": "identity_card",
            "number": "099900001",
            "issued": "2021-03-15",
            "valid_until": "2031-03-14",
            "status": "valid",
        }
    ]
    assert answer["address"]["region"] == "Алматы қаласы"
    assert answer["address"]["district"] == "Медеу ауданы"
    assert answer["address_ru"]["street"] == "улица Гоголя"
    assert answer["address"]["house"] == "77А"


@pytest.mark.law("R4.1")
@pytest.mark.parametrize("persona", PERSONAS.values(), ids=PERSONAS.keys())
def test_every_persona_is_known_to_the_register_of_persons(shep: ShepChannel, persona: Any) -> None:
    assert shep.send(message(PERSON, {"iin": persona.iin}))["surname"] == persona.surname


@pytest.mark.law("R4.1")
@pytest.mark.parametrize("bin_", [COMPANY_BIN, COMPANY2_BIN, BRANCH_BIN])
def test_a_company_is_found_with_its_names_registration_and_leader(shep: ShepChannel, bin_: str) -> None:
    company = COMPANIES[bin_]
    answer = shep.send(message(COMPANY, {"bin": bin_}))
    assert answer["source"] == "GBD UL"
    assert answer["name_kk"] == company.name_kk
    assert answer["name_ru"] == company.name_ru
    assert answer["registered_on"] == company.registered_on.isoformat()
    assert answer["status"] == "registered"
    assert answer["leader_iin"] == company.leader.iin
    assert answer["leader_name"] == company.leader.name
    assert answer["address"]["city"] == company.place.city[0]


@pytest.mark.law("R4.1", "R1.1")
def test_a_registered_and_an_only_started_sole_proprietor_are_told_apart(shep: ShepChannel) -> None:
    registered = shep.send(message(ENTREPRENEUR, {"iin": PERSONAS["entrepreneur"].iin}))
    started = shep.send(message(ENTREPRENEUR, {"iin": PERSONAS["revoked"].iin}))
    ended = shep.send(message(ENTREPRENEUR, {"iin": PERSONAS["expired"].iin}))
    assert (registered["registered_on"], registered["started_on"]) == ("2019-04-09", "")
    assert (started["registered_on"], started["started_on"]) == ("", "2022-02-01")
    assert registered["name"] == "ЖК «Үлгі Сауда»"
    assert registered["status"] == "registered"
    assert ended["status"] == "terminated"


@pytest.mark.law("R4.1", "R1.1")
@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (PERSON, {"iin": UNKNOWN_IIN}),
        (COMPANY, {"bin": "200250000121"}),
        (ENTREPRENEUR, {"iin": PERSONAS["person"].iin}),
    ],
)
def test_not_found_is_an_answer_and_no_failure(shep: ShepChannel, kind: str, payload: dict[str, str]) -> None:
    answer = shep.send(message(kind, payload))
    assert answer["found"] is False
    assert answer["source"]
    assert answer["answered_at"]


@pytest.mark.law("R4.1")
@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (PERSON, {"iin": PERSONAS["company_head"].iin}),
        (COMPANY, {"bin": COMPANY_BIN}),
        (ENTREPRENEUR, {"iin": PERSONAS["entrepreneur"].iin}),
    ],
)
def test_data_are_read_as_elements_and_as_escaped_text(
    gateway: ShepSandbox, shep: ShepChannel, escaped: bool, kind: str, payload: dict[str, str]
) -> None:
    gateway.escaped = escaped
    first = shep.send(message(kind, payload))
    gateway.escaped = not escaped
    assert first["found"] is True
    assert shep.send(message(kind, payload)) == first


@pytest.mark.law("R4.1")
def test_a_repeated_question_gets_the_same_answer(shep: ShepChannel) -> None:
    question = message(COMPANY, {"bin": COMPANY_BIN})
    assert shep.send(question) == shep.send(question)


@pytest.mark.law("R4.1")
@pytest.mark.parametrize(
    ("weather", "reason"),
    [
        ("down", Trouble.NO_CONNECTION),
        ("garbage", Trouble.DAMAGED_ANSWER),
        ("fault", Trouble.FAULT),
    ],
)
def test_a_failing_gateway_is_temporary_and_the_next_question_succeeds(
    gateway: ShepSandbox, shep: ShepChannel, weather: str, reason: Trouble
) -> None:
    gateway.weather = weather
    question = message(PERSON, {"iin": PERSONAS["person"].iin})
    with pytest.raises(NotDelivered) as refused:
        shep.send(question)
    assert refused.value.reason == reason
    assert refused.value.temporary
    gateway.weather = "fine"
    assert shep.send(question)["found"]


@pytest.mark.law("R4.1")
def test_a_gateway_that_does_not_answer_is_given_up(gateway: ShepSandbox) -> None:
    gateway.weather = "slow"
    with pytest.raises(NotDelivered) as refused:
        channel(gateway.url, read_timeout=0.1).send(message(PERSON, {"iin": PERSONAS["person"].iin}))
    assert refused.value.reason == Trouble.NO_ANSWER
    assert refused.value.temporary


@pytest.mark.law("R4.1")
def test_a_stopped_gateway_is_no_connection() -> None:
    gateway = ShepSandbox().start()
    gateway.stop()
    with pytest.raises(NotDelivered) as refused:
        channel(gateway.url).send(message(PERSON, {"iin": PERSONAS["person"].iin}))
    assert refused.value.reason == Trouble.NO_CONNECTION
    assert refused.value.temporary


@pytest.mark.law("R4.1")
def test_a_wrong_password_is_a_fault_with_the_gateways_code(gateway: ShepSandbox) -> None:
    with pytest.raises(NotDelivered) as refused:
        channel(gateway.url, password="wrong").send(message(PERSON, {"iin": PERSONAS["person"].iin}))
    assert refused.value.detail.startswith("SCSE001")
    assert refused.value.temporary


@pytest.mark.law("R4.1")
@pytest.mark.parametrize("payload", [{}, {"iin": 850615399019}, {"iin": "85061539901"}, {"iin": "85061539901x"}])
def test_a_question_without_a_proper_number_is_never_repeated(shep: ShepChannel, payload: dict[str, Any]) -> None:
    with pytest.raises(NotDelivered) as refused:
        shep.send(message(PERSON, payload))
    assert refused.value.reason == Trouble.BAD_MESSAGE
    assert not refused.value.temporary


@pytest.mark.law("R4.1")
def test_a_signed_envelope_and_a_signed_question_are_accepted_where_signatures_are_required() -> None:
    key = organisation_key()
    accounts = Accounts(certificates=(der(key),), signature_required=True)
    with ShepSandbox(accounts=accounts) as gateway:
        signed = channel(gateway.url, key=key)
        assert signed.send(message(COMPANY, {"bin": COMPANY_BIN}))["found"]
        assert signed.send(message(PERSON, {"iin": PERSONAS["person"].iin}))["found"]
        with pytest.raises(NotDelivered, match="SCSE010"):
            channel(gateway.url).send(message(COMPANY, {"bin": COMPANY_BIN}))
        with pytest.raises(NotDelivered, match="SCSE011"):
            channel(gateway.url, key=organisation_key("Бөтен")).send(message(COMPANY, {"bin": COMPANY_BIN}))


@pytest.mark.law("R4.1")
def test_no_personal_number_is_logged_or_told_in_an_error(
    gateway: ShepSandbox, shep: ShepChannel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    iin = PERSONAS["person"].iin
    shep.send(message(PERSON, {"iin": iin}))
    with LoopbackServer(lambda path, body: Reply(fault_about(iin), 500)) as talkative:
        with pytest.raises(NotDelivered) as refused:
            channel(talkative.url).send(message(PERSON, {"iin": iin}))
        assert refused.value.reason == Trouble.FAULT
        assert iin not in str(refused.value)
    assert iin not in caplog.text


def fault_about(iin: str) -> bytes:
    return (
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault>'
        f"<faultcode>S:Server</faultcode><faultstring>IIN {iin} is broken</faultstring>"
        "</S:Fault></S:Body></S:Envelope>"
    ).encode()
