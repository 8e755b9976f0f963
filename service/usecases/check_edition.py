"""Checks diagrams and forms before anybody is hurt; the same check at the command line, at deployment and in CI."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from service.domain.forms_check import check_form
from service.domain.forms_fields import LANGUAGES
from service.domain.operations import OperationCatalogue
from service.engine.check import Finding, check

FORMS, FORM = "forms/", ".form"
START_DATA = ("received_on", "registered_on", "applicant_kind", "signature", "reopened")
"""What a case brings into the process data when it begins: filed, or taken up again (L100.1)."""


def check_files(
    files: Mapping[str, bytes],
    functions: Mapping[str, Callable[..., Any]],
    operations: OperationCatalogue,
    roles: Collection[str],
    only: Sequence[str] = (),
) -> list[Finding]:
    """Everything wrong with an edition's files, or with some of them, worded for analysts.

    Every form is read, also one that no diagram names yet.
    """
    drawn = check(files, None, operations=operations, roles=roles, functions=functions, start_data=START_DATA)
    return [*_forms(files, only), *(finding for finding in drawn if not only or finding.file in only)]


def _forms(files: Mapping[str, bytes], only: Sequence[str]) -> Iterator[Finding]:
    """What is wrong with the forms and their texts; their advice is written in English alone."""
    names = sorted(name.removeprefix(FORMS).removesuffix(FORM) for name in only or files if _is_form(name))
    for found in (found for name in names for found in check_form(files, name)):
        message = dict.fromkeys(LANGUAGES, found.advice)
        yield Finding(found.file, found.field, "form", message=message)


def _is_form(name: str) -> bool:
    return name.startswith(FORMS) and name.endswith(FORM)
