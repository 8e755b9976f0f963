"""Plays the people of the demo: applicants who file and officers who work, with real signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import weasyprint

from service.domain.case import Case, Task
from service.domain.people import Actor, Applicant
from service.program import Program
from service.sandbox.personas import PERSONAS
from service.sandbox.pki import DevPki
from service.usecases.complaint_drafts import Contested, open_complaint
from service.usecases.draft_files import attach
from service.usecases.drafts import open_draft, save_draft
from service.usecases.file_application import file_application, prepare_filing
from service.usecases.file_complaint import file_complaint, prepare_complaint
from service.usecases.people import officer_actor
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from service.usecases.tasks import complete_task, wants_signature


@dataclass(frozen=True)
class Paper:
    """A made-up attachment: its kind, what stands in it, its number, date and validity."""

    kind: str
    title: str
    number: str = ""
    dated: date | None = None
    valid_until: date | None = None


COMPLAINT = {
    "circumstances": "Серверлік құрылғыны жалға алу шарты өтінішке тіркелген, бірақ ол ескерілмеді.",
    "demands": "Бас тартудың күшін жойып, рұқсат беру.",
    "evidence": "2026 жылғы 1 сәуірдегі № 12 жалға алу шарты.",
}
"""What a complaint of the demo says."""


@cache
def pdf(title: str, number: str) -> bytes:
    """A one-page PDF that says that it is a sample."""
    text = f"<h1>{title}</h1><p>№ {number or '-'}</p><p>Сынақ үшін жасалған үлгі құжат.</p>"
    content: bytes = weasyprint.HTML(string=f"<html lang='kk'><body>{text}</body></html>").write_pdf()
    return content


class Cast:
    """Everybody who appears in the demo."""

    def __init__(self, program: Program, pki: DevPki) -> None:
        self.program, self.pki = program, pki
        self._officers = {officer.login: officer for officer in program.queries.officers()}

    def applicant(self, persona: str) -> Applicant:
        """An applicant as the cabinet knows them after signing in."""
        found = PERSONAS[persona]
        return Applicant(found.iin, found.bin, found.name, found.organisation)

    def officer(self, login: str) -> Actor:
        """An officer with the roles of today."""
        actor = officer_actor(self.program, self._officers[login].id)
        if actor is None:
            raise LookupError(login)
        return actor

    def draft(self, persona: str, fields: Mapping[str, Any], papers: Sequence[Paper]) -> str:
        """Fill in an application and attach its papers; the id of the draft."""
        applicant = self.applicant(persona)
        draft = open_draft(self.program, applicant)
        save_draft(self.program, draft.id, applicant, fields)
        for paper in papers:
            attach(
                self.program,
                draft.id,
                applicant,
                kind=paper.kind,
                name=f"{paper.title}.pdf",
                content=pdf(paper.title, paper.number),
                media_type="application/pdf",
                number=paper.number,
                dated=paper.dated,
                valid_until=paper.valid_until,
            )
        return draft.id

    def file(self, persona: str, fields: Mapping[str, Any], papers: Sequence[Paper], language: str = "kk") -> Case:
        """File an application, signed with the persona's key."""
        draft_id, applicant = self.draft(persona, fields, papers), self.applicant(persona)
        content = prepare_filing(self.program, draft_id, applicant, language)
        return file_application(self.program, draft_id, applicant, self.pki.sign_cms(persona, content))

    def complain(self, persona: str, case: Case, kind: str = "", language: str = "kk", **texts: str) -> Case:
        """File a complaint against the newest document of this kind, or against what is done in the case."""
        applicant = self.applicant(persona)
        with self.program.reading() as uow:
            documents = [each for each in uow.cases.documents(case.id) if each.kind == kind]
        contested = Contested(case.id, documents[-1].id if documents else None)
        draft = open_complaint(self.program, applicant, contested, {**COMPLAINT, **texts})
        content = prepare_complaint(self.program, draft.id, applicant, language)
        return file_complaint(self.program, draft.id, applicant, self.pki.sign_cms(persona, content))

    def open_tasks(self, case: Case) -> Sequence[Task]:
        """The case's tasks that somebody still has to do."""
        with self.program.reading() as uow:
            return [task for task in uow.cases.tasks(case.id) if task.is_open]

    def work(self, login: str, case: Case, element: str, **answers: Any) -> Case:
        """Do the case's open task of this element; where a paper is to be signed, it is signed."""
        raw = {key: list(map(str, value if isinstance(value, list) else [value])) for key, value in answers.items()}
        task = next(task for task in self.open_tasks(case) if task.element == element)
        actor = self.officer(login)
        with self.program.reading() as uow:
            document = self.program.editions.of_case(uow, case).catalogue.element(element).document
        if not document or not wants_signature(raw):
            return complete_task(self.program, task.id, actor, raw)
        prepared = prepare_document(self.program, task.id, actor, raw)
        persona = next(key for key, found in PERSONAS.items() if found.iin == actor.iin)
        cms = self.pki.sign_cms(persona, bytes_to_sign(self.program, prepared))
        return sign_document(self.program, prepared.id, actor, cms)
