"""Every column of a fixed length holds the longest that a person may write into it: forms and columns agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import String, Text

from service.adapters.database.tables import metadata
from service.domain.appeal import Contests
from service.domain.case import LONGEST_NAME, searched
from service.domain.claims import LONGEST_COURT, LONGEST_NUMBER, Claim
from service.domain.deadlines import ZONE
from service.domain.files import LONGEST_NAME_BYTES
from service.domain.forms import LONGEST_LINE, Form
from service.settings import ROOT
from service.usecases.editions import collect
from service.usecases.people import LONGEST_LOGIN, LONGEST_ROLES

FILES = collect(ROOT / "processes", ROOT / "forms")


def of_form(name: str, field: str) -> int:
    """The longest text that a field of a form takes."""
    return Form.parse(FILES, name).find(field).longest


LONGEST_CLAIM = Claim(
    Contests.PERMIT, "x" * LONGEST_COURT, "1", date(2023, 9, 12), "x", datetime(2023, 9, 12, tzinfo=ZONE),
    act_number="1" * LONGEST_NUMBER, act_on=date(2023, 9, 15),
)  # fmt: skip
GROWS = "\u1e9e" * LONGEST_NAME
"""A capital that becomes two small letters."""
TYPED: Mapping[str, int] = {
    "case.applicant_name": max(of_form("application", "name"), of_form("complaint", "name"), LONGEST_NAME),
    "case.search_name": len(searched(GROWS)),
    "register_entry.holder_name": LONGEST_NAME,
    "register_entry.search_name": len(searched(GROWS)),
    "attachment.number": max(of_form("application", "number"), of_form("complaint", "number")),
    "attachment.name": LONGEST_NAME_BYTES,
    "complaint.official": max(of_form("complaint", "official"), LONGEST_LINE),
    "complaint.review_number": of_form("register_review", "review_number"),
    "minutes.chair": max(of_form(f"hold_{which}hearing", "minutes_chair") for which in ("", "review_")),
    "minutes.secretary": max(of_form(f"hold_{which}hearing", "minutes_secretary") for which in ("", "review_")),
    "claim.court": LONGEST_COURT,
    "claim.number": LONGEST_NUMBER,
    "claim.plaintiff": LONGEST_NAME,
    "claim.act_number": LONGEST_NUMBER,
    "document.annulled_by": len(LONGEST_CLAIM.basis),
    "role_assignment.basis": LONGEST_LINE,
    "journal.role": LONGEST_ROLES,
    "officer.login": LONGEST_LOGIN,
    "officer.surname": LONGEST_LINE,
    "officer.given": LONGEST_LINE,
}
"""The longest text of a person that comes into a column, by its table and name."""
OURS = frozenset(
    {
        "act", "action", "applicant_kind", "before", "bin", "body", "certificate_serial", "channel", "code",
        "content_sha256", "draft_id", "element", "engine", "engine_id", "exemption", "first_sha256", "hash", "held_at",
        "holder_kind", "id", "iin", "key", "key_id", "kind", "language", "law", "media_type", "message_id",
        "nonce", "outcome", "package_sha256", "password_hash", "previous", "procedure", "purpose", "result", "role",
        "sha256", "signature", "signer_bin", "signer_iin", "source", "state", "status", "submission_id", "track",
        "verdict", "verification_code", "way",
    }
)  # fmt: skip
"""Columns of codes, hashes, ids and choices, which the program writes or checks against a list."""
NAMES = frozenset(
    {
        "journal.actor", "signature.signer_name", "signature.signer_organisation", "document.signed_by",
        "file_access.asked_by", "officer.patronymic",
        "calendar_version.entered_by", "dated_setting.entered_by", "portal_break.announced_by",
        "setting.name", "dated_setting.name", "register_correction.name", "counter.name", "case.number",
        "document.number", "prepared_document.number", "register_entry.number", "minutes.number",
    }
)  # fmt: skip
"""Names of accounts and certificates, numbers that the program gives, and names of its own."""


def test_every_column_holds_the_longest_text_that_a_person_may_write_into_it() -> None:
    short = {
        f"{table.name}.{column.name}": column.type.length
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and not isinstance(column.type, Text) and column.type.length
    }
    unknown = {name for name in short if name not in {*TYPED, *NAMES} and name.split(".")[1] not in OURS}
    assert NAMES - set(short) == set()
    assert unknown == set(), "say in TYPED how long the text of a person can be, or that it is none"
    assert {name: (said, short[name]) for name, said in TYPED.items() if said > short[name]} == {}
