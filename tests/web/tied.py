"""What stands around every answer, so that a browser's hands are tied."""

from __future__ import annotations

from werkzeug.test import TestResponse

OUR_OWN = {"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"}


def require_tied(answer: TestResponse, what: object) -> None:
    headers = answer.headers
    assert set(headers.keys()) >= OUR_OWN, what
    assert headers["X-Content-Type-Options"] == "nosniff", what
    assert headers["X-Frame-Options"] == "DENY", what
    assert headers["Referrer-Policy"] == "same-origin", what
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin", what
    policy = headers["Content-Security-Policy"]
    assert policy.startswith(("default-src 'none'", "sandbox; default-src 'none'")), what
    assert "unsafe-eval" not in policy, what
    assert "'unsafe-inline'" not in policy.replace("style-src 'unsafe-inline'", ""), what
    assert not headers.get("Server"), what
    assert "X-Powered-By" not in headers, what
