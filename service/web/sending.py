"""Files as answers."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from service.domain.files import clean_file_name

LOCKED = "sandbox; default-src 'none'"
"""For what strangers have handed in: a browser that shows it runs nothing of it."""
OURS = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""For documents of our own making, which a browser may show with its reader."""


def sent(content: bytes, name: str, media_type: str, *, ours: bool = False, pictures: bool = False) -> Response:
    """Answer with a file under its own name, in whatever script that is written; kept by no cache.

    What is `ours` opens in the browser, and what strangers handed in where its `pictures` may; the rest is saved.
    """
    shown, name = ours or (pictures and media_type.startswith("image/")), clean_file_name(name)
    answer = send_file(BytesIO(content), mimetype=media_type, as_attachment=not shown, download_name=name, etag=False)
    answer.headers["Content-Security-Policy"] = OURS if ours else LOCKED
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
