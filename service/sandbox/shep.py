"""The "electronic government" gateway in miniature: SyncChannel and AsyncChannel v10 over HTTP (R4.1, R4.2).

`/sync` answers from the made-up registers, `/async` hands notifications to the inboxes of the portal and of the
monitoring system. Credentials are checked always, the signature of the envelope where there is one.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from lxml import etree

from service.sandbox import shep_registers
from service.sandbox.http import LoopbackServer, Reply
from service.sandbox.shep_xml import GatewayFault, check_signature, fault, find, read, receipt, sync_answer, text
from service.sandbox.weather import Weather


class Inbox(Protocol):
    """A system behind the gateway that takes notifications."""

    def receive(self, message_id: str, data: etree._Element) -> str:
        """Take a notification and return our number of it; the same message id is taken once."""
        ...


@dataclass
class Accounts:
    """Who may use the gateway: sender ids with their passwords, and the certificates of those who sign (DER)."""

    passwords: Mapping[str, str] = field(default_factory=lambda: {"ruqsat": "sandbox"})
    certificates: tuple[bytes, ...] = ()
    signature_required: bool = False


class ShepSandbox(LoopbackServer):
    """The gateway; `url` + "/sync" and "/async" are its addresses, `weather` makes it fail.

    `escaped` says how data travel in the answers: as text that holds XML, as elements, or (None) as the real service
    does. `requests` counts what arrived, by service.
    """

    def __init__(
        self,
        inboxes: Mapping[str, Inbox] | None = None,
        *,
        accounts: Accounts | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        port: int = 0,
    ) -> None:
        super().__init__(self._receive, port=port)
        self.inboxes = dict(inboxes or {})
        self.accounts = accounts or Accounts()
        self.escaped: bool | None = None
        self.requests: dict[str, int] = {}
        self._now = now

    def _receive(self, path: str, body: bytes) -> Reply:
        try:
            if self.weather is Weather.FAULT:
                raise GatewayFault("SCSE002", "The service does not answer")
            envelope = read(body)
            check_signature(body, envelope, self.accounts.certificates, required=self.accounts.signature_required)
            channels = {"/sync": self._sync, "/async": self._async}
            if path not in channels:
                return Reply(b"", 404)
            return Reply(channels[path](envelope))
        except GatewayFault as error:
            return Reply(fault(error, self._now()), 500)

    def _sync(self, envelope: etree._Element) -> bytes:
        request = find(envelope, "Body", "SendMessage", "request")
        info = find(request, "requestInfo")
        service = self._admit(info)
        question = find(request, "requestData", "data")
        answer, escaped = shep_registers.answer(service, question, self.accounts.certificates)
        return sync_answer(
            text(info, "messageId"), answer, self._now(), escaped=escaped if self.escaped is None else self.escaped
        )

    def _async(self, envelope: etree._Element) -> bytes:
        request = find(envelope, "Body", "sendMessage", "request")
        info = find(request, "messageInfo")
        service = self._admit(info)
        inbox, data = self.inboxes.get(service), find(request, "messageData", "data")
        if inbox is None or data is None or text(info, "messageType") != "NOTIFICATION":
            raise GatewayFault("ASYE003", f"Nobody takes {service}")
        accepted_as = inbox.receive(text(info, "messageId"), data)
        return receipt(accepted_as, text(info, "correlationId"), self._now())

    def _admit(self, info: etree._Element | None) -> str:
        sender, service = text(info, "sender", "senderId"), text(info, "serviceId")
        password = self.accounts.passwords.get(sender)
        given = text(info, "sender", "password")
        if password is None or not hmac.compare_digest(password.encode(), given.encode()):
            raise GatewayFault("SCSE001", "Sender is not authorised")
        if not text(info, "messageId") or not text(info, "messageDate"):
            raise GatewayFault("SCSE004", "messageId and messageDate are required")
        self.requests[service] = self.requests.get(service, 0) + 1
        return service
