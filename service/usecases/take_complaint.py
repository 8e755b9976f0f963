"""The chancellery takes in a complaint that came another way: acceptance is never refused (L64.1, R13.2)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from service.domain.case import LONGEST_NAME, NOON, ApplicantKind, Attachment, Case
from service.domain.deadlines import ZONE, local
from service.domain.errors import InvalidAnswers
from service.domain.forms import LONGEST_LINE, Problem, told_texts
from service.domain.forms_fields import LANGUAGES
from service.domain.identifiers import is_bin, is_iin
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, require
from service.usecases.complaint_intake import FIELDS, Intake, named_act, open_complaint_case
from service.usecases.services import Services

SHORT = {"official": LONGEST_LINE, "phone": LONGEST_LINE, "email": LONGEST_LINE, "residence": 1000,
         "postal_address": 1000, "explained": LONGEST_LINE}  # fmt: skip
"""The other texts that are said on a line or two, each with its limit in characters."""
BODIES = ("provider", "reviewing_body")
WAYS = ("post", "by_hand", "other_body")
"""The ways on which a complaint may come beside the cabinet."""


def take_complaint(
    services: Services,
    actor: Actor,
    answers: Mapping[str, Any],
    files: Sequence[Attachment] = (),
    submission: str = "",
) -> Case:
    """Open the case of a complaint on paper; the scan goes with it (L64.1).

    `answers` are those of L93.1 with `iin` or `bin`, `channel` (post, by_hand, other_body), `language`, and where an
    act is contested `case_number` and `document_number`. It came today, or on the earlier day `received_on`, of which
    `received_reason` says why it is registered only now. With `incomplete` it is accepted although something is
    missing, which is named. Raises `InvalidAnswers` for each field. The same `submission` gives the same case.
    """
    actor = require(actor, Right.COMPLAINTS)
    with services.unit_of_work() as uow:
        known = uow.find(Case, submission_id=submission) if submission else None
        if known is not None:
            return known
        iin, bin_ = str(answers.get("iin") or ""), str(answers.get("bin") or "")
        _require_ready(answers, iin, bin_)
        received = _received(services, uow, answers)
        contested, document_id = named_act(uow, answers)
        intake = Intake(
            submission=submission or str(uuid.uuid4()),
            iin=iin,
            bin=bin_,
            kind=ApplicantKind.COMPANY if bin_ else ApplicantKind.ENTREPRENEUR,
            language=str(answers.get("language") or "kk"),
            received=received,
            incomplete=bool(answers.get("incomplete")),
            fields={name: answers[name] for name in FIELDS if answers.get(name)} | {"iin": iin, "bin": bin_},
            case_id=contested.id if contested else None,
            document_id=document_id,
            channel=str(answers["channel"]),
            files=tuple(files),
        )
        case = open_complaint_case(services, uow, intake, actor)
        if received != uow.now:
            day, reason = local(received).date().isoformat(), str(answers["received_reason"]).strip()
            uow.note(case, actor, "complaint_received_earlier", received_on=day, reason=reason)
        uow.commit()
        return case


def _received(services: Services, uow: UnitOfWork, answers: Mapping[str, Any]) -> datetime:
    """When the paper came: now, or on an earlier day within working hours, for which there is a reason (L64.1, D24)."""
    today = local(uow.now).date()
    try:
        day = date.fromisoformat(str(answers.get("received_on") or today.isoformat()))
    except ValueError as wrong:
        raise InvalidAnswers(errors={"received_on": Problem("not_a_date")}) from wrong
    first = services.calendar.first
    if first is not None and day < first:
        raise InvalidAnswers(errors={"received_on": Problem("before_calendar", {"earliest": first.isoformat()})})
    if day > today:
        raise InvalidAnswers(errors={"received_on": Problem("in_the_future")})
    if day == today:
        return uow.now
    if not str(answers.get("received_reason") or "").strip():
        raise InvalidAnswers(errors={"received_reason": Problem("required")})
    return datetime.combine(day, NOON, ZONE)


def _require_ready(answers: Mapping[str, Any], iin: str, bin_: str) -> None:
    errors = told_texts(answers, {"name": LONGEST_NAME})
    told = {name: answers[name] for name in SHORT if answers.get(name)}
    errors |= told_texts(told, {name: SHORT[name] for name in told})
    for name, allowed in (("language", LANGUAGES), ("body", BODIES)):
        if answers.get(name) and answers[name] not in allowed:
            errors[name] = Problem("not_an_option")
    if answers.get("channel") not in WAYS:
        errors["channel"] = Problem("required")
    if bin_ and not is_bin(bin_):
        errors["bin"] = Problem("not_a_bin")
    if iin and not is_iin(iin):
        errors["iin"] = Problem("not_an_iin")
    if not iin and not bin_ and not answers.get("incomplete"):
        errors["iin"] = Problem("required")
    if errors:
        raise InvalidAnswers(errors=errors)
