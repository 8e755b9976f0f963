"""The page on which an officer reads a paper and signs it: of a task, or of an act beside the diagram (R9.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import Case
from service.domain.decisions import PreparedDocument
from service.domain.errors import NotLawful, RuqsatError, SignatureRefused
from service.usecases.evidence import SignatureUnchecked
from service.usecases.papers import bytes_to_sign, is_fresh
from service.usecases.record_reading import record_reading
from service.web.document_names import document_name
from service.web.officer import failed, problems
from service.web.officer.door import me, program
from service.web.officer.reading import Words
from service.web.sending import sent
from service.web.signing import Signing, ToSign, signatures

Page = Callable[[PreparedDocument, RuqsatError | None], str]


def signed(prepared: PreparedDocument, page: Page, sign: Callable[[bytes], Case]) -> ResponseReturnValue:
    """Take the signature and let it take effect; one that will not do is answered with the page and its reason."""
    sent_in = signatures()
    if sent_in is None:
        return page(prepared, SignatureRefused(reasons=["format"])), 400
    try:
        case = sign(sent_in[0])
    except SignatureRefused as problem:
        return page(prepared, problem), 400
    except SignatureUnchecked as problem:
        return page(prepared, problem), 503
    except failed.FAILED as problem:
        return page(prepared, problem), failed.status(problem)
    except NotLawful as problem:
        return page(prepared, problem), 409
    return redirect(url_for("officer.case", case_id=case.id), 303)


def content(prepared: PreparedDocument) -> ResponseReturnValue:
    """The paper itself, as it will be signed; that its case is read is noted as on its page (L75.1)."""
    record_reading(program(), me(), prepared.case_id)
    return sent(program().files.read(prepared.sha256), f"{prepared.number}.pdf", "application/pdf", ours=True)


def signing_page(prepared: PreparedDocument, problem: RuqsatError | None, address: str, **told: Any) -> str:
    """The paper to read and the panel that signs it; `address` is the paper's own, `told` what stands around it."""
    title = document_name(prepared.kind)
    must_again = isinstance(problem, NotLawful) and problem.code in problems.AGAIN
    fresh = is_fresh(prepared, program().clock.now()) and not must_again
    waits = [ToSign(f"{title} {prepared.number}", bytes_to_sign(program(), prepared), address)] if fresh else []
    return render_template(
        "officer/paper.html",
        prepared=prepared,
        title=title,
        address=address,
        signing=Signing(
            documents=waits,
            iin=me().iin,
            title=_("Sign: %(document)s", document=title),
            fields={"seen": str(told["seen"])},
        ),
        fresh=fresh,
        problems=problems.told(problem, Words.of(told["case"])) if problem else [],
        problem_law=problems.law_of(problem) if problem else "",
        **told,
    )
