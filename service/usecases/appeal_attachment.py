"""Whether a paper carries its attachment on complaints: the paper itself says so, and nothing else (L80.5, L92.1)."""

from __future__ import annotations

from service.domain.case import Case
from service.domain.decisions import IssuedDocument
from service.domain.ports import UnitOfWork
from service.usecases.papers import content_of
from service.usecases.services import Services

ATTACHMENT = b"_appeal.html"
"""The part of a template that prints the body, the term and the procedure of a complaint."""


def carries_attachment(services: Services, uow: UnitOfWork, document: IssuedDocument) -> bool:
    """Whether the body, the term and the procedure of a complaint stand on this document.

    It was made of what it says and of the template of its edition; where either has no attachment, neither has it.
    """
    content = content_of(uow, document)
    if not content.get("appeal"):
        return False
    edition = services.editions.of_case(uow, uow.get(Case, document.case_id))
    return ATTACHMENT in edition.files.get(f"forms/documents/{content['kind']}.html", b"")
