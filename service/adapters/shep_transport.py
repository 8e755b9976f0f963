"""Carries envelopes to the gateway and back: HTTP with limits on time and size, signed where a key is given (R4.1)."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import requests
from lxml import etree

from service.adapters.arriving import TooLong, TooSlow, read_whole
from service.adapters.shep_envelope import Header, Sender, async_notification, parse, read_async_receipt
from service.adapters.shep_signature import OrganisationKey
from service.domain.channels import Acknowledgement, NotDelivered, Trouble


@dataclass(frozen=True)
class ShepSettings:
    """How to reach the gateway.

    Times are in seconds; `total_timeout` bounds an answer that trickles in. `ca_bundle` is the file of trusted TLS
    roots ("" for the system's own). Without `key` nothing is signed: right for the sandbox, refused by the real one.
    """

    sync_url: str
    async_url: str
    sender_id: str
    password: str = field(repr=False)
    requestor_bin: str
    person_service: str = "GBDFL_UniversalServiceSync"
    company_service: str = "GbdulInfoByBin_v2"
    entrepreneur_service: str = "KGD_SOLE_PROPRIETOR"
    portal_service: str = "EGOV_PORTAL_REQUEST_STATUS"
    monitoring_service: str = "SERVICE_MONITORING_STAGE"
    connect_timeout: float = 3
    read_timeout: float = 10
    total_timeout: float = 30
    max_answer: int = 4 * 1024 * 1024
    ca_bundle: str = ""
    key: OrganisationKey | None = field(default=None, repr=False)

    @property
    def sender(self) -> Sender:
        """Who we are, as an envelope says it."""
        return Sender(self.sender_id, self.password)


class ShepTransport:
    """Sends one envelope and returns the other; every trouble on the way is NotDelivered."""

    def __init__(self, settings: ShepSettings) -> None:
        self.settings = settings

    def notify(self, header: Header, data: etree._Element) -> Acknowledgement:
        """Tell another system something and return the gateway's receipt (R4.2, R10.1). Raises NotDelivered."""
        envelope = async_notification(header, self.settings.sender, data)
        return read_async_receipt(self.exchange(self.settings.async_url, envelope))

    def exchange(self, url: str, envelope: etree._Element) -> etree._Element:
        """Post the envelope and read the answer, fault or not. Raises NotDelivered."""
        if self.settings.key is not None:
            self.settings.key.sign_body(envelope)
        content = etree.tostring(envelope, encoding="utf-8", xml_declaration=True)
        try:
            status, answer = self._post(url, content)
        except requests.exceptions.SSLError as error:
            raise NotDelivered(Trouble.NOT_SECURE, type(error).__name__) from None
        except requests.Timeout as error:
            raise NotDelivered(Trouble.NO_ANSWER, type(error).__name__) from None
        except requests.RequestException as error:
            raise NotDelivered(Trouble.NO_CONNECTION, type(error).__name__) from None
        # A fault comes with 500 and a body; anything else without 200 is a web server's own page.
        if status not in (200, 500):
            raise NotDelivered(Trouble.FAULT, f"HTTP {status}")
        return parse(answer)

    def _post(self, url: str, content: bytes) -> tuple[int, bytes]:
        settings = self.settings
        started = time.monotonic()
        with requests.Session() as session:
            # The address and the password are ours to choose, not the environment's.
            session.trust_env = False
            with session.post(
                url,
                data=content,
                headers={
                    "Content-Type": "text/xml; charset=utf-8",
                    "SOAPAction": '""',
                    "Accept-Encoding": "identity",
                },
                timeout=(settings.connect_timeout, settings.read_timeout),
                verify=settings.ca_bundle or True,
                allow_redirects=False,
                stream=True,
            ) as response:
                return response.status_code, self._read(response, started)

    def _read(self, response: requests.Response, started: float) -> bytes:
        # A compressed answer could unfold without end, and was not asked for.
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise NotDelivered(Trouble.DAMAGED_ANSWER, "compressed")
        until = started + self.settings.total_timeout
        try:
            return read_whole(response, until=until, limit=self.settings.max_answer)
        except TooLong:
            raise NotDelivered(Trouble.ANSWER_TOO_LARGE, f"more than {self.settings.max_answer} bytes") from None
        except TooSlow:
            raise NotDelivered(Trouble.NO_ANSWER, "too slow") from None
