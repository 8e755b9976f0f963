"""The tables. Every column that a page or a sweep searches by has its index."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from service.adapters.database.types import Instant, Word
from service.domain.appeal import Contests
from service.domain.case import ApplicantKind, CaseState, DeadlineKind
from service.domain.decisions import PermitStatus

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _case(nullable: bool = False) -> Column[int]:
    return Column("case_id", ForeignKey("case.id"), nullable=nullable, index=True)


def _text(name: str, length: int = 255, **more: object) -> Column[str]:
    return Column(name, String(length), nullable=False, default="", **more)  # type: ignore[arg-type]  # passes keywords through


edition = Table(
    "edition",
    metadata,
    _id(),
    Column("number", Integer, nullable=False, unique=True),
    _text("act"),
    Column("in_force_from", Date, nullable=False),
    Column("in_force_until", Date),
    _text("sha256", 64),
    Column("bundle", LargeBinary, nullable=False),
    Column("deployed_at", Instant, nullable=False),
)

officer = Table(
    "officer",
    metadata,
    _id(),
    _text("login", 64, unique=True),
    _text("password_hash"),
    _text("surname"),
    _text("given"),
    _text("patronymic"),
    _text("iin", 12),
    Column("position", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False),
    _text("certificate_serial", 64),
    Column("certificate_until", Instant),
)

role_assignment = Table(
    "role_assignment",
    metadata,
    _id(),
    Column("officer_id", ForeignKey("officer.id"), nullable=False, index=True),
    _text("role", 32),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    Column("acting", Boolean, nullable=False),
    _text("basis"),
)

case = Table(
    "case",
    metadata,
    _id(),
    _text("number", 32, unique=True),
    _text("procedure", 40),
    Column("edition_id", ForeignKey("edition.id"), nullable=False),
    _text("submission_id", 64, unique=True),
    Column("applicant_kind", Word(ApplicantKind), nullable=False),
    _text("iin", 12, index=True),
    _text("bin", 12, index=True),
    _text("applicant_name", 400),
    _text("search_name", 400),
    _text("language", 2),
    Column("received_at", Instant, nullable=False),
    Column("registered_on", Date, nullable=False),
    Column("engine_state", LargeBinary, nullable=False),
    Column("state", Word(CaseState), nullable=False),
    _text("outcome", 32),
    Column("registered_at", Instant),
    Column("completeness_on", Date),
    Column("notified_on", Date),
    Column("extended_until", Date),
    Column("closed_at", Instant),
    Column("executor_id", ForeignKey("officer.id")),
    Column("fields", JSON, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
    Column("reopened_on", Date),
    Column("rounds", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)
Index("ix_case_search_name", case.c.search_name, case.c.id)

Index("ix_case_received", case.c.received_at, case.c.procedure)
Index("ix_case_closed", case.c.closed_at, case.c.received_at, case.c.procedure, case.c.outcome)

task = Table(
    "task",
    metadata,
    _id(),
    _case(),
    _text("engine_id", 64),
    _text("element", 80),
    _text("role", 32),
    Column("opened_at", Instant, nullable=False),
    Column("assignee_id", ForeignKey("officer.id")),
    Column("claimed_at", Instant),
    Column("completed_at", Instant),
    Column("completed_by", ForeignKey("officer.id")),
    Column("cancelled_at", Instant),
    Column("answers", JSON),
    Column("draft", JSON),
    Column("failure", Text, nullable=False, default=""),
    Column("due_at", Instant, nullable=False),
)
task_is_open = task.c.completed_at.is_(None) & task.c.cancelled_at.is_(None)
_of_all, _of_one = (task.c.due_at, task.c.id, task.c.role, task.c.assignee_id), (task.c.assignee_id, task.c.due_at)
Index("ix_task_open", *_of_all, sqlite_where=task_is_open, postgresql_where=task_is_open)
Index("ix_task_of", *_of_one, task.c.id, task.c.role, sqlite_where=task_is_open, postgresql_where=task_is_open)

_is_done = task.c.completed_at.is_not(None)
_of_done = (task.c.completed_at, task.c.element, task.c.opened_at, task.c.completed_by)
Index("ix_task_completed", *_of_done, sqlite_where=_is_done, postgresql_where=_is_done)

deadline = Table(
    "deadline",
    metadata,
    _id(),
    _case(),
    _text("element", 80),
    Column("kind", Word(DeadlineKind), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("first_due_at", Instant, nullable=False),
    _text("engine_id", 64),
    Column("task_id", ForeignKey("task.id"), index=True),
    Column("fired_at", Instant),
    Column("cancelled_at", Instant),
    Column("retry_at", Instant),
    Column("failure", Text, nullable=False, default=""),
)
deadline_waits = deadline.c.fired_at.is_(None) & deadline.c.cancelled_at.is_(None)
Index("ix_deadline_due", deadline.c.due_at, sqlite_where=deadline_waits, postgresql_where=deadline_waits)

journal = Table(
    "journal",
    metadata,
    _id(),
    _case(nullable=True),
    Column("at", Instant, nullable=False),
    _text("actor", 400),
    _text("role", 64),
    _text("action", 64),
    _text("element", 80),
    Column("edition_id", ForeignKey("edition.id")),
    Column("details", JSON, nullable=False),
    Column("happened_at", Instant),
    Column("sequence", Integer, nullable=False),
    _text("previous", 64),
    _text("hash", 64),
    Column("rows", JSON, nullable=False),
    UniqueConstraint("case_id", "sequence"),
)

case_reading = Table(
    "case_reading",
    metadata,
    Column("officer_id", ForeignKey("officer.id"), primary_key=True),
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Column("hour", Instant, primary_key=True),
)

journal_head = Table(
    "journal_head",
    metadata,
    Column("chain", Integer, primary_key=True, autoincrement=False),
    Column("length", Integer, nullable=False),
    _text("hash", 64),
    Column("sealed", Integer, nullable=False),
)
head_is_unsealed = journal_head.c.sealed < journal_head.c.length
Index("ix_head_unsealed", journal_head.c.chain, sqlite_where=head_is_unsealed, postgresql_where=head_is_unsealed)

seal = Table(
    "seal",
    metadata,
    _id(),
    Column("number", Integer, nullable=False, unique=True),
    Column("at", Instant, nullable=False),
    _text("previous", 64),
    Column("heads", JSON, nullable=False),
    _text("key_id", 64),
    _text("hash", 64),
    _text("signature", 128),
)

breach = Table(
    "breach",
    metadata,
    _id(),
    _case(),
    _text("element", 80),
    Column("due_at", Instant, nullable=False),
    Column("marked_at", Instant, nullable=False),
    Column("responsible_id", ForeignKey("officer.id")),
    Column("reason", Text, nullable=False),
    Column("task_id", ForeignKey("task.id")),
)

Index("ix_breach_marked", breach.c.marked_at, breach.c.task_id, breach.c.element)

draft = Table(
    "draft",
    metadata,
    Column("id", String(36), primary_key=True),
    _text("iin", 12, index=True),
    _text("bin", 12),
    Column("applicant_kind", Word(ApplicantKind), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
    _case(nullable=True),
    _text("procedure", 32),
    Column("version", Integer, nullable=False),
)

draft_is_unsent = draft.c.case_id.is_(None)
Index("ix_draft_unsent", draft.c.changed_at, sqlite_where=draft_is_unsent, postgresql_where=draft_is_unsent)

attachment = Table(
    "attachment",
    metadata,
    _id(),
    _text("kind", 64),
    _text("name"),
    _text("sha256", 64),
    Column("size", Integer, nullable=False),
    _text("media_type", 64),
    Column("added_at", Instant, nullable=False),
    _text("number", 100),
    Column("dated", Date),
    Column("valid_until", Date),
    Column("draft_id", ForeignKey("draft.id", ondelete="CASCADE"), index=True),
    _case(nullable=True),
    _text("purpose", 32),
)

state_data = Table(
    "state_data",
    metadata,
    _id(),
    _case(),
    _text("source", 40),
    Column("requested_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("answer", JSON),
)

hearing = Table(
    "hearing",
    metadata,
    _id(),
    _case(),
    Column("notified_at", Instant),
    Column("held_on", Date),
    _text("held_at", 5),
    _text("way", 32),
    Column("place", Text, nullable=False),
    Column("grounds", JSON, nullable=False),
    _text("result", 32),
    _text("outcome", 32),
    _text("exemption", 64),
    Column("exemption_reason", Text, nullable=False),
    Column("late_basis", Text, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("settled_at", Instant),
)

position = Table(
    "position",
    metadata,
    _id(),
    _case(),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("wants_oral", Boolean, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("attachment_id", ForeignKey("attachment.id")),
)

signature = Table(
    "signature",
    metadata,
    _id(),
    _text("purpose", 32),
    _text("content_sha256", 64, index=True),
    Column("cms", LargeBinary, nullable=False),
    _text("verdict", 16),
    Column("reasons", JSON, nullable=False),
    _text("signer_iin", 12),
    _text("signer_bin", 12),
    _text("signer_name"),
    _text("signer_organisation", 400),
    _text("certificate_serial", 64),
    Column("checked_at", Instant, nullable=False),
    Column("signed_at", Instant),
    _text("engine"),
    Column("certificates", JSON, nullable=False),
    Column("ocsp", JSON, nullable=False),
    Column("test", Boolean, nullable=False),
    _case(nullable=True),
)
signature_waits = (signature.c.verdict == "unchecked") & signature.c.purpose.in_(("application", "complaint"))
Index(
    "ix_signature_waits",
    signature.c.checked_at,
    sqlite_where=signature_waits,
    postgresql_where=signature_waits,
)

document = Table(
    "document",
    metadata,
    _id(),
    _case(),
    _text("kind", 40),
    _text("number", 40),
    _text("sha256", 64, index=True),
    _text("verification_code", 32, unique=True),
    _text("language", 2),
    Column("signed_at", Instant, nullable=False),
    _text("signed_by"),
    _text("certificate_serial", 64),
    Column("evidence_id", ForeignKey("signature.id")),
    Column("delivered_at", Instant),
    Column("test", Boolean, nullable=False),
    Column("annulled_at", Instant),
    _text("annulled_by"),
    Column("correction", Integer, nullable=False),
    Column("corrects_id", ForeignKey("document.id"), index=True),
    UniqueConstraint("kind", "number", "correction"),
)

prepared_document = Table(
    "prepared_document",
    metadata,
    Column("id", String(36), primary_key=True),
    _case(),
    Column("task_id", ForeignKey("task.id"), index=True),
    _text("act", 32),
    Column("officer_id", ForeignKey("officer.id"), nullable=False),
    _text("kind", 40),
    _text("number", 40),
    _text("sha256", 64),
    Column("region_start", Integer, nullable=False),
    Column("region_end", Integer, nullable=False),
    _text("verification_code", 32, index=True),
    Column("prepared_at", Instant, nullable=False),
    _text("certificate_serial", 64),
    Column("answers", JSON, nullable=False),
    Column("signatures", Integer, nullable=False),
    Column("content", JSON, nullable=False),
)

register_entry = Table(
    "register_entry",
    metadata,
    _id(),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    _text("number", 40, unique=True),
    _text("holder_name", 400),
    _text("holder_kind", 32),
    _text("iin", 12, index=True),
    _text("bin", 12, index=True),
    Column("platform", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("issued_on", Date, nullable=False, index=True),
    Column("valid_until", Date, nullable=False),
    _text("search_name", 400, index=True),
    Column("round", Integer, nullable=False),
    Column("expiry_told_at", Instant),
    UniqueConstraint("case_id", "round"),
)
expiry_untold = register_entry.c.expiry_told_at.is_(None)
Index(
    "ix_register_entry_untold",
    register_entry.c.valid_until,
    sqlite_where=expiry_untold,
    postgresql_where=expiry_untold,
)

register_change = Table(
    "register_change",
    metadata,
    _id(),
    Column("entry_id", ForeignKey("register_entry.id"), nullable=False, index=True),
    Column("status", Word(PermitStatus), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("basis", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("entered_by", ForeignKey("officer.id")),
)

complaint = Table(
    "complaint",
    metadata,
    _id(),
    Column("case_id", ForeignKey("case.id"), nullable=False, unique=True),
    Column("contests", Word(Contests), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("learned_on", Date, nullable=False),
    Column("months", Integer, nullable=False),
    Column("late", Boolean, nullable=False),
    _text("body", 32),
    _text("official"),
    Column("official_id", ForeignKey("officer.id")),
    Column("contested_case_id", ForeignKey("case.id"), index=True),
    Column("contested_document_id", ForeignKey("document.id")),
    Column("contested_entry_id", ForeignKey("register_entry.id"), index=True),
    Column("circumstances", Text, nullable=False),
    Column("demands", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("residence", Text, nullable=False),
    Column("postal_address", Text, nullable=False),
    _text("channel", 32),
    _text("track", 16),
    Column("suspended", Boolean, nullable=False),
    Column("suspension_id", ForeignKey("register_change.id")),
    _text("before", 32),
    Column("forwarded_at", Instant, index=True),
    _text("package_sha256", 64),
    _text("review_number", 64),
    Column("review_registered_on", Date),
    Column("silent_since", Date),
    _text("outcome", 32),
    Column("decided_on", Date),
    Column("decision_id", ForeignKey("document.id")),
    Column("violations", Text, nullable=False),
    Column("new_act", JSON, nullable=False),
)

claim = Table(
    "claim",
    metadata,
    _id(),
    Column("contests", Word(Contests), nullable=False),
    _text("court"),
    _text("number", 64),
    Column("filed_on", Date, nullable=False),
    _text("plaintiff", 400),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", ForeignKey("officer.id")),
    Column("after_complaint", Boolean, nullable=False),
    Column("hearing_on", Date),
    Column("contested_case_id", ForeignKey("case.id"), index=True),
    Column("contested_document_id", ForeignKey("document.id")),
    Column("contested_entry_id", ForeignKey("register_entry.id"), index=True),
    Column("defence_id", ForeignKey("attachment.id")),
    Column("position_id", ForeignKey("attachment.id")),
    _text("result", 32),
    _text("act_number", 64),
    Column("act_on", Date),
    Column("act_in_force_on", Date),
    Column("closed_at", Instant),
    Column("version", Integer, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    _text("message_id", 64, unique=True),
    _text("channel", 40),
    Column("payload", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    _case(nullable=True),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Instant),
    Column("stopped_at", Instant),
    Column("last_error", Text, nullable=False, default=""),
    Column("failed_at", Instant),
)
outbox_waits = outbox.c.sent_at.is_(None) & outbox.c.stopped_at.is_(None)
Index("ix_outbox_due", outbox.c.due_at, sqlite_where=outbox_waits, postgresql_where=outbox_waits)

notice = Table(
    "notice",
    metadata,
    _id(),
    _case(),
    _text("kind", 40),
    Column("at", Instant, nullable=False),
    Column("details", JSON, nullable=False),
    Column("document_id", ForeignKey("document.id")),
    Column("read_at", Instant),
    _text("key", 64),
)

officer_note = Table(
    "officer_note",
    metadata,
    _id(),
    _case(),
    _text("kind", 40),
    Column("at", Instant, nullable=False),
    _text("element", 80),
    Column("officer_id", ForeignKey("officer.id"), index=True),
    _text("role", 32, index=True),
    Column("details", JSON, nullable=False),
    Column("read_at", Instant),
)

duty = Table(
    "duty",
    metadata,
    _id(),
    _text("kind", 40),
    _text("law", 16),
    _text("role", 32),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("counted_from", Date, nullable=False),
    Column("days", Integer, nullable=False),
    _case(nullable=True),
    Column("edition_id", ForeignKey("edition.id")),
    Column("document_id", ForeignKey("document.id")),
    Column("details", JSON, nullable=False),
    Column("done_at", Instant),
    Column("done_by", ForeignKey("officer.id")),
    Column("result", Text, nullable=False, default=""),
)
duty_waits = duty.c.done_at.is_(None)
Index("ix_duty_waits", duty.c.due_at, sqlite_where=duty_waits, postgresql_where=duty_waits)

calendar_version = Table(
    "calendar_version",
    metadata,
    _id(),
    Column("number", Integer, nullable=False, unique=True),
    _text("sha256", 64),
    Column("content", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("entered_at", Instant, nullable=False),
    _text("entered_by", 400),
)

dated_setting = Table(
    "dated_setting",
    metadata,
    _id(),
    _text("name", 40),
    Column("valid_from", Date, nullable=False),
    Column("value", JSON, nullable=False),
    Column("basis", Text, nullable=False),
    Column("entered_at", Instant, nullable=False),
    _text("entered_by", 400),
)

portal_break = Table(
    "portal_break",
    metadata,
    _id(),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False, index=True),
    Column("reason", JSON, nullable=False),
    Column("announced_at", Instant, nullable=False),
    _text("announced_by", 400),
    Column("withdrawn_at", Instant),
)

challenge = Table(
    "challenge",
    metadata,
    _id(),
    _text("nonce", 64, unique=True),
    Column("created_at", Instant, nullable=False, index=True),
    Column("used_at", Instant),
)

stash = Table(
    "stash",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)

month_figures = Table(
    "month_figures",
    metadata,
    _id(),
    Column("month", Date, nullable=False, unique=True),
    Column("kept_at", Instant, nullable=False),
    Column("figures", JSON, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("value", Integer, nullable=False),
)

minutes = Table(
    "minutes",
    metadata,
    _id(),
    _case(),
    Column("hearing_id", ForeignKey("hearing.id"), nullable=False, unique=True),
    Column("place", Text, nullable=False),
    _text("way", 32),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    _text("chair"),
    _text("secretary"),
    Column("participants", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("explanations", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("drawn_at", Instant, nullable=False),
    Column("chair_id", ForeignKey("officer.id")),
    Column("secretary_id", ForeignKey("officer.id")),
    _text("number", 40),
    _text("code", 32),
    _text("first_sha256", 64),
    Column("chair_signed_at", Instant),
    Column("secretary_signed_at", Instant),
    Column("document_id", ForeignKey("document.id")),
    Column("sent_at", Instant),
)

minutes_remark = Table(
    "minutes_remark",
    metadata,
    _id(),
    _case(),
    Column("minutes_id", ForeignKey("minutes.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", Instant),
    Column("document_id", ForeignKey("document.id")),
)

register_correction = Table(
    "register_correction",
    metadata,
    _id(),
    Column("entry_id", ForeignKey("register_entry.id"), nullable=False, index=True),
    _text("name", 64),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("document_id", ForeignKey("document.id"), nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

file_access = Table(
    "file_access",
    metadata,
    _id(),
    _case(),
    Column("asked_at", Instant, nullable=False),
    _text("asked_by", 400),
    Column("reason", Text, nullable=False),
    Column("granted_at", Instant),
    Column("granted_by", ForeignKey("officer.id")),
    Column("open_until", Date),
    Column("note", Text, nullable=False),
)

consent = Table(
    "consent",
    metadata,
    _id(),
    Column("case_id", ForeignKey("case.id"), nullable=False, unique=True),
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    Column("reason", Text, nullable=False),
)
