"""What every page offers: the version for the visually impaired, help, the demo's clock."""

import re
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from tests.web.ground_stub import MONDAY
from tests.web.ground_visitor import House, value
from tests.web.test_ground_pages import TYPED


@pytest.fixture
def house() -> House:
    return House()


class TestVersionForTheVisuallyImpaired:
    @pytest.mark.law("A1.11.4")
    def test_it_is_switched_on_without_sign_in_and_remembered(self, house: House) -> None:
        visitor = house.visitor()
        assert "Нашар көретіндерге арналған нұсқа" in visitor.get("/").text
        assert 'class="govuk-template vision ' in visitor.get("/?view=on").text
        page = visitor.get("/cabinet/other").text
        assert "vision--size-125 vision--scheme-light" in page
        assert 'class="govuk-template "' in visitor.get("/?view=off").text

    @pytest.mark.law("A1.11.4")
    @pytest.mark.parametrize(
        "wish", ["size-200", "scheme-dark", "scheme-blue", "scheme-sepia", "spacing-widest", "font-serif", "images-off"]
    )
    def test_each_choice_is_offered_and_taken(self, house: House, wish: str) -> None:
        visitor = house.visitor()
        assert f"view={wish}" in visitor.get("/?view=on").text
        assert f"vision--{wish}" in visitor.get(f"/?view={wish}").text
        assert f"vision--{wish}" in visitor.get("/cabinet/other").text

    @pytest.mark.law("A1.11.4")
    def test_the_content_is_the_same(self, house: House) -> None:
        def content(page: TestResponse) -> str:
            (found,) = re.findall(r"<main.*</main>", page.text, re.S)
            return str(found)

        assert content(house.visitor().get("/")) == content(house.visitor().get("/?view=size-200"))

    def test_a_cookie_of_nonsense_is_harmless(self, house: House) -> None:
        visitor = house.visitor()
        for cookie in ("", "on.size-900.<b>", "....", "scheme", "on.scheme-dark.x-y"):
            visitor.client.set_cookie("vision", cookie)
            page = visitor.get("/")
            assert page.status_code == 200
            assert "900" not in page.text
            assert "<b>" not in page.text

    def test_it_keeps_what_was_typed(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        visitor.get("/cabinet/form")
        page = visitor.follow(visitor.post("/cabinet/form", {**TYPED, "switch": "view-size-200"}))
        assert "vision--size-200" in page.text
        assert value(page, "platform") == "Бастама"


class TestHelp:
    @pytest.mark.law("A1.11.5")
    def test_both_numbers_stand_on_every_page_in_one_place(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        for address in ("/", "/cabinet/form", "/cabinet/sign-in", "/nowhere"):
            footer = visitor.get(address).text.partition("<footer")[2]
            assert ">1414</a>" in footer
            assert ">8 800 080 7777</a>" in footer


class TestTheDemosClock:
    def test_it_is_shown_and_moved(self, house: House) -> None:
        visitor = house.visitor()
        assert "06.04.2026,\u00a010:00" in visitor.get("/").text
        answer = visitor.post("/switch", {"switch": "clock-day", "page": "/cabinet/other?q=1"})
        assert answer.location == "/cabinet/other?q=1"
        assert house.services.clock.now() == MONDAY + timedelta(days=1)

    @pytest.mark.parametrize(
        ("day", "hour", "moved"),
        [("07.04.2026", "18:31", "07.04.2026,\u00a018:31"), ("2026-04-08", "9.00", "08.04.2026,\u00a009:00")],
    )
    def test_it_is_set_to_a_day_and_an_hour(self, house: House, day: str, hour: str, moved: str) -> None:
        visitor = house.visitor()
        visitor.get("/")
        visitor.post("/switch", {"switch": "clock-set", "clock_date": day, "clock_time": hour})
        assert moved in visitor.get("/").text

    @pytest.mark.parametrize(
        ("day", "hour"),
        [("05.04.2026", "10:00"), ("06.04.2028", "10:00"), ("soon", "10:00"), ("07.04.2026", "25:00"), ("", "")],
    )
    def test_it_goes_forward_only_and_takes_no_nonsense(self, house: House, day: str, hour: str) -> None:
        visitor = house.visitor()
        visitor.get("/")
        visitor.post("/switch", {"switch": "clock-set", "clock_date": day, "clock_time": hour})
        assert house.services.clock.now() == MONDAY
        assert "govuk-notification-banner" in visitor.get("/").text

    def test_moving_it_signs_nobody_out_and_keeps_what_was_typed(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        visitor.get("/cabinet/form")
        page = visitor.follow(visitor.post("/cabinet/form", {**TYPED, "switch": "clock-opening"}))
        assert value(page, "platform") == "Бастама"

    def test_outside_of_the_demo_there_is_none(self) -> None:
        house = House(demo=False)
        visitor = house.visitor()
        assert "clock-day" not in visitor.get("/").text
        assert visitor.post("/switch", {"switch": "clock-day"}).status_code == 404
        assert house.services.clock.now() == MONDAY
