"""What the office reads of an edition: names of elements, forms, lists, and the officers who may be chosen."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from service.domain.case import Case
from service.domain.duties import DUTIES
from service.domain.forms import Field, Form, FormError, Options
from service.usecases.editions import LoadedEdition
from service.web import formats
from service.web.duty_names import duty_name
from service.web.edition_words import EditionWords
from service.web.languages import language
from service.web.officer.door import program

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def edition_of(edition_id: int, process: str) -> LoadedEdition:
    """An edition as one of its procedures sees it, parsed once for the whole program."""
    with program().reading() as uow:
        return program().editions.of(uow, edition_id, process)


@dataclass(frozen=True)
class Words(EditionWords):
    """The words of one edition for officers."""

    @classmethod
    def of(cls, case: Case) -> Words:
        """The words of the edition under which the case runs (O1)."""
        return cls(edition_of(case.edition_id, case.procedure))

    def then(self, edition_id: int | None) -> Words:
        """The words of the edition under which something was written: the case may have moved since (O1)."""
        if edition_id is None or edition_id == self.edition.id:
            return self
        return Words(edition_of(edition_id, self.edition.procedure.process))

    def term(self, element_id: str) -> str:
        """What a term is for with the name of its timer, or which duty it is."""
        if element_id in DUTIES:
            return duty_name(element_id)
        return ", ".join(filter(None, (self.holder_of(element_id), self.name(element_id))))

    def form_of(self, element_id: str) -> Form | None:
        """The form of a user task, or None where it has none."""
        element = self.element(element_id)
        return self.form(element.form) if element and element.form else None

    def form(self, name: str) -> Form | None:
        """A form by its name, or None where the edition has none of this name."""
        try:
            return self.edition.form(name)
        except FormError:
            return None

    def intro(self, form: Form) -> str:
        """The sentence under the heading of a form; empty where it has none."""
        texts = json.loads(self.edition.files[f"forms/{form.name}.{language()}.json"])
        head = texts.get("form") or {}
        return str(head.get("intro") or "") if isinstance(head, dict) else ""

    def listed(self, name: str, key: str) -> str:
        """One value of a list such as document_kinds in the language of the page; the key where it is not listed."""
        entries = self.edition.listed(name) if f"forms/lists/{name}.json" in self.edition.files else ()
        return next((str(entry[language()]) for entry in entries if entry["key"] == key), key)

    def label(self, key: str, form_name: str = "") -> str:
        """What a field is called, in this form or in whichever form of the procedure asks for it."""
        names = [form_name] if form_name else [*self._form_names, "application"]
        for name in names:
            form = self.form(name)
            try:
                label = form.find(key).text(language()).label if form else ""
            except KeyError:
                continue
            if label:
                return label
        return key

    def option(self, key: str, value: str) -> str:
        """What one answer of a choice is called, in whichever form asks for it; the value where none does."""
        for name in self._form_names:
            form = self.form(name)
            try:
                return form.find(key).text(language()).options.get(value, value) if form else value
            except KeyError:
                continue
        return value

    def option_of(self, field: Field, value: str) -> str:
        """What one answer of a field is called."""
        return field.text(language()).options.get(value, value)

    @cached_property
    def _form_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(task.form for task in self.edition.catalogue.user_tasks() if task.form))


def known_options(answers: Mapping[str, Any], officers: Mapping[int, str]) -> Options:
    """The options that a form asked for when it was filled in: officers by name, days as they are written."""
    days = [(day, formats.date(day)) for day in answers.values() if isinstance(day, str) and _DAY.fullmatch(day)]
    return {"unit_officers": [(str(key), name) for key, name in officers.items()], "hearing_days": days}
