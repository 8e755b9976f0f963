"""The tables of the permit procedure."""

import sqlalchemy as sa
from alembic import op

from service.adapters.database import types

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("used_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("nonce", name=op.f("uq_challenge_nonce")),
    )
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_created_at"), ["created_at"], unique=False)

    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "year", name=op.f("pk_counter")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("procedure", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=255), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_until", sa.Date(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
        sa.Column("deployed_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("procedure", "number", name=op.f("uq_edition_procedure_number")),
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("surname", sa.String(length=255), nullable=False),
        sa.Column("given", sa.String(length=255), nullable=False),
        sa.Column("patronymic", sa.String(length=255), nullable=False),
        sa.Column("iin", sa.String(length=12), nullable=False),
        sa.Column("position", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("certificate_serial", sa.String(length=64), nullable=False),
        sa.Column("certificate_until", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("login", name=op.f("uq_officer_login")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "stash",
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_stash")),
    )
    with op.batch_alter_table("stash", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stash_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("procedure", sa.String(length=40), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.String(length=64), nullable=False),
        sa.Column("applicant_kind", sa.String(length=32), nullable=False),
        sa.Column("iin", sa.String(length=12), nullable=False),
        sa.Column("bin", sa.String(length=12), nullable=False),
        sa.Column("applicant_name", sa.String(length=400), nullable=False),
        sa.Column("search_name", sa.String(length=400), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("received_at", types.Instant(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("engine_state", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("registered_at", types.Instant(), nullable=True),
        sa.Column("completeness_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("extended_until", sa.Date(), nullable=True),
        sa.Column("closed_at", types.Instant(), nullable=True),
        sa.Column("executor_id", sa.Integer(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_case_edition_id")),
        sa.ForeignKeyConstraint(["executor_id"], ["officer.id"], name=op.f("fk_case_executor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_case_submission_id")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_bin"), ["bin"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_iin"), ["iin"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_search_name"), ["search_name"], unique=False)

    op.create_table(
        "role_assignment",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("acting", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_role_assignment_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignment")),
    )
    with op.batch_alter_table("role_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_assignment_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("iin", sa.String(length=12), nullable=False),
        sa.Column("bin", sa.String(length=12), nullable=False),
        sa.Column("applicant_kind", sa.String(length=32), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_draft_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_iin"), ["iin"], unique=False)

    op.create_table(
        "hearing",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("notified_at", types.Instant(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_at", sa.String(length=5), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("result", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("exemption", sa.String(length=64), nullable=False),
        sa.Column("exemption_reason", sa.Text(), nullable=False),
        sa.Column("late_basis", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("settled_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_hearing_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
    )
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_case_id"), ["case_id"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("actor", sa.String(length=400), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_journal_case_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_journal_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_case_id"), ["case_id"], unique=False)

    op.create_table(
        "officer_note",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("read_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_officer_note_case_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_officer_note_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_note")),
    )
    with op.batch_alter_table("officer_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officer_note_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_officer_note_officer_id"), ["officer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_officer_note_role"), ["role"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("due_at", types.Instant(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", types.Instant(), nullable=True),
        sa.Column("stopped_at", types.Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_outbox_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_outbox_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("sent_at IS NULL AND stopped_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND stopped_at IS NULL"),
        )

    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("holder_name", sa.String(length=400), nullable=False),
        sa.Column("holder_kind", sa.String(length=32), nullable=False),
        sa.Column("iin", sa.String(length=12), nullable=False),
        sa.Column("bin", sa.String(length=12), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("search_name", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_register_entry_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("case_id", name=op.f("uq_register_entry_case_id")),
        sa.UniqueConstraint("number", name=op.f("uq_register_entry_number")),
    )
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_entry_bin"), ["bin"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_entry_iin"), ["iin"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_entry_issued_on"), ["issued_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_entry_search_name"), ["search_name"], unique=False)

    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("cms", sa.LargeBinary(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("signer_iin", sa.String(length=12), nullable=False),
        sa.Column("signer_bin", sa.String(length=12), nullable=False),
        sa.Column("signer_name", sa.String(length=255), nullable=False),
        sa.Column("signer_organisation", sa.String(length=400), nullable=False),
        sa.Column("certificate_serial", sa.String(length=64), nullable=False),
        sa.Column("checked_at", types.Instant(), nullable=False),
        sa.Column("signed_at", types.Instant(), nullable=True),
        sa.Column("engine", sa.String(length=255), nullable=False),
        sa.Column("certificates", sa.JSON(), nullable=False),
        sa.Column("ocsp", sa.JSON(), nullable=False),
        sa.Column("test", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_signature_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signature_content_sha256"), ["content_sha256"], unique=False)
        batch_op.create_index(
            "ix_signature_waits",
            ["checked_at"],
            unique=False,
            sqlite_where=sa.text("verdict = 'unchecked' AND purpose = 'application'"),
            postgresql_where=sa.text("verdict = 'unchecked' AND purpose = 'application'"),
        )

    op.create_table(
        "state_data",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("requested_at", types.Instant(), nullable=False),
        sa.Column("answered_at", types.Instant(), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_state_data_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_data")),
    )
    with op.batch_alter_table("state_data", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_data_case_id"), ["case_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("engine_id", sa.String(length=64), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("opened_at", types.Instant(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", types.Instant(), nullable=True),
        sa.Column("completed_at", types.Instant(), nullable=True),
        sa.Column("completed_by", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", types.Instant(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=True),
        sa.Column("draft", sa.JSON(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["officer.id"], name=op.f("fk_task_assignee_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_task_case_id")),
        sa.ForeignKeyConstraint(["completed_by"], ["officer.id"], name=op.f("fk_task_completed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_task_open",
            ["role", "assignee_id"],
            unique=False,
            sqlite_where=sa.text("completed_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("completed_at IS NULL AND cancelled_at IS NULL"),
        )

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("added_at", types.Instant(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("draft_id", sa.String(length=36), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_attachment_case_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_attachment_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_draft_id"), ["draft_id"], unique=False)

    op.create_table(
        "breach",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("due_at", types.Instant(), nullable=False),
        sa.Column("marked_at", types.Instant(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_breach_case_id")),
        sa.ForeignKeyConstraint(["responsible_id"], ["officer.id"], name=op.f("fk_breach_responsible_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_breach_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
    )
    with op.batch_alter_table("breach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breach_case_id"), ["case_id"], unique=False)

    op.create_table(
        "deadline",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("due_at", types.Instant(), nullable=False),
        sa.Column("first_due_at", types.Instant(), nullable=False),
        sa.Column("engine_id", sa.String(length=64), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("fired_at", types.Instant(), nullable=True),
        sa.Column("cancelled_at", types.Instant(), nullable=True),
        sa.Column("retry_at", types.Instant(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_deadline_case_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_deadline_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_deadline_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("fired_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("fired_at IS NULL AND cancelled_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_deadline_task_id"), ["task_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("verification_code", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("signed_at", types.Instant(), nullable=False),
        sa.Column("signed_by", sa.String(length=255), nullable=False),
        sa.Column("certificate_serial", sa.String(length=64), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("delivered_at", types.Instant(), nullable=True),
        sa.Column("test", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_document_case_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["signature.id"], name=op.f("fk_document_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_document_kind_number")),
        sa.UniqueConstraint("verification_code", name=op.f("uq_document_verification_code")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_sha256"), ["sha256"], unique=False)

    op.create_table(
        "prepared_document",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("region_start", sa.Integer(), nullable=False),
        sa.Column("region_end", sa.Integer(), nullable=False),
        sa.Column("verification_code", sa.String(length=32), nullable=False),
        sa.Column("prepared_at", types.Instant(), nullable=False),
        sa.Column("certificate_serial", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_prepared_document_officer_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_prepared_document_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_document")),
    )
    with op.batch_alter_table("prepared_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prepared_document_task_id"), ["task_id"], unique=False)

    op.create_table(
        "register_change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("recorded_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["register_entry.id"], name=op.f("fk_register_change_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_change")),
    )
    with op.batch_alter_table("register_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_change_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("read_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notice_case_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_notice_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_case_id"), ["case_id"], unique=False)

    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wants_oral", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_position_attachment_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_position_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_position_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    """Bring the tables back."""
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_case_id"))

    op.drop_table("position")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_case_id"))

    op.drop_table("notice")
    with op.batch_alter_table("register_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_change_entry_id"))

    op.drop_table("register_change")
    with op.batch_alter_table("prepared_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prepared_document_task_id"))

    op.drop_table("prepared_document")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_sha256"))
        batch_op.drop_index(batch_op.f("ix_document_case_id"))

    op.drop_table("document")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_task_id"))
        batch_op.drop_index(
            "ix_deadline_due",
            sqlite_where=sa.text("fired_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("fired_at IS NULL AND cancelled_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_deadline_case_id"))

    op.drop_table("deadline")
    with op.batch_alter_table("breach", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breach_case_id"))

    op.drop_table("breach")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_draft_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_case_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_task_open",
            sqlite_where=sa.text("completed_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("completed_at IS NULL AND cancelled_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_task_case_id"))

    op.drop_table("task")
    with op.batch_alter_table("state_data", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_data_case_id"))

    op.drop_table("state_data")
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_signature_waits",
            sqlite_where=sa.text("verdict = 'unchecked' AND purpose = 'application'"),
            postgresql_where=sa.text("verdict = 'unchecked' AND purpose = 'application'"),
        )
        batch_op.drop_index(batch_op.f("ix_signature_content_sha256"))
        batch_op.drop_index(batch_op.f("ix_signature_case_id"))

    op.drop_table("signature")
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_entry_search_name"))
        batch_op.drop_index(batch_op.f("ix_register_entry_issued_on"))
        batch_op.drop_index(batch_op.f("ix_register_entry_iin"))
        batch_op.drop_index(batch_op.f("ix_register_entry_bin"))

    op.drop_table("register_entry")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_due",
            sqlite_where=sa.text("sent_at IS NULL AND stopped_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND stopped_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_outbox_case_id"))

    op.drop_table("outbox")
    with op.batch_alter_table("officer_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_officer_note_role"))
        batch_op.drop_index(batch_op.f("ix_officer_note_officer_id"))
        batch_op.drop_index(batch_op.f("ix_officer_note_case_id"))

    op.drop_table("officer_note")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_case_id"))

    op.drop_table("journal")
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_case_id"))

    op.drop_table("hearing")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_iin"))
        batch_op.drop_index(batch_op.f("ix_draft_case_id"))

    op.drop_table("draft")
    with op.batch_alter_table("role_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_assignment_officer_id"))

    op.drop_table("role_assignment")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_search_name"))
        batch_op.drop_index(batch_op.f("ix_case_iin"))
        batch_op.drop_index(batch_op.f("ix_case_bin"))

    op.drop_table("case")
    with op.batch_alter_table("stash", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stash_expires_at"))

    op.drop_table("stash")
    op.drop_table("setting")
    op.drop_table("officer")
    op.drop_table("edition")
    op.drop_table("counter")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_created_at"))

    op.drop_table("challenge")
