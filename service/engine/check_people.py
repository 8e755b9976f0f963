"""Who does a task and with which form."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from service.engine.findings import Fault, Rule, fault
from service.engine.model import Sheet

FORMS = "forms/"
DOCUMENTS = "forms/documents/"
LETTERS = "forms/lists/notices.json"


def people_rules(files: Mapping[str, bytes], roles: Collection[str]) -> tuple[Rule, ...]:
    """The rules about lanes, forms and documents for these files and roles."""
    return (lanes_are_roles(roles), _tasks_stand_in_lanes, tasks_have_forms(files), documents_exist(files))


def lanes_are_roles(roles: Collection[str]) -> Rule:
    """A lane names a role that officers can hold; otherwise nobody would ever see its tasks."""

    def rule(sheet: Sheet) -> Iterator[Fault]:
        for lane in sheet.lanes:
            if not lane.role:
                yield Fault(lane.id, "lane_without_role", lane.line, {"roles": sorted(roles)})
            elif lane.role not in roles:
                yield Fault(lane.id, "role_unknown", lane.line, {"role": lane.role, "roles": sorted(roles)})

    return rule


def _tasks_stand_in_lanes(sheet: Sheet) -> Iterator[Fault]:
    """A task outside every lane belongs to nobody."""
    for node in sheet.nodes:
        if node.tag == "userTask" and sheet.lane_of(node) is None:
            yield fault(node, "task_without_lane")


def tasks_have_forms(files: Mapping[str, bytes]) -> Rule:
    """Each user task names its form, and the form can be read."""

    def rule(sheet: Sheet) -> Iterator[Fault]:
        for node in sheet.nodes:
            form = node.properties.get("form", "")
            if node.tag == "userTask" and not form:
                yield fault(node, "form_missing")
            elif form:
                yield from (fault(node, code, form=form, detail=detail) for code, detail in _form_faults(files, form))

    return rule


def _form_faults(files: Mapping[str, bytes], form: str) -> Iterator[tuple[str, str]]:
    content = form_file(files, form)
    if content is None:
        known = sorted(name.removeprefix(FORMS).removesuffix(".form") for name in files if name.endswith(".form"))
        yield "form_not_found", ", ".join(known) or "—"
        return
    try:
        described = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        yield "form_not_json", str(wrong)
        return
    if not isinstance(described, dict) or not isinstance(described.get("components"), list):
        yield "form_not_a_form", "components"


def form_file(files: Mapping[str, bytes], form: str) -> bytes | None:
    """The content of the form with this name."""
    return files.get(f"{FORMS}{form}.form", files.get(f"{form}.form"))


def form_keys(files: Mapping[str, bytes], form: str) -> set[str]:
    """The keys under which the fields of a form come into the process data; none if it cannot be read."""
    try:
        described = json.loads(form_file(files, form) or b"{}")
        return set(_keys(described, 0))
    except (ValueError, RecursionError):
        return set()


def _keys(part: Any, depth: int) -> Iterator[str]:
    if isinstance(part, dict) and depth < 20:
        key, inside = part.get("key"), part.get("components")
        if isinstance(key, str):
            yield key
        for one in inside if isinstance(inside, list) else []:
            yield from _keys(one, depth + 1)


def documents_exist(files: Mapping[str, bytes]) -> Rule:
    """The document signed at a task has a template or stands in the list of letters, where there are any."""
    templates = {
        name.removeprefix(DOCUMENTS).removesuffix(".html")
        for name in files
        if name.startswith(DOCUMENTS) and name.endswith(".html")
    }
    known = sorted(name for name in templates | _letters(files) if not name.startswith("_"))

    def rule(sheet: Sheet) -> Iterator[Fault]:
        for node in sheet.nodes:
            document = node.properties.get("document", "")
            if document and known and document not in known:
                yield fault(node, "document_not_found", document=document, detail=", ".join(known))

    return rule


def _letters(files: Mapping[str, bytes]) -> set[str]:
    """The notices that are listed; none where the list is none, which the check of lists names."""
    try:
        listed = json.loads(files.get(LETTERS, b"{}"))
    except (ValueError, RecursionError):
        return set()
    return set(listed) if isinstance(listed, dict) else set()
