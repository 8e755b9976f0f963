"""Files that a task's form asks for: they come along with everything typed, so that nothing is lost (L73.2)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from service.domain.case import Task
from service.domain.files import MAX_FILE_BYTES, FileRefused
from service.domain.forms import Field
from service.domain.rounds import of_this_round
from service.domain.views import CaseView
from service.usecases.task_files import PURPOSE, add_task_file, remove_task_file
from service.web import formats
from service.web.boxes import File
from service.web.languages import language
from service.web.officer import facts, problems
from service.web.officer.door import me, program
from service.web.officer.reading import Words


@dataclass(frozen=True)
class Wanted:
    """A file that the form asks for, and what is there already; `hide` is when a script hides it."""

    key: str
    label: str
    hint: str
    hide: str
    accept: str
    stored: Sequence[tuple[int, File]]


def wanted(view: CaseView, task: Task, words: Words) -> list[Wanted]:
    """Every file that the task's form asks for."""
    form = words.form_of(task.element)
    return [_wanted(asked, view, words) for asked in problems.files_of(form)] if form else []


def _wanted(asked: Field, view: CaseView, words: Words) -> Wanted:
    text = asked.text(language())
    stored = [
        (file.id, facts.attached(file, view.case, words))
        for file in view.attachments
        if file.purpose == PURPOSE and file.kind == asked.key and of_this_round(file, view.journal)
    ]
    told = _("PDF, JPEG or PNG, up to %(size)s", size=formats.size(MAX_FILE_BYTES))
    hide = json.dumps(asked.hide.plain(), ensure_ascii=False) if asked.hide else ""
    return Wanted(
        asked.key, text.label, f"{text.hint.rstrip('.')}. {told}" if text.hint else told, hide, asked.accept, stored
    )


def asked_for() -> bool:
    """Whether a button was pressed that only adds or removes a file."""
    return "upload" in request.form or "remove_file" in request.form


def take(task: Task, files: Sequence[Wanted]) -> list[tuple[str, str]]:
    """Keep what was chosen and remove what was to be removed; what was wrong with a file, by its field."""
    removed = request.form.get("remove_file", type=int)
    if removed is not None:
        remove_task_file(program(), task.id, me(), removed)
    wrong = []
    for each in files:
        chosen = request.files.get(each.key)
        if chosen is None or not chosen.filename:
            if request.form.get("upload") == each.key:
                wrong.append((each.key, _("Choose a file first.")))
            continue
        try:
            add_task_file(program(), task.id, me(), each.key, chosen.filename, chosen.stream.read(MAX_FILE_BYTES + 1))
        except FileRefused as problem:
            wrong.append((each.key, why(problem)))
    return wrong


def why(problem: FileRefused) -> str:
    """Why a file is not taken, and what to do."""
    size = formats.size(MAX_FILE_BYTES)
    sentences: dict[str, str] = {
        "empty": _("The file is empty. Choose another one."),
        "too_large": _("The file is larger than %(size)s. Choose a smaller one.", size=size),
        "too_large_together": _("The files of this case are too large together. Choose a smaller one."),
        "too_large_with_answers": _("The files of all answers are too large together. Scan it with fewer dots."),
        "not_allowed": _("Only PDF, JPEG and PNG can be taken. Save the file as one of these."),
        "damaged": _("The file is damaged and cannot be opened. Choose another one."),
        "encrypted": _("The file is protected by a password. Save it without one."),
    }
    return sentences.get(problem.code, sentences["not_allowed"])
