"""The components' parameters for one field: label, hint, value, error, and what a small screen's keyboard needs."""

from __future__ import annotations

from typing import Any, Protocol

from flask_babel import gettext as _

from service.domain.forms import Field, Options
from service.domain.forms_fields import DEFAULT_LENGTH
from service.web.counter import counter
from service.web.examples import example_day
from service.web.languages import language

_WIDTHS = {"date": "govuk-input--width-10", "time": "govuk-input--width-5"}
_INPUT_MODES = {"iin": "numeric", "bin": "numeric", "identifier": "numeric", "phone": "tel", "email": "email"}
_AUTOCOMPLETE = {"phone": "tel", "email": "email", "postcode": "postal-code"}
_FORMAT_WIDTHS = {"iin": "20", "bin": "20", "identifier": "20", "phone": "20", "postcode": "10"}


class View(Protocol):
    """What a field asks of the page's form."""

    @property
    def options(self) -> Options:
        """Options known at run time."""
        ...

    @property
    def files(self) -> Any:
        """What is stored for each file field."""
        ...

    @property
    def raw(self) -> Any:
        """What was typed."""
        ...

    def value(self, name: str) -> str:
        """What was typed in one field."""
        ...

    def error(self, name: str, asked: Field) -> dict[str, str] | None:
        """The message at the field."""
        ...

    def told_size(self) -> str:
        """How large a file may be."""
        ...


def parameters(view: View, asked: Field, name: str) -> tuple[str, dict[str, Any]]:
    """Give the name of the component for this field and its parameters."""
    text = asked.text(language())
    says_itself = asked.required or asked.or_else or asked.type == "checkbox" or text.label.endswith(")")
    label = text.label if says_itself else _("%(label)s (optional)", label=text.label)
    common: dict[str, Any] = {"id": name, "name": name, "errorMessage": view.error(name, asked)}
    hint = _hint(view, asked, text.hint)
    if hint:
        common["hint"] = {"text": hint}
    match asked.type:
        case "radio" | "checklist":
            return _choice(view, asked, common, label, name)
        case "checkbox":
            item = {"value": "yes", "text": label, "checked": bool(view.value(name)), "id": name}
            return "checkboxes", {**common, "idPrefix": name, "items": [item]}
        case "select":
            return "select", {**common, "label": {"text": label}, "items": _items(view, asked, name, empty=True)}
        case "filepicker":
            attributes = {"accept": asked.accept} if asked.accept else {}
            return "file", {**common, "label": {"text": label}, "attributes": attributes, "multiple": asked.multiple}
        case "textarea":
            return "textarea", {**common, **_long(asked), "label": {"text": label}, "value": view.value(name)}
    return "input", {**common, **_short(asked), "label": {"text": label}, "value": view.value(name)}


def _hint(view: View, asked: Field, own: str) -> str:
    told = [own] if own else []
    if asked.type == "datetime" and not (own and asked.subtype == "time"):
        told.append(
            _("For example, 09:30") if asked.subtype == "time" else _("For example, %(day)s", day=example_day())
        )
    if asked.type == "filepicker":
        told.append(_("PDF, JPEG or PNG, up to %(size)s", size=view.told_size()))
        if stored := view.files.get(asked.key):
            told.append(_("Already stored: %(name)s. A new file takes its place.", name=stored))
    return ". ".join(part.rstrip(".") for part in told) if len(told) > 1 else "".join(told)


def _choice(view: View, asked: Field, common: dict[str, Any], label: str, name: str) -> tuple[str, dict[str, Any]]:
    """Several answers to choose from; the only one there is, is told as a fact and sent along."""
    legend = {"legend": {"text": label, "classes": "govuk-fieldset__legend--s"}}
    params = {**common, "idPrefix": name, "fieldset": legend, "items": _items(view, asked, name)}
    if asked.type == "checklist":
        return "checkboxes", params
    if asked.required and len(params["items"]) == 1:
        return "fact", {**common, "label": label, **params["items"][0]}
    return "radios", params


def _items(view: View, asked: Field, name: str, *, empty: bool = False) -> list[dict[str, Any]]:
    labels = asked.text(language()).options
    options = view.options.get(asked.values_key, ()) or [(value, labels.get(value, value)) for value in asked.values]
    chosen = set(view.raw.get(name, ()))
    items: list[dict[str, Any]] = [
        {"value": value, "text": text, "checked": value in chosen, "selected": value in chosen}
        for value, text in options
    ]
    return [{"value": "", "text": _("Choose"), "selected": not chosen - {""}}, *items] if empty else items


def _short(asked: Field) -> dict[str, Any]:
    if asked.type == "datetime":
        return {"inputmode": "numeric", "classes": _WIDTHS[asked.subtype], "autocomplete": "off"}
    if asked.type == "number":
        return {"inputmode": "decimal", "classes": "govuk-input--width-10"}
    width = _FORMAT_WIDTHS.get(asked.format) or asked.properties.get("width")
    return {
        "inputmode": _INPUT_MODES.get(asked.format),
        "autocomplete": asked.properties.get("autocomplete") or _AUTOCOMPLETE.get(asked.format),
        "classes": f"govuk-input--width-{width}" if width else "",
        "spellcheck": False if asked.format else None,
    }


def _long(asked: Field) -> dict[str, Any]:
    rows = int(asked.properties.get("rows") or 6)
    return {"rows": rows, **counter(asked.longest or DEFAULT_LENGTH["textarea"])}
