"""What proves a case, to be taken away: its package for head and reviewing body, its terms for all who read it."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from service.domain.rights import Right
from service.usecases.case_package import fetch_package
from service.usecases.record_reading import record_paper_reading
from service.usecases.review_package import fetch_sent_package
from service.usecases.terms_paper import terms_proof_paper
from service.usecases.terms_proof import terms_proof
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view
from service.web.sending import sent
from service.web.term_names import term_words


@officer.get("/cases/<int:case_id>/package.zip")
@open_to(Right.LEAD, Right.REVIEWS)
def package(case_id: int) -> ResponseReturnValue:
    """The administrative case as one package; that it was taken is a line of its journal (L69.1, R13.3)."""
    case_view(case_id)
    made = fetch_package(program(), me(), case_id)
    return sent(made.content, made.name, "application/zip")


@officer.get("/cases/<int:case_id>/sent-package.zip")
@open_to(Right.LEAD, Right.REVIEWS)
def sent_package(case_id: int) -> ResponseReturnValue:
    """The package as it went to the reviewing body with a complaint (R13.3, L69.1)."""
    number = case_view(case_id).case.number
    return sent(fetch_sent_package(program(), me(), case_id), f"{number}-sent.zip", "application/zip")


@officer.get("/cases/<int:case_id>/terms.json")
@open_to(Right.CASES, Right.REVIEWS)
def terms_json(case_id: int) -> ResponseReturnValue:
    """How each date was counted, signed by the system's key (D25)."""
    name = _taken(case_id, "terms.json")
    return sent(terms_proof(program(), case_id, term_words()), name, "application/json")


@officer.get("/cases/<int:case_id>/terms.pdf")
@open_to(Right.CASES, Right.REVIEWS)
def terms_pdf(case_id: int) -> ResponseReturnValue:
    """The same to read."""
    name = _taken(case_id, "terms.pdf")
    return sent(terms_proof_paper(program(), case_id, term_words()), name, "application/pdf", ours=True)


def _taken(case_id: int, name: str) -> str:
    """The name of a file about a case; that it is taken away is a line of the case's journal (L75.1)."""
    name = f"{case_view(case_id).case.number}-{name}"
    record_paper_reading(program(), me(), case_id, name)
    return name
