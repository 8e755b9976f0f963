"""An applicant at a table with their papers, for tests of the cabinet in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from service.domain.case import Case
from service.usecases.drafts import open_draft
from tests.browser.base_browser import complaints, opened
from tests.browser.stories import House
from tests.program import DOES_NOT, HEARING, LETTER, TITLE, TRADE, Story


@dataclass(frozen=True)
class Table:
    """An applicant's papers: a draft that is ready, an empty one, and a case with an invitation."""

    house: House
    signed_in: Any
    ready: str
    begun: str
    invited: Case

    @contextmanager
    def opened(self, browser: Browser, language: str = "en", width: int = 1280, **more: Any) -> Iterator[Page]:
        """A browser in which the applicant has signed in."""
        with opened(browser, width, storage_state=self.signed_in, base_url=self.house.address, **more) as page:
            page.context.add_cookies([{"name": "lang", "value": language, "url": self.house.address}])
            yield page
            assert complaints(page) == []


@pytest.fixture(scope="module")
def table(browser: Browser, house: House) -> Table:
    with house.visitor(browser) as person:
        person.enter_cabinet("entrepreneur")
        signed_in = person.page.context.storage_state()
    return house.meanwhile(lambda story: laid(story, house, signed_in))


def laid(story: Story, house: House, signed_in: Any) -> Table:
    """Lay the papers on the table."""
    invited = story.work("unit", story.complete("entrepreneur"), "task_examine", **DOES_NOT)
    story.work("unit", invited, "task_invite_hearing", **HEARING, hearing_on="2026-04-23")
    return Table(
        house=house,
        signed_in=signed_in,
        ready=story.draft("entrepreneur", TRADE, [TITLE, LETTER]),
        begun=open_draft(story.program, story.applicant("entrepreneur")).id,
        invited=invited,
    )
