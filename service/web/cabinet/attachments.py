"""The files of an application: added one by one, described, replaced, taken off (A1.9.2, A1.9.3, A2.1).

Each has a small form of its own that stores it at once: a browser cannot give a chosen file back. A file that is good
is kept even when something beside it is wrong, so that it never has to be chosen twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from service.domain.case import Attachment
from service.domain.deadlines import local
from service.domain.errors import NotFound
from service.domain.files import MAX_FILE_BYTES, MAX_TOTAL_BYTES, FileRefused, StorageFull, clean_file_name, type_name
from service.domain.forms import Form, Raw
from service.usecases.draft_files import Description, NewFile, attach, describe, detach
from service.web import formats
from service.web.boxes import File
from service.web.cabinet.desk import Desk, at_desk
from service.web.cabinet.door import me, program
from service.web.cabinet.reading import Words
from service.web.cabinet.words import file_refusal
from service.web.forms import FormView
from service.web.sending import sent
from service.web.typed import raw, typed

FIELD = "file"


def form_of(desk: Desk) -> Form:
    """What is asked of one file."""
    group = next((group for group in desk.form.pages if group.attachments), None)
    if group is None:
        raise NotFound(what="page")
    return desk.form.part(group.key)


@at_desk("/files", "GET", "POST")
def files(desk: Desk) -> ResponseReturnValue:
    """The list of files, and the form that adds one."""
    form = form_of(desk)
    if request.method == "GET":
        return _list(desk, FormView(form, raw=typed() or {}))
    uploaded, sentence = _uploaded()
    result = form.validate(raw(), given=[FIELD] if uploaded or sentence else [])
    if sentence or uploaded is None:
        return _list(desk, FormView(form, raw=raw(), result=result, extra=_at_file(sentence))), 400
    told = _description(result.answers)
    try:
        file = attach(program(), desk.draft.id, me(), **_all_of(uploaded, told))
    except (FileRefused, StorageFull) as refused:
        return _list(desk, FormView(form, raw=raw(), result=result, extra=_at_file(_sentence(refused)))), 400
    if not result.valid:
        return _one(desk, file, FormView(_optional(form), raw=raw(), result=result, files={FIELD: file.name})), 400
    flash(_("Added: %(name)s", name=file.name), "success")
    return redirect(url_for("cabinet.files", draft_id=desk.draft.id), 303)


@at_desk("/files/<int:attachment_id>", "GET", "POST")
def file(desk: Desk, attachment_id: int) -> ResponseReturnValue:
    """Change what is said of a file, or put another in its place."""
    found, form = _file(desk, attachment_id), _optional(form_of(desk))
    view = FormView(form, raw=typed() or _typed_again(found), files={FIELD: found.name})
    if request.method == "GET":
        return _one(desk, found, view)
    uploaded, sentence = _uploaded()
    result = form.validate(raw(), given=[FIELD])
    view = replace(view, raw=raw(), result=result, extra=_at_file(sentence))
    if sentence:
        return _one(desk, found, view), 400
    try:
        describe(program(), desk.draft.id, me(), attachment_id, _description(result.answers), uploaded)
    except (FileRefused, StorageFull) as refused:
        return _one(desk, found, replace(view, extra=_at_file(_sentence(refused)))), 400
    if not result.valid:
        stored = uploaded.name if uploaded else found.name
        return _one(desk, found, replace(view, files={FIELD: stored})), 400
    flash(_("Saved: %(name)s", name=uploaded.name if uploaded else found.name), "success")
    return redirect(url_for("cabinet.files", draft_id=desk.draft.id), 303)


@at_desk("/files/<int:attachment_id>/remove", "POST")
def remove_file(desk: Desk, attachment_id: int) -> ResponseReturnValue:
    """Take a file off the application."""
    name = _file(desk, attachment_id).name
    detach(program(), desk.draft.id, me(), attachment_id)
    flash(_("Removed: %(name)s", name=name), "success")
    return redirect(url_for("cabinet.files", draft_id=desk.draft.id), 303)


@at_desk("/files/<int:attachment_id>/content")
def file_content(desk: Desk, attachment_id: int) -> ResponseReturnValue:
    """The file itself, as it was handed in."""
    found = _file(desk, attachment_id)
    return sent(program().files.read(found.sha256), found.name, found.media_type)


def uploaded_file(sent_in: FileStorage) -> NewFile:
    """Look into a file that was handed in; its name is kept in any script. Raises `FileRefused`."""
    content = sent_in.stream.read(MAX_FILE_BYTES + 1)
    kind = program().content_types.recognise(content)
    return NewFile(clean_file_name(sent_in.filename or "", kind), content, kind.media_type)


def _uploaded() -> tuple[NewFile | None, str]:
    """The file of this request, or the sentence that says why it is not taken."""
    sent_in = request.files.get(FIELD)
    if sent_in is None or not sent_in.filename:
        return None, ""
    try:
        return uploaded_file(sent_in), ""
    except FileRefused as refused:
        return None, file_refusal(refused)


def _sentence(refused: FileRefused | StorageFull) -> str:
    if isinstance(refused, FileRefused):
        return file_refusal(refused)
    return str(_("There is no room for the file on our side now. Nothing is lost: try again later."))


def _at_file(sentence: str) -> list[tuple[str, str]]:
    return [(FIELD, sentence)] if sentence else []


def _description(answers: Mapping[str, Any]) -> Description:
    days = {name: date.fromisoformat(answers[name]) for name in ("dated", "valid_until") if answers.get(name)}
    return Description(str(answers.get("kind") or ""), str(answers.get("number") or ""), **days)


def _all_of(uploaded: NewFile, told: Description) -> dict[str, Any]:
    return {**vars(uploaded), **vars(told)}


def _optional(form: Form) -> Form:
    """The same form for a file that is stored already."""
    fields = tuple(replace(asked, required=False) if asked.key == FIELD else asked for asked in form.fields)
    return replace(form, fields=fields)


def _file(desk: Desk, attachment_id: int) -> Attachment:
    found = next((each for each in desk.files if each.id == attachment_id), None)
    if found is None:
        raise NotFound(what="attachment")
    return found


def _typed_again(file: Attachment) -> Raw:
    texts = {
        "kind": file.kind,
        "number": file.number,
        "dated": formats.date(file.dated),
        "valid_until": formats.date(file.valid_until),
    }
    return {name: [text] for name, text in texts.items() if text}


@dataclass(frozen=True)
class FileLine:
    """A file on the list with the addresses of what can be done with it."""

    file: File
    change: str


def shown(file: Attachment, words: Words, address: str, received_on: date) -> File:
    """A file as a list shows it: kind, number, date, validity; one that has expired is marked (R6.3)."""
    expired = file.has_expired(received_on)
    facts = [
        f"№ {file.number}" if file.number else "",
        _("dated %(day)s", day=formats.date(file.dated)) if file.dated else "",
        _("valid until %(day)s", day=formats.date(file.valid_until)) if file.valid_until else "",
    ]
    marks = [(_("Expired"), "bad")] if expired else []
    return File(
        name=file.name,
        address=address,
        size=file.size,
        type=type_name(file.media_type),
        kind=words.document_kind(file.kind) if file.kind else _("Kind of the document not chosen yet"),
        facts=", ".join(fact for fact in facts if fact),
        marks=marks if file.kind else [*marks, (_("Choose the kind"), "bad")],
    )


def _list(desk: Desk, view: FormView) -> str:
    today = local(program().clock.now()).date()
    lines = [_line(desk, each, today) for each in desk.files]
    total = sum(each.size for each in desk.files)
    return render_template(
        "cabinet/files.html", desk=desk, view=view, key=_key(desk), lines=lines, total=total,
        room=MAX_TOTAL_BYTES - total, position=desk.keys.index(_key(desk)) + 1,
    )  # fmt: skip


def _one(desk: Desk, found: Attachment, view: FormView) -> str:
    return render_template("cabinet/file.html", desk=desk, file=found, view=view)


def _line(desk: Desk, each: Attachment, today: date) -> FileLine:
    def address(view: str) -> str:
        return url_for(f"cabinet.{view}", draft_id=desk.draft.id, attachment_id=each.id)

    box = shown(each, desk.words, address("file_content"), today)
    return FileLine(replace(box, remove=address("remove_file")), address("file"))


def _key(desk: Desk) -> str:
    return next(group.key for group in desk.form.pages if group.attachments)
