"""The chancellery registers a complaint that came by post, by hand or from another body (R13.2, L64.1, L93.1)."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import InvalidAnswers
from service.domain.forms import Problem
from service.domain.rights import Right
from service.usecases.take_complaint import WAYS, take_complaint
from service.web import typed
from service.web.complaint_ways import way_name
from service.web.officer import problems, scans
from service.web.officer.complaint_facts import answers_of
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.newest import newest_words
from service.web.officer.small_forms import KEPT_FILE, given, recalled, remembered, text

__all__ = ["take_in"]

LONGEST_SUBMISSION = 64
TEXTS = (
    "channel", "language", "contests", "body", "official", "name", "residence", "postal_address", "phone", "email",
    "circumstances", "demands", "evidence", "explained", "case_number", "document_number",
    "received_on", "received_reason", "learned_on", "iin", "bin",
)  # fmt: skip


@officer.route("/complaints/new", methods=["GET", "POST"])
@open_to(Right.COMPLAINTS)
def take_in() -> ResponseReturnValue:
    """Ask for what the paper says and for its scan; the complaint is accepted, late or not."""
    if request.method == "GET":
        before = given(typed.typed())
        return _page(before, {}, recalled(before))
    scan, errors = scans.scan()
    file = scans.attachment(scan, "complaint")
    submission, wrong = text("submission")[:LONGEST_SUBMISSION], {name: Problem("file") for name in errors}
    try:
        case = take_complaint(program(), me(), _answers(), [file] if file else [], submission, wrong)
    except InvalidAnswers as problem:
        return _page(given(typed.raw()), problems.sentences_of(problem) | errors, scan), 400
    flash(_("The complaint is registered under %(number)s.", number=case.number), "success")
    return redirect(url_for("officer.case", case_id=case.id), 303)


def _answers() -> dict[str, object]:
    return {name: text(name) for name in TEXTS} | {"incomplete": text("incomplete") == "yes"}


def _page(raw: dict[str, str], errors: dict[str, str], scan: dict[str, str]) -> str:
    words = newest_words("appeal")
    return render_template(
        "officer/take_in.html",
        raw=raw,
        errors=errors,
        ways=[(way, way_name(way)) for way in WAYS],
        contests=answers_of("contests", words),
        bodies=answers_of("body", words),
        explained=answers_of("explained", words),
        scan=scan,
        kept_field=KEPT_FILE,
        kept=remembered(scan) if scan else "",
        submission=raw.get("submission") or str(uuid.uuid4()),
    )
