"""Envelopes as the gateway itself writes and checks them, independent of our adapter."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml.exceptions import SignXMLException
from signxml.verifier import XMLVerifier

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_SYNC = "http://bip.bee.kz/SyncChannel/v10/Types"
_ASYNC = "http://bip.bee.kz/AsyncChannel/v10/Types"


class GatewayFault(Exception):
    """What the gateway says instead of an answer."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.fault_code, self.message = code, message


def read(body: bytes) -> etree._Element:
    """Read an envelope. Raises GatewayFault."""
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise GatewayFault("SCSE003", "The envelope is not XML") from None


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Follow local names downwards."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element.iterchildren("*") if etree.QName(each).localname == name), None)
    return element


def text(element: etree._Element | None, *path: str) -> str:
    """The text at the end of a path, or ""."""
    found = find(element, *path)
    return "" if found is None else (found.text or "").strip()


def branch(parent: etree._Element, tag: str, value: str | None = None) -> etree._Element:
    """Append an element, with a text if given."""
    element = etree.SubElement(parent, tag)
    element.text = value
    return element


def check_signature(body: bytes, envelope: etree._Element, known: tuple[bytes, ...], *, required: bool) -> None:
    """Check the WS-Security signature over the body. Raises GatewayFault for a bad, unknown or missing one."""
    signature = find(envelope, "Header", "Security", "Signature")
    if signature is None:
        if required:
            raise GatewayFault("SCSE010", "The envelope is not signed")
        return
    token = text(signature, "KeyInfo", "SecurityTokenReference", "KeyIdentifier")
    certificate = base64.b64decode(token or "")
    if certificate not in known:
        raise GatewayFault("SCSE011", "The certificate is not known")
    covered, taken = _verify(body, x509.load_der_x509_certificate(certificate)), find(envelope, "Body")
    # A signed body put aside, with another in its place, is the oldest trick with signed XML.
    if taken is None or _canonical(covered) != _canonical(taken):
        raise GatewayFault("SCSE012", "The signature does not cover the body")


def check_enveloped(document: bytes, known: tuple[bytes, ...]) -> None:
    """Check the signature inside a signed request, if there is one. Raises GatewayFault."""
    signature = find(read(document), "Signature")
    if signature is None:
        return
    token = base64.b64decode(text(signature, "KeyInfo", "X509Data", "X509Certificate"))
    if token not in known:
        raise GatewayFault("SCSE011", "The certificate is not known")
    covered = _verify(document, x509.load_der_x509_certificate(token))
    if covered.getparent() is not None or etree.QName(covered).localname != "Request":
        raise GatewayFault("SCSE012", "The signature does not cover the request")


def _verify(document: bytes, certificate: x509.Certificate) -> etree._Element:
    pem = certificate.public_bytes(Encoding.PEM).decode()
    try:
        result = XMLVerifier().verify(document, x509_cert=pem)
    except (SignXMLException, ValueError):
        raise GatewayFault("SCSE012", "The signature does not hold") from None
    covered = (result[0] if isinstance(result, list) else result).signed_xml
    if covered is None:
        raise GatewayFault("SCSE012", "The signature covers nothing")
    return covered


def _canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)


def sync_answer(message_id: str, answer: etree._Element, now: datetime, *, escaped: bool) -> bytes:
    """A SendMessageResponse with status SCSS001; `escaped` carries the data as text that holds XML."""
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"S": SOAP})
    response = branch(branch(branch(envelope, f"{{{SOAP}}}Body"), f"{{{_SYNC}}}SendMessageResponse"), "response")
    info = branch(response, "responseInfo")
    branch(info, "messageId", _own_number(message_id))
    branch(info, "correlationId", message_id)
    branch(info, "responseDate", now.isoformat())
    status = branch(info, "status")
    branch(status, "code", "SCSS001")
    branch(status, "message", "Message has been processed successfully")
    data = branch(branch(response, "responseData"), "data")
    if escaped:
        data.text = etree.CDATA(etree.tostring(answer, encoding="unicode"))
    else:
        data.extend(list(answer))
    return etree.tostring(envelope, encoding="utf-8", xml_declaration=True)


def receipt(accepted_as: str, correlation_id: str, now: datetime) -> bytes:
    """A sendMessageResponse: the notification is taken."""
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"S": SOAP})
    response = branch(branch(branch(envelope, f"{{{SOAP}}}Body"), f"{{{_ASYNC}}}sendMessageResponse"), "response")
    branch(response, "messageId", accepted_as)
    branch(response, "correlationId", correlation_id)
    branch(response, "responseDate", now.isoformat())
    return etree.tostring(envelope, encoding="utf-8", xml_declaration=True)


def fault(error: GatewayFault, now: datetime) -> bytes:
    """A SOAP fault with the gateway's ErrorInfo."""
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"S": SOAP})
    told = branch(branch(envelope, f"{{{SOAP}}}Body"), f"{{{SOAP}}}Fault")
    branch(told, "faultcode", "S:Server")
    branch(told, "faultstring", error.message)
    info = branch(branch(told, "detail"), f"{{{_SYNC}}}SendMessageFault")
    branch(info, "errorCode", error.fault_code)
    branch(info, "errorMessage", error.message)
    branch(info, "errorDate", now.isoformat())
    return etree.tostring(envelope, encoding="utf-8", xml_declaration=True)


def _own_number(message_id: str) -> str:
    return f"shep-{hashlib.sha256(message_id.encode()).hexdigest()[:16]}"
