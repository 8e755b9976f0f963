"""A database that cannot be written, or is gone: everybody is told in words, and nobody meets a bare failure."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.program import Story
from tests.web.cabinet import Cabinet
from tests.web.ground_visitor import heading
from tests.web.office import Office, text


class Trouble:
    """Lets every transaction that writes fail, or every one at all, as a full disk or a lost server does."""

    def __init__(self, story: Story, *, reading: bool) -> None:
        self.reading = reading
        event.listen(story.program.database.engine, "begin", self)

    def __call__(self, connection: object) -> None:
        options = connection.get_execution_options()  # type: ignore[attr-defined]
        if self.reading or not options.get("reading", False):
            raise OperationalError("BEGIN", {}, Exception("attempt to write a readonly database"))


def test_on_a_database_that_cannot_be_written_people_read_and_are_told_that_nothing_was_saved(story: Story) -> None:
    case = story.filed()
    desk, seat = Office(story).desk("chancellery"), Cabinet(story).seat("company_head")
    draft = seat.begin()
    executor, address = str(story.officer("unit").officer_id), desk.address(case)
    desk.get(address)
    Trouble(story, reading=False)
    step = desk.post(address, {"version": str(case.version), "executor": executor, "page": address})
    assert (step.status_code, "Our database does not answer just now. Nothing of it was saved" in text(step)) == (
        503,
        True,
    )
    assert f'<option value="{executor}" selected>' in step.text
    typed = seat.post(f"{draft}/pages/asset", {"platform": 'Qaz\r\n"Token"', "page": f"{draft}/pages/asset"})
    for answer in (typed, desk.post(f"{address}/claim", {}), seat.post("/cabinet/sign-out", {})):
        assert answer.status_code == 503
        assert heading(answer) == "The service does not answer just now"
        assert "Our database does not answer just now, so this step was not saved." in text(answer)
    assert "What you entered is kept on this page." in text(typed)
    assert '<input type="hidden" name="platform" value="Qaz\r\n&#34;Token&#34;">' in typed.text
    assert story.now(case).version == case.version
    expired = desk.client.post(
        address, data={"csrf_token": "old", "executor": executor}, headers={"Origin": "http://localhost"}
    )
    assert expired.status_code == 503


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_without_a_database_a_page_says_so_in_the_language_of_its_reader(story: Story, language: str) -> None:
    desk, seat = Office(story).desk("unit", language), Cabinet(story).seat("company_head", language)
    Trouble(story, reading=True)
    said = {
        "kk": "Қызмет дәл қазір жауап бермейді",
        "ru": "Сервис сейчас не отвечает",
        "en": "The service does not answer just now",
    }[language]
    for answer in (desk.get("/office/"), seat.get("/cabinet/"), desk.post("/office/sign-out", {})):
        assert answer.status_code == 503
        assert heading(answer) == said
        assert f'lang="{language}"' in answer.text
