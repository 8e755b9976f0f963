"""Signatures, signed papers and the state register."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from service.adapters.database.tables.columns import key, metadata, of_case, text
from service.adapters.database.types import Day, Instant, Word
from service.domain.decisions import PermitStatus

signature = Table(
    "signature",
    metadata,
    key(),
    text("purpose", 32),
    text("content_sha256", 64, index=True),
    Column("cms", LargeBinary, nullable=False),
    text("verdict", 16),
    Column("reasons", JSON, nullable=False),
    text("signer_iin", 12),
    text("signer_bin", 12),
    text("signer_name"),
    text("signer_organisation", 400),
    text("certificate_serial", 64),
    Column("checked_at", Instant, nullable=False),
    Column("signed_at", Instant),
    text("engine"),
    Column("certificates", JSON, nullable=False),
    Column("ocsp", JSON, nullable=False),
    Column("test", Boolean, nullable=False),
    of_case(nullable=True),
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
    key(),
    of_case(),
    text("kind", 40),
    text("number", 40),
    text("sha256", 64, index=True),
    text("verification_code", 32, unique=True),
    text("language", 2),
    Column("signed_at", Instant, nullable=False),
    text("signed_by"),
    text("certificate_serial", 64),
    Column("evidence_id", ForeignKey("signature.id")),
    Column("delivered_at", Instant),
    Column("test", Boolean, nullable=False),
    Column("annulled_at", Instant),
    text("annulled_by"),
    Column("correction", Integer, nullable=False),
    Column("corrects_id", ForeignKey("document.id"), index=True),
    Column("content", JSON),
    UniqueConstraint("kind", "number", "correction"),
)

prepared_document = Table(
    "prepared_document",
    metadata,
    Column("id", String(36), primary_key=True),
    of_case(),
    Column("task_id", ForeignKey("task.id"), index=True),
    text("act", 32),
    Column("officer_id", ForeignKey("officer.id"), nullable=False),
    text("kind", 40),
    text("number", 40),
    text("sha256", 64),
    Column("region_start", Integer, nullable=False),
    Column("region_end", Integer, nullable=False),
    text("verification_code", 32, index=True),
    Column("prepared_at", Instant, nullable=False),
    text("certificate_serial", 64),
    Column("answers", JSON, nullable=False),
    Column("signatures", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    Column("said_until", Integer, nullable=False),
)

register_entry = Table(
    "register_entry",
    metadata,
    key(),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    text("number", 40, unique=True),
    text("holder_name", 400),
    text("holder_kind", 32),
    text("iin", 12, index=True),
    text("bin", 12, index=True),
    Column("platform", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("issued_on", Day, nullable=False),
    Column("valid_until", Day, nullable=False),
    text("search_name", 400),
    Column("round", Integer, nullable=False),
    Column("expiry_told_at", Instant),
    UniqueConstraint("case_id", "round"),
)
_looked_for = (register_entry.c.issued_on, register_entry.c.id, register_entry.c.search_name, register_entry.c.number)
Index("ix_register_entry_looked_for", *_looked_for)
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
    key(),
    Column("entry_id", ForeignKey("register_entry.id"), nullable=False, index=True),
    Column("status", Word(PermitStatus), nullable=False),
    Column("from_on", Day, nullable=False),
    Column("basis", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("entered_by", ForeignKey("officer.id")),
    Column("withdrawn_at", Instant),
    Column("withdrawn_by", ForeignKey("officer.id")),
    Column("withdrawal_reason", Text, nullable=False),
)

register_correction = Table(
    "register_correction",
    metadata,
    key(),
    Column("entry_id", ForeignKey("register_entry.id"), nullable=False, index=True),
    text("name", 64),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("document_id", ForeignKey("document.id"), nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
