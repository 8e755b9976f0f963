"""The parts of a form are drawn as govuk-frontend draws them; nobody's text is remembered for the next reader."""

from __future__ import annotations

from typing import Any

import pytest

from service.web.components import MACROS, Components
from tests.web.ground_visitor import House

APP = House().app
FIELD: dict[str, Any] = {"id": "purpose", "name": "purpose", "label": {"text": "Мақсаты <b>"}, "maxlength": 10}


class Counted(Components):
    """Components that count how often they are drawn."""

    drawn = 0

    def _draw(self, *asked: Any) -> Any:
        self.drawn += 1
        return super()._draw(*asked)


def test_an_empty_field_is_drawn_once_and_is_the_same_each_time() -> None:
    components = Counted(APP.jinja_env)
    first, second = (components.draw("textarea", {**FIELD}) for _ in range(2))
    assert first == second
    assert components.drawn == 1
    assert "Мақсаты &lt;b&gt;" in first


@pytest.mark.parametrize("told", [{"value": "<i>құпия</i>"}, {"errorMessage": {"text": "құпия"}}])
def test_what_was_typed_is_never_remembered(told: dict[str, Any]) -> None:
    components = Counted(APP.jinja_env)
    for _ in range(2):
        assert "құпия" in components.draw("textarea", {**FIELD, **told})
    assert components.drawn == 2
    assert "құпия" not in components.draw("textarea", FIELD)


@pytest.mark.parametrize("kind", MACROS)
def test_every_kind_is_one_of_the_library(kind: str) -> None:
    drawn = Components(APP.jinja_env).draw(kind, {**FIELD, "items": [{"value": "a", "text": "A"}], "idPrefix": "p"})
    assert drawn.strip().startswith('<div class="govuk-')
