"""Checks diagrams and forms before anybody is hurt; the same check at the command line, at deployment and in CI."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from service.domain.act_check import ACT, check_act
from service.domain.calendar import WorkCalendar
from service.domain.forms_check import LARGEST, check_form
from service.domain.forms_check import Finding as Written
from service.domain.lists_check import check_lists
from service.domain.operations import OperationCatalogue
from service.domain.ports import LetterPress
from service.domain.rows_check import check_rows
from service.domain.toml_text import read_toml
from service.engine.budget import MOST_OF_A_CHECK, Budget
from service.engine.check import Finding, check, forms_named
from service.engine.check_drawing import crossings
from service.usecases.check_form_terms import check_form_terms
from service.usecases.file_advice import advice
from service.usecases.requirements_map import TITLES

FORMS, FORM = "forms/", ".form"
START_DATA = ("received_on", "registered_on", "applicant_kind", "signature", "reopened", "contested")
"""What a case brings into the process data when it begins: filed, or taken up again (L100.1)."""


def check_files(
    files: Mapping[str, bytes],
    functions: Mapping[str, Callable[..., Any]],
    operations: OperationCatalogue,
    roles: Collection[str],
    only: Sequence[str] = (),
    *,
    calendar: WorkCalendar | None = None,
) -> list[Finding]:
    """Everything wrong with an edition's files, or with some of them, worded for analysts.

    Every form is read, also one that no diagram names yet; with `only`, the forms that a diagram of these names, too,
    and always the act, which says how long the terms are that the forms speak of.
    The law's points on a drawing are looked for in the `requirements.toml` among the files, where there is one.
    The days of the act are counted by the `calendar`, where there is one. All of it takes no longer than
    MOST_OF_A_CHECK; what could not be checked by then is a finding, too.
    """
    budget = Budget(MOST_OF_A_CHECK)
    chosen = only or files
    named = {form for name in only if name.endswith(".bpmn") for form in forms_named(files[name])}
    named = {form for form in named if f"{FORMS}{form}{FORM}" in files}
    names = sorted({name.removeprefix(FORMS).removesuffix(FORM) for name in chosen if _is_form(name)} | named)
    wrong = {name: _unchecked(name, budget) if budget.is_spent else check_form(files, name) for name in names}
    written = [found for findings in wrong.values() for found in findings]
    of_act = check_act(files, calendar)
    readable = [name for name, findings in wrong.items() if not findings]
    written += [*of_act, *_unread_terms(readable)] if of_act else check_form_terms(files, readable)
    if not only:
        written += check_lists(files)
    rows, unread = _rows(files)
    written += unread
    drawn = check(
        {name: content for name, content in files.items() if not _is_form(name) or len(content) <= LARGEST},
        None,
        operations=operations,
        roles=roles,
        functions=functions,
        start_data=START_DATA,
        rows=rows,
        budget=budget,
    )
    return [*map(_told, written), *(finding for finding in drawn if not only or finding.file in only)]


def drawing_notes(files: Mapping[str, bytes], only: Sequence[str]) -> list[Finding]:
    """Where lines cross on these diagrams: named so that they can be mended, and nothing that is refused."""
    return [note for name in only if name.endswith(".bpmn") for note in crossings(name, files[name])]


def _told(found: Written) -> Finding:
    """What is wrong with a form, a list or the act, in words."""
    return Finding(found.file, found.field, found.code, found.data, advice(found.code, found.data))


def check_documents(press: LetterPress, files: Mapping[str, bytes]) -> list[Finding]:
    """The first template of a document that cannot be used; the letter press alone can tell."""
    problem = press.problem(files)
    if problem is None:
        return []
    data = {"problem": problem.what}
    return [Finding(problem.file, "", "document_unusable", data, advice("document_unusable", data), problem.line)]


def _rows(files: Mapping[str, bytes]) -> tuple[Collection[str], list[Written]]:
    """The rows of the requirements, where there are any, and what keeps them from being read or shown."""
    if TITLES not in files:
        return (), []
    try:
        told = read_toml(files[TITLES])
    except (ValueError, RecursionError) as problem:
        return (), [Written(TITLES, "", "file_not_toml", {"detail": str(problem)})]
    rows = told.get("row")
    return rows if isinstance(rows, dict) else (), list(check_rows(TITLES, told))


def _unread_terms(forms: Sequence[str]) -> list[Written]:
    """That the terms in the texts of these forms were not checked: the act that says how long they are is wrong."""
    return [Written(ACT, "", "form_terms_unchecked", {"act": ACT, "forms": ", ".join(forms)})] if forms else []


def _unchecked(name: str, budget: Budget) -> tuple[Written, ...]:
    return (Written(f"{FORMS}{name}{FORM}", "", "check_too_long", {"seconds": budget.seconds}),)


def _is_form(name: str) -> bool:
    return name.startswith(FORMS) and name.endswith(FORM)
