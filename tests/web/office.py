"""Officers at their browsers, over the whole program."""

from __future__ import annotations

import base64
import re
from html import unescape

from werkzeug.test import TestResponse

from service.demo.people import Cast
from service.domain.case import Case
from service.web import create_app
from service.web.officer import officer
from service.web.security import limiter
from tests.program import Story
from tests.web.ground_visitor import Visitor
from tests.web.seated import session_of


class Office:
    """The office of one program, with as many browsers as there are officers."""

    def __init__(self, story: Story, *, limited: bool = False) -> None:
        self.story, self.program = story, story.program
        self.app = create_app(story.program, [officer])
        self.app.config["RATELIMIT_ENABLED"] = limited
        if limited:
            limiter.reset()

    def visitor(self) -> Visitor:
        """A browser in which nobody has signed in."""
        return Visitor(self.app.test_client())

    def desk(self, login: str, language: str = "en") -> Desk:
        """An officer who has signed in."""
        return Desk(self, login, language)


class Desk(Visitor):
    """One officer at work."""

    def __init__(self, office: Office, login: str, language: str) -> None:
        super().__init__(office.app.test_client())
        self.office, self.story = office, office.story
        self.client.set_cookie("lang", language)
        self.client.set_cookie("session", session_of(office.app, Cast(office.program, office.story.pki), login))
        self.renew_token()

    def file(self, address: str) -> TestResponse:
        """Fetch something that is no page."""
        return self.client.get(address)

    def open(self, case: Case) -> TestResponse:
        """Open the case's one open task."""
        return self.get(self.address(case))

    def address(self, case: Case) -> str:
        """Where the case's one open task is."""
        return f"/office/tasks/{self.story.open_task(case).id}"

    def send(self, case: Case, **answers: object) -> TestResponse:
        """Open the case's task and send its form as the page holds it."""
        address = self.address(case)
        return self.post(address, {**hidden(self.get(address)), "page": address, **answers})


def hidden(answer: TestResponse) -> dict[str, object]:
    """The version and the place in the journal that a task's page sends along."""
    found = dict(re.findall(r'name="(version|seen)" value="(\d+)"', answer.text))
    return {name: str(value) for name, value in found.items()}


def text(answer: TestResponse) -> str:
    """What a person reads on the page, on one line."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.text, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ").split())


def faults(answer: TestResponse) -> list[tuple[str, str]]:
    """What the summary above a form lists: the field to which each line leads, and what it says."""
    _before, _list, after = answer.text.partition("govuk-error-summary__list")
    listed = re.findall(r'<li>\s*<a href="#([^"]+)">(.*?)</a>', after, re.S)
    return [(name, " ".join(unescape(told).split())) for name, told in listed]


def content_to_sign(answer: TestResponse) -> bytes:
    """The bytes that the signing panel hands to NCALayer."""
    found = re.search(r'data-sign-content="([^"]+)"', answer.text)
    assert found is not None, text(answer)
    return base64.b64decode(found[1])
