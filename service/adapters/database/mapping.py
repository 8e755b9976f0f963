"""Maps the domain's plain classes to the tables; the domain knows nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import deferred, registry

from service.adapters.database import tables
from service.domain import (
    appeal,
    case,
    chain,
    claims,
    consent,
    corrections,
    dated,
    decisions,
    duties,
    file_access,
    messages,
    minutes,
    overview,
    people,
)

MAPPED = {
    case.Task: tables.task,
    case.Deadline: tables.deadline,
    case.JournalEntry: tables.journal,
    chain.Seal: tables.seal,
    case.Breach: tables.breach,
    case.Attachment: tables.attachment,
    case.StateData: tables.state_data,
    decisions.Hearing: tables.hearing,
    decisions.Position: tables.position,
    decisions.IssuedDocument: tables.document,
    decisions.PreparedDocument: tables.prepared_document,
    decisions.SignatureRecord: tables.signature,
    decisions.RegisterEntry: tables.register_entry,
    decisions.RegisterChange: tables.register_change,
    people.Officer: tables.officer,
    people.RoleAssignment: tables.role_assignment,
    appeal.Complaint: tables.complaint,
    messages.OutboxMessage: tables.outbox,
    messages.Notice: tables.notice,
    messages.OfficerNote: tables.officer_note,
    messages.Edition: tables.edition,
    messages.Challenge: tables.challenge,
    duties.Duty: tables.duty,
    dated.CalendarVersion: tables.calendar_version,
    dated.DatedSetting: tables.dated_setting,
    dated.PortalBreak: tables.portal_break,
    minutes.Minutes: tables.minutes,
    minutes.MinutesRemark: tables.minutes_remark,
    corrections.RegisterCorrection: tables.register_correction,
    file_access.FileAccess: tables.file_access,
    consent.Consent: tables.consent,
    overview.KeptMonth: tables.month_figures,
}

VERSIONED = {case.Case: tables.case, case.Draft: tables.draft, claims.Claim: tables.claim}
"""Rows that two people can meet on: the second to save gets `CaseChanged`."""

FETCHED_LATE: Mapping[type[object], tuple[str, ...]] = {messages.Edition: ("bundle",)}
"""Columns that weigh more than the rest of their row: they are fetched when somebody asks for them."""


def table_of(kind: type[object]) -> Table:
    """The table of a class."""
    return (MAPPED | VERSIONED)[kind]


@cache
def map_classes() -> None:
    """Map every class once."""
    mapper = registry(metadata=tables.metadata)
    for cls, table in MAPPED.items():
        late: dict[str, Any] = {name: deferred(table.c[name]) for name in FETCHED_LATE.get(cls, ())}
        mapper.map_imperatively(cls, table, properties=late)
    for cls, table in VERSIONED.items():
        mapper.map_imperatively(cls, table, version_id_col=table.c.version)
