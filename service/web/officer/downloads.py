"""Files of a case for officers: attachments as they were handed in, documents as they were signed."""

from __future__ import annotations

from urllib.parse import quote

from flask import make_response
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from service.domain.errors import NotFound
from service.domain.files import clean_file_name
from service.domain.rights import Right
from service.usecases.record_reading import record_paper_reading
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view

LOCKED = "sandbox; default-src 'none'"
"""For what strangers have handed in: a browser that shows it runs nothing of it."""
OURS = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""For documents of our own making, which a browser may show with its reader."""


@officer.get("/cases/<int:case_id>/files/<int:attachment_id>")
@open_to(Right.CASES, Right.REVIEWS)
def attachment(case_id: int, attachment_id: int) -> ResponseReturnValue:
    """A file that the applicant or an officer has added to the case."""
    file = next((file for file in case_view(case_id).attachments if file.id == attachment_id), None)
    if file is None:
        raise NotFound(what="attachment")
    record_paper_reading(program(), me(), case_id, file.name)
    return sent(program().files.read(file.sha256), file.name, file.media_type)


@officer.get("/cases/<int:case_id>/documents/<int:document_id>")
@open_to(Right.CASES, Right.REVIEWS)
def document(case_id: int, document_id: int) -> ResponseReturnValue:
    """A document of the case or the application as filed, byte for byte."""
    found = next((paper for paper in case_view(case_id).papers if paper.id == document_id), None)
    if found is None:
        raise NotFound(what="document")
    record_paper_reading(program(), me(), case_id, found.number)
    return sent(program().files.read(found.sha256), f"{found.number}.pdf", "application/pdf", ours=True)


def sent(content: bytes, name: str, media_type: str, *, ours: bool = False) -> Response:
    """Answer with a file under its own name, in whatever script that is written."""
    answer: Response = make_response(content)
    answer.mimetype = media_type
    name = clean_file_name(name)
    shown = ours or media_type.startswith("image/")
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\%;' else "_" for letter in name
    )
    answer.headers["Content-Disposition"] = (
        f"{'inline' if shown else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = OURS if ours else LOCKED
    return answer
