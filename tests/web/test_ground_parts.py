"""Dates, numbers, names, citations, lists and boxes as the pages show them."""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from service.domain.calendar import WorkCalendar
from service.domain.days import CalendarEntry
from service.domain.terms import explain
from service.domain.worktime import closing
from service.web import formats
from service.web.boxes import DeadlineBox, deadline_box
from service.web.law import cite
from service.web.lists import Column, Listing, Order
from service.web.signing import signatures
from tests.web.ground_visitor import House

APP = House().app
NAMES = {"kk": "Мереке", "ru": "Праздник", "en": "Holiday"}
CALENDAR = WorkCalendar([CalendarEntry(date(2026, 4, 8), "holiday", NAMES, "Заң", date(2025, 1, 1))], years=[2026])


def said(function: Callable[..., str], *arguments: object, language: str = "kk") -> str:
    with APP.test_request_context(f"/?lang={language}"):
        return function(*arguments).replace(formats.NO_BREAK, " ")


class TestFormats:
    @pytest.mark.parametrize(
        ("language", "long", "weekday"),
        [
            ("kk", "2026 жылғы 22 қараша", "жексенбі"),
            ("ru", "22 ноября 2026 года", "воскресенье"),
            ("en", "22 November 2026", "Sunday"),
        ],
    )
    def test_a_day(self, language: str, long: str, weekday: str) -> None:
        day = date(2026, 11, 22)
        assert said(formats.date, day, language=language) == "22.11.2026"
        assert said(formats.date_long, day, language=language) == long
        assert said(formats.weekday, day, language=language) == weekday

    @pytest.mark.law("D20")
    def test_an_instant_is_shown_by_the_clock_of_kazakhstan(self) -> None:
        assert said(formats.moment, datetime(2024, 2, 29, 17, 59, tzinfo=UTC)) == "29.02.2024, 23:59"
        assert said(formats.moment, datetime(2024, 2, 29, 18, 0, tzinfo=UTC)) == "29.02.2024, 23:00"
        assert said(formats.moment, datetime(2026, 11, 22, 19, 0, tzinfo=UTC)) == "23.11.2026, 00:00"

    @pytest.mark.parametrize(
        ("value", "written"),
        [(0, "0"), (1234, "1 234"), (1234567.5, "1 234 567,5"), (-1500, "-1 500"), (2.0, "2"), (None, "")],
    )
    def test_a_number(self, value: float | None, written: str) -> None:
        assert said(formats.number, value) == written

    def test_a_telephone(self) -> None:
        assert said(formats.phone, "+77010000000") == "+7 (701) 000-00-00"
        assert said(formats.phone, "1414") == "1414"
        assert said(formats.phone, None) == ""

    @pytest.mark.parametrize(
        ("octets", "written"), [(999, "999 Б"), (12_000, "12 КБ"), (1_500_000, "1,4 МБ"), (20 * 2**20, "20 МБ")]
    )
    def test_the_size_of_a_file(self, octets: int, written: str) -> None:
        assert said(formats.size, octets) == written

    def test_nothing_is_written_for_nothing(self) -> None:
        assert [
            said(function, None)
            for function in (formats.date, formats.date_long, formats.weekday, formats.time, formats.moment)
        ] == [""] * 5

    def test_an_hour(self) -> None:
        assert said(formats.time, time(9, 5)) == "09:05"


class TestCitations:
    @pytest.mark.parametrize(
        ("code", "kk", "ru"),
        [
            ("6", "Қағидалардың 6-тармағы", "пункт 6 Правил"),
            ("R6.1", "Қағидалардың 6-тармағы", "пункт 6 Правил"),
            ("A1.9.2", "Қағидаларға 1-қосымшаның 9-жолы", "строка 9 приложения 1 к Правилам"),
            ("L73.1", "ӘРПК 73-бабы (1)", "статья 73 (1) АППК"),
            ("A2", "Қағидаларға 2-қосымша", "приложение 2 к Правилам"),
            ("D26", "", ""),
        ],
    )
    def test_a_point_is_cited_as_people_do(self, code: str, kk: str, ru: str) -> None:
        assert said(cite, code) == kk
        assert said(cite, code, language="ru") == ru

    def test_several_points_are_cited_once_each(self) -> None:
        assert said(cite, "R6.1, R6.2,7", language="ru") == "пункт 6 Правил; пункт 7 Правил"


class TestDeadlineBox:
    def box(self, now: datetime, days: int = 2, language: str = "kk", **more: Any) -> tuple[DeadlineBox, str]:
        with APP.test_request_context(f"/?lang={language}"):
            registered = date(2026, 4, 6)
            due = closing(CALENDAR, CALENDAR.after(registered, days))
            found = deadline_box(
                CALENDAR, now, due, title="t", law="R6.1", explanation=explain(CALENDAR, registered, days), **more
            )
            return found, found.skipped_title

    @pytest.mark.law("D25", "R6.1")
    def test_it_says_what_is_left_and_what_was_skipped_and_why(self) -> None:
        box, title = self.box(datetime(2026, 4, 7, 4, 0, tzinfo=UTC))
        assert box.due_at == datetime(2026, 4, 9, 13, 30, tzinfo=UTC)
        assert box.left == "Қалғаны: 2 жұмыс күні"
        assert list(box.skipped) == [(date(2026, 4, 8), "Мереке", "Заң")]
        assert title == "1 күн есепке алынбады: неге"
        assert box.counted == "06.04.2026 күнінен кейінгі 2 жұмыс күні."
        assert not box.late
        assert not box.last_day

    def test_it_marks_the_last_day(self) -> None:
        box, _title = self.box(datetime(2026, 4, 9, 12, 0, tzinfo=UTC))
        assert box.last_day
        assert box.left == "Қалғаны: 1 жұмыс сағаты"

    def test_it_says_in_words_when_the_term_has_passed(self) -> None:
        box, _title = self.box(datetime(2026, 4, 10, 5, 0, tzinfo=UTC), language="ru")
        assert box.late
        assert box.left == "Просрочено на 1 рабочий час"

    def test_it_says_so_too_when_no_working_hour_has_passed_since(self) -> None:
        box, _title = self.box(datetime(2026, 4, 9, 13, 30, 1, tzinfo=UTC), language="en")
        assert box.late
        assert box.left == "Late: the term has passed"


class TestLists:
    COLUMNS = (Column("number", "№", True), Column("name", "Name"), Column("due", "Due", True))

    def listing(self, address: str, total: int = 260) -> tuple[Listing[str], dict[str, Any]]:
        with APP.test_request_context(address):
            listing = Listing(self.COLUMNS, ["row"], Order.asked(self.COLUMNS, "-due"), total)
            return listing, {
                "pages": listing.shown_pages,
                "next": listing.page_address(listing.page + 1),
                "sort": [listing.sort_address(column) for column in self.COLUMNS],
            }

    def test_filters_and_order_stay_in_every_address(self) -> None:
        _listing, links = self.listing("/list?q=%D3%99&late=1&sort=number&page=2")
        assert links["next"] == "/list?q=%D3%99&late=1&sort=number&page=3"
        assert links["sort"][0] == "/list?q=%D3%99&late=1&sort=-number"
        assert links["sort"][2] == "/list?q=%D3%99&late=1&sort=due"

    def test_the_usual_order_is_told_to_screen_readers(self) -> None:
        listing, _links = self.listing("/list")
        assert [listing.direction(column) for column in self.COLUMNS] == ["", "", "descending"]

    @pytest.mark.parametrize(
        ("page", "shown"),
        [(1, [1, 2, 3, None, 11]), (6, [1, None, 4, 5, 6, 7, 8, None, 11]), (11, [1, None, 9, 10, 11])],
    )
    def test_the_pages_near_are_linked(self, page: int, shown: list[int | None]) -> None:
        assert self.listing(f"/list?page={page}")[1]["pages"] == shown

    @pytest.mark.parametrize(
        "nonsense", ["page=0", "page=-1", "page=x", "page=%D9%A3", "sort=name", "sort=--due", "sort=password"]
    )
    def test_nonsense_in_the_address_is_the_first_page_in_the_usual_order(self, nonsense: str) -> None:
        listing, _links = self.listing(f"/list?{nonsense}")
        assert (listing.page, listing.order.sort, listing.order.down) == (1, "due", True)

    def test_a_page_beyond_the_last_is_the_last(self) -> None:
        assert self.listing("/list?page=99")[0].page == 11


class TestSignatures:
    def read(self, *sent: str, count: int = 1) -> list[bytes] | None:
        with APP.test_request_context("/", method="POST", data={"signature": list(sent)}):
            return signatures(count)

    def test_each_document_has_its_signature(self) -> None:
        one, two = base64.b64encode(b"one").decode(), base64.b64encode(b"two").decode()
        assert self.read(one, two, count=2) == [b"one", b"two"]

    def test_lines_and_headings_around_it_are_no_matter(self) -> None:
        assert self.read("-----BEGIN CMS-----\nb25l\n-----END CMS-----") == [b"one"]

    @pytest.mark.parametrize("sent", [(), ("",), ("b25l", "b25l"), ("not base64!",), ("b25",)])
    def test_a_missing_or_broken_one_is_none(self, sent: tuple[str, ...]) -> None:
        assert self.read(*sent) is None
