"""A paper is shown before it is signed; the signature in the browser completes the task (R9.1)."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import APPEAL, Case
from service.domain.decisions import PreparedDocument
from service.domain.errors import NotFound, RuqsatError, TaskClosed
from service.domain.rights import Right
from service.usecases.papers import own_prepared
from service.usecases.sign_document import prepare_document, sign_document
from service.web.answers import shown, typed_again
from service.web.document_names import document_name
from service.web.officer import consents, terms
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view, common, task_of
from service.web.officer.reading import Words, known_options
from service.web.officer.signing_page import content, signed, signing_page


@officer.route("/papers/<prepared_id>", methods=["GET"])
@open_to(Right.WORK)
def paper(prepared_id: str) -> ResponseReturnValue:
    """The paper to read and the panel that signs it."""
    prepared = own_prepared(program(), prepared_id, me())
    view = case_view(program().queries.case_of_task(_of_task(prepared)))
    if not task_of(view, _of_task(prepared)).is_open:
        flash(_("This task is closed. The case shows what came of it."))
        return redirect(url_for("officer.case", case_id=view.case.id), 303)
    return _page(prepared)


@officer.post("/papers/<prepared_id>")
@open_to(Right.WORK)
def sign(prepared_id: str) -> ResponseReturnValue:
    """Take the signature, check it, and complete the task in the same transaction."""
    prepared = own_prepared(program(), prepared_id, me())
    case_view(program().queries.case_of_task(_of_task(prepared)))

    def signs(cms: bytes) -> Case:
        case = sign_document(program(), prepared_id, me(), cms)
        title = document_name(prepared.kind)
        flash(_("Signed and sent: %(document)s %(number)s.", document=title, number=prepared.number), "success")
        return case

    return signed(prepared, _page, signs)


@officer.post("/papers/<prepared_id>/again")
@open_to(Right.WORK)
def prepare_again(prepared_id: str) -> ResponseReturnValue:
    """Prepare the same paper with the time and the number of now."""
    prepared = own_prepared(program(), prepared_id, me())
    view = case_view(program().queries.case_of_task(_of_task(prepared)))
    form = Words.of(view.case).form_of(task_of(view, _of_task(prepared)).element)
    raw = typed_again(form, prepared.answers) if form else {}
    fresh = prepare_document(program(), _of_task(prepared), me(), {name: list(texts) for name, texts in raw.items()})
    return redirect(url_for("officer.paper", prepared_id=fresh.id), 303)


@officer.get("/papers/<prepared_id>/<name>.pdf")
@open_to(Right.WORK)
def paper_file(prepared_id: str, name: str) -> ResponseReturnValue:
    """The paper itself, as it will be signed; only for the officer who prepared it."""
    return content(own_prepared(program(), prepared_id, me()))


def _of_task(prepared: PreparedDocument) -> int:
    """The task to which a paper belongs. `NotFound` for a paper that is signed beside the diagram."""
    if prepared.task_id is None:
        raise NotFound(what="prepared_document")
    return prepared.task_id


def _page(prepared: PreparedDocument, problem: RuqsatError | None = None) -> str:
    view = case_view(program().queries.case_of_task(_of_task(prepared)))
    words, task = Words.of(view.case), task_of(view, _of_task(prepared))
    if not task.is_open:
        raise TaskClosed(task=task.id, by=view.officers.get(task.completed_by or 0, ""), at=task.completed_at)
    shared = common(view, words, without=task.id)
    return signing_page(
        prepared,
        problem,
        url_for("officer.paper_file", prepared_id=prepared.id, name=prepared.number),
        back={"address": url_for("officer.task", task_id=task.id), "text": _("Back to the task; the answers are kept")},
        sign_to=url_for("officer.sign", prepared_id=prepared.id),
        again_to=url_for("officer.prepare_again", prepared_id=prepared.id),
        effect=_effect(prepared, view.case.procedure),
        name=words.name(task.element),
        facts=shared["request_facts"][:3] + _answers(prepared, task.element, words),
        before=shared["earlier"][:1],
        lawful=consents.consent_facts(view, task),
        task_term=terms.task_term(view, words, program().calendar, program().clock.now(), task.id),
        **shared,
    )


def _effect(prepared: PreparedDocument, procedure: str) -> str:
    """What follows from the signature, and when the number is given (A3.3); a new permit waits for its decision."""
    if procedure == APPEAL and prepared.kind == "permit":
        return str(
            _(
                "With your signature the permit is ready. It takes the number %(number)s, and goes to the applicant,"
                " with the decision on the complaint that issues it.",
                number=prepared.number,
            )
        )
    return str(
        _(
            "The number %(number)s is given at the moment of your signature; if another document takes it before, you"
            " prepare this one again. Once signed, the document is final, goes to the applicant's cabinet at once, and"
            " the task is done.",
            number=prepared.number,
        )
    )


def _answers(prepared: PreparedDocument, element: str, words: Words) -> list[tuple[str, str]]:
    form = words.form_of(element)
    return shown(form, prepared.answers, known_options(prepared.answers, {})) if form else []
