"""Templates are changed by people who write no Python: they can do no harm, and mistakes are found at the start."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from service.adapters import template_bounds
from service.adapters.documents import Documents
from service.adapters.pdf_templates import TemplateProblem, long_date
from service.domain.documents import Document
from tests.adapters.documents import samples, stress
from tests.adapters.documents.conftest import FONTS
from tests.adapters.documents.reading import body, squeezed

Printed = Callable[[Document], bytes]
OPENING = '{% extends "base.html" %}{% block title %}x{% endblock %}{% block form %}'


def render_with(files: dict[str, bytes], form: str) -> bytes:
    changed = files | {"documents/permit.html": f"{OPENING}{form}{{% endblock %}}".encode()}
    return Documents(changed, FONTS).render(samples.permit(), at=samples.MADE_AT)


@pytest.mark.law("A2.1")
def test_what_people_typed_is_printed_as_text_whatever_it_is(printed: Printed) -> None:
    text = body(printed(stress.hostile_permit()))
    assert '<script>alert("x")</script>' in text
    assert "{{ doc }} &" in text
    assert squeezed('<img src="file:///etc/passwd">') in squeezed(text)


def test_text_that_would_turn_the_reading_direction_is_shown_as_it_is_written(printed: Printed) -> None:
    text = squeezed(body(printed(stress.hostile_permit())))
    assert "fdp.exe" in text
    assert "\u202e" not in text


def test_letters_that_no_font_has_are_named_by_their_code_points(printed: Printed) -> None:
    text = squeezed(body(printed(stress.hostile_permit())))
    assert "[U+4F60U+597D][U+1F642][U+0645U+0631U+062DU+0628U+0627]" in text


@pytest.mark.parametrize(
    "attack",
    [
        "{{ doc.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ ground_text.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{% for n in range(1000000000) %}x{% endfor %}",
        "{{ lipsum.__globals__ }}",
        "{{ doc.addresses.append(1) }}",
        "{% set n = 99999999999 %}{{ 'x'.ljust(n) }}",
        "{{ 'x'.format(1) }}",
        "{{ '%9999999999d' % 1 }}",
        "{% set s = 'a' %}{{ s.replace('a', 'aa') }}",
        "{% macro endless() %}{{ endless() }}{% endmacro %}{{ endless() }}",
        "{% include '../lists/refusal_grounds.json' %}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_template_that_reaches_for_the_program_is_refused(files: dict[str, bytes], attack: str) -> None:
    with pytest.raises(TemplateProblem):
        render_with(files, attack)


LONG = "{% set s = '" + "a" * 300 + "' %}"
BUSY = {
    "it takes too long": LONG + "{% for a in s %}" * 6 + "{% endfor %}" * 6,
    "it takes too much memory": LONG + "{% set s = s ~ s %}" * 30 + "{{ s }}",
}


@pytest.mark.parametrize("problem", BUSY)
def test_a_template_without_end_is_put_away(
    files: dict[str, bytes], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_bounds, "MOST_SECONDS", 0.2)
    monkeypatch.setattr(template_bounds, "MOST_MEMORY", 100_000)
    with pytest.raises(TemplateProblem, match=problem):
        render_with(files, BUSY[problem])
    assert sys.gettrace() is None


@pytest.mark.parametrize(
    "load",
    [
        '<img src="file:///etc/hostname" alt="x">',
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<p style="background: url(http://127.0.0.1:9/)">x</p>',
        "<style>@font-face { font-family: x; src: url(file:///etc/hostname) } p { font-family: x }</style><p>x</p>",
        '<svg width="9" height="9"><image href="file:///etc/hostname" width="9" height="9"/></svg>',
        '<p style="background: url(ruqsat-font:../../etc/passwd)">x</p>',
    ],
)
def test_a_template_that_loads_anything_from_outside_is_refused(files: dict[str, bytes], load: str) -> None:
    with pytest.raises(TemplateProblem) as refused:
        render_with(files, load)
    assert "may not load" in str(refused.value)


@pytest.mark.parametrize(
    "rule",
    [
        "@import 'file:///etc/hostname';",
        "@font-face { font-family: x; src: url(http://127.0.0.1:9/) }",
        "p { colour: red }",
        "p { margin: wide }",
    ],
)
def test_a_style_that_loads_from_outside_or_is_misspelt_is_refused(files: dict[str, bytes], rule: str) -> None:
    with pytest.raises(TemplateProblem, match="document\\.css"):
        Documents(files | {"documents/document.css": rule.encode()}, FONTS)


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ("{% autoescape false %}{{ doc.purpose }}{% endautoescape %}", "autoescape"),
        ("{{ doc.purpose|safe }}", "safe"),
        ("{{ doc.purpose ", "documents"),
        ("{{ doc.purpose|no_such_filter }}", "no_such_filter"),
        ("{{ 'x'|center(300000000) }}", "center"),
        ("{{ doc.purpose|replace('a', 'aa') }}", "replace"),
    ],
)
def test_a_template_that_cannot_be_used_is_named_at_the_start(files: dict[str, bytes], form: str, problem: str) -> None:
    changed = files | {"documents/permit.html": f"{OPENING}\n{form}{{% endblock %}}".encode()}
    with pytest.raises(TemplateProblem) as refused:
        Documents(changed, FONTS)
    assert refused.value.data["file"] == "permit.html"
    assert refused.value.data["line"] == 2
    assert problem in str(refused.value) or problem == "documents"


@pytest.mark.parametrize(
    "form",
    [
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{% if 1 %}" * 300 + "{% endif %}" * 300,
        "{% for a in 'a' %}" * 30 + "{% endfor %}" * 30,
        "{{ " + "9" * 5000 + " }}",
    ],
    ids=["brackets", "conditions", "loops", "number"],
)
def test_a_template_that_python_cannot_read_is_named_at_the_start(files: dict[str, bytes], form: str) -> None:
    with pytest.raises(TemplateProblem, match=r"permit\.html.*nested too deeply, or holds a number"):
        Documents(files | {"documents/permit.html": f"{OPENING}{form}{{% endblock %}}".encode()}, FONTS)


def test_a_misspelt_field_is_an_error_and_never_an_empty_place(files: dict[str, bytes]) -> None:
    with pytest.raises(TemplateProblem, match="purpuse"):
        Documents(files | {"documents/permit.html": f"{OPENING}{{{{ doc.purpuse }}}}{{% endblock %}}".encode()}, FONTS)
    with pytest.raises(TemplateProblem, match="surname"):
        render_with(files, "{{ doc.applicant.surname }}")


def test_nothing_is_printed_for_what_cannot_be_printed(files: dict[str, bytes]) -> None:
    with pytest.raises(TemplateProblem, match="nothing to print"):
        render_with(files, "{{ doc.applicant }}")


def test_a_missing_template_is_named(files: dict[str, bytes]) -> None:
    less = {name: content for name, content in files.items() if name != "documents/permit.html"}
    with pytest.raises(TemplateProblem, match=r"permit\.html"):
        Documents(less, FONTS)


@pytest.mark.law("A4.1")
@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'[{"kk": "x"}]'])
def test_a_list_of_grounds_that_cannot_be_read_is_named(files: dict[str, bytes], content: bytes) -> None:
    with pytest.raises(TemplateProblem, match="refusal_grounds"):
        Documents(files | {"lists/refusal_grounds.json": content}, FONTS).render(samples.refusal(), at=samples.MADE_AT)


def test_dates_are_written_as_each_language_writes_them() -> None:
    day = samples.MADE_AT.replace(year=2026, month=11, day=22).date()
    assert long_date(day, "kk") == "2026\u00a0жылғы\u00a022\u00a0қараша"
    assert long_date(day, "kk", "of") == "2026\u00a0жылғы\u00a022\u00a0қарашадағы"
    assert long_date(day, "ru") == "22\u00a0ноября\u00a02026\u00a0года"
    assert long_date(day, "en") == "22\u00a0November\u00a02026"
