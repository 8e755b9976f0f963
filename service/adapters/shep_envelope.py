"""SOAP envelopes of the "electronic government" gateway (SHEP): SyncChannel v10 and AsyncChannel v10 (R4.1, R4.2).

Only elements and texts here; no network. Names are compared without their namespace, because members of the gateway
differ in which elements they qualify. What arrives is read without entities, document types or outside files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from service.domain.channels import Acknowledgement, NotDelivered, Trouble

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SYNC = "http://bip.bee.kz/SyncChannel/v10/Types"
ASYNC = "http://bip.bee.kz/AsyncChannel/v10/Types"
SUCCESS = "SCSS001"

_LONG_NUMBER = re.compile(r"\d{6,}")


@dataclass(frozen=True)
class Sender:
    """Who we are on the gateway."""

    sender_id: str
    password: str


@dataclass(frozen=True)
class Header:
    """What every message says of itself; `correlation_id` joins the messages of one case."""

    message_id: str
    service_id: str
    date: datetime
    correlation_id: str = ""


@dataclass(frozen=True)
class Answer:
    """The answer of a synchronous service: its data, and when it was given (ISO 8601), "" if it does not say."""

    data: etree._Element
    answered_at: str


def sync_request(header: Header, sender: Sender, data: etree._Element | str) -> etree._Element:
    """Build a SendMessage envelope; `data` is the `data` element itself, or XML to be carried as escaped text."""
    envelope, body = _envelope()
    request = etree.SubElement(etree.SubElement(body, f"{{{SYNC}}}SendMessage", nsmap={"typ": SYNC}), "request")
    info = etree.SubElement(request, "requestInfo")
    add(info, "messageId", header.message_id)
    if header.correlation_id:
        add(info, "correlationId", header.correlation_id)
    add(info, "serviceId", header.service_id)
    add(info, "messageDate", header.date.isoformat(timespec="milliseconds"))
    _add_sender(info, sender)
    _add_data(etree.SubElement(request, "requestData"), data)
    return envelope


def async_notification(header: Header, sender: Sender, data: etree._Element) -> etree._Element:
    """Build a sendMessage envelope of type NOTIFICATION: we tell and expect no answer but the receipt."""
    envelope, body = _envelope()
    request = etree.SubElement(etree.SubElement(body, f"{{{ASYNC}}}sendMessage", nsmap={"typ": ASYNC}), "request")
    info = etree.SubElement(request, "messageInfo")
    add(info, "messageId", header.message_id)
    if header.correlation_id:
        add(info, "correlationId", header.correlation_id)
    add(info, "serviceId", header.service_id)
    add(info, "messageType", "NOTIFICATION")
    add(info, "messageDate", header.date.isoformat(timespec="milliseconds"))
    _add_sender(info, sender)
    _add_data(etree.SubElement(request, "messageData"), data)
    return envelope


def read_sync_answer(envelope: etree._Element) -> Answer:
    """Take the data out of a SendMessageResponse.

    Raises NotDelivered(FAULT) for a fault or a status other than SCSS001, NotDelivered(DAMAGED_ANSWER) for anything
    that is not such an answer.
    """
    _refuse_fault(envelope)
    response = find(envelope, "Body", "SendMessageResponse", "response")
    info = find(response, "responseInfo")
    code = text(info, "status", "code")
    if code != SUCCESS:
        raise _fault(code or "no status", text(info, "status", "message"))
    data = find(response, "responseData", "data")
    if data is None:
        raise NotDelivered(Trouble.DAMAGED_ANSWER, "no responseData")
    if len(data) == 0 and (data.text or "").strip():
        data = parse((data.text or "").strip().encode())
    return Answer(data, _instant(text(info, "responseDate")))


def read_async_receipt(envelope: etree._Element) -> Acknowledgement:
    """Take the receipt out of a sendMessageResponse: the gateway's own message id and the date. Raises NotDelivered."""
    _refuse_fault(envelope)
    response = find(envelope, "Body", "sendMessageResponse", "response")
    accepted_as = text(response, "messageId")
    if not accepted_as:
        raise NotDelivered(Trouble.DAMAGED_ANSWER, "no receipt")
    return {"accepted_as": accepted_as, "accepted_at": _instant(text(response, "responseDate"))}


def parse(content: bytes) -> etree._Element:
    """Read XML that came from outside. Raises NotDelivered(DAMAGED_ANSWER) for anything but plain, well-formed XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotDelivered(Trouble.DAMAGED_ANSWER, f"not XML: {type(error).__name__}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotDelivered(Trouble.DAMAGED_ANSWER, "a document type is not accepted")
    return root


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Follow local names downwards; None where the path ends."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """The children with this local name."""
    if element is None:
        return []
    return [child for child in element.iterchildren("*") if etree.QName(child).localname == name]


def text(element: etree._Element | None, *path: str) -> str:
    """The text at the end of a path of local names; "" where there is none."""
    found = find(element, *path)
    return "" if found is None else (found.text or "").strip()


def add(parent: etree._Element, tag: str, value: str) -> etree._Element:
    """Append an element with a text. Raises NotDelivered(BAD_MESSAGE) for characters that XML cannot carry."""
    element = etree.SubElement(parent, tag)
    try:
        element.text = value
    except ValueError:
        raise NotDelivered(Trouble.BAD_MESSAGE, f"characters of {tag}", temporary=False) from None
    return element


def _envelope() -> tuple[etree._Element, etree._Element]:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP, "wsu": WSU})
    etree.SubElement(envelope, f"{{{SOAP}}}Header")
    return envelope, etree.SubElement(envelope, f"{{{SOAP}}}Body")


def _add_sender(info: etree._Element, sender: Sender) -> None:
    element = etree.SubElement(info, "sender")
    add(element, "senderId", sender.sender_id)
    add(element, "password", sender.password)


def _add_data(parent: etree._Element, data: etree._Element | str) -> None:
    if isinstance(data, str):
        add(parent, "data", data)
    else:
        parent.append(data)


def _instant(value: str) -> str:
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return ""
    # A time without its offset is no instant; better none than a wrong one.
    return instant.isoformat() if instant.tzinfo else ""


def _refuse_fault(envelope: etree._Element) -> None:
    fault = find(envelope, "Body", "Fault")
    if fault is None:
        return
    told = next((each for each in fault.iter("*") if etree.QName(each).localname == "errorCode"), None)
    if told is None:
        raise _fault(text(fault, "faultcode"), text(fault, "faultstring"))
    raise _fault(text(told), text(told.getparent(), "errorMessage"))


def _fault(code: str, message: str) -> NotDelivered:
    # What the other side writes may hold personal numbers; the detail goes to the log.
    return NotDelivered(Trouble.FAULT, _LONG_NUMBER.sub("…", f"{code}: {message}")[:200])
