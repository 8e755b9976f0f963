"""Tells the portal where a request stands, for the applicant's "жеке кабинет" (R4.2, R9.2).

A NOTIFICATION over the gateway's AsyncChannel v10, in the words of the portal's request-status message: how far the
request is processed, and with what resolution, each text in Kazakh and in Russian. The names up to
`negativeResolution...` are those that public integrations of other services show; the portal does not publish the
schema for ours, so `status...` and `nextStep...` are to be agreed with its operator when the connection is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from service.adapters.payloads import instant, optional, required, texts
from service.adapters.shep_envelope import XSI, Header, add
from service.adapters.shep_transport import ShepTransport
from service.domain.channels import PORTAL, Message, NotDelivered, Trouble

TYPES = "urn:ruqsat:request-status:1"
_PROCESSING = ("IN_PROGRESS", "COMPLETED")
_RESOLUTIONS = ("NO_RESOLUTION", "POSITIVE", "NEGATIVE")
# Our name in the payload, and the portal's name.
_TEXTS = {
    "status": "statusCode",
    "text_kk": "statusTextKk",
    "text_ru": "statusTextRu",
    "registered_at": "registrationDate",
    "next_step_kk": "nextStepTextKk",
    "next_step_ru": "nextStepTextRu",
    "next_due": "nextStepDueDate",
    "next_due_note_kk": "nextStepDueDateNoteKk",
    "next_due_note_ru": "nextStepDueDateNoteRu",
    "reason_kk": "negativeResolutionReasonTextKk",
    "reason_ru": "negativeResolutionReasonTextRu",
}
_LISTS = {
    "missing_kk": "negativeResolutionMissingDocumentsListKk",
    "missing_ru": "negativeResolutionMissingDocumentsListRu",
}


class PortalChannel:
    """The channel of `portal.status`; the portal takes each message id once, however often it is sent."""

    def __init__(self, transport: ShepTransport, service_type: str) -> None:
        """`service_type` is the code under which the portal knows this service."""
        self._transport = transport
        self._service_type = service_type

    def send(self, message: Message) -> Mapping[str, Any]:
        """Send one status and return the receipt: the gateway's number of it, and when (R4.2). Raises NotDelivered."""
        if message.channel != PORTAL:
            raise NotDelivered(Trouble.UNKNOWN_CHANNEL, message.channel, temporary=False)
        case_number, service = required(message.payload, "case_number"), self._transport.settings.portal_service
        header = Header(message.message_id, service, message.created_at, case_number)
        return self._transport.notify(header, self._data(message, case_number))

    def _data(self, message: Message, case_number: str) -> etree._Element:
        payload = message.payload
        data = etree.Element("data", nsmap={"xsi": XSI, "rs": TYPES})
        data.set(f"{{{XSI}}}type", "rs:RequestStatus")
        add(data, "externalRequestChainId", case_number)
        add(data, "externalRequestId", message.message_id)
        add(data, "requestOriginSystemId", "EGOV_PORTAL")
        for name, tag in (("iin", "requesterIin"), ("bin", "requesterBin")):
            if value := optional(payload, name):
                add(data, tag, value)
        add(data, "serviceProviderBin", self._transport.settings.requestor_bin)
        add(data, "serviceType", self._service_type)
        resolution = required(payload, "resolution", _RESOLUTIONS)
        add(data, "processingStatus", required(payload, "processing", _PROCESSING))
        add(data, "resolutionType", resolution)
        add(data, "statusDate", instant(payload, "at"))
        if resolution != "NO_RESOLUTION":
            add(data, "resolutionDate", instant(payload, "at"))
        for name, tag in _TEXTS.items():
            if value := optional(payload, name):
                add(data, tag, value)
        for name, tag in _LISTS.items():
            for value in texts(payload, name):
                add(data, tag, value)
        return data
