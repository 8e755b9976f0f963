"""Drafts of the application: nothing that an applicant typed is lost (A2.1, A2.2, product: lost input)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from service.domain.case import OF_APPLICATION, PERMIT, Attachment, Case, Draft
from service.domain.errors import DraftChanged, Forbidden, NotLawful, TooMany
from service.domain.identifiers import is_branch
from service.domain.people import Applicant
from service.domain.ports import UnitOfWork
from service.usecases.own_draft import CONSENTS, own_draft
from service.usecases.prefill import BAR, CERTIFICATE, prefill
from service.usecases.services import Services

MOST_DRAFTS = 20
"""Unsent drafts of one kind of one applicant: more than a person needs, not enough to fill the disk with their files.

Applications never stand in the way of a complaint (L64.1).
"""

SAVED_BY = "_by"
"""Under this name a draft holds which tab has saved a field the last time, and in which turn of its own.

Nobody meets what the own tab has saved, and what was held up on its way overwrites nothing newer of it.
"""

GIVEN = frozenset({"iin", "bin", "applicant_kind"})
"""What the signature says of the applicant: no page and no forged request can change it (A2.2, R3.3)."""


def open_draft(services: Services, applicant: Applicant, copy_of: int | None = None) -> Draft:
    """Begin an application, prefilled from the state's data, or from an older application of the same applicant.

    Raises `NotLawful` for a branch or representative office, and for a person or a legal entity that by the register
    is none that may apply (R1.1); `TooMany` when so many drafts wait already. Then no draft is begun.
    """
    if applicant.bin and is_branch(applicant.bin):
        raise NotLawful("branch_may_not_apply", "R1.1")
    answers = prefill(services, applicant)
    if answers.get(BAR):
        raise NotLawful(str(answers[BAR]), "R1.1")
    with services.unit_of_work() as uow:
        require_room(uow, applicant, PERMIT)
        older = _own_case(uow, copy_of, applicant) if copy_of is not None else None
        if older is not None:
            answers |= _from_older(older.fields, answers["_prefilled"])
        draft = Draft(str(uuid.uuid4()), applicant.iin, applicant.bin, applicant.kind, uow.now, uow.now, answers)
        uow.add(draft)
        uow.flush()
        if older is not None:
            uow.add(*(_copied(file, draft.id, uow.now) for file in uow.cases.attachments(older.id) if _is_paper(file)))
        uow.commit()
        return draft


def require_room(uow: UnitOfWork, applicant: Applicant, procedure: str) -> None:
    """`TooMany` when so many drafts of the applicant wait already: of applications, or of complaints (L64.1)."""
    waiting = [draft for draft in uow.drafts.of(applicant.iin, applicant.bin) if draft.procedure == procedure]
    if len(waiting) >= MOST_DRAFTS:
        raise TooMany(what=procedure, limit=MOST_DRAFTS)


def _own_case(uow: UnitOfWork, case_id: int, applicant: Applicant) -> Case:
    case = uow.get(Case, case_id)
    if case.identifier != applicant.identifier:
        raise Forbidden(what="case")
    return case


def _from_older(fields: Mapping[str, Any], prefilled: Mapping[str, Any]) -> dict[str, Any]:
    """What an older application said, but for what a register has just said anew."""
    anew = {name for name, told in prefilled.items() if told["source"] != CERTIFICATE}
    return {name: value for name, value in fields.items() if name not in anew | GIVEN}


def _is_paper(file: Attachment) -> bool:
    return file.purpose == OF_APPLICATION


def _copied(file: Attachment, draft_id: str, at: datetime) -> Attachment:
    return Attachment(
        file.kind, file.name, file.sha256, file.size, file.media_type, at,
        file.number, file.dated, file.valid_until, draft_id,
    )  # fmt: skip


def ask_registers(services: Services, draft_id: str, applicant: Applicant) -> Draft:
    """Ask the registers again; fill in what is still empty (R4.1).

    What the register of the registration has said before holds until it says something else: silence unsays nothing.
    """
    fresh = prefill(services, applicant)
    with services.unit_of_work() as uow:
        draft = own_draft(uow, draft_id, applicant)
        if draft.case_id is None:
            guessed = {n for n, told in draft.answers.get("_prefilled", {}).items() if _is_untouched(draft, n, told)}
            stale = guessed | ({BAR} if fresh["_state"]["registration"] else set())
            kept = {name: value for name, value in draft.answers.items() if value and name not in stale}
            marks = {name: value for name, value in fresh.items() if name.startswith("_")}
            marks["_prefilled"] = _better(draft.answers.get("_prefilled", {}), fresh["_prefilled"])
            if SAVED_BY in kept:
                marks[SAVED_BY] = {name: tab for name, tab in kept[SAVED_BY].items() if name in kept}
            _change(uow, draft, {**fresh, **kept, **marks})
            uow.commit()
        return draft


def _better(before: Mapping[str, Any], fresh: Mapping[str, Any]) -> dict[str, Any]:
    """What each field was filled with: a register's word stands above what only the certificate says now."""
    heard = {name: told for name, told in before.items() if told["source"] != CERTIFICATE}
    return {**fresh, **{n: told for n, told in heard.items() if fresh.get(n, {}).get("source") in (None, CERTIFICATE)}}


def _is_untouched(draft: Draft, name: str, told: Mapping[str, Any]) -> bool:
    return bool(told["source"] == CERTIFICATE and draft.answers.get(name) == told["value"])


def save_draft(
    services: Services,
    draft_id: str,
    applicant: Applicant,
    answers: Mapping[str, Any],
    *,
    page: str = "",
    typed: Mapping[str, Sequence[str]] | None = None,
    by: Mapping[str, str] | None = None,
    known: Mapping[str, Any] | None = None,
) -> Draft:
    """Keep what was typed on one page, whole or not; what was prepared for signing is void when anything changed.

    `typed` are the texts of a page on which something is wrong, letter by letter; None forgets them. `by` names the tab
    that changes each field. `known` is what the draft said when that was decided: `DraftChanged` where another tab has
    saved something else of this page in the same moment.
    """
    with services.unit_of_work() as uow:
        draft = own_draft(uow, draft_id, applicant)
        if draft.case_id is None:
            kept = {n: value for n, value in answers.items() if not n.startswith("_") and n not in GIVEN}
            if known is not None and _of_page(draft.answers, kept, page) != _of_page(known, kept, page):
                raise DraftChanged
            after = {**draft.answers, **kept}
            if by:
                after[SAVED_BY] = {**after.get(SAVED_BY, {}), **by}
            if page:
                others = {name: texts for name, texts in after.get("_typed", {}).items() if name != page}
                after["_typed"] = {**others, page: {n: list(v) for n, v in typed.items()}} if typed else others
            after["_confirmed"] = _confirmed(after, uow.now)
            _change(uow, draft, after)
            uow.commit()
        return draft


def _of_page(answers: Mapping[str, Any], names: Iterable[str], page: str) -> tuple[Any, ...]:
    """What a draft says on one page, and what was typed on it letter by letter."""
    return (*(answers.get(name) for name in names), (answers.get("_typed") or {}).get(page))


def _confirmed(answers: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """When each of the two statements was confirmed, each by its own act (A2.3, A1.10.5)."""
    before = answers.get("_confirmed") or {}
    return {key: before.get(key) or now.isoformat() for key in CONSENTS if answers.get(key)}


def _change(uow: UnitOfWork, draft: Draft, answers: dict[str, Any]) -> None:
    if answers != draft.answers:
        draft.answers, draft.manifest, draft.changed_at = answers, b"", uow.now


def discard_draft(services: Services, draft_id: str, applicant: Applicant) -> None:
    """Throw a draft away at its owner's wish."""
    with services.unit_of_work() as uow:
        draft = own_draft(uow, draft_id, applicant)
        if draft.case_id is None:
            uow.note(None, applicant.actor, "draft_discarded", draft=draft_id)
            uow.remove(draft)
            uow.commit()
