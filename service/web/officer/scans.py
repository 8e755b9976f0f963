"""The scan of a paper that came another way than through the cabinet: stored at once, so that it is chosen once."""

from __future__ import annotations

from flask import request

from service.domain.case import Attachment
from service.domain.files import FileRefused, clean_file_name
from service.web.officer import uploads
from service.web.officer.door import program
from service.web.officer.small_forms import recalled, uploaded

FIELD = "scan"


def scan() -> tuple[dict[str, str], dict[str, str]]:
    """The scan of this request or of an earlier one, stored at once; what is wrong with it."""
    chosen = uploaded(FIELD)
    if chosen is None:
        return recalled(request.form), {}
    name, content = chosen
    try:
        kind = program().content_types.recognise(content)
    except FileRefused as problem:
        return {}, {FIELD: uploads.why(problem)}
    sha256 = str(program().files.put(content))
    facts = {"name": clean_file_name(name, kind), "sha256": sha256, "size": str(len(content)), "type": kind.media_type}
    return facts, {}


def attachment(facts: dict[str, str], kind: str) -> Attachment | None:
    """The scan as a file of a case; None where there is none."""
    if not facts:
        return None
    added_at = program().clock.now()
    return Attachment(kind, facts["name"], facts["sha256"], int(facts["size"]), facts["type"], added_at)
