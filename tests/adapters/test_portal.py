"""The portal is told where a request stands, once for each message (R4.2, R9.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from service.adapters.portal import PortalChannel
from service.adapters.shep_transport import ShepTransport
from service.domain.channels import PORTAL, NotDelivered, Trouble
from service.sandbox.portal import PortalInbox
from service.sandbox.shep import Accounts, ShepSandbox
from tests.adapters.gateway import NOON, der, message, organisation_key, settings

ACCEPTED = {
    "case_number": "P-2026-000123",
    "bin": "150340999016",
    "iin": "781122499012",
    "processing": "IN_PROGRESS",
    "resolution": "NO_RESOLUTION",
    "status": "accepted",
    "at": "2026-04-20T03:00:00+05:00",
    "text_kk": "Электрондық сұрау салу қабылданды",
    "text_ru": "Электронный запрос принят",
    "next_step_kk": "Тіркеу",
    "next_step_ru": "Регистрация",
    "next_due": "2026-04-20T18:30:00+05:00",
}
REFUSED = {
    **ACCEPTED,
    "processing": "COMPLETED",
    "resolution": "NEGATIVE",
    "status": "refused",
    "reason_kk": "Құжаттар топтамасы толық емес",
    "reason_ru": "Неполный пакет документов",
    "missing_kk": ["кепілдік хат", "шарт <көшірмесі> & қосымша"],
    "missing_ru": ["гарантийное письмо", "копия договора"],
}


@pytest.fixture
def inbox() -> PortalInbox:
    return PortalInbox()


@pytest.fixture
def gateway(inbox: PortalInbox) -> Iterator[ShepSandbox]:
    with ShepSandbox({inbox.service: inbox}, now=lambda: NOON) as gateway:
        yield gateway


def portal(gateway: ShepSandbox, **changes: Any) -> PortalChannel:
    return PortalChannel(ShepTransport(settings(gateway.url, **changes)), "SDA_PERMIT")


@pytest.mark.law("R4.2")
def test_the_accepted_status_arrives_with_number_date_and_next_step(gateway: ShepSandbox, inbox: PortalInbox) -> None:
    receipt = portal(gateway).send(message(PORTAL, ACCEPTED))
    (status,) = inbox.statuses("P-2026-000123")
    assert receipt == {"accepted_as": "portal-000001", "accepted_at": "2026-04-20T07:00:00+00:00"}
    assert status.text("processingStatus") == "IN_PROGRESS"
    assert status.text("resolutionType") == "NO_RESOLUTION"
    assert status.text("statusTextKk") == "Электрондық сұрау салу қабылданды"
    assert status.text("statusDate") == "2026-04-20T03:00:00+05:00"
    assert status.text("nextStepDueDate") == "2026-04-20T18:30:00+05:00"
    assert status.text("requesterBin") == "150340999016"
    assert status.text("resolutionDate") == ""


@pytest.mark.law("R9.2")
def test_a_negative_resolution_carries_reasons_and_missing_documents_in_both_languages(
    gateway: ShepSandbox, inbox: PortalInbox
) -> None:
    portal(gateway).send(message(PORTAL, REFUSED))
    (status,) = inbox.received
    assert status.text("resolutionDate") == "2026-04-20T03:00:00+05:00"
    assert status.text("negativeResolutionReasonTextRu") == "Неполный пакет документов"
    assert status.texts["negativeResolutionMissingDocumentsListKk"] == ("кепілдік хат", "шарт <көшірмесі> & қосымша")


@pytest.mark.law("R4.2", "R10.2")
def test_the_same_message_sent_twice_arrives_once(gateway: ShepSandbox, inbox: PortalInbox) -> None:
    first = portal(gateway).send(message(PORTAL, ACCEPTED))
    assert portal(gateway).send(message(PORTAL, ACCEPTED)) == first
    portal(gateway).send(message(PORTAL, REFUSED, "m-2"))
    assert len(inbox.received) == 2
    assert inbox.repeats == 1


@pytest.mark.law("R4.2")
def test_a_signed_notification_is_accepted_where_signatures_are_required(inbox: PortalInbox) -> None:
    key = organisation_key()
    accounts = Accounts(certificates=(der(key),), signature_required=True)
    with ShepSandbox({inbox.service: inbox}, accounts=accounts) as gateway:
        portal(gateway, key=key).send(message(PORTAL, ACCEPTED))
        with pytest.raises(NotDelivered, match="SCSE010"):
            portal(gateway).send(message(PORTAL, ACCEPTED, "m-2"))
    assert len(inbox.received) == 1


@pytest.mark.law("R4.2")
@pytest.mark.parametrize("weather", ["down", "garbage", "fault"])
def test_a_failing_gateway_is_temporary_and_the_status_arrives_later(
    gateway: ShepSandbox, inbox: PortalInbox, weather: str
) -> None:
    gateway.weather = weather
    with pytest.raises(NotDelivered) as refused:
        portal(gateway).send(message(PORTAL, ACCEPTED))
    assert refused.value.temporary
    assert inbox.received == []
    gateway.weather = "fine"
    portal(gateway).send(message(PORTAL, ACCEPTED))
    assert len(inbox.received) == 1


@pytest.mark.law("R4.2")
def test_a_portal_that_nobody_connected_is_a_fault() -> None:
    with ShepSandbox() as gateway, pytest.raises(NotDelivered, match="ASYE003"):
        portal(gateway).send(message(PORTAL, ACCEPTED))


@pytest.mark.law("R4.2")
@pytest.mark.parametrize(
    "change",
    [
        {"case_number": ""},
        {"processing": "DONE"},
        {"resolution": None},
        {"at": "2026-04-20T03:00:00"},
        {"at": "yesterday"},
        {"text_kk": 5},
        {"text_kk": "a\x00b"},
        {"missing_kk": "кепілдік хат"},
    ],
    ids=str,
)
def test_a_status_that_can_never_be_sent_is_not_tried_again(
    gateway: ShepSandbox, inbox: PortalInbox, change: dict[str, Any]
) -> None:
    with pytest.raises(NotDelivered) as refused:
        portal(gateway).send(message(PORTAL, {**ACCEPTED, **change}))
    assert refused.value.reason == Trouble.BAD_MESSAGE
    assert not refused.value.temporary
    assert inbox.received == []
