"""A person with a browser, as far as the test client can be one: keeps cookies, sends the page's own token."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.web import create_app
from service.web.stash import WallClock
from tests.web.ground_stub import Services, Settings, cabinet

HERE = {"Origin": "http://localhost"}


class HandWall(WallClock):
    """The time on the wall, moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


class House:
    """The application with its clocks at hand."""

    def __init__(self, *, limited: bool = False, **settings: Any) -> None:
        self.wall = HandWall()
        self.services = Services(Settings(**settings))
        self.app = create_app(self.services, [cabinet()], self.wall)
        self.app.config["RATELIMIT_ENABLED"] = limited
        if limited:
            from service.web.security import limiter

            limiter.reset()

    def visitor(self) -> "Visitor":
        return Visitor(self.app.test_client())


class Visitor:
    """One browser."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def get(self, address: str, **more: Any) -> TestResponse:
        answer = self.client.get(address, **more)
        if found := re.search(r'name="csrf_token" value="([^"]+)"', answer.text):
            self.token = found[1]
        return answer

    def post(self, address: str, fields: Mapping[str, object], headers: Mapping[str, str] = HERE) -> TestResponse:
        answer = self.client.post(address, data={"csrf_token": self.token, **fields}, headers=dict(headers))
        if address.endswith("/sign-in") and answer.status_code == 303:
            self.renew_token()
        return answer

    def renew_token(self) -> None:
        """Who has signed in sees pages with a new token."""
        self.get("/no-such-page")

    def follow(self, answer: TestResponse) -> TestResponse:
        parts = urlsplit(answer.location)
        return self.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)

    def sign_in(self, iin: str = "850615399019", following: str = "") -> TestResponse:
        self.get("/cabinet/sign-in")
        return self.post("/cabinet/sign-in", {"iin": iin, "next": following})


def heading(answer: TestResponse) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.S)
    return unescape(found[1]).strip() if found else ""


def value(answer: TestResponse, name: str) -> str:
    found = re.search(rf'<input[^>]* name="{name}"[^>]*>', answer.text)
    typed = re.search(r' value="([^"]*)"', found[0]) if found else None
    return unescape(typed[1]) if typed else ""
