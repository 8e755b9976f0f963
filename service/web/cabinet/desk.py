"""A draft on the desk: its pages, its files, what is done and what is missing (A2.1, U13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import APPEAL, Attachment, Draft
from service.domain.completeness import DocumentFinding
from service.domain.deadlines import local
from service.domain.errors import Forbidden, NotFound
from service.domain.forms import Field, Form, Raw
from service.domain.forms_hours import with_hours
from service.usecases.drafts import GIVEN
from service.usecases.file_application import self_check
from service.usecases.own_draft import CONSENTS
from service.web.answers import typed_again
from service.web.cabinet import words as names
from service.web.cabinet.door import cabinet, me, program, signed_in
from service.web.cabinet.reading import Words, words_of_draft
from service.web.languages import language

Parameters = ParamSpec("Parameters")
COMPLAINT = "complaint"
"""The form of a complaint."""
ATTACHED = frozenset({"title_document_missing", "document_missing", "expired"})
"""Findings that are mended on the page of files."""


@dataclass(frozen=True)
class PageLine:
    """A page of the application on its list: state is done, empty, todo or wrong; `note` says what else is to do."""

    key: str
    title: str
    address: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """What the check of documents has found: the sentence, the point, where to mend it (U13)."""

    text: str
    law: str
    address: str


@dataclass(frozen=True)
class Desk:
    """A draft of the applicant who asks, an application or a complaint, with the form that it would be filed in."""

    draft: Draft
    files: Sequence[Attachment]
    words: Words

    @property
    def is_complaint(self) -> bool:
        """Whether it is a complaint (R13.2)."""
        return self.draft.procedure == APPEAL

    @property
    def form(self) -> Form:
        """The form of annex 2, or that of a complaint (L93.1); a hint tells the working hours of today."""
        form = self.words.edition.form(COMPLAINT) if self.is_complaint else self.words.form
        today = local(program().clock.now()).date()
        return with_hours(form, [(today, program().calendar.hours_on(today))])

    @property
    def title(self) -> str:
        """What the draft is called in a list."""
        if not self.is_complaint:
            return str(self.draft.answers.get("platform") or _("Platform not named yet"))
        told = str(self.draft.answers.get("contests") or "")
        return f"{_('Complaint')}: {names.contested(told, self.words) if told else _('not said yet against what')}"

    @property
    def all_pages(self) -> str:
        """The link that leads back to the list of pages."""
        return str(_("All pages of the complaint") if self.is_complaint else _("All pages of the application"))

    @property
    def keys(self) -> list[str]:
        """The pages in their order."""
        return [group.key for group in self.form.pages]

    def address(self, key: str) -> str:
        """Where a page of the application is filled in."""
        if self.form.find(key).attachments:
            return url_for("cabinet.files", draft_id=self.draft.id)
        return url_for("cabinet.page", draft_id=self.draft.id, page=key)

    def neighbour(self, key: str, step: int) -> str:
        """The page before or after this one; beyond the ends the list of pages."""
        place = self.keys.index(key) + step
        if 0 <= place < len(self.keys):
            return self.address(self.keys[place])
        return url_for("cabinet.draft", draft_id=self.draft.id)

    def part(self, key: str) -> Form:
        """One page as a form: without what the signature says, each prefilled field with its source. `NotFound`."""
        if key not in self.keys:
            raise NotFound(what="page")
        form = self.form.part(key)
        fields = tuple(self._with_source(asked) for asked in form.fields if asked.key not in GIVEN)
        return replace(form, fields=fields)

    def typed(self, key: str) -> Raw:
        """What was typed on a page on which something is wrong, letter by letter; empty when nothing is."""
        typed: Mapping[str, Sequence[str]] = (self.draft.answers.get("_typed") or {}).get(key) or {}
        return typed

    def raw(self, key: str) -> Raw:
        """What a page is filled with."""
        return self.typed(key) or typed_again(self.part(key), self.draft.answers)

    def findings(self) -> Sequence[DocumentFinding]:
        """What the officer's check would find now (U13); nobody checks a complaint before it is accepted (L64.1)."""
        return [] if self.is_complaint else self_check(program(), self.draft.id, me())

    def mends(self, finding: DocumentFinding) -> str:
        """Where a finding is mended."""
        if finding.code in ATTACHED:
            return url_for("cabinet.files", draft_id=self.draft.id)
        return self.mends_field(finding.kind)

    def mends_field(self, key: str) -> str:
        """The page that asks for a field, at the field itself."""
        for group in self.form.pages:
            if group.key == key:
                return self.address(key)
            if any(leaf.key == key for leaf in group.leaves()) and not group.repeat:
                return f"{self.address(group.key)}#{key}"
        return url_for("cabinet.draft", draft_id=self.draft.id)

    def found(self) -> Sequence[Found]:
        """The same findings in words."""
        return [Found(names.finding(each, self.words), each.law, self.mends(each)) for each in self.findings()]

    def lines(self) -> list[PageLine]:
        """Every page with its state and what is missing on it."""
        findings = self.findings()
        return [self._line(group, findings) for group in self.form.pages]

    def _line(self, group: Field, findings: Sequence[DocumentFinding]) -> PageLine:
        if self.typed(group.key):
            state = "wrong"
        elif self.is_complaint and group.attachments and not self.files:
            state = "empty"
        else:
            state = "done" if self._is_done(group, findings) else "todo"
        note = str(_("Say of every file which document it is.")) if group.attachments and self._unknown_files() else ""
        return PageLine(group.key, group.text(language()).label, self.address(group.key), state, note)

    def _unknown_files(self) -> bool:
        return not self.is_complaint and any(not file.kind for file in self.files)

    def _is_done(self, group: Field, findings: Sequence[DocumentFinding]) -> bool:
        if group.attachments:
            return not self._unknown_files() and not any(found.code in ATTACHED for found in findings)
        form = self.part(group.key)
        return form.validate(typed_again(form, self.draft.answers), context=self.draft.answers).valid

    def _with_source(self, asked: Field) -> Field:
        told = (self.draft.answers.get("_prefilled") or {}).get(asked.key)
        if not told or not told["value"] or self.draft.answers.get(asked.key) != told["value"]:
            return asked
        text = asked.text(language())
        hint = _("From: %(source)s", source=names.source_name(told["source"]))
        joined = f"{text.hint.rstrip('.')}. {hint}" if text.hint else hint
        return replace(asked, texts={**asked.texts, language(): replace(text, hint=joined)})


def has_consents(form: Form) -> bool:
    """Whether the page asks for the two statements: they are given by the button, never by saving in passing (A2.3)."""
    return any(leaf.key in CONSENTS for leaf in form.walk())


def desk_of(draft_id: str) -> Desk:
    """The applicant's own draft. `NotFound`; `Forbidden` for another's, which leaves a line in the journal."""
    draft, files = program().queries.draft(draft_id)
    if (draft.bin or draft.iin) != me().identifier:
        raise Forbidden(what="draft")
    return Desk(draft, files, words_of_draft())


View = Callable[Concatenate[Desk, Parameters], ResponseReturnValue]


def at_desk(rule: str, *methods: str) -> Callable[[View[Parameters]], View[Parameters]]:
    """Route a page of a draft; a draft that has been sent leads to its receipt instead."""

    def decorate(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        @signed_in
        def guarded(draft_id: str, *args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
            desk = desk_of(draft_id)
            if desk.draft.case_id is not None:
                page = "cabinet.complaint_receipt" if desk.is_complaint else "cabinet.receipt"
                return redirect(url_for(page, case_id=desk.draft.case_id), 303)
            return view(desk, *args, **kwargs)

        cabinet.add_url_rule(f"/drafts/<draft_id>{rule}", view.__name__, guarded, methods=list(methods) or ["GET"])
        return view

    return decorate
