"""Prints the program's own papers with the templates of the case's edition, or of the newest that has them."""

from __future__ import annotations

from datetime import datetime

from service.domain.case import Case
from service.domain.documents import Document
from service.domain.ports import UnitOfWork
from service.usecases.editions import LoadedEdition
from service.usecases.services import Services


def print_proof(services: Services, uow: UnitOfWork, case: Case, paper: Document, at: datetime) -> bytes:
    """The PDF of a paper about a case; `at` is the instant it says it was made."""
    edition = _edition_with(services, uow, case, f"forms/documents/{paper.kind}.html")
    return services.press.render(paper, at=at, edition=edition.sha256, files=edition.files)


def _edition_with(services: Services, uow: UnitOfWork, case: Case, template: str) -> LoadedEdition:
    edition = services.editions.of_case(uow, case)
    if template in edition.files:
        return edition
    # An edition that is older than this paper: it says nothing about the procedure, so any template of ours will do.
    newest = uow.editions.newest()
    return services.editions.of(uow, newest.id, edition.procedure.process) if newest else edition
