"""A task of the office as one tab of a browser shows it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from werkzeug.test import TestResponse

from service.domain.case import Case
from tests.program import Story
from tests.web.cabinet import fields
from tests.web.ground_visitor import HERE, value
from tests.web.marks import stood
from tests.web.office import Desk, Office, hidden

TYPED = ("nodes_count", "conclusion", "hearing_place")
"""Fields of texts: what stands in them is sent along, typed or not."""


@pytest.fixture
def case(story: Story) -> Case:
    return story.complete()


@pytest.fixture
def desk(story: Story) -> Desk:
    return Office(story).desk("unit")


class Tab:
    """A task as one tab shows it."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self.desk, self.address = desk, desk.address(case)
        self.show(desk.get(self.address))

    def show(self, page: TestResponse) -> TestResponse:
        self.hidden = {**hidden(page), "stood": stood(page), "page": self.address}
        self.answers = {name: text for name, text in fields(page).items() if name in TYPED}
        return page

    def send(self, **typed: object) -> TestResponse:
        """Press the button."""
        self.answers |= typed
        return self.desk.post(self.address, {**self.hidden, **self.answers})

    def save(self, **typed: object) -> TestResponse:
        """Let the page save itself."""
        self.answers |= typed
        headers = {**HERE, "X-Requested-With": "autosave"}
        answer = self.desk.post(f"{self.address}/draft", {**self.hidden, **self.answers}, headers)
        if answer.status_code == 200:
            self.hidden["stood"] = told(answer)["stood"]
        return answer


def told(answer: TestResponse) -> Mapping[str, str]:
    return answer.json or {}


def kept(desk: Desk, case: Case) -> tuple[str, str]:
    page = desk.open(case)
    return value(page, "nodes_count"), str(fields(page)["conclusion"])
