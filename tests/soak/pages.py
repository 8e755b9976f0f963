"""People whose acts go through the real pages over HTTP: their receipts are what the program has confirmed."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import requests

from service.demo.accounts import PASSWORD
from service.demo.people import Paper
from service.demo.world import World
from service.domain.case import Case
from service.domain.errors import RuqsatError
from service.program import Program
from service.sandbox.personas import PERSONAS
from tests.complaints import Complaints
from tests.soak.processes import Mortal
from tests.soak.quick import Remembered

PATIENCE = 60


class NoAnswer(RuqsatError):
    """The server was gone while it was asked: nobody knows whether the step was taken."""

    code = "no_answer"


class Answered(RuqsatError):
    """The server answered with a page that says why not."""

    code = "answered"

    def __init__(self, status: int) -> None:
        super().__init__(status=status)
        self.code = f"answered_{status}"


class Window:
    """One person's browser before the pages of a process that may be gone at any moment."""

    def __init__(self, web: Mortal) -> None:
        self._web, self._browser, self._token = web, requests.Session(), ""

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        answer = self._ask("GET", path)
        if found := re.search(r'name="csrf_token" value="([^"]+)"', answer.text):
            self._token = found[1]
        return answer

    def post(self, path: str, fields: Mapping[str, Any]) -> str:
        """Send a form; where the program leads on to. Raises `Answered` when it shows a page instead."""
        answer = self._ask("POST", path, {"csrf_token": self._token, **fields})
        if answer.status_code != 303:
            raise Answered(answer.status_code)
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _ask(self, method: str, path: str, data: Mapping[str, Any] | None = None) -> requests.Response:
        address = self._web.address
        try:
            answer = self._browser.request(
                method, address + path, data=data, headers={"Origin": address}, allow_redirects=False, timeout=PATIENCE
            )
        except requests.RequestException as gone:
            raise NoAnswer() from gone
        self._web.answered.set()
        return answer


class Pages(Complaints):
    """The people of the town, each before their own window; `receipts` are the numbers that the pages have shown."""

    def __init__(
        self, program: Program, world: World, remembered: Remembered, web: Mortal, receipts: list[str]
    ) -> None:
        super().__init__(program, world)
        self.remembered, self.web, self.receipts = remembered, web, receipts
        self._windows: dict[str, Window] = {}
        self._unsent: dict[str, str] = {}

    def file(self, persona: str, fields: Mapping[str, Any], papers: Sequence[Paper], language: str = "kk") -> Case:
        """Review, sign and send an application; one to whose sending nobody answered is sent once more."""
        draft = self._unsent.setdefault(persona, "") or self.draft(persona, fields, papers)
        self._unsent[persona] = draft
        case = self._sent(persona, f"/cabinet/drafts/{draft}/review")
        self._unsent[persona] = ""
        return case

    def sent(self, draft_id: str, persona: str = "company_head") -> Case:
        """Review, sign and send a complaint."""
        return self._sent(persona, f"/cabinet/drafts/{draft_id}/complaint")

    def work(self, login: str, case: Case, element: str, **answers: Any) -> Case:
        """Open the task, send its form, and sign the paper to which it leads."""
        window = self._window(login)
        task = next(task for task in self.program.queries.case(case.id).open_tasks() if task.element == element)
        path = f"/office/tasks/{task.id}"
        page = window.get(path)
        if page.status_code != 200:
            raise Answered(page.status_code)
        seen = dict(re.findall(r'name="(version|seen)" value="(\d+)"', page.text))
        led = window.post(path, {**seen, "page": path, **answers})
        if led.startswith("/office/papers/"):
            persona = next(key for key, found in PERSONAS.items() if found.iin == self.officer(login).iin)
            window.post(led, self._signed(window.get(led), persona))
        return case

    def _sent(self, persona: str, path: str) -> Case:
        window = self._window(persona)
        page = window.get(path)
        if page.status_code == 303:  # it had been filed when the process died: the page leads to its receipt
            led = page.headers["Location"]
        elif page.status_code == 200:
            led = window.post(path, self._signed(page, persona))
        else:
            raise Answered(page.status_code)
        found = re.search(r"/cases/(\d+)/", led)
        if found is None:
            raise Answered(303)
        case = self.program.queries.case(int(found[1])).case
        self.receipts.append(case.number)
        return case

    def _window(self, who: str) -> Window:
        """The window of an officer or of an applicant, who signs in when it is first opened."""
        if who not in self._windows:
            window = Window(self.web)
            if who in self._officers:
                window.get("/office/sign-in")
                window.post("/office/sign-in", {"login": who, "password": PASSWORD})
            else:
                window.post("/cabinet/sign-in", self._signed(window.get("/cabinet/sign-in"), who))
            self._windows[who] = window
        return self._windows[who]

    def _signed(self, page: requests.Response, persona: str) -> Mapping[str, str]:
        """The hidden fields of the page's form, with the signature that the person's key makes."""
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        cms = self.remembered.sign_cms(persona, b"")
        return {**{name: unescape(value) for name, value in hidden.items()},
                "signature": base64.b64encode(cms).decode()}  # fmt: skip
