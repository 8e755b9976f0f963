"""What the state knows of an applicant already, so that it is not asked again (R4.1, A2.2)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from service.domain.channels import COMPANY, ENTREPRENEUR, PERSON, Channel, Message, NotDelivered
from service.domain.people import Applicant
from service.domain.permit import ADDRESS_PARTS
from service.domain.registration import bar_to_apply
from service.usecases.services import Services

CERTIFICATE = "certificate"
"""The source of what the signer's own certificate says."""
BAR = "_bar"
"""The answer of a draft that says why its applicant may not apply by the register, as in `registration.BARS`."""

Answer = Mapping[str, Any] | None
"""What a register said; None when it did not answer in time."""


def prefill(services: Services, applicant: Applicant) -> dict[str, Any]:
    """Ask both registers at once and give the fields of annex 2 that they fill (R4.1, A2.2).

    A register that does not answer leaves its fields to the applicant. `_prefilled` says for each field the value and
    its source, `_state` which registers answered and when, `_bar` why the applicant may not apply (R1.1).
    """
    now = services.clock.now()
    body_channel, body_question = _body(applicant)
    with ThreadPoolExecutor(max_workers=2) as pool:
        waiting = pool.submit(_ask, services.registers[PERSON], PERSON, {"iin": applicant.iin}, now)
        body = _ask(services.registers[body_channel], body_channel, body_question, now)
        person = waiting.result()
    known = {field: (value, CERTIFICATE) for field, value in identity(applicant).items()}
    known |= {field: (value, PERSON) for field, value in _of_person(person).items()}
    known |= {field: (value, body_channel) for field, value in _of_body(body).items()}
    answers: dict[str, Any] = {field: value for field, (value, _source) in known.items()}
    if bar := bar_to_apply(body, company=bool(applicant.bin)):
        answers[BAR] = bar
    answers["_prefilled"] = {field: {"value": value, "source": source} for field, (value, source) in known.items()}
    answers["_state"] = {
        "person": person is not None, "registration": body is not None, "asked_at": now.isoformat(),
    }  # fmt: skip
    return answers


def identity(applicant: Applicant) -> dict[str, Any]:
    """What the signature says of the applicant: numbers, kind, name, and the signer's own name in its parts."""
    surname, given, patronymic = [*applicant.name.split(maxsplit=2), "", "", ""][:3]
    return {
        "iin": applicant.iin,
        "bin": applicant.bin,
        "applicant_kind": applicant.kind.value,
        "name": applicant.organisation or applicant.name,
        "signer_surname": surname,
        "signer_name": given,
        "signer_patronymic": patronymic,
    }


def _body(applicant: Applicant) -> tuple[str, Mapping[str, Any]]:
    return (COMPANY, {"bin": applicant.bin}) if applicant.bin else (ENTREPRENEUR, {"iin": applicant.iin})


def _ask(channel: Channel, name: str, question: Mapping[str, Any], now: datetime) -> Answer:
    try:
        return channel.send(Message(str(uuid.uuid4()), name, None, question, now))
    except NotDelivered:
        return None


def _of_person(answer: Answer) -> dict[str, Any]:
    found = answer or {}
    names = {f"signer_{part}": found[part] for part in ("surname", "name", "patronymic") if found.get(part)}
    return names | _address(found)


def _of_body(answer: Answer) -> dict[str, Any]:
    found = answer or {}
    name = found.get("name_kk") or found.get("name")
    return ({"name": name} if name else {}) | _address(found)


def _address(answer: Mapping[str, Any]) -> dict[str, Any]:
    """All parts of an address come from one source; a register that knows no street knows no address."""
    address = answer.get("address") or {}
    return {part: address.get(part) or "" for part in ADDRESS_PARTS} if address.get("street") else {}
