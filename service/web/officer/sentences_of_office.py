"""What the journal says of those who only look: the contact centre (A1.11.3) and who takes a report away (O5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from service.domain.rights import Right, may
from service.web.languages import language
from service.web.officer.door import me, role_name
from service.web.officer.said import Said, Sentence, when

SENTENCES_OF_OFFICE: Mapping[str, Sentence] = {
    "status_told": lambda s: _("The contact centre looked up where the case stands."),
    "case_read": lambda s: _("The case was opened for reading."),
    "paper_read": lambda s: _("A paper was opened for reading: %(paper)s.", paper=s.text("paper")),
    "claim_read": lambda s: _claim_read(s.text("number"), s.text("paper")),
    "package_fetched": lambda s: _("The package of the case was taken away."),
    "cases_searched": lambda s: _("Cases were looked for; found: %(number)s.", number=s.text("found") or "0"),
    "draft_removed": lambda s: _(
        "A draft that was not sent was removed, %(days)s days after its last change.", days=s.text("days")
    ),
    "draft_discarded": lambda s: _("An applicant threw a draft away that was not sent."),
    "files_removed": lambda s: _("Files that nothing refers to were removed."),
    "seals_unlisted": lambda s: _(
        "The list of the journal's seals beside the files has lost seals: %(number)s, from %(first)s to %(last)s.",
        number=s.text("number"),
        first=s.text("first"),
        last=s.text("last"),
    ),
    "account_closed": lambda s: _("An account was closed: %(login)s.", login=s.text("login")),
    "role_ended": lambda s: _(
        "A role was given its last day: %(login)s, %(role)s, until %(day)s.",
        login=s.text("login"),
        role=role_name(s.text("role")),
        day=s.day("until"),
    ),
    "role_given": lambda s: _(
        "A role was given: %(login)s, %(role)s, from %(day)s.",
        login=s.text("login"),
        role=role_name(s.text("role")),
        day=s.day("since"),
    ),
    "edition_refused": lambda s: _("Files that were to become an edition of the rules were refused."),
    "foreign_form_refused": lambda s: _(
        "A form that did not come from a page of ours was refused, and nothing was done."
    ),
    "password_set": lambda s: _("An account was given another password: %(login)s.", login=s.text("login")),
    "password_changed": lambda s: _("An officer changed the own password."),
    "password_refused": lambda s: _("A change of password was refused: the present one was wrong."),
    "status_not_told": lambda s: _(
        "The contact centre asked for %(number)s, and the IIN or BIN did not fit.", number=s.text("number")
    ),
}


def _claim_read(number: str, paper: str) -> str:
    if paper:
        return str(_("A paper of claim No. %(number)s was opened for reading: %(paper)s.", number=number, paper=paper))
    return str(_("Claim No. %(number)s was opened for reading.", number=number))


def _searched(said: Said) -> Sequence[str]:
    """By what, and whom: a name is read by those only who may read the cases (L75.1)."""
    kinds = {"identifier": _("by IIN or BIN"), "number": _("by number"), "name": _("by name")}
    by, asked = said.text("by"), said.text("asked")
    return [kinds.get(by, by), asked] if by != "name" or may(me(), Right.CASES) else [kinds[by]]


def _why_refused(said: Said) -> Sequence[str]:
    """Where the first of all faults stands, what it is, and how many there were."""
    why = said.entry.details.get("why") or {}
    told = str(why.get(language()) or why.get("") or said.text("code"))
    number = said.text("found")
    return [": ".join(filter(None, (said.text("file"), told))), _("Faults found: %(number)s.", number=number)]


DETAILS_OF_OFFICE: Mapping[str, Callable[[Said], Sequence[str]]] = {
    "cases_searched": _searched,
    "edition_refused": _why_refused,
    "foreign_form_refused": lambda s: [s.text("path"), s.text("origin")],
    "account_closed": lambda s: [*s.before(role_name), *s.reason()],
    "role_ended": lambda s: [*s.before(when), *s.reason()],
    "role_given": lambda s: [*([_("until %(day)s", day=s.day("until"))] if s.text("until") else []), *s.reason()],
    "draft_removed": lambda s: [_("last changed %(moment)s", moment=s.day("changed_at"))],
    "files_removed": lambda s: [s.text("decision"), f"{len(s.many('files'))}"],
    "package_fetched": lambda s: [f"SHA-256 {s.text('sha256')}"],
    "status_not_told": lambda s: [s.text("identifier")],
}
