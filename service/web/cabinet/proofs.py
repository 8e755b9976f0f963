"""The proof of the terms of the applicant's own case (D25)."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from service.domain.views import CaseView
from service.usecases.terms_paper import terms_proof_paper
from service.usecases.terms_proof import terms_proof
from service.web.cabinet.door import program
from service.web.cabinet.own import of_case
from service.web.sending import sent
from service.web.term_names import term_words


@of_case("/terms.json")
def terms_json(view: CaseView) -> ResponseReturnValue:
    """How each date was counted, signed by the system's key."""
    proof = terms_proof(program(), view.case.id, term_words())
    return sent(proof, f"{view.case.number}-terms.json", "application/json")


@of_case("/terms.pdf")
def terms_pdf(view: CaseView) -> ResponseReturnValue:
    """The same to read."""
    paper = terms_proof_paper(program(), view.case.id, term_words())
    return sent(paper, f"{view.case.number}-terms.pdf", "application/pdf")
