"""Every channel that the procedure knows leads somewhere, and tells the truth about it (R4.1, R4.2, R10.1, L66.1)."""

from __future__ import annotations

from typing import Any

import pytest

from service.adapters.mail import MailChannel, MailSettings
from service.adapters.monitoring import MonitoringChannel
from service.adapters.portal import PortalChannel
from service.adapters.shep import ShepChannel
from service.adapters.shep_transport import ShepTransport
from service.domain.channels import (
    COMPANY,
    ENTREPRENEUR,
    MAIL,
    MONITORING,
    PERSON,
    PORTAL,
    Channel,
    NotDelivered,
)
from service.sandbox.mail import MailSandbox
from service.sandbox.monitoring import MonitoringInbox
from service.sandbox.personas import COMPANY_BIN, PERSONAS
from service.sandbox.portal import PortalInbox
from service.sandbox.shep import ShepSandbox
from tests.adapters.gateway import NOON, message, settings

AT = NOON.isoformat()
PAYLOADS: dict[str, dict[str, Any]] = {
    PERSON: {"iin": PERSONAS["company_head"].iin},
    COMPANY: {"bin": COMPANY_BIN},
    ENTREPRENEUR: {"iin": PERSONAS["entrepreneur"].iin},
    PORTAL: {"case_number": "P-2026-000001", "processing": "IN_PROGRESS", "resolution": "NO_RESOLUTION", "at": AT},
    MONITORING: {"case_number": "P-2026-000001", "stage": "filed", "at": AT, "service": "permit", "edition": "1"},
    MAIL: {"to": "a@example.kz", "subject": "Хабарлама", "body": "Сәлеметсіз бе!", "lang": "kk"},
}


def channel(name: str, shep_url: str, mail_port: int) -> Channel:
    transport = ShepTransport(settings(shep_url))
    if name == MAIL:
        return MailChannel(MailSettings("127.0.0.1", mail_port, "ruqsat@example.kz"))
    if name == PORTAL:
        return PortalChannel(transport, "SDA_PERMIT")
    return MonitoringChannel(transport) if name == MONITORING else ShepChannel(transport)


@pytest.mark.law("R4.1", "R4.2", "R10.1", "L66.1")
@pytest.mark.parametrize("name", PAYLOADS)
def test_every_channel_delivers_in_fine_weather_and_is_temporary_when_all_is_down(name: str) -> None:
    inboxes = {PortalInbox.service: PortalInbox(), MonitoringInbox.service: MonitoringInbox()}
    with ShepSandbox(inboxes) as gateway, MailSandbox() as mail:
        line = channel(name, gateway.url, mail.port)
        answer = line.send(message(name, PAYLOADS[name]))
        assert (answer is None) == (name == MAIL)
        gateway.weather = mail.weather = "down"
        with pytest.raises(NotDelivered) as refused:
            line.send(message(name, PAYLOADS[name]))
    assert refused.value.temporary


@pytest.mark.law("R10.2")
@pytest.mark.parametrize("name", PAYLOADS)
def test_an_empty_message_is_never_tried_again_on_any_channel(name: str) -> None:
    with pytest.raises(NotDelivered) as refused:
        channel(name, "http://127.0.0.1:1", 1).send(message(name, {}))
    assert not refused.value.temporary
