"""The tables, by subject. Every column that a page or a sweep searches by has its index."""

from service.adapters.database.tables.cases import (
    attachment,
    breach,
    case,
    deadline,
    deadline_waits,
    draft,
    draft_is_unsent,
    state_data,
    task,
    task_is_open,
)
from service.adapters.database.tables.columns import metadata
from service.adapters.database.tables.complaints import claim, complaint
from service.adapters.database.tables.hearings import consent, file_access, hearing, minutes, minutes_remark, position
from service.adapters.database.tables.journal import case_reading, head_is_unsealed, journal, journal_head, seal
from service.adapters.database.tables.messages import duty, duty_waits, notice, officer_note, outbox, outbox_waits
from service.adapters.database.tables.papers import (
    document,
    expiry_untold,
    prepared_document,
    register_change,
    register_correction,
    register_entry,
    signature,
    signature_waits,
)
from service.adapters.database.tables.people import challenge, officer, role_assignment
from service.adapters.database.tables.program import counter, month_figures, setting, stash
from service.adapters.database.tables.times import calendar_version, dated_setting, edition, portal_break

__all__ = [
    "attachment",
    "breach",
    "calendar_version",
    "case",
    "case_reading",
    "challenge",
    "claim",
    "complaint",
    "consent",
    "counter",
    "dated_setting",
    "deadline",
    "deadline_waits",
    "document",
    "draft",
    "draft_is_unsent",
    "duty",
    "duty_waits",
    "edition",
    "expiry_untold",
    "file_access",
    "head_is_unsealed",
    "hearing",
    "journal",
    "journal_head",
    "metadata",
    "minutes",
    "minutes_remark",
    "month_figures",
    "notice",
    "officer",
    "officer_note",
    "outbox",
    "outbox_waits",
    "portal_break",
    "position",
    "prepared_document",
    "register_change",
    "register_correction",
    "register_entry",
    "role_assignment",
    "seal",
    "setting",
    "signature",
    "signature_waits",
    "stash",
    "state_data",
    "task",
    "task_is_open",
]
