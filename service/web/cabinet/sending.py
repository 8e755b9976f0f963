"""Answers that are files: only for those who may see them, and harmless in a browser."""

from __future__ import annotations

from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response

from service.domain.files import clean_file_name

LOCKED = "sandbox; default-src 'none'"
"""For what people have handed in: a browser that shows it runs nothing of it."""


def sent(content: bytes, name: str, media_type: str) -> Response:
    """Answer with a file to be saved under its own name, in whatever script that is written; kept by no cache."""
    shown = clean_file_name(name)
    answer = send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=shown, etag=False)
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
