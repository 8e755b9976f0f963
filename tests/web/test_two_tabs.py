"""Two tabs of one draft: neither loses to the other unseen what it has saved (A2.1)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from service.domain.errors import CaseChanged
from service.usecases.drafts import SAVED_BY, save_draft
from service.web.cabinet import pages
from tests.program import Story
from tests.web.cabinet import ANSWERS, ASSET, PLACE, Cabinet, Seat, fields, text
from tests.web.drafted import draft_of
from tests.web.ground_visitor import value
from tests.web.marks import in_turn, stood
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

    def send(self, go: str = "on", **typed: str) -> TestResponse:
        """Press the button."""
        self.fields |= typed
        sent = {**self.fields, "stood": self.stood, "page": self.address, "go": go}
        return self.seat.post(self.address, sent)

    def save(self, *, heard: bool = True, **typed: str) -> TestResponse:
        """Let the page save itself; the answer is not `heard` where the button is pressed before it comes."""
        self.fields |= typed
        answer = self.seat.post(f"{self.address}/save", {**self.fields, "stood": self.stood}, AUTOSAVE)
        if heard and answer.status_code == 200:
            self.stood = str((answer.json or {})["stood"])
        return answer


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
    tab.save(heard=False, purpose="Мақ")
    assert tab.send(platform="Жарты ат", purpose="Мақсат").status_code == 303
    tab.save(heard=False, platform="Бас")
    assert tab.send(platform="").status_code == 400
    assert kept(seat, draft)[0] is None


@pytest.mark.law("A2.1")
def test_words_that_were_held_up_on_their_way_overwrite_no_newer_ones_of_their_tab(seat: Seat, draft: str) -> None:
    tab = Tab(seat, draft)
    late = {**tab.fields, "platform": "Жарты", "stood": in_turn(tab.stood, 1)}
    for turn, newer in enumerate(("Жарты ат", ""), 2):
        tab.stood = in_turn(tab.stood, turn)
        assert tab.save(platform=newer).status_code == 200
        assert seat.post(f"{tab.address}/save", late, AUTOSAVE).status_code == 200
        assert kept(seat, draft)[0] == (newer or None)


@pytest.mark.law("A2.1")
def test_a_text_with_a_mistake_and_the_rows_of_a_group_are_met_too(seat: Seat, draft: str) -> None:
    first, second = Tab(seat, draft, "applicant"), Tab(seat, draft, "applicant")
    assert second.send(**{**ANSWERS, "phone": "12"}).status_code == 400
    first.save(house="77")
    again = seat.get(first.address)
    assert (value(again, "phone"), value(again, "house")) == ("12", "77")
    assert "“12”" in text(first.send(phone="13"))
    first, second = Tab(seat, draft, "addresses"), Tab(seat, draft, "addresses")
    assert second.send(**{**PLACE, "addresses-0-postcode": "12"}).status_code == 400
    met = first.send(**{**PLACE, "addresses-0-house": "1"})
    assert met.status_code == 409
    ((name, told),) = faults(met)
    assert name == "addresses-0-postcode"
    assert all(said in told for said in ("55/5", "; 12”"))


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
def test_what_waited_without_marks_is_saved_as_it_was_typed(seat: Seat, draft: str) -> None:
    first = Tab(seat, draft)
    sent = {**first.fields, "page": first.address, "platform": "Бірінші", "switch": "lang-ru"}
    waiting = seat.post(first.address, sent)
    Tab(seat, draft).send(**{**ASSET, "platform": "Екінші"})
    first.show(seat.follow(waiting))
    assert first.send(purpose="Мақсат").status_code == 303
    assert kept(seat, draft) == ("Бірінші", "Мақсат")


@pytest.mark.law("A2.1")
def test_what_came_from_the_other_tab_is_no_news_on_a_page_that_has_shown_it(seat: Seat, draft: str) -> None:
    first, second = Tab(seat, draft), Tab(seat, draft)
    second.save(platform="Екінші")
    first.show(first.send(purpose=""))
    assert first.fields["platform"] == "Екінші"
    assert first.send(platform="Үшінші", purpose="Мақсат").status_code == 303
    assert kept(seat, draft) == ("Үшінші", "Мақсат")


@pytest.mark.law("A2.1")
def test_a_page_that_shows_both_saves_nothing_by_itself(seat: Seat, draft: str) -> None:
    first, second = Tab(seat, draft), Tab(seat, draft)
    second.save(platform="Екінші")
    assert "data-autosave-url" in seat.get(first.address).text
    assert "data-autosave-url" not in first.send(platform="Бірінші").text


@pytest.mark.law("A2.1")
def test_what_a_page_has_not_shown_it_does_not_empty(seat: Seat, draft: str) -> None:
    first, second = Tab(seat, draft), Tab(seat, draft)
    second.save(platform="Екінші")
    carried = json.loads(first.stood)
    first.stood = json.dumps({**carried, "marks": {k: m for k, m in carried["marks"].items() if k != "platform"}})
    assert first.send(purpose="Мақсат").status_code == 303
    assert kept(seat, draft) == ("Екінші", "Мақсат")


@pytest.mark.law("A2.1", "R4.1")
def test_what_a_register_fills_in_is_not_emptied_by_the_tab_that_had_emptied_it(story: Story) -> None:
    seat = Cabinet(story).seat("entrepreneur")
    draft = seat.begin()
    filled = draft_of(seat, draft).answers["_prefilled"]
    name = next(key for key in Tab(seat, draft, "applicant").fields if key in filled and filled[key]["value"])
    first = Tab(seat, draft, "applicant")
    first.fields[name] = ""
    first.save()
    assert draft_of(seat, draft).answers[name] is None
    Tab(seat, draft, "applicant").send("registers")
    first.save(phone=ANSWERS["phone"])
    assert draft_of(seat, draft).answers[name] == filled[name]["value"]


def in_this_moment(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something be saved after the next page has looked at the draft and before it saves."""
    acts = [act]

    def save(*given: Any, **named: Any) -> object:
        if acts:
            acts.pop()()
        return save_draft(*given, **named)

    monkeypatch.setattr(pages, "save_draft", save)


@pytest.mark.law("A2.1")
def test_who_presses_while_the_page_saves_itself_meets_nobody(
    seat: Seat, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, itself = Tab(seat, draft), Tab(seat, draft)
    itself.stood = tab.stood
    in_this_moment(monkeypatch, lambda: itself.save(platform="Жарты"))
    assert tab.send(platform="Жарты ат", purpose="Мақсат").status_code == 303
    assert kept(seat, draft) == ("Жарты ат", "Мақсат")


@pytest.mark.law("A2.1")
def test_who_presses_in_the_moment_in_which_another_tab_saves_is_shown_both(
    seat: Seat, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Tab(seat, draft), Tab(seat, draft)
    in_this_moment(monkeypatch, lambda: second.save(platform="Екінші"))
    assert "“Екінші”" in text(first.send(platform="Бірінші"))
    assert kept(seat, draft)[0] == "Екінші"


@pytest.mark.law("A2.1")
def test_what_saves_itself_too_late_overwrites_nothing(seat: Seat, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tab, pressed = Tab(seat, draft), Tab(seat, draft)
    pressed.stood = tab.stood
    in_this_moment(monkeypatch, lambda: pressed.send(platform="Бүтін ат", purpose="Мақсат"))
    assert tab.save(platform="Жарты").status_code == 409
    assert kept(seat, draft)[0] == "Бүтін ат"


@pytest.mark.law("A2.1")
def test_two_that_save_in_one_moment_are_told_apart_under_the_lock(story: Story, seat: Seat, draft: str) -> None:
    known = draft_of(seat, draft)
    applicant = story.applicant("company_head")
    save_draft(story.program, known.id, applicant, {"platform": "Екінші"}, page="asset", known=known.answers)
    with pytest.raises(CaseChanged):
        save_draft(story.program, known.id, applicant, {"platform": "Бірінші"}, page="asset", known=known.answers)
    assert kept(seat, draft)[0] == "Екінші"


@pytest.mark.parametrize(
    "nonsense",
    [
        *("", "{", "[]", '"x"', '{"tab": 1}', '{"tab": "a", "marks": [["b", "c"]]}', "[" * 9999),
        *(f'{{"tab": "a", "marks": {{}}, "turn": {turn}}}' for turn in ("-1", "1e99", "Infinity", "[]", "9" * 5000)),
    ],
)
def test_marks_that_no_page_of_ours_has_written_harm_nothing(seat: Seat, draft: str, nonsense: str) -> None:
    tab = Tab(seat, draft)
    tab.stood = nonsense
    assert tab.send(**ASSET).status_code in (303, 413)


@pytest.mark.parametrize("name", ["\0", "\ud800", "x" * 21, "", " "])
def test_a_tab_is_called_as_our_pages_call_it_or_not_at_all(seat: Seat, draft: str, name: str) -> None:
    tab = Tab(seat, draft)
    tab.stood = json.dumps({**json.loads(tab.stood), "tab": name})
    assert tab.send(**ASSET).status_code == 303
    assert SAVED_BY not in draft_of(seat, draft).answers
