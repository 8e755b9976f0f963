"""Tells the monitoring system of state services of each stage (R10.1, R10.2).

The order now in force and the format of that system are not public (order 142 of 2015 is repealed), so a stage goes as
a NOTIFICATION over the gateway's AsyncChannel v10 in a form of our own, to be agreed with the system's owner when the
connection is made. One stage change is one message id, and the receiver takes each id once: exactly one record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from service.adapters.payloads import bad, instant, required
from service.adapters.shep_envelope import XSI, Header, add
from service.adapters.shep_transport import ShepTransport
from service.domain.channels import MONITORING, Message, NotDelivered, Trouble

TYPES = "urn:ruqsat:service-stage:1"
_NAMED = ("case_number", "stage", "at", "service", "edition")


class MonitoringChannel:
    """The channel of `monitoring.stage`."""

    def __init__(self, transport: ShepTransport) -> None:
        self._transport = transport

    def send(self, message: Message) -> Mapping[str, Any]:
        """Send one stage and return the receipt: the gateway's number of it, and when (R10.1). Raises NotDelivered."""
        if message.channel != MONITORING:
            raise NotDelivered(Trouble.UNKNOWN_CHANNEL, message.channel, temporary=False)
        case_number, service = required(message.payload, "case_number"), self._transport.settings.monitoring_service
        header = Header(message.message_id, service, message.created_at, case_number)
        return self._transport.notify(header, self._data(message, case_number))

    def _data(self, message: Message, case_number: str) -> etree._Element:
        payload = message.payload
        data = etree.Element("data", nsmap={"xsi": XSI, "st": TYPES})
        data.set(f"{{{XSI}}}type", "st:ServiceStage")
        add(data, "recordId", message.message_id)
        add(data, "serviceProviderBin", self._transport.settings.requestor_bin)
        add(data, "service", required(payload, "service"))
        add(data, "edition", _scalar("edition", payload.get("edition")))
        add(data, "caseNumber", case_number)
        add(data, "stage", required(payload, "stage"))
        add(data, "stageDate", instant(payload, "at"))
        for name in sorted(set(payload) - set(_NAMED)):
            element = etree.SubElement(data, "property")
            add(element, "key", name)
            add(element, "value", _scalar(name, payload[name]))
        return data


def _scalar(name: str, value: object) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    raise bad(name)
