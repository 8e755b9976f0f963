"""What a page costs at the server: with session, CSRF token and form validation; a task, and the lists of very many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench.figures import Figure, Stopwatch
from bench.town import Town
from service.demo.accounts import PASSWORD
from service.domain.case import Case
from service.web import create_app

PAGES, LISTS = "Pages of a task, over HTTP", "Pages among 100,000 cases, over HTTP"
ROUNDS, LOOKS = 15, 9
TASK_PAGE, SUBMIT, LIST = 30, 40, 50
"""Milliseconds that these may take at the server."""
PER_PAGE = 25
"""Rows of a full page of a list."""


class Desk:
    """An officer who has signed in to the office."""

    def __init__(self, town: Town, login: str) -> None:
        app = create_app(town.program)
        app.config["RATELIMIT_ENABLED"] = False
        self.client: FlaskClient = app.test_client()
        self.post("/office/sign-in", self.fields(self.get("/office/sign-in")), login=login, password=PASSWORD)

    def get(self, address: str) -> TestResponse:
        """Open a page; anything but a page is a fault of the benchmark."""
        return _fine(self.client.get(address))

    def post(self, address: str, hidden: dict[str, str], **answers: Any) -> TestResponse:
        """Send a form."""
        return _fine(self.client.post(address, data=hidden | answers, headers={"Origin": "http://localhost"}))

    def fields(self, page: TestResponse) -> dict[str, str]:
        """What a page's form sends along by itself."""
        return dict(re.findall(r'name="(csrf_token|version|seen|page)"[^>]*value="([^"]*)"', page.text))


def _fine(answer: TestResponse) -> TestResponse:
    if answer.status_code not in (200, 303):
        raise RuntimeError(f"{answer.request.path} answers {answer.status}")
    return answer


def task_pages(town: Town, database: str) -> Iterator[Figure]:
    """A task's page, and what is answered there."""
    desk, shown, sent = Desk(town, "unit"), Stopwatch(), Stopwatch()
    for _ in range(ROUNDS):
        case = town.assigned()
        address = f"/office/tasks/{town.open_task(case).id}"
        hidden = desk.fields(shown.run(desk.get, address))
        sent.run(desk.post, address, hidden, page=address, complete="yes")
        if town.open_task(case).element != "task_examine":
            raise RuntimeError("the form was not taken")
    yield Figure(PAGES, "page of a task", database, shown.typical, "ms", TASK_PAGE, runs=shown.runs)
    yield Figure(PAGES, "submit of a task", database, sent.typical, "ms", SUBMIT, runs=sent.runs)


def lists(town: Town, granted: Case, number: str, database: str) -> Iterator[Figure]:
    """The pages that look among very many cases; `granted` is a case with all that one has, `number` one of the many.

    A list that shows other than it should is a fault of the benchmark: an empty one costs nothing.
    """
    desk, view, part = Desk(town, "unit"), town.program.queries.case(granted.id), number[:4]
    if view.entry is None or not all((view.attachments, view.notices, view.signatures, view.documents)):
        raise RuntimeError(f"{granted.number} has not all that a case has")
    for what, address, shows in (
        ("worklist", "/office/?tab=all", PER_PAGE),
        ("worklist: late", "/office/?tab=all&late=yes", PER_PAGE),
        ("worklist: search by name", f"/office/?tab=all&q=серіктестік+{part}", PER_PAGE),
        ("search by name: a hundred found", f"/office/cases?q=серіктестік+{part}", PER_PAGE),
        ("search by name: all found", "/office/cases?q=серіктестік", PER_PAGE),
        ("search by name: nobody found", "/office/cases?q=жоқ+серіктестік", 0),
        ("search by number", f"/office/cases?q=P-2026-{number}", 1),
        ("search by a part of the number", f"/office/cases?q={number[1:]}", 1),
        ("search by BIN", f"/office/cases?q=200140{number}", 1),
        ("all cases", "/office/cases", PER_PAGE),
        ("page of a case", f"/office/cases/{granted.id}", view.entry.number),
        ("public register", "/register", PER_PAGE),
        ("public register: those in force", "/register?status=in_force", PER_PAGE),
        ("public register: search by name", f"/register?search=серіктестік+{part}", PER_PAGE),
        ("public register: search by BIN", f"/register?search=200140{number}", 1),
        ("public register: one entry", f"/register/KZ-2026-{number}", f"Платформа {number}"),
    ):
        _require(desk.get(address).text, what, shows)
        watch = Stopwatch()
        for _ in range(LOOKS):
            watch.run(desk.get, address)
        yield Figure(LISTS, what, database, watch.typical, "ms", LIST, runs=watch.runs)


def _require(page: str, what: str, wanted: int | str) -> None:
    """A page shows so many rows, or these words."""
    rows = len(re.findall(r"<tr[ >]", "".join(re.findall(r"(?s)<tbody.*?</tbody>", page))))
    if rows != wanted if isinstance(wanted, int) else wanted not in page:
        raise RuntimeError(f"{what}: shows {rows} rows, but not {wanted!r}")
