"""Templates of documents: Jinja2 in a sandbox, since the templates are changed by people who write no Python."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from service.adapters.template_bounds import bounded
from service.domain.appeal_documents import APPEAL_DOCUMENTS
from service.domain.counted_units import unit_of
from service.domain.document_parts import Words
from service.domain.documents import DOCUMENTS, Document
from service.domain.errors import RuqsatError
from service.domain.kazakh_dates import Ending
from service.domain.proof_documents import PROOFS
from service.domain.worktime import local
from service.domain.written import day_in_words, telephone

_FOLDER = "documents/"
_GROUNDS = "lists/refusal_grounds.json"

_KINDS = {
    document.kind: {*document.__dataclass_fields__, "kind", "name"}
    for document in (*DOCUMENTS, *APPEAL_DOCUMENTS, *PROOFS)
}
_ANY_FIELD = set().union(*_KINDS.values())
_FILLING_FAILS = (
    TemplateError,
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
)
# What a faulty template can raise by itself, besides the errors of Jinja2.
_READING_FAILS = (SyntaxError, RecursionError, ValueError, ArithmeticError, MemoryError)
# What a template comes to that is nested more deeply than Python reads, or holds a number too large to read.
_GROWING = {"center", "ljust", "rjust", "zfill", "format", "format_map", "replace", "expandtabs", "translate"}
# By what a single line makes a short text as long as it likes.


class TemplateProblem(RuqsatError):
    """A template of a document cannot be used: which file, which line if known, and what is wrong with it."""

    code = "document_template"


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which a template cannot ask for a gigabyte of letters either."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not (isinstance(obj, str) and attr in _GROWING) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        if super().wrap_str_format(value) is not None:
            raise SecurityError("format is not allowed in a document")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"{operator} is not allowed in a document")


class Templates:
    """The templates and lists of one edition, ready to be filled."""

    def __init__(self, files: Mapping[str, bytes], printable: Callable[[str], str]) -> None:
        """Read every template among the edition's files; raises TemplateProblem for the first that cannot be used."""
        sources = {
            name.removeprefix(_FOLDER): _text(name, content)
            for name, content in files.items()
            if name.startswith(_FOLDER) and name.endswith((".html", ".css"))
        }
        if not any(name.endswith(".css") for name in sources):
            raise TemplateProblem(file="document.css", problem="there is no style sheet")
        styles = sorted(name for name in sources if name.endswith(".css"))
        self.styles = ", ".join(styles)
        self.css = "\n".join(sources.pop(name) for name in styles)
        self._grounds = _read_grounds(files)
        self._environment = self._build(sources, printable)
        for name in [f"{kind}.html" for kind in _KINDS if f"{kind}.html" not in sources]:
            raise TemplateProblem(file=name, problem="there is no such template")
        trees = {name: self._parse(name, source) for name, source in sources.items()}
        given = _given_names(trees.values())
        for name, tree in trees.items():
            self._require_usable(name, tree, given)

    def _build(self, sources: Mapping[str, str], printable: Callable[[str], str]) -> _Sandbox:
        environment = _Sandbox(
            loader=DictLoader(sources),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=lambda value: _finalize(value, printable),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        for unsafe in ("safe", "indent", *_GROWING & environment.filters.keys()):
            del environment.filters[unsafe]
        environment.filters |= {
            "date": short_date,
            "clock": clock,
            "long_date": long_date,
            "phone": telephone,
            "unit": unit_of,
        }
        return environment

    def _parse(self, name: str, source: str) -> nodes.Template:
        try:
            tree = self._environment.parse(source, name)
            self._environment.get_template(name)
        except TemplateSyntaxError as error:
            raise TemplateProblem(file=error.name or name, line=error.lineno, problem=error.message) from error
        except _READING_FAILS as error:
            problem = "it is nested too deeply, or holds a number that is too large"
            raise TemplateProblem(file=name, problem=problem) from error
        return tree

    def _require_usable(self, name: str, tree: nodes.Template, given: Collection[str]) -> None:
        for wanted in meta.find_referenced_templates(tree):
            if wanted is None or wanted not in self._environment.list_templates():
                raise TemplateProblem(file=name, problem=f"it needs {wanted}, which is not there")
        if unknown := sorted(meta.find_undeclared_variables(tree) - set(given)):
            raise TemplateProblem(file=name, problem=f"nobody gives the name {unknown[0]}")
        if escape := next(tree.find_all(nodes.ScopedEvalContextModifier), None):
            raise TemplateProblem(file=name, line=escape.lineno, problem="autoescape must stay on")
        known = _KINDS.get(name.removesuffix(".html"), _ANY_FIELD)
        for access in tree.find_all(nodes.Getattr):
            if isinstance(access.node, nodes.Name) and access.node.name == "doc" and access.attr not in known:
                raise TemplateProblem(file=name, line=access.lineno, problem=f"doc.{access.attr} is no field of it")

    def fill(self, document: Document) -> str:
        """The document as HTML. Raises TemplateProblem when its template is missing or cannot be filled."""
        name = f"{document.kind}.html"
        try:
            template = self._environment.get_template(name)
            with bounded():
                return template.render(doc=document, languages=languages(document), ground_text=self._ground_text)
        except TemplateNotFound as error:
            raise TemplateProblem(file=error.name or name, problem="there is no such template") from error
        except _FILLING_FAILS as error:
            raise TemplateProblem(file=name, problem=str(error) or type(error).__name__) from error

    def _ground_text(self, number: int, language: str) -> str:
        """The official text of a ground of row 10, or its translation (A4.1)."""
        try:
            return self._grounds[number].say(language)
        except KeyError as error:
            raise TemplateProblem(file=_GROUNDS, problem=f"ground {number} is not in the list") from error


def languages(document: Document) -> tuple[str, ...]:
    """Kazakh first, then the language of the application if it is another."""
    return ("kk",) if document.language == "kk" else ("kk", document.language)


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise TemplateProblem(file=name.removeprefix(_FOLDER), problem="it is not UTF-8") from error


def _given_names(trees: Iterable[nodes.Template]) -> set[str]:
    """Every name that a template may use: ours, and those that some template sets, imports or takes."""
    found = {"doc", "languages", "ground_text"}
    for tree in trees:
        found |= {name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param")}
        found |= {name.target for name in tree.find_all(nodes.Import)}
        found |= {name.name for name in tree.find_all(nodes.Macro)}
        for each in tree.find_all(nodes.FromImport):
            found |= {name if isinstance(name, str) else name[1] for name in each.names}
    return found


def _read_grounds(files: Mapping[str, bytes]) -> dict[int, Words]:
    try:
        return {int(row["number"]): Words.of(row) for row in json.loads(files[_GROUNDS])}
    except (KeyError, ValueError, TypeError) as error:
        raise TemplateProblem(file=_GROUNDS, problem=f"the list cannot be read: {error!r}") from error


def _finalize(value: Any, printable: Callable[[str], str]) -> Any:
    """What a template prints: days and instants in their written form, texts as the fonts can draw them."""
    if isinstance(value, (Markup, StrictUndefined)):
        return value
    if isinstance(value, (date, datetime)):
        return f"{short_date(value)}, {clock(value)}" if isinstance(value, datetime) else short_date(value)
    if isinstance(value, (str, int)):
        return printable(str(value))
    raise TypeError(f"{value!r} is nothing to print")


def short_date(value: date) -> str:
    """19.09.2023, the local day of an instant."""
    return f"{_day(value):%d.%m.%Y}"


def clock(value: datetime) -> str:
    """16:05 in local time, with the offset: (UTC+06:00)."""
    moment = local(value)
    offset = f"{moment:%z}"
    return f"{moment:%H:%M} (UTC{offset[:3]}:{offset[3:]})"


def long_date(value: date, language: str, ending: Ending = "") -> str:
    """2026 жылғы 22 қараша, 22 ноября 2026 года, 22 November 2026; in a Kazakh sentence with its ending."""
    return day_in_words(_day(value), language, ending)


def _day(value: date) -> date:
    return local(value).date() if isinstance(value, datetime) else value
