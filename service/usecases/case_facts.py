"""A case in facts: everything its rows say, as plain JSON for the package and for proofs (L69.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from typing import Any

from service.domain.appeal import Complaint
from service.domain.canonical import plain
from service.domain.case import Case, JournalEntry, Task
from service.domain.chain import line_content
from service.domain.claims import Claim
from service.domain.consent import Consent
from service.domain.corrections import RegisterCorrection
from service.domain.decisions import Hearing, IssuedDocument, RegisterEntry, SignatureRecord
from service.domain.deliveries import deliveries
from service.domain.duties import Duty
from service.domain.file_access import FileAccess
from service.domain.messages import Edition, Notice, OutboxMessage
from service.domain.minutes import Minutes, MinutesRemark
from service.domain.people import Officer
from service.domain.ports import UnitOfWork
from service.usecases.of_holder import OfHolder, given_up

NOT_TOLD = frozenset({"engine_state", "manifest", "cms", "certificates", "ocsp", "draft", "version", "search_name"})
"""Columns that are files of their own, or serve the program only."""

NAMES_OFFICER = frozenset(
    {
        "assignee_id", "chair_id", "completed_by", "done_by", "entered_by", "executor", "executor_id", "granted_by",
        "official_id", "recorded_by", "responsible_id", "secretary_id", "withdrawn_by",
    }
)  # fmt: skip
"""Columns that name an officer by key, and the answer that does."""


def facts(entity: Any) -> dict[str, Any]:
    """One row as plain JSON: instants in UTC, days as days, words as words."""
    return {each.name: plain(getattr(entity, each.name)) for each in fields(entity) if each.name not in NOT_TOLD}


def case_facts(uow: UnitOfWork, case: Case, without: OfHolder) -> dict[str, Any]:
    """Everything that the rows of a case say, in the order in which it came to be, but what is of the holder.

    `officers` are those whom these rows name, and no other account.
    """
    told = _told(uow, case, without)
    named = sorted(set(_named(told)))
    return {**told, "officers": {str(key): uow.get(Officer, key).full_name for key in named}}


def _told(uow: UnitOfWork, case: Case, without: OfHolder) -> dict[str, Any]:
    key = case.id
    edition = uow.get(Edition, case.edition_id)
    entry, notices = uow.register.of_case(key), uow.list(Notice, case_id=key)
    complaint = uow.find(Complaint, case_id=key)
    return {
        "case": facts(case),
        "edition": {"number": edition.number, "act": edition.act, "sha256": edition.sha256},
        "tasks": [_task(task, without) for task in uow.cases.tasks(key)],
        "deadlines": _all(uow.cases.deadlines(key)),
        "breaches": _all(uow.cases.breaches(key)),
        "duties": _all(uow.list(Duty, case_id=key)),
        "attachments": _but(uow.cases.attachments(key), without.files),
        "state_data": _all(uow.cases.state_data(key)),
        "hearings": _but(uow.list(Hearing, case_id=key), without.hearings),
        "positions": _but(uow.cases.positions(key), without.positions),
        "minutes": _but(uow.list(Minutes, case_id=key), without.minutes),
        "remarks": _but(uow.list(MinutesRemark, case_id=key), without.remarks),
        "consent": _all(uow.list(Consent, case_id=key)),
        "accesses": _all(uow.list(FileAccess, case_id=key)),
        "documents": _all(uow.cases.documents(key)),
        "notices": _all(notices),
        "deliveries": _all(
            list(deliveries(notices, uow.list(OutboxMessage, case_id=key), has_cabinet=bool(case.identifier)))
        ),
        "signatures": [told for _record, told in signatures_of(uow, case, without)],
        "register": _register(uow, entry) if entry else None,
        "complaint": facts(complaint) if complaint else None,
        "complaints": [_against(uow, each) for each in uow.list(Complaint, contested_case_id=key)],
        "claims": _all(uow.list(Claim, contested_case_id=key)),
    }


def signatures_of(uow: UnitOfWork, case: Case, without: OfHolder) -> Sequence[tuple[SignatureRecord, dict[str, Any]]]:
    """The signatures of a case and their facts, in the order in which they were made.

    `given_up` is one on minutes in whose place another paper was signed: it proves nothing of what was heard (L74.1).
    """
    gone = given_up(uow, case)
    found = uow.list(SignatureRecord, case_id=case.id)
    shown = [record for record in found if record.content_sha256 not in without.signed]
    return [(record, {**facts(record), "given_up": record.content_sha256 in gone}) for record in shown]


def _task(task: Task, without: OfHolder) -> dict[str, Any]:
    return {**facts(task), "answers": None} if without.answers(task) else facts(task)


def _named(told: Any, name: str = "") -> Iterator[int]:
    """The officers whom these rows name, by their keys."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield from _named(value, key)
    elif isinstance(told, list):
        for value in told:
            yield from _named(value)
    elif name in NAMES_OFFICER and str(told or "").isdecimal():
        yield int(told)


def _register(uow: UnitOfWork, entry: RegisterEntry) -> dict[str, Any]:
    """The entry with its history: changes of its status, and clerical errors that were corrected (R11.2, L82.1)."""
    return {
        "entry": facts(entry),
        "changes": _all(uow.register.entered(entry.id)),
        "corrections": _all(uow.list(RegisterCorrection, entry_id=entry.id)),
    }


def _against(uow: UnitOfWork, complaint: Complaint) -> dict[str, Any]:
    """A complaint against an act of the case, without who filed it: that stands in the complaint's own case."""
    told = ("contests", "received_at", "suspended", "outcome", "decided_on")
    decision = uow.get(IssuedDocument, complaint.decision_id).number if complaint.decision_id else ""
    number = uow.get(Case, complaint.case_id).number
    return {"number": number, **{name: facts(complaint)[name] for name in told}, "decision": decision}


def journal_facts(lines: Sequence[JournalEntry], without: OfHolder) -> list[dict[str, Any]]:
    """The lines of a chain with their hashes: whoever has them can compute the chain again.

    A line that tells of the holder bears its hash alone, which keeps the chain.
    """
    return [_line(line, in_full=not without.tells(line)) for line in lines]


def _line(line: JournalEntry, *, in_full: bool) -> dict[str, Any]:
    if in_full:
        return {**line_content(line), "hash": line.hash}
    return {"sequence": line.sequence, "previous": line.previous, "hash": line.hash}


def _but(rows: Sequence[Any], left_out: Collection[int | None]) -> list[dict[str, Any]]:
    return [facts(row) for row in rows if row.id not in left_out]


def _all(rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [facts(row) for row in rows]
