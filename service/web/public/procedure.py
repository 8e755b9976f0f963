"""How a case goes: the drawings of the edition, and the same in words (A1.11.3, U19)."""

from __future__ import annotations

from flask import abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import APPEAL, PERMIT
from service.usecases.draw_procedure import drawing_of, tell
from service.web.languages import language
from service.web.navigation import Section
from service.web.public.door import public
from service.web.public.editions import Shown, shown


@public.get("/procedure", defaults={"process": PERMIT})
@public.get("/procedure/<process>")
def procedure(process: str) -> ResponseReturnValue:
    """The drawing, every step in words with who does it, by when and by which point, and what may come at any time."""
    found = shown(process)
    told = tell(found.edition, language()) if found else None
    numbers = {line.id: place for place, line in enumerate(told.lines, 1)} if told else {}
    others = _others(found)
    name = next((each.name for each in others if each.here), "")
    return render_template(
        "public/procedure.html", shown=found, told=told, numbers=numbers, process=process, others=others, name=name
    )


@public.get("/procedure.bpmn", defaults={"process": PERMIT})
@public.get("/procedure/<process>.bpmn")
def drawing(process: str) -> ResponseReturnValue:
    """The drawing itself, with its labels in the language of the page; opens in any BPMN modeller."""
    found = shown(process)
    if found is None:
        abort(404)
    answer = make_response(drawing_of(found.edition, language()))
    answer.mimetype = "application/xml"
    answer.set_etag(f"{found.edition.sha256}-{process}-{language()}")
    return answer.make_conditional(request)


def _others(found: Shown | None) -> list[Section]:
    """A way to each procedure of the edition; none where it has only one."""
    names = {PERMIT: _("The permit"), APPEAL: _("The complaint")}
    processes = found.edition.processes if found else []
    known = [process for process in names if process in processes]
    return [Section(url_for("public.procedure", process=one), names[one]) for one in known] if known[1:] else []
