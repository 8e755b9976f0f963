"""A form on a page: the components for its fields, filled in again, with errors where they belong.

    view = FormView(form, raw=typed() or typed_again(form, draft.answers))          # shown the first time
    view = FormView(form, raw=raw(), result=form.validate(raw(), options=options))  # shown again with errors

The template writes `{{ error_summary(view) }}` and `{{ form_fields(view) }}` from `macros/forms.html`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from service.domain.forms import Field, Form, Options, Raw, Result, rows
from service.web import formats, widgets
from service.web.languages import language
from service.web.messages import sentence

__all__ = ["FormView", "Widget", "change_rows", "named"]


@dataclass(frozen=True)
class Widget:
    """One thing that the template draws: the component's name, its parameters, when a script hides it."""

    component: str
    params: Mapping[str, Any] = field(default_factory=dict)
    hide: str = ""
    row: str = ""
    inner: tuple[Widget, ...] = ()


@dataclass(frozen=True)
class FormView:
    """A form as one page shows it; `files` names what is already stored for each file field.

    `beside` says what the page calls fields that it draws by itself.
    """

    form: Form
    raw: Raw = field(default_factory=dict)
    result: Result | None = None
    options: Options = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    file_limit: int = 20 * 1024 * 1024
    extra: Sequence[tuple[str, str]] = ()
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Give the heading of the form in the language of the page."""
        return self.form.titles.get(language(), "")

    @property
    def intro(self) -> str:
        """Give the sentence under the heading; empty when the form has none."""
        return self.form.intros.get(language(), "")

    @property
    def submit(self) -> str:
        """Give the text of the form's button."""
        return self.form.submits.get(language(), "") or _("Save and continue")

    @property
    def problems(self) -> list[dict[str, str]]:
        """List what is wrong, each with the name of its field and a link to it.

        `extra` pairs an id with a sentence of the page's own; one of no field stands alone.
        """
        fields, own = list(self._named_fields()), dict(self.extra)
        errors = self.result.errors if self.result else {}
        labels = {name: asked.text(language()).label for name, asked in fields} | dict(self.beside)
        found = [(name, text) for name, text in self.extra if name not in labels]
        found += [
            (name, own.get(name) or sentence(errors[name], asked))
            for name, asked in fields
            if name in own or name in errors
        ]
        found += [(name, own[name]) for name in self.beside if name in own]
        return [{"href": f"#{name}", "text": named(labels.get(name, ""), text)} for name, text in found]

    @property
    def widgets(self) -> list[Widget]:
        """List the components of the form in order."""
        return [widget for asked in self.form.fields for widget in self._widgets(asked, "")]

    def error(self, name: str, asked: Field) -> dict[str, str] | None:
        """Give the error message at a field, with its prefix in the language of the page."""
        own = dict(self.extra).get(name)
        problem = self.result.errors.get(name) if self.result else None
        text = own or (sentence(problem, asked) if problem else "")
        return {"text": text, "visuallyHiddenText": _("Error")} if text else None

    def value(self, name: str) -> str:
        """Give what was typed in a field, letter by letter."""
        return next(iter(self.raw.get(name, ())), "")

    def _named_fields(self) -> Iterator[tuple[str, Field]]:
        waiting = [("", asked) for asked in self.form.fields]
        while waiting:
            before, asked = waiting.pop(0)
            if asked.repeat:
                waiting[:0] = [
                    (f"{asked.key}-{number}-", inner) for number in rows(self.raw, asked) for inner in asked.fields
                ]
            elif asked.type == "group":
                waiting[:0] = [(before, inner) for inner in asked.fields]
            else:
                yield before + asked.key, asked

    def _widgets(self, asked: Field, before: str) -> Iterator[Widget]:
        if asked.attachments:
            return
        hide = json.dumps(asked.hide.plain(), ensure_ascii=False) if asked.hide else ""
        if asked.repeat:
            yield Widget("repeat", self._repeat(asked), hide, before, self._rows(asked))
        elif asked.type == "group":
            inner = tuple(widget for each in asked.fields for widget in self._widgets(each, before))
            yield Widget(
                "group", {"legend": asked.text(language()).label, "hint": self._hint(asked)}, hide, before, inner
            )
        elif asked.type == "text":
            yield Widget("text", {"paragraphs": asked.text(language()).label.split("\n\n")}, hide, before)
        else:
            component, params = widgets.parameters(self, asked, before + asked.key)
            yield Widget(component, params, hide, before)

    def _rows(self, asked: Field) -> tuple[Widget, ...]:
        numbers, label = rows(self.raw, asked), asked.text(language()).label
        several = len(numbers) > 1
        alone = "" if label == self.title else label  # the page itself is headed so
        return tuple(
            Widget(
                "row",
                {
                    "legend": f"{label} {position}" if several else alone,
                    "remove": f"{asked.key}-{number}" if several else "",
                },
                inner=tuple(
                    widget for each in asked.fields for widget in self._widgets(each, f"{asked.key}-{number}-")
                ),
            )
            for position, number in enumerate(numbers, 1)
        )

    def _repeat(self, asked: Field) -> dict[str, Any]:
        is_full = len(rows(self.raw, asked)) >= asked.repeat
        return {"add": "" if is_full else asked.key, "hint": self._hint(asked)}

    @staticmethod
    def _hint(asked: Field) -> str:
        return asked.text(language()).hint

    def told_size(self) -> str:
        """Say how large a file may be."""
        return formats.size(self.file_limit)


def named(label: str, text: str) -> str:
    """What is wrong, with the name of its field before it."""
    return f"{label.rstrip(' :?.')}: {text}" if label else text


def change_rows(form: Form, raw: Raw) -> Raw | None:
    """Add or remove a row of a repeated group when its button was pressed; None when none was."""
    added, removed = next(iter(raw.get("add_row", ())), ""), next(iter(raw.get("remove_row", ())), "")
    rest = {name: texts for name, texts in raw.items() if name not in ("add_row", "remove_row")}
    if removed:
        return {name: texts for name, texts in rest.items() if not name.startswith(f"{removed}-")}
    group = next((asked for asked in _repeated(form.fields) if asked.key == added), None)
    if group is None:
        return None
    number = max(rows(rest, group)) + 1
    first = next(leaf for leaf in group.leaves() if leaf.answers)
    return {**rest, f"{group.key}-{number}-{first.key}": [""]}


def _repeated(fields: Sequence[Field]) -> Iterator[Field]:
    for asked in fields:
        if asked.repeat:
            yield asked
        yield from _repeated(asked.fields)
