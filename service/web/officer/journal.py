"""The journal of a case in sentences: every action has its own in three languages (L69.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from service.domain.case import JournalEntry
from service.domain.people import ACTING
from service.web.boxes import JournalLine
from service.web.officer.door import role_name
from service.web.officer.reading import Words
from service.web.officer.said import Said
from service.web.officer.sentences import DETAILS, SENTENCES, no_details

BAD = frozenset(
    {
        "term_missed", "step_failed", "deadline_failed", "forbidden", "head_told", "signature_invalid",
        "message_delayed",
    }
)  # fmt: skip
"""What went wrong: shown with its shape and in another colour."""


def lines(entries: Sequence[JournalEntry], words: Words, officers: Mapping[int, str]) -> list[JournalLine]:
    """The entries in words, the newest first; each by the edition under which it was written (L69.1)."""
    return [line(entry, words.then(entry.edition_id), officers) for entry in reversed(entries)]


def line(entry: JournalEntry, words: Words, officers: Mapping[int, str]) -> JournalLine:
    """One entry in words. KeyError for an action that has no sentence: a test walks through all of them."""
    said = Said(entry, words, officers)
    who = _("The program") if entry.role == "system" else ", ".join(filter(None, (entry.actor, _role(entry))))
    details = [text for text in DETAILS.get(entry.action, no_details)(said) if text]
    return JournalLine(entry.at, SENTENCES[entry.action](said), who, details, entry.action in BAD)


def _role(entry: JournalEntry) -> str:
    """In which role it was done, by which order where one holds it; older lines name every role that was held.

    In another person's complaint the holder of the permit is no applicant (L73.1).
    """
    if entry.role == "applicant" and entry.details.get("holder"):
        return str(_("holder of the permit"))
    role, order = ", ".join(map(role_name, entry.role.split(","))), entry.details.get(ACTING)
    return str(_("%(role)s (acting, order %(order)s)", role=role, order=order)) if order else role
