"""The contact centre's only page: where one case stands, for who knows its number and the IIN or BIN (A1.11.3)."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import CaseState
from service.domain.errors import InvalidAnswers
from service.domain.forms import LONGEST_LINE, told_texts
from service.domain.rights import Right
from service.usecases.look_up_status import CaseStatus, look_up_status
from service.web import typed
from service.web.officer import small_forms
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.outline import wait_name
from service.web.officer.problems import sentences_of
from service.web.officer.reading import Words, edition_of
from service.web.officer.words import ending_name

__all__ = ["status"]


@officer.route("/status", methods=["GET", "POST"])
@open_to(Right.STATUS)
def status() -> ResponseReturnValue:
    """Ask for both numbers and say where the case stands; they never stand in an address, and each look-up is noted."""
    if request.method == "GET":
        return _page({name: texts[0] for name, texts in (typed.typed() or {}).items() if texts}, {})
    asked = {name: small_forms.text(name) for name in ("number", "identifier")}
    wrong = told_texts(asked, dict.fromkeys(asked, LONGEST_LINE))
    if wrong:
        return _page(asked, sentences_of(InvalidAnswers(errors=wrong))), 400
    found = look_up_status(program(), me(), asked["number"], asked["identifier"])
    if found is None:
        errors = {"number": _("There is no case with this number and this IIN or BIN. Check both with the caller.")}
        return _page(asked, errors), 404
    return _page(asked, {}, found)


def _page(asked: dict[str, str], errors: dict[str, str], found: CaseStatus | None = None) -> str:
    return render_template(
        "officer/status.html", asked=asked, errors=errors, found=found, stands=_stands(found) if found else []
    )


def _stands(found: CaseStatus) -> list[tuple[str, str]]:
    """Where the case stands, each place with who acts there."""
    words = Words(edition_of(found.edition_id, found.procedure))
    if found.state is CaseState.CLOSED:
        return [(ending_name(words, found.outcome), "")]
    at_tasks = [(words.name(task.element), words.lane(task.role)) for task in found.tasks]
    at_waits = [(wait_name(row, words), "") for row in found.waits]
    return at_tasks or at_waits or [(str(_("The case waits for an answer of another system.")), "")]
