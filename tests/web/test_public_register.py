"""The public register: found by what people know, dated, and silent about a person's number (R11.2, A3.2)."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from service.domain.decisions import PermitStatus
from tests.web.ground_visitor import Visitor, heading
from tests.web.public_town import ENTREPRENEUR_IIN, MANY, OLD_HOLDER_IIN, Town, text


@pytest.fixture
def visitor(town: Town) -> Visitor:
    return town.visitor()


def numbers(town: Town, **asked: object) -> list[str]:
    found = town.program.queries.register(date(2023, 9, 12), **asked)  # type: ignore[arg-type]
    return [view.entry.number for view in found.rows]


REGISTERS = {
    "kk": "қызметті жүзеге асыратын тұлғалардың мемлекеттік тізілімі",
    "ru": "Государственный реестр лиц, осуществляющих деятельность",
    "en": "State register of persons who carry on the issue",
}


@pytest.mark.law("A1.11.3", "R11.2")
@pytest.mark.parametrize("language", REGISTERS)
def test_the_law_s_name_of_the_register_stands_in_the_language_of_the_page(visitor: Visitor, language: str) -> None:
    assert REGISTERS[language] in text(visitor.get(f"/register?lang={language}"))


class TestSearch:
    @pytest.mark.law("R11.2")
    @pytest.mark.parametrize(
        "typed",
        [
            "KZ-2023-000001",
            "kz-2023-000001",
            "КZ-2023-0000",  # a Cyrillic К
            "150340999016",
            "1503 4099 9016",
            "Үлгі Активтер",
            "үлгі",
            "ҮЛГІ АКТ",
            "улги активтер",  # a keyboard without Kazakh letters
            '"үлгі активтер" жшс',
            "жшс үлгі",
        ],
    )
    def test_a_holder_is_found_however_the_number_or_the_name_is_typed(self, town: Town, typed: str) -> None:
        assert "KZ-2023-000001" in numbers(town, search=typed)

    @pytest.mark.law("R11.2")
    def test_a_sole_proprietor_is_found_by_the_whole_iin_only(self, town: Town) -> None:
        assert numbers(town, search=ENTREPRENEUR_IIN) == ["KZ-2023-000002"]
        assert numbers(town, search=ENTREPRENEUR_IIN[-4:]) == []
        assert numbers(town, search=ENTREPRENEUR_IIN[:11]) == []

    @pytest.mark.law("R2.3")
    def test_an_entry_says_what_its_holder_is_and_what_the_permit_gives_the_right_to(
        self, town: Town, visitor: Visitor
    ) -> None:
        kinds = {"legal entity": town.permit.number, "sole proprietor": town.own.number}
        for kind, number in kinds.items():
            assert f"Kind of holder {kind}" in text(visitor.get(f"/register/{number}?lang=en"))
        register = "Қамтамасыз етілген цифрлық активтерді шығару жөніндегі қызметті жүзеге асыратын тұлғалардың"
        assert register in text(visitor.get("/register?lang=en"))

    @pytest.mark.parametrize("typed", ["%", "_", "\\", "жоқ мұндай", '"', "000000000000", "' OR 1=1 --"])
    def test_a_search_that_fits_nobody_finds_nobody(self, town: Town, typed: str) -> None:
        assert numbers(town, search=typed) == []

    def test_the_page_says_that_nothing_was_found_and_keeps_what_was_typed(self, visitor: Visitor) -> None:
        answer = visitor.get("/register?search=жоқ<мұндай&lang=en")
        assert "No permit was found" in text(answer)
        assert 'value="жоқ&lt;мұндай"' in answer.text

    @pytest.mark.law("R11.2")
    @pytest.mark.parametrize(
        ("status", "word"), [("expired", "expired"), ("cancelled", "cancelled"), ("suspended", "suspended")]
    )
    def test_every_status_can_be_asked_for_and_stands_in_words(self, visitor: Visitor, status: str, word: str) -> None:
        page = text(visitor.get(f"/register?status={status}&lang=en"))
        rows = page.split("Valid until")[-1].split("For programs")[0]
        assert f" {word} " in rows
        assert " in force " not in rows

    @pytest.mark.law("R11.2", "A3.2")
    def test_the_database_counts_statuses_as_the_law_does(self, town: Town) -> None:
        for on in (date(2019, 12, 1), date(2020, 5, 5), date(2022, 3, 10), date(2023, 9, 12), date(2026, 9, 13)):
            everything = town.program.queries.register(on, page=None).rows
            for status in PermitStatus:
                asked = town.program.queries.register(on, status=status, page=None).rows
                wanted = [view.entry.number for view in everything if view.status is status]
                assert [view.entry.number for view in asked] == wanted, (on, status)


class TestPages:
    @pytest.mark.law("R11.2")
    def test_a_page_shows_what_the_law_names_and_links_to_the_next(self, town: Town, visitor: Visitor) -> None:
        page = visitor.get("/register?lang=en")
        said = text(page)
        for fact in ("KZ-2023-000001", "«Үлгі Активтер» ЖШС", "150340999016", "12.09.2023", "12.09.2026"):
            assert fact in said
        assert f"({MANY + 3} lines)" in said
        assert said.count("KZ-20") == 25
        assert "page=2" in page.text
        assert text(visitor.get("/register?page=2")).count("KZ-20") == MANY + 3 - 25

    def test_a_page_beyond_the_last_shows_the_last(self, visitor: Visitor) -> None:
        assert text(visitor.get("/register?page=99")).count("KZ-20") == MANY + 3 - 25

    def test_what_very_many_bear_in_their_names_is_counted_so_far_only(
        self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("service.adapters.database.public_queries.MOST_COUNTED", 2)
        said = text(visitor.get("/register?search=KZ-20&lang=en"))
        assert "(more than 2 lines)" in said
        assert f"({MANY + 3} lines)" in text(visitor.get("/register?lang=en"))

    def test_names_are_shown_as_text(self, visitor: Visitor) -> None:
        for address in ("/register?search=ғылым", "/register/KZ-2023-100001"):
            assert "<b>Ғылым" not in visitor.get(address).text
            assert "ӨЗГЕ &lt;b&gt;Ғылым&lt;/b&gt; Үйі" in visitor.get(address).text

    @pytest.mark.law("R11.2")
    @pytest.mark.parametrize(
        "address",
        ["/register", "/register/KZ-2023-000002", "/register.csv", "/register.json", "/register/KZ-2023-000002.json"],
    )
    def test_no_iin_leaves_the_register(self, visitor: Visitor, address: str) -> None:
        said = visitor.client.get(address).text
        assert "********9019" in said
        assert ENTREPRENEUR_IIN not in said
        assert OLD_HOLDER_IIN not in said

    def test_nobody_has_to_sign_in(self, visitor: Visitor) -> None:
        for address in ("/register", "/register.csv", "/register.json", "/register/KZ-2023-000001"):
            assert visitor.client.get(address).status_code == 200


class TestEntry:
    @pytest.mark.law("A3.2")
    @pytest.mark.parametrize(
        ("day", "status"),
        [
            ("11.09.2023", "not issued yet"),
            ("12.09.2023", "in force"),
            ("12.09.2026", "in force"),
            ("13.09.2026", "expired"),
        ],
    )
    def test_the_status_follows_the_day_that_is_asked_for(self, visitor: Visitor, day: str, status: str) -> None:
        page = text(visitor.get(f"/register/KZ-2023-000001?on={day}&lang=en"))
        assert page.split("Permit KZ-2023-000001")[-1].strip().startswith(f"{status} on ")

    @pytest.mark.law("R11.2")
    def test_each_change_is_dated_with_its_basis(self, visitor: Visitor) -> None:
        page = text(visitor.get("/register/KZ-2019-000001?lang=en"))
        assert "01.03.2019 The permit was issued and entered in the register" in page
        assert "05.05.2020 Cancelled Basis: Сот шешімі № 7" in page
        assert "cancelled on 12 September 2023" in page
        before = text(visitor.get("/register/KZ-2019-000001?on=04.05.2020&lang=en"))
        assert "in force on 4 May 2020" in before

    def test_the_last_day_stands_in_the_history_of_an_expired_one(self, visitor: Visitor) -> None:
        page = text(visitor.get("/register/KZ-2019-000002?lang=en"))
        assert page.count("Last day of validity") == 2

    def test_a_number_is_found_in_small_letters(self, visitor: Visitor) -> None:
        assert "KZ-2023-000001" in heading(visitor.get("/register/kz-2023-000001"))

    def test_a_number_that_was_never_given_is_told(self, visitor: Visitor) -> None:
        assert visitor.get("/register/KZ-1999-000001").status_code == 404
        assert visitor.client.get("/register/KZ-1999-000001.json").get_json() == {"error": "not_found"}

    @pytest.mark.parametrize("address", ["/register", "/register/KZ-2023-000001"])
    def test_a_day_that_is_none_is_told_at_its_field(self, visitor: Visitor, address: str) -> None:
        answer = visitor.get(f"{address}?on=32.13.2023&lang=en")
        assert answer.status_code == 400
        assert 'href="#on"' in answer.text
        assert answer.text.count("Enter a day, for example 12.09.2023") == 2
        assert "<title>Error: " in answer.text
        assert 'value="32.13.2023"' in answer.text


class TestExports:
    @pytest.mark.law("R11.2")
    def test_csv_and_json_say_the_same(self, visitor: Visitor) -> None:
        table = visitor.client.get("/register.csv").get_data().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
        entries = json.loads(visitor.client.get("/register.json").text)["entries"]
        assert len(rows) == len(entries) == MANY + 3
        assert [row["number"] for row in rows] == [entry["number"] for entry in entries]
        assert list(rows[0]) == list(entries[0])

    def test_every_field_is_explained_on_the_page(self, visitor: Visitor) -> None:
        (first, *_rest) = json.loads(visitor.client.get("/register.json").text)["entries"]
        page = visitor.get("/register").text
        assert [name for name in first if f"<dt><code>{name}</code></dt>" not in page] == []

    def test_no_value_is_a_formula_for_an_office_program(self, visitor: Visitor) -> None:
        assert ";'=1+1;" in visitor.client.get("/register.csv").text
        entry = visitor.client.get("/register/KZ-2023-100001.json").get_json()
        assert entry["purpose"] == "=1+1"

    @pytest.mark.law("A3.2")
    def test_an_export_keeps_the_search_and_the_day(self, visitor: Visitor) -> None:
        page = visitor.get("/register?search=мұра&on=01.06.2020&status=in_force")
        links = [part.split('"')[0].replace("&amp;", "&") for part in page.text.split('href="')]
        (address,) = [link for link in links if link.startswith("/register.json")]
        found = json.loads(visitor.client.get(address).text)
        assert found["date"] == "2020-06-01"
        assert len(found["entries"]) == MANY - 1
        assert {entry["status"] for entry in found["entries"]} == {"in_force"}

    def test_one_entry_comes_with_its_changes(self, visitor: Visitor) -> None:
        entry = visitor.client.get("/register/KZ-2019-000001.json?on=2020-05-05").get_json()
        assert entry["status"] == "cancelled"
        assert entry["changes"] == [{"status": "cancelled", "from": "2020-05-05", "basis": "Сот шешімі № 7"}]

    @pytest.mark.parametrize("address", ["/register.json", "/register.csv", "/register/KZ-2019-000001.json"])
    def test_a_day_that_is_none_is_told_to_programs_too(self, visitor: Visitor, address: str) -> None:
        answer = visitor.client.get(f"{address}?on=soon")
        assert (answer.status_code, answer.get_json()) == (400, {"error": "not_a_date"})


@pytest.mark.law("A3.2")
def test_an_entry_expires_on_the_day_after_its_last(town: Town) -> None:
    view = town.program.queries.entry("KZ-2023-000001", date(2026, 9, 12))
    assert view is not None
    assert view.status is PermitStatus.IN_FORCE
    later = town.program.queries.entry("KZ-2023-000001", view.entry.valid_until + timedelta(days=1))
    assert later is not None
    assert later.status is PermitStatus.EXPIRED
