"""Two tabs of one draft: neither loses to the other unseen what it has saved (A2.1)."""

from __future__ import annotations

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from service.domain.errors import CaseChanged
from service.usecases.drafts import save_draft
from tests.program import Story
from tests.web.cabinet import ANSWERS, ASSET, PLACE, Cabinet, Seat, fields, text
from tests.web.drafted import draft_of
from tests.web.ground_visitor import value
from tests.web.office import faults

AUTOSAVE = {"Origin": "http://localhost", "X-Requested-With": "autosave"}


class Tab:
    """A page of a draft as it was shown in one tab, with what its fields and its marks said then."""

    def __init__(self, seat: Seat, draft: str, page: str = "asset") -> None:
        self.seat, self.draft, self.address = seat, draft, f"{draft}/pages/{page}"
        self.show(seat.get(self.address))

    def show(self, page: TestResponse) -> TestResponse:
        self.fields, self.stood = fields(page), stood(page)
        return page

    def send(self, **typed: str) -> TestResponse:
        """Press the button."""
        self.fields |= typed
        sent = {**self.fields, "stood": self.stood, "page": self.address, "go": "on"}
        return self.seat.post(self.address, sent)

    def save(self, *, heard: bool = True, **typed: str) -> TestResponse:
        """Let the page save itself; the answer is not `heard` where the button is pressed before it comes."""
        self.fields |= typed
        answer = self.seat.post(f"{self.address}/save", {**self.fields, "stood": self.stood}, AUTOSAVE)
        if heard and answer.status_code == 200:
            self.stood = str((answer.json or {})["stood"])
        return answer


def stood(page: TestResponse) -> str:
    found = re.search(r'name="stood" value="([^"]*)"', page.text)
    assert found is not None
    return unescape(found[1])


@pytest.fixture
def seat(story: Story) -> Seat:
    return Cabinet(story).seat("company_head")


@pytest.fixture
def draft(seat: Seat) -> str:
    return seat.begin()


def kept(seat: Seat, draft: str) -> tuple[object, object]:
    answers = draft_of(seat, draft).answers
    return answers.get("platform"), answers.get("purpose")


@pytest.mark.law("A2.1")
def test_a_field_that_two_tabs_have_changed_is_shown_with_both_and_nothing_is_lost(seat: Seat, draft: str) -> None:
    first, second = Tab(seat, draft), Tab(seat, draft)
    assert second.send(platform="Екінші", purpose="Мақсат").status_code == 303
    met = first.send(platform="Бірінші")
    assert met.status_code == 409
    (told,) = faults(met)
    assert told[0] == "platform"
    assert "Saved meanwhile in another tab: “Екінші”." in told[1]
    assert (value(met, "platform"), "Мақсат" in met.text) == ("Бірінші", True)
    assert kept(seat, draft) == ("Екінші", "Мақсат")
    first.show(met)
    assert first.send().status_code == 303
    assert kept(seat, draft) == ("Бірінші", "Мақсат")


@pytest.mark.law("A2.1")
def test_other_fields_and_other_pages_are_kept_without_a_word(seat: Seat, draft: str) -> None:
    first, second, beside = Tab(seat, draft), Tab(seat, draft), Tab(seat, draft, "applicant")
    assert second.send(platform="Екінші", purpose="").status_code == 400
    assert beside.send(**ANSWERS).status_code == 303
    assert first.send(purpose="Бірінші").status_code == 303
    assert kept(seat, draft) == ("Екінші", "Бірінші")
    assert draft_of(seat, draft).answers["phone"] == "+77172740000"


@pytest.mark.law("A2.1")
def test_the_same_words_in_both_tabs_are_no_news(seat: Seat, draft: str) -> None:
    first, second = Tab(seat, draft, "applicant"), Tab(seat, draft, "applicant")
    assert second.send(**ANSWERS).status_code == 303
    assert first.send(**{**ANSWERS, "phone": "+77172740000"}).status_code == 303


@pytest.mark.law("A2.1")
def test_a_page_that_saves_itself_overwrites_nothing_either_and_says_so(seat: Seat, draft: str) -> None:
    first, second = Tab(seat, draft), Tab(seat, draft)
    assert second.save(platform="Екінші").json == {"saved": True, "at": "10:00", "stood": second.stood}
    met = first.save(platform="Бірінші")
    assert met.status_code == 409
    assert "another tab has saved other words here meanwhile" in met.json["told"]  # type: ignore[index]
    assert kept(seat, draft)[0] == "Екінші"
    assert "“Екінші”" in text(first.send())


@pytest.mark.law("A2.1")
def test_what_was_saved_elsewhere_is_met_also_when_it_is_changed_here_only_later(seat: Seat, draft: str) -> None:
    first, second = Tab(seat, draft), Tab(seat, draft)
    second.save(platform="Екінші")
    assert first.save(purpose="Бірінші").status_code == 200
    assert kept(seat, draft) == ("Екінші", "Бірінші")
    assert first.save(platform="Бірінші").status_code == 409
    assert kept(seat, draft) == ("Екінші", "Бірінші")


@pytest.mark.law("A2.1")
def test_nobody_meets_what_the_own_tab_has_saved_a_moment_before(seat: Seat, draft: str) -> None:
    tab = Tab(seat, draft)
    tab.save(heard=False, platform="Жарты")
    assert tab.send(platform="Жарты ат", purpose="Мақсат").status_code == 303
    tab.save(heard=False, platform="Бас")
    assert tab.send(platform="").status_code == 400
    assert kept(seat, draft)[0] is None


@pytest.mark.law("A2.1")
def test_a_text_with_a_mistake_and_the_rows_of_a_group_are_met_too(seat: Seat, draft: str) -> None:
    first, second = Tab(seat, draft, "applicant"), Tab(seat, draft, "applicant")
    assert second.send(**{**ANSWERS, "phone": "12"}).status_code == 400
    first.save(house="77")
    again = seat.get(first.address)
    assert (value(again, "phone"), value(again, "house")) == ("12", "77")
    assert "“12”" in text(first.send(phone="13"))
    first, second = Tab(seat, draft, "addresses"), Tab(seat, draft, "addresses")
    assert second.send(**PLACE).status_code == 303
    met = first.send(**{**PLACE, "addresses-0-house": "1"})
    assert met.status_code == 409
    assert [name for name, _told in faults(met)] == ["addresses-0-postcode"]
    assert "55/5" in text(met)


@pytest.mark.law("A2.1")
def test_what_waited_for_another_language_is_still_of_the_page_that_was_shown(seat: Seat, draft: str) -> None:
    first = Tab(seat, draft)
    sent = {**first.fields, "stood": first.stood, "page": first.address, "platform": "Бірінші", "switch": "lang-ru"}
    waiting = seat.post(first.address, sent)
    Tab(seat, draft).send(**{**ASSET, "platform": "Екінші"})
    first.show(seat.follow(waiting))
    assert first.fields["platform"] == "Бірінші"
    assert first.send().status_code == 409


@pytest.mark.law("A2.1")
def test_two_that_save_in_one_moment_are_told_apart_under_the_lock(story: Story, seat: Seat, draft: str) -> None:
    known = draft_of(seat, draft)
    applicant = story.applicant("company_head")
    save_draft(story.program, known.id, applicant, {"platform": "Екінші"}, page="asset", known=known.answers)
    with pytest.raises(CaseChanged):
        save_draft(story.program, known.id, applicant, {"platform": "Бірінші"}, page="asset", known=known.answers)
    assert kept(seat, draft)[0] == "Екінші"


@pytest.mark.parametrize(
    "nonsense", ["", "{", "[]", '"x"', '{"tab": 1}', '{"tab": "a", "marks": [["b", "c"]]}', "[" * 9999]
)
def test_marks_that_no_page_of_ours_has_written_harm_nothing(seat: Seat, draft: str, nonsense: str) -> None:
    tab = Tab(seat, draft)
    tab.stood = nonsense
    assert tab.send(**ASSET).status_code in (303, 413)
