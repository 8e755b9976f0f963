"""What the cabinet reads of an edition: names of elements and lanes, forms, lists, the sentences of notices."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from service.domain.case import PERMIT, Case
from service.domain.deadlines import local
from service.domain.duties import DUTIES
from service.domain.errors import NoEdition
from service.domain.forms import Form
from service.domain.messages import Edition
from service.web.cabinet.door import program
from service.web.duty_names import duty_name
from service.web.edition_words import EditionWords
from service.web.languages import language


def edition_in_force() -> Edition | None:
    """The edition of today; None on days on which no applications are taken (O2)."""
    return program().queries.edition_on(local(program().clock.now()).date())


def newest_edition() -> Edition:
    """The edition with the highest number; `NoEdition` where none has ever been deployed."""
    found = program().queries.newest_edition()
    if found is None:
        raise NoEdition(local(program().clock.now()).date())
    return found


def words_of_draft() -> Words:
    """The words of the edition that a draft would be filed under; when intake is closed, of the newest."""
    return Words.of_edition((edition_in_force() or newest_edition()).id)


def terms_told() -> Mapping[str, int]:
    """The terms of the edition under which what is filed today would run (O1)."""
    return words_of_draft().edition.terms


@dataclass(frozen=True)
class Words(EditionWords):
    """The words of one edition for the applicant."""

    @classmethod
    def of(cls, case: Case) -> Words:
        """The words of the edition under which the case runs (O1)."""
        with program().reading() as uow:
            return cls(program().editions.of_case(uow, case))

    @classmethod
    def of_edition(cls, edition_id: int, process: str = PERMIT) -> Words:
        """The words of an edition by its id, for what is not filed yet."""
        with program().reading() as uow:
            return cls(program().editions.of(uow, edition_id, process))

    @property
    def form(self) -> Form:
        """The form of annex 2."""
        return self.edition.form("application")

    def term(self, element_id: str) -> str:
        """What a term is for, or which duty it is; how it is drawn says an applicant nothing."""
        if element_id in DUTIES:
            return duty_name(element_id)
        return self.holder_of(element_id) or self.name(element_id)

    def option(self, form: str, key: str, value: str) -> str:
        """What one answer of a choice is called in a form of the procedure."""
        return self.edition.form(form).find(key).text(language()).options.get(value, value)

    def document_kind(self, key: str) -> str:
        """The official name of an attached document's kind (A1.9.2, A1.9.3)."""
        name = self._kinds.get(key, key)
        return name[:1].upper() + name[1:]

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        listed: list[dict[str, Any]] = json.loads(self.edition.files["forms/lists/document_kinds.json"])
        return {str(entry["key"]): str(entry.get(language()) or entry["kk"]) for entry in listed}
