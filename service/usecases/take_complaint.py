"""The chancellery takes in a complaint that came another way: acceptance is never refused (L64.1, R13.2)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from service.domain.appeal import require_contents
from service.domain.case import LONGEST_NAME, NOON, ApplicantKind, Attachment, Case
from service.domain.deadlines import ZONE, local
from service.domain.faults import Faults
from service.domain.forms import LONGEST_LINE, Problem, told_texts
from service.domain.forms_values import Wrong, read_format
from service.domain.languages import LANGUAGES
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, require
from service.usecases.complaint_intake import (
    FIELDS,
    Intake,
    contested_by,
    named_act,
    open_complaint_case,
    require_act,
)
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
    wrong: Mapping[str, Problem] = MappingProxyType({}),
) -> Case:
    """Open the case of a complaint on paper; the scan goes with it (L64.1).

    `answers` are those of L93.1 with `iin` or `bin`, `channel` (post, by_hand, other_body), `language`, and where an
    act is contested `case_number` and `document_number`. It came today, or on the earlier day `received_on`, of which
    `received_reason` says why it is registered only now. With `incomplete` it is accepted although something is
    missing, which is named. Raises `InvalidAnswers` for each field, together with what was found `wrong` before. The
    same `submission` gives the same case.
    """
    actor = require(actor, Right.COMPLAINTS)
    with services.unit_of_work() as uow:
        known = uow.find(Case, submission_id=submission) if submission else None
        if known is not None:
            return known
        intake = _intake(services, uow, answers, submission, Faults(wrong))
        case = open_complaint_case(services, uow, replace(intake, files=tuple(files)), actor)
        if intake.received != uow.now:
            day, reason = local(intake.received).date().isoformat(), str(answers["received_reason"]).strip()
            uow.note(case, actor, "complaint_received_earlier", received_on=day, reason=reason)
        uow.commit()
        return case


def _intake(services: Services, uow: UnitOfWork, answers: Mapping[str, Any], submission: str, faults: Faults) -> Intake:
    """What the paper says, read and checked: a person learns of everything that is wrong at one go."""
    said = {**answers, **_read(answers, faults)}
    incomplete = bool(answers.get("incomplete"))
    faults.more(_unready(said, incomplete=incomplete))
    received = _received(services, uow, said, faults)
    fields = {name: said[name] for name in FIELDS if said.get(name)} | {"iin": said["iin"], "bin": said["bin"]}
    case, document_id = None, None
    with faults.gathered():
        case, document_id = named_act(uow, said)
    with faults.gathered():
        require_contents(fields, local(received).date(), incomplete=incomplete)
    if faults and not faults.keys() & {"contests", "case_number", "document_number"}:
        with faults.gathered():
            contests = str(said["contests"])
            require_act(contested_by(uow, contests, case.id if case else None, document_id), contests)
    faults.refuse()
    return Intake(
        submission=submission or str(uuid.uuid4()),
        iin=str(said["iin"]),
        bin=str(said["bin"]),
        kind=ApplicantKind.COMPANY if said["bin"] else ApplicantKind.ENTREPRENEUR,
        language=str(said.get("language") or "kk"),
        received=received,
        incomplete=incomplete,
        fields=fields,
        case_id=case.id if case else None,
        document_id=document_id,
        channel=str(said["channel"]),
    )


def _read(answers: Mapping[str, Any], faults: Faults) -> dict[str, str]:
    """The days and the numbers as the case keeps them; what cannot be read is a fault."""
    found = {}
    for name in ("learned_on", "received_on"):
        told = str(answers.get(name) or "")
        day = faults.day(name, told) if told else None
        found[name] = day.isoformat() if day else ""
    for name in ("iin", "bin"):
        found[name] = str(answers.get(name) or "")
        try:
            found[name] = read_format(found[name], name) if found[name] else ""
        except Wrong as wrong:
            faults.add(name, wrong.code, **wrong.data)
    return found


def _received(services: Services, uow: UnitOfWork, answers: Mapping[str, Any], faults: Faults) -> datetime:
    """When the paper came: now, or on an earlier day within working hours, for which there is a reason (L64.1, D24)."""
    today, first = local(uow.now).date(), services.calendar.first
    day = date.fromisoformat(str(answers["received_on"] or today.isoformat()))
    if first is not None and day < first:
        faults.add("received_on", "before_calendar", earliest=first.isoformat())
    if day > today:
        faults.add("received_on", "in_the_future")
    if day >= today:
        return uow.now
    if not str(answers.get("received_reason") or "").strip():
        faults.add("received_reason", "required")
    return datetime.combine(day, NOON, ZONE)


def _unready(answers: Mapping[str, Any], *, incomplete: bool) -> dict[str, Problem]:
    """What a paper needs so that it can be taken in at all, beside what it says (L93.1)."""
    errors = told_texts(answers, {"name": LONGEST_NAME})
    told = {name: answers[name] for name in SHORT if answers.get(name)}
    errors |= told_texts(told, {name: SHORT[name] for name in told})
    for name, allowed in (("language", LANGUAGES), ("body", BODIES)):
        if answers.get(name) and answers[name] not in allowed:
            errors[name] = Problem("not_an_option")
    if answers.get("channel") not in WAYS:
        errors["channel"] = Problem("required")
    if not answers["iin"] and not answers["bin"] and not incomplete:
        errors["iin"] = Problem("required")
    return errors
