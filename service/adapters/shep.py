"""Asks the state registers through the gateway: persons, legal entities, sole proprietors (R4.1).

Asking twice changes nothing on the other side, so a question may be repeated under its message id until answered.
Personal numbers stand in the envelope alone, never in an error or a log.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from service.adapters import gbd
from service.adapters.shep_envelope import Answer, Header, read_sync_answer, sync_request
from service.adapters.shep_transport import ShepSettings, ShepTransport
from service.domain.channels import COMPANY, ENTREPRENEUR, PERSON, Message, NotDelivered, Trouble

__all__ = ["ShepChannel", "ShepSettings", "ShepTransport"]

_NUMBER = re.compile(r"[0-9]{12}")


class ShepChannel:
    """The channel of `shep.person`, `shep.company` and `shep.entrepreneur`."""

    def __init__(self, transport: ShepTransport) -> None:
        self._transport = transport
        self._settings = transport.settings

    def send(self, message: Message) -> Mapping[str, Any]:
        """Ask the register that the channel names and return what it knows (R4.1). Raises NotDelivered."""
        if message.channel == PERSON:
            return self._person(message)
        if message.channel == COMPANY:
            return self._company(message)
        if message.channel == ENTREPRENEUR:
            return self._entrepreneur(message)
        raise NotDelivered(Trouble.UNKNOWN_CHANNEL, message.channel, temporary=False)

    def _person(self, message: Message) -> Mapping[str, Any]:
        iin = _number(message, "iin")
        header = _header(message, self._settings.person_service)
        answer = self._ask(header, gbd.person_question(header, self._settings.sender_id, iin))
        return gbd.read_person(answer.data, iin, answer.answered_at)

    def _company(self, message: Message) -> Mapping[str, Any]:
        bin_ = _number(message, "bin")
        question = gbd.company_question(self._settings.requestor_bin, bin_)
        answer = self._ask(_header(message, self._settings.company_service), self._signed_text(question))
        return gbd.read_company(answer.data, bin_, answer.answered_at)

    def _entrepreneur(self, message: Message) -> Mapping[str, Any]:
        iin = _number(message, "iin")
        question = gbd.entrepreneur_question(self._settings.requestor_bin, iin)
        answer = self._ask(_header(message, self._settings.entrepreneur_service), self._signed_text(question))
        return gbd.read_entrepreneur(answer.data, iin, answer.answered_at)

    def _ask(self, header: Header, data: etree._Element | str) -> Answer:
        envelope = sync_request(header, self._settings.sender, data)
        return read_sync_answer(self._transport.exchange(self._settings.sync_url, envelope))

    def _signed_text(self, question: etree._Element) -> str:
        key = self._settings.key
        signed = question if key is None else key.sign_enveloped(question)
        return etree.tostring(signed, encoding="unicode")


def _header(message: Message, service_id: str) -> Header:
    # The date is that of the outbox row, so a repetition is the same message to the byte.
    return Header(message.message_id, service_id, message.created_at)


def _number(message: Message, name: str) -> str:
    value = message.payload.get(name)
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise NotDelivered(Trouble.BAD_MESSAGE, name, temporary=False)
    return value
