"""Applicants at their browsers, over the whole program."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO

from pypdf import PdfWriter
from werkzeug.test import TestResponse

from service.program import Program
from service.web import create_app
from service.web.cabinet import cabinet
from service.web.security import limiter
from tests.program import Story
from tests.web.ground_visitor import HERE, HandWall, Visitor
from tests.web.seated import session_of

ANSWERS = {"phone": "8 717 274 00 00", "email": "altyn@example.test"}
ASSET = {"platform": "QazToken", "purpose": "Алтын құймаларымен қамтамасыз етілген токендер"}
PLACE = {
    "addresses-0-postcode": "010000",
    "addresses-0-region": "Астана қаласы",
    "addresses-0-street": "Мәңгілік Ел даңғылы",
    "addresses-0-house": "55/5",
}


def one_page() -> bytes:
    """The smallest PDF that has a page."""
    written, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(written)
    return written.getvalue()


PDF = one_page()


class Cabinet:
    """The cabinet of one program, with as many browsers as there are applicants."""

    def __init__(self, story: Story, *, program: Program | None = None, limited: bool = False) -> None:
        self.story, self.wall = story, HandWall()
        self.app = create_app(program or story.program, [cabinet], self.wall)
        self.app.config["RATELIMIT_ENABLED"] = limited
        if limited:
            limiter.reset()

    def seat(self, persona: str = "", language: str = "en") -> Seat:
        """A browser, in which a persona has signed in if one is named."""
        seat = Seat(self, language)
        if persona:
            seat.client.set_cookie("session", session_of(self.app, self.story, persona))
            seat.renew_token()
        return seat


class Seat(Visitor):
    """One applicant at work."""

    def __init__(self, of: Cabinet, language: str) -> None:
        super().__init__(of.app.test_client())
        self.cabinet, self.story = of, of.story
        self.client.set_cookie("lang", language)

    def sign_in_with(self, persona: str, following: str = "") -> TestResponse:
        """Sign the challenge of the sign-in page with a persona's key and send it."""
        page = self.get(f"/cabinet/sign-in?next={following}")
        return self.post("/cabinet/sign-in", self.signed(page, persona))

    def signed(self, page: TestResponse, persona: str) -> dict[str, object]:
        """What the signing panel of a page sends, when this persona has signed."""
        cms = self.story.pki.sign_cms(persona, content_to_sign(page))
        return {**hidden(page), "signature": base64.b64encode(cms).decode()}

    def begin(self) -> str:
        """Begin an application; the address of its list of pages."""
        self.get("/cabinet/")
        answer = self.post("/cabinet/drafts", {})
        assert answer.status_code == 303, text(answer)
        return answer.location

    def fill(self, draft: str) -> None:
        """Fill in everything but the files."""
        for page, answers in (("applicant", ANSWERS), ("asset", ASSET), ("addresses", PLACE), ("consents", CONSENTS)):
            answer = self.save(draft, page, **answers)
            assert answer.status_code == 303, text(answer)

    def save(self, draft: str, page: str, **answers: object) -> TestResponse:
        """Send a page of the application with what stands in its fields, changed by these answers."""
        address = f"{draft}/pages/{page}"
        return self.post(address, {**fields(self.get(address)), "page": address, "go": "on", **answers})

    def attach(self, draft: str, name: str, content: bytes, **told: object) -> TestResponse:
        """Add a file to the application."""
        self.get(f"{draft}/files")
        return self.upload(f"{draft}/files", name, content, {"kind": "trade_mark_extract", **told})

    def upload(self, address: str, name: str, content: bytes, told: Mapping[str, object]) -> TestResponse:
        """Send a form with a file."""
        data = {"csrf_token": self.token, "page": address, **told, "file": (BytesIO(content), name)}
        return self.client.post(address, data=data, headers=HERE, content_type="multipart/form-data")

    def ready(self, *, files: bool = True) -> str:
        """Prepare an application that lacks nothing; the address of its list of pages."""
        draft = self.begin()
        self.fill(draft)
        if files:
            self.attach(draft, "үзінді.pdf", PDF)
            self.attach(draft, "кепілдік.pdf", PDF, kind="guarantee_letter")
        return draft

    def file(self, draft: str, persona: str) -> TestResponse:
        """Review the application, sign it and send it."""
        page = self.get(f"{draft}/review")
        return self.post(f"{draft}/review", self.signed(page, persona))

    def download(self, address: str) -> TestResponse:
        """Fetch something that is no page."""
        return self.client.get(address)


CONSENTS = {"consent_truth": "yes", "consent_data": "yes"}


def text(answer: TestResponse) -> str:
    """What a person reads on the page, on one line."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.text, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ").split())


def content_to_sign(answer: TestResponse) -> bytes:
    """The bytes that the signing panel hands to NCALayer."""
    found = re.search(r'data-sign-content="([^"]+)"', answer.text)
    assert found is not None, text(answer)
    return base64.b64decode(found[1])


def hidden(answer: TestResponse) -> dict[str, object]:
    """The hidden fields of the signing panel."""
    panel = answer.text[answer.text.index("data-sign=") :]
    found = re.findall(r'<input type="hidden" name="(nonce|next|manifest)" value="([^"]*)"', panel)
    return {name: unescape(value) for name, value in found}


def fields(answer: TestResponse) -> dict[str, object]:
    """What stands in the fields of a page's form, as the browser would send it."""
    main = answer.text[answer.text.index('id="answers"') :]
    found: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", main):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        if name and 'type="hidden"' not in tag and ('type="checkbox"' not in tag or " checked" in tag):
            found[name] = value
    for name, body in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = unescape(chosen[1]) if chosen else ""
    for name, body in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', main, re.S):
        found[name] = unescape(body)
    return found


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""
