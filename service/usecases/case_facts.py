"""A case in facts: everything its rows say, as plain JSON for the package and for proofs (L69.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from service.domain.appeal import Complaint
from service.domain.canonical import plain
from service.domain.case import Case, JournalEntry
from service.domain.chain import line_content
from service.domain.claims import Claim
from service.domain.consent import Consent
from service.domain.corrections import RegisterCorrection
from service.domain.decisions import Hearing, RegisterEntry, SignatureRecord
from service.domain.deliveries import deliveries
from service.domain.duties import Duty
from service.domain.file_access import FileAccess
from service.domain.messages import Edition, Notice, OutboxMessage
from service.domain.minutes import Minutes, MinutesRemark
from service.domain.people import Officer
from service.domain.ports import UnitOfWork

NOT_TOLD = frozenset({"engine_state", "manifest", "cms", "certificates", "ocsp", "draft", "version", "search_name"})
"""Columns that are files of their own, or serve the program only."""


def facts(entity: Any) -> dict[str, Any]:
    """One row as plain JSON: instants in UTC, days as days, words as words."""
    return {each.name: plain(getattr(entity, each.name)) for each in fields(entity) if each.name not in NOT_TOLD}


def case_facts(uow: UnitOfWork, case: Case) -> dict[str, Any]:
    """Everything that the rows of a case say, in the order in which it came to be."""
    key = case.id
    edition = uow.get(Edition, case.edition_id)
    entry, notices = uow.register.of_case(key), uow.list(Notice, case_id=key)
    complaint = uow.find(Complaint, case_id=key)
    return {
        "case": facts(case),
        "edition": {"number": edition.number, "act": edition.act, "sha256": edition.sha256},
        "tasks": _all(uow.cases.tasks(key)),
        "deadlines": _all(uow.cases.deadlines(key)),
        "breaches": _all(uow.cases.breaches(key)),
        "duties": _all(uow.list(Duty, case_id=key)),
        "attachments": _all(uow.cases.attachments(key)),
        "state_data": _all(uow.cases.state_data(key)),
        "hearings": _all(uow.list(Hearing, case_id=key)),
        "positions": _all(uow.cases.positions(key)),
        "minutes": _all(uow.list(Minutes, case_id=key)),
        "remarks": _all(uow.list(MinutesRemark, case_id=key)),
        "consent": _all(uow.list(Consent, case_id=key)),
        "accesses": _all(uow.list(FileAccess, case_id=key)),
        "documents": _all(uow.cases.documents(key)),
        "notices": _all(notices),
        "deliveries": _all(list(deliveries(notices, uow.list(OutboxMessage, case_id=key)))),
        "signatures": _all(uow.list(SignatureRecord, case_id=key)),
        "register": _register(uow, entry) if entry else None,
        "complaint": facts(complaint) if complaint else None,
        "complaints": [_against(uow, each) for each in uow.list(Complaint, contested_case_id=key)],
        "claims": _all(uow.list(Claim, contested_case_id=key)),
        "officers": {str(officer.id): officer.full_name for officer in uow.list(Officer)},
    }


def _register(uow: UnitOfWork, entry: RegisterEntry) -> dict[str, Any]:
    """The entry with its history: changes of its status, and clerical errors that were corrected (R11.2, L82.1)."""
    return {
        "entry": facts(entry),
        "changes": _all(uow.register.changes(entry.id)),
        "corrections": _all(uow.list(RegisterCorrection, entry_id=entry.id)),
    }


def _against(uow: UnitOfWork, complaint: Complaint) -> dict[str, Any]:
    """A complaint against an act of the case, without who filed it: that stands in the complaint's own case."""
    told = ("contests", "received_at", "suspended", "outcome", "decided_on")
    return {"number": uow.get(Case, complaint.case_id).number, **{name: facts(complaint)[name] for name in told}}


def journal_facts(lines: Sequence[JournalEntry]) -> list[dict[str, Any]]:
    """The lines of a chain with their hashes: whoever has them can compute the chain again."""
    return [{**line_content(line), "hash": line.hash} for line in lines]


def _all(rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [facts(row) for row in rows]
