"""Small forms for tests, made of their components."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.domain.forms import Form

LANGUAGES = ("kk", "ru", "en")


Component = dict[str, Any]
"""A component of a form as the JSON file holds it."""


def files_of(
    *components: Component, texts: Mapping[str, object] | None = None, name: str = "sample"
) -> dict[str, bytes]:
    """An edition with one form; texts are made up for every component unless given."""

    def every(parts: Iterable[Component]) -> Iterator[Component]:
        for part in parts:
            yield part
            yield from every(part.get("components", ()))

    made: dict[str, Any] = {"form": {"title": "Title", "submit": "Send"}}
    for part in every(components):
        made[part["id"]] = {"label": part["id"]}
        if "values" in part:
            made[part["id"]]["values"] = {option["value"]: option["value"] for option in part["values"]}
        if "pattern" in part.get("validate", {}):
            made[part["id"]]["messages"] = {"pattern": "Look at the hint"}
    definition = {"type": "default", "id": name, "schemaVersion": 18, "components": list(components)}
    files = {f"forms/{name}.form": json.dumps(definition).encode()}
    return files | {f"forms/{name}.{code}.json": json.dumps(texts or made).encode() for code in LANGUAGES}


def field(kind: str, key: str, **more: Any) -> Component:
    return {"type": kind, "id": key, "key": key, **more}


def form_of(*components: Component) -> Form:
    return Form.parse(files_of(*components), "sample")


def answer(component: Component, *typed: str, **more: Any) -> tuple[Any, dict[str, str]]:
    result = form_of(component).validate({component["key"]: typed}, **more)
    return result.answers[component["key"]], {name: problem.code for name, problem in result.errors.items()}


def options(*values: str) -> list[Component]:
    return [{"value": value} for value in values]


REQUIRED = {"validate": {"required": True}}


ADDRESSES = {
    "type": "group",
    "id": "addresses",
    "path": "addresses",
    "properties": {"repeat": "3"},
    "components": [field("textfield", "city", **REQUIRED), field("textfield", "street")],
}


def group(name: str, components: list[Component], **properties: str) -> Component:
    return {"type": "group", "id": name, "properties": properties, "components": components}


PAGES = (
    group("who", [field("textfield", "name", **REQUIRED)], page="1"),
    group("why", [field("textarea", "purpose", **REQUIRED)], page="2"),
    group(
        "papers", [field("textfield", "number"), field("filepicker", "file", **REQUIRED)], page="3", attachments="true"
    ),
)
