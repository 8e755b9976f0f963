"""A paper of an act beside the diagram is shown before it is signed; the signature lets the act take effect (R9.1)."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import Case
from service.domain.decisions import PreparedDocument
from service.domain.errors import NotFound, RuqsatError
from service.domain.minutes import SIGNATURES
from service.domain.rights import Right
from service.usecases.acts_beside import Act, prepare_act, sign_act
from service.usecases.papers import own_prepared
from service.web.document_names import document_name
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.duty_acts import ACTS
from service.web.officer.page import case_view, seen
from service.web.officer.signing_page import content, signed, signing_page

__all__ = ["act_paper"]


@officer.get("/acts/<prepared_id>")
@open_to(Right.DUTIES)
def act_paper(prepared_id: str) -> ResponseReturnValue:
    """The paper to read and the panel that signs it."""
    return _page(_own(prepared_id)[0])


@officer.post("/acts/<prepared_id>")
@open_to(Right.DUTIES)
def sign_act_paper(prepared_id: str) -> ResponseReturnValue:
    """Take the signature, check it, and let the act take effect in the same transaction."""
    prepared, act = _own(prepared_id)

    def signs(cms: bytes) -> Case:
        case = sign_act(program(), act, prepared_id, me(), cms)
        title = document_name(prepared.kind)
        flash(_("Signed: %(document)s %(number)s.", document=title, number=prepared.number), "success")
        return case

    return signed(prepared, _page, signs)


@officer.post("/acts/<prepared_id>/again")
@open_to(Right.DUTIES)
def prepare_act_again(prepared_id: str) -> ResponseReturnValue:
    """Prepare the same paper with the time and the number of now."""
    prepared, act = _own(prepared_id)
    fresh = prepare_act(program(), act, prepared.case_id or 0, me(), prepared.answers)
    return redirect(url_for("officer.act_paper", prepared_id=fresh.id), 303)


@officer.get("/acts/<prepared_id>/<name>.pdf")
@open_to(Right.DUTIES)
def act_file(prepared_id: str, name: str) -> ResponseReturnValue:
    """The paper itself, as it will be signed; only for the officer who prepared it."""
    return content(_own(prepared_id)[0])


def _own(prepared_id: str) -> tuple[PreparedDocument, Act]:
    """The officer's own prepared paper and its act. `NotFound` for a paper of a task."""
    prepared = own_prepared(program(), prepared_id, me())
    if prepared.act not in ACTS:
        raise NotFound(what="prepared_document")
    return prepared, ACTS[prepared.act]


def _page(prepared: PreparedDocument, problem: RuqsatError | None = None) -> str:
    view = case_view(prepared.case_id or 0)
    return signing_page(
        prepared,
        problem,
        url_for("officer.act_file", prepared_id=prepared.id, name=prepared.number),
        back={"address": url_for("officer.duties"), "text": _("Duties")},
        sign_to=url_for("officer.sign_act_paper", prepared_id=prepared.id),
        again_to=url_for("officer.prepare_act_again", prepared_id=prepared.id),
        effect=_effect(prepared),
        facts=[],
        before=[],
        service_term=None,
        case=view.case,
        seen=seen(view),
    )


def _effect(prepared: PreparedDocument) -> str:
    """What the signature brings about: minutes wait for the other of the two (L74.1), every other act for nobody."""
    if prepared.signatures < SIGNATURES.get(prepared.kind, 1):
        return str(_("The minutes take effect when both have signed. Who signs second signs this very document."))
    return str(_("With your signature the document takes effect at once and stays with the case."))
