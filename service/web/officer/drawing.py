"""The drawing of a case's edition with its names in the language of the page."""

from __future__ import annotations

import re
from html import unescape
from xml.sax.saxutils import quoteattr

from flask import make_response
from flask.typing import ResponseReturnValue

from service.domain.people import ROLES
from service.web.languages import LANGUAGES, language
from service.web.officer.door import officer, open_to, program
from service.web.officer.reading import Words

_TEXT = re.compile(r"""<[\w:]*property\s+name="(kk|ru|en)"\s+value=("[^"]*"|'[^']*')""")
_NAME = re.compile(r"""(\sname=)("[^"]*"|'[^']*')""")


@officer.get("/cases/<int:case_id>/drawing.bpmn")
@open_to(*ROLES)
def drawing(case_id: int) -> ResponseReturnValue:
    """The drawing under which the case runs (O1)."""
    case = program().queries.case(case_id).case
    answer = make_response(in_language(Words.of(case).edition.drawing.decode(), language()))
    answer.mimetype = "application/xml"
    return answer


def in_language(xml: str, wish: str) -> str:
    """Put the names that stand in the properties of each element into the drawing's labels."""
    names: dict[str, str] = {}
    found: dict[str, str] = {}
    for match in _TEXT.finditer(xml):
        found[match[1]] = unescape(match[2][1:-1])
        if len(found) == len(LANGUAGES):
            names[found["kk"]] = found[wish]
            found = {}
    return _NAME.sub(lambda match: match[1] + _named(match[2], names), xml)


def _named(quoted: str, names: dict[str, str]) -> str:
    name = names.get(unescape(quoted[1:-1]))
    return quoted if name is None else quoteattr(name)
