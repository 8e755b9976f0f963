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

ROUNDS = 15
TASK_PAGE, SUBMIT, LIST = 30, 40, 50
"""Milliseconds that these may take at the server."""


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
        case = town.filed()
        town.complete(town.open_task(case), executor=town.officers["unit"].officer_id)
        address = f"/office/tasks/{town.open_task(case).id}"
        hidden = desk.fields(shown.run(desk.get, address))
        sent.run(desk.post, address, hidden, page=address, complete="yes")
        if town.open_task(case).element != "task_examine":
            raise RuntimeError("the form was not taken")
    yield Figure("task page over HTTP", database, shown.typical, "ms", TASK_PAGE)
    yield Figure("submit over HTTP", database, sent.typical, "ms", SUBMIT)


def lists(town: Town, case: Case, database: str) -> Iterator[Figure]:
    """The pages that look among very many cases."""
    desk = Desk(town, "unit")
    for what, address in {
        "worklist": "/office/?tab=all",
        "worklist: late": "/office/?tab=all&late=yes",
        "worklist: search": "/office/?tab=all&q=көшірме+5000",
        "search by name": "/office/cases?q=көшірме+777",
        "search by number": f"/office/cases?q={case.number}",
        "search by BIN": f"/office/cases?q={case.bin}",
        "all cases": "/office/cases",
        "case page": f"/office/cases/{case.id}",
        "public register": "/register",
        "public register: search": "/register?search=көшірме+777",
    }.items():
        watch = Stopwatch()
        for _ in range(5):
            watch.run(desk.get, address)
        yield Figure(f"{what}, 100,000 cases", database, watch.typical, "ms", LIST)
