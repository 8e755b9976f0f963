"""The administrative case as one package that anybody can check without us."""

from __future__ import annotations

import io
import json
import time
import zipfile

import pytest

from service.usecases.case_package import package_of
from tests.program import CONFORMS, Story


@pytest.mark.law("L69.1", "R13.3")
def test_the_package_holds_every_paper_with_its_signature_and_the_journal(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    began = time.monotonic()
    made = package_of(story.program, case.id)
    assert time.monotonic() - began < 5
    assert package_of(story.program, case.id) == made
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        names = archive.namelist()
        listed = json.loads(archive.read("manifest.json"))["content"]["files"]
        told = json.loads(archive.read("case.json"))
    assert {file["path"] for file in listed} | {"manifest.json"} == set(names)
    parts = [file["part"] for file in listed]
    assert parts.count("attachment") == 2
    assert parts.count("document") == 1
    assert sum(name.endswith("signature.p7s") for name in names) == 2
    assert told["register"]["entry"]["number"] in next(name for name in names if name.startswith("documents/"))
