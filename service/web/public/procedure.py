"""How a case goes: the drawing of the edition, and the same in words (A1.11.3, U19)."""

from __future__ import annotations

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from service.usecases.draw_procedure import drawing_of, tell
from service.web.languages import language
from service.web.public.door import public
from service.web.public.editions import PROCEDURE, shown


@public.get("/procedure")
def procedure() -> ResponseReturnValue:
    """The drawing, every step in words with who does it, by when and by which point, and what may come at any time."""
    found = shown()
    told = tell(found.edition, PROCEDURE, language()) if found else None
    numbers = {line.id: place for place, line in enumerate(told.lines, 1)} if told else {}
    return render_template("public/procedure.html", shown=found, told=told, numbers=numbers)


@public.get("/procedure.bpmn")
def drawing() -> ResponseReturnValue:
    """The drawing itself, with its labels in the language of the page; opens in any BPMN modeller."""
    found = shown()
    if found is None:
        abort(404)
    answer = make_response(drawing_of(found.edition, PROCEDURE, language()))
    answer.mimetype = "application/xml"
    answer.set_etag(f"{found.edition.sha256}-{language()}")
    return answer.make_conditional(request)
