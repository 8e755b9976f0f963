"""An answer to the invitation that came by post or by hand from who complained on paper (L64.1, L73.3, L69.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from service.domain.case import Attachment, Case, CaseState
from service.domain.deadlines import local
from service.domain.decisions import Hearing, Position
from service.domain.errors import CaseChanged, NotFound, NotLawful
from service.domain.faults import Faults
from service.domain.forms import Problem, told_texts
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.posting import ANSWER_ON_PAPER
from service.domain.rights import Right, require
from service.operations.appeals.holder import latest_hearing
from service.operations.appeals.review import known_on
from service.usecases.applicant_acts import LONGEST_TEXT, Statement, stated
from service.usecases.services import Services


def answerable(uow: UnitOfWork, case: Case) -> Hearing | None:
    """The hearing to which somebody was invited by post and may answer on paper; None for who answers in a cabinet."""
    return latest_hearing(uow, case, of_holder=False) if case.came_on_paper else None


def heard_since(uow: UnitOfWork, case: Case, hearing: Hearing) -> date | None:
    """The day from which the term for an answer counts; None while the invitation is on its way (L73.3)."""
    sent = hearing.notified_at
    return known_on(uow, case, local(sent).date(), of_holder=hearing.of_holder) if sent else None


def answers_count_from(uow: UnitOfWork, case: Case, *, of_holder: bool) -> date | None:
    """The day from which the days for an answer count, of the person or of the holder of a contested permit (L73.3).

    None where nobody is invited, and while the invitation is on its way.
    """
    hearing = latest_hearing(uow, case, of_holder=of_holder) if case.came_on_paper else None
    return heard_since(uow, case, hearing) if hearing is not None else case.notified_on


def standing_of(hearing: Hearing) -> str:
    """How a hearing stands: which one it is, and whether its result is recorded."""
    return f"{hearing.id}-{'settled' if hearing.settled_at else 'open'}"


def record_answer(
    services: Services,
    case_id: int,
    actor: Actor,
    answers: Mapping[str, Any],
    scan: Attachment | None,
    wrong: Mapping[str, Problem] = MappingProxyType({}),
) -> Position:
    """The chancellery or the reviewing body records an answer that came on paper; the scan goes with it (L73.3, L69.1).

    `answers`: `text` (what it says, or in short), `received_on` (empty: today; never before the invitation), `oral`
    (yes, no) and `standing`, how the hearing stood on the page that was filled in. A late one is kept, and shown as
    late. The same paper recorded twice is one answer. Raises `InvalidAnswers` for each field, together with what was
    found `wrong` before, `NotFound` where nobody answers on paper, `NotLawful` in a closed case, `CaseChanged` where
    the result of the hearing was recorded meanwhile.
    """
    actor = require(actor, Right.COMPLAINTS, Right.REVIEWS)
    with services.unit_of_work() as uow:
        case = uow.cases.lock(case_id)
        hearing = answerable(uow, case)
        if hearing is None or hearing.notified_at is None:
            raise NotFound(what="hearing")
        if case.state is CaseState.CLOSED:
            raise NotLawful("case_closed", "L69.1")
        if answers.get("standing") not in (None, "", standing_of(hearing)):
            raise CaseChanged(what="hearing")
        day = _checked(uow, answers, scan, local(hearing.notified_at).date(), Faults(wrong))
        text, oral = str(answers["text"]).strip(), answers["oral"] == "yes"
        said = Statement(case, actor, text, oral, scan, received_on=day)
        position = _recorded(uow, said) or stated(services, uow, said)
        uow.commit()
        return position


def _checked(
    uow: UnitOfWork, answers: Mapping[str, Any], scan: Attachment | None, invited_on: date, faults: Faults
) -> date:
    """The day on which the paper came; everything that is wrong is told at one go."""
    today, told = local(uow.now).date(), str(answers.get("received_on") or "")
    day = (faults.day("received_on", told) if told else today) or today
    if day > today:
        faults.add("received_on", "in_the_future")
    elif day < invited_on:
        faults.add("received_on", "not_before", earliest=invited_on.isoformat())
    faults.more(told_texts(answers, {"text": LONGEST_TEXT}))
    if answers.get("oral") not in ("yes", "no"):
        faults.add("oral", "not_an_option" if answers.get("oral") else "required")
    if scan is None:
        faults.add("scan", "required")
    faults.refuse()
    return day


def _recorded(uow: UnitOfWork, said: Statement) -> Position | None:
    """The answer that was recorded from this very paper already."""
    scans = {file.id: file.sha256 for file in uow.cases.attachments(said.case.id) if file.kind == ANSWER_ON_PAPER}
    sha256 = said.file.sha256 if said.file else ""
    for each in uow.cases.positions(said.case.id):
        same = (each.text, each.wants_oral, local(each.at).date()) == (said.text, said.wants_oral, said.received_on)
        if same and scans.get(each.attachment_id or 0) == sha256:
            return each
    return None
