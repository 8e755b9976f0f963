"""A clerical error: reported, corrected field by field, the difference shown before it is signed (L82.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.domain.corrections import Change, changes, corrector
from service.domain.decisions import IssuedDocument
from service.domain.duties import Duty
from service.domain.errors import Forbidden, InvalidAnswers
from service.domain.faults import Faults
from service.domain.forms import told_texts
from service.domain.rights import Right
from service.usecases.acts_beside import prepare_act
from service.usecases.correct_error import LONGEST_REASON, Correction, open_fields, said_by, waiting_corrections
from service.web import typed
from service.web.document_names import document_name
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view
from service.web.officer.problems import sentences_of
from service.web.officer.reading import Words
from service.web.officer.words import field_of_document

PREFIX = "field-"
LONG = 60
"""A text that is longer is corrected in a field of several lines."""


@dataclass(frozen=True)
class Asked:
    """One field that may be corrected: its name on the page, what it is called, what stands there."""

    name: str
    label: str
    before: str

    @property
    def long(self) -> bool:
        """Whether it needs several lines."""
        return len(self.before) > LONG


@officer.route("/documents/<int:document_id>/correct", methods=["GET", "POST"])
@open_to(Right.LEAD, Right.REVIEWS)
def correct(document_id: int) -> ResponseReturnValue:
    """The fields that may be corrected, for who corrects them; then what will differ; then the paper to be signed."""
    with program().reading() as uow:
        document = uow.get(IssuedDocument, document_id)
        if corrector(document.kind) not in me().roles:
            raise Forbidden(what="role", role=corrector(document.kind))
        fields = open_fields(uow, document)
        content = said_by(uow, document)
        reported = waiting_corrections(uow, document)
    if request.method == "GET":
        known = [str(duty.details["reason"]) for duty in reported]
        return _page(document, fields, typed.typed() or {"reason": known}, {}, reported)
    raw = typed.raw()
    wanted = {path: _text(raw, PREFIX + path, before) for path, before in fields}
    reason = _text(raw, "reason", "")
    try:
        faults = Faults(told_texts({"reason": reason}, {"reason": LONGEST_REASON}))
        with faults.gathered():
            made = changes(document.kind, content, wanted)
        faults.refuse()
        if request.form.get("go") != "sign":
            return _page(document, fields, raw, {}, reported, made)
        wanted = {change.path: change.after for change in made}
        answers = {"document": document_id, "reason": reason, "changes": wanted}
        paper = prepare_act(program(), Correction(), document.case_id, me(), answers)
        return redirect(url_for("officer.act_paper", prepared_id=paper.id), 303)
    except InvalidAnswers as problem:
        return _page(document, fields, raw, sentences_of(problem), reported), 400


def _text(raw: Mapping[str, Sequence[str]], name: str, default: str) -> str:
    return next(iter(raw.get(name, ())), default).replace("\r\n", "\n")


def _page(
    document: IssuedDocument,
    fields: Sequence[tuple[str, str]],
    raw: Mapping[str, Sequence[str]],
    errors: Mapping[str, str],
    reported: Sequence[Duty],
    made: Sequence[Change] = (),
) -> str:
    case = case_view(document.case_id).case
    asked = [Asked(PREFIX + path, field_of_document(path), before) for path, before in fields if before.strip()]
    return render_template(
        "officer/correct.html",
        case=case,
        document=document,
        title=document_name(document.kind),
        reported=reported,
        days=Words.of(case).edition.terms["clerical_error_days"],
        fields=asked,
        made=[(field_of_document(change.path), change.before, change.after) for change in made],
        raw={name: _text(raw, name, "") for name in raw},
        errors={PREFIX + name if name in dict(fields) else name: text for name, text in errors.items()},
    )
