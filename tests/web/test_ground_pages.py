"""What holds on every page: language, safety, errors, the version for the visually impaired, the demo's clock."""

import io
import re
from io import BytesIO

import pytest

from service.domain.files import MAX_FILE_BYTES
from tests.web.ground_visitor import House, heading, value

TYPED = {
    "platform": "Бастама",
    "purpose": "Айналым",
    "complete": "no",
    "missing": ["letter", "contract"],
    "page": "/cabinet/form",
}


@pytest.fixture
def house() -> House:
    return House()


class TestLanguage:
    def test_a_page_is_in_kazakh_unless_asked_otherwise(self, house: House) -> None:
        page = house.visitor().get("/", headers={"Accept-Language": "en"})
        assert '<html lang="kk"' in page.text
        assert page.headers["Content-Language"] == "kk"

    @pytest.mark.parametrize(("code", "title"), [("kk", "Көмек"), ("ru", "Помощь"), ("en", "Help")])
    def test_a_language_is_chosen_in_the_address_and_remembered(self, house: House, code: str, title: str) -> None:
        visitor = house.visitor()
        assert heading(visitor.get(f"/?lang={code}")) == title
        page = visitor.get("/cabinet/other")
        assert heading(page) == title
        assert f'<html lang="{code}"' in page.text

    def test_an_unknown_language_changes_nothing(self, house: House) -> None:
        assert 'lang="kk"' in house.visitor().get("/?lang=xx").text

    def test_the_switch_stays_on_the_page_and_keeps_its_filters(self, house: House) -> None:
        page = house.visitor().get("/cabinet/other?q=%D0%B0+%D0%B1&page=2").text
        assert 'href="/cabinet/other?q=%D0%B0+%D0%B1&amp;page=2&amp;lang=ru"' in page

    @pytest.mark.law("R3.2")
    def test_the_switch_on_a_page_with_a_form_keeps_what_was_typed(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        page = visitor.get("/cabinet/form")
        assert 'form="answers" name="switch" value="lang-ru"' in re.sub(r"\s+", " ", page.text)
        answer = visitor.post("/cabinet/form", {**TYPED, "switch": "lang-ru"})
        page = visitor.follow(answer)
        assert heading(page) == "Проверка полноты"
        assert value(page, "platform") == "Бастама"
        assert "Айналым</textarea>" in page.text
        assert len(re.findall(r'name="missing"[^>]*checked', page.text)) == 2
        assert "govuk-notification-banner" not in page.text

    def test_enter_in_a_field_presses_the_forms_own_button(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        buttons = re.findall(r"<button[^>]*>", visitor.get("/cabinet/form").text)
        assert 'class="page-default"' in buttons[0]
        assert "switch" not in buttons[0]


class TestSafety:
    def test_every_answer_carries_the_policy(self, house: House) -> None:
        for address in ("/", "/nowhere", "/static/mark.svg", "/fail/500"):
            headers = house.visitor().get(address).headers
            policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
            assert policy["default-src"] == "'none'"
            assert policy["script-src"] == policy["style-src"] == "'self'"
            assert policy["connect-src"] == "'self' ws://127.0.0.1:13579"
            assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "same-origin"

    def test_no_page_has_a_script_or_a_style_inside(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        for address in ("/", "/cabinet/form", "/nowhere"):
            page = visitor.get(address).text
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)

    def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(self) -> None:
        visitor = House(production=True, demo=False).visitor()
        cookies = visitor.get("/?lang=ru&view=on", base_url="https://localhost").headers.getlist("Set-Cookie")
        assert {cookie.split("=")[0] for cookie in cookies} == {"session", "lang", "vision"}
        for cookie in cookies:
            assert "HttpOnly" in cookie
            assert "Secure" in cookie
            assert "SameSite=Lax" in cookie

    def test_production_insists_on_tls(self) -> None:
        assert "Strict-Transport-Security" in House(production=True, demo=False).visitor().get("/").headers
        assert "Strict-Transport-Security" not in House().visitor().get("/").headers

    def test_a_forged_form_of_another_site_is_refused_and_not_kept(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        answer = visitor.post("/cabinet/form", {"csrf_token": "x", **TYPED}, {"Origin": "https://elsewhere.example"})
        assert answer.status_code == 400
        assert not [key for key in house.services.stash.kept if key.startswith("typed")]

    @pytest.mark.law("R3.2")
    def test_a_form_that_is_too_old_comes_back_with_everything_typed(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        page = visitor.follow(visitor.post("/cabinet/form", {**TYPED, "csrf_token": "of yesterday"}))
        assert value(page, "platform") == "Бастама"
        assert "Бет ескіріп қалған" in page.text

    def test_attempts_to_sign_in_are_limited(self) -> None:
        visitor = House(limited=True).visitor()
        visitor.get("/cabinet/sign-in")
        refused = [visitor.post("/cabinet/sign-in", {"login": "x"}) for _ in range(11)]
        assert [answer.status_code for answer in refused] == [400] * 10 + [429]
        assert heading(refused[-1]) == "Әрекет саны тым көп"

    def test_who_is_let_in_is_not_counted(self) -> None:
        visitor = House(limited=True).visitor()
        assert [visitor.sign_in().status_code for _ in range(70)] == [302] * 70


class TestErrors:
    @pytest.mark.parametrize("code", ["kk", "ru", "en"])
    @pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
    def test_each_says_what_to_do_next(self, house: House, status: int, code: str) -> None:
        page = house.visitor().get(f"/fail/{status}?lang={code}")
        assert page.status_code == status
        assert f'<html lang="{code}"' in page.text
        assert heading(page)
        assert "1414" in page.text
        assert '<p class="govuk-body">' in page.text

    @pytest.mark.parametrize(
        ("what", "status"), [("lawful", 409), ("changed", 409), ("forbidden", 403), ("broken", 500), ("silent", 503)]
    )
    def test_named_errors_have_their_status(self, house: House, what: str, status: int) -> None:
        assert house.visitor().get(f"/fail/{what}").status_code == status

    @pytest.mark.law("L73.1")
    def test_what_the_law_forbids_now_is_cited(self, house: House) -> None:
        assert "статья 73 (1) АППК" in house.visitor().get("/fail/lawful?lang=ru").text

    def test_a_failure_gives_a_number_and_no_detail(self, house: House, caplog: pytest.LogCaptureFixture) -> None:
        page = house.visitor().get("/fail/broken")
        number = re.search(r"<strong>([0-9a-f]{8})</strong>", page.text)
        assert number
        assert number[1] in caplog.text
        assert "secret detail" not in page.text

    @pytest.mark.parametrize(("what", "status"), [("changed", 409), ("broken", 500), ("silent", 503)])
    def test_who_came_to_a_failure_finds_what_was_typed_again(self, house: House, what: str, status: int) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        visitor.get("/cabinet/form")
        page = visitor.post(f"/fail/{what}", TYPED)
        assert page.status_code == status
        back = re.search(r'href="(/cabinet/form\?typed=[^"]+)"', page.text)
        assert back
        assert value(visitor.get(back[1]), "platform") == "Бастама"

    def test_files_that_are_too_large_get_a_clear_page(self, house: House) -> None:
        house.app.config["MAX_CONTENT_LENGTH"] = 1000
        visitor = house.visitor()
        visitor.sign_in()
        page = visitor.post("/cabinet/form", {**TYPED, "file": (BytesIO(b"x" * 2000), "letter.pdf")})
        assert page.status_code == 413
        assert "100 МБ" in page.text

    @pytest.mark.parametrize("order", ["texts first", "file first"])
    def test_what_was_typed_beside_a_too_large_file_is_kept_and_the_file_named(self, house: House, order: str) -> None:
        house.app.config["MAX_CONTENT_LENGTH"] = MAX_FILE_BYTES
        visitor = house.visitor()
        visitor.sign_in()
        visitor.get("/cabinet/form")
        video = {"letter": (io.BytesIO(b"\r\n" + b"x" * (MAX_FILE_BYTES + 5)), "Видео жазба.pdf")}
        sent = {**TYPED, **video} if order == "texts first" else {**video, **TYPED}
        page = visitor.post("/cabinet/form", sent)
        assert page.status_code == 413
        assert "Видео жазба.pdf" in page.text
        assert "20 МБ" in page.text
        back = re.search(r'href="(/cabinet/form\?typed=[^"]+)"', page.text)
        assert back
        again = visitor.get(back[1])
        assert value(again, "platform") == "Бастама"
        assert "Файлдар тым үлкен болғандықтан сақталмады" in again.text

    def test_files_that_are_too_large_only_together_are_told_by_their_sum(self, house: House) -> None:
        house.app.config["MAX_CONTENT_LENGTH"] = 1_000_000
        visitor = house.visitor()
        visitor.sign_in()
        page = visitor.post("/cabinet/form?lang=ru", {**TYPED, "letter": (io.BytesIO(b"x" * 2_000_000), "a.pdf")})
        assert page.status_code == 413
        assert "Вместе файлы занимают" in page.text
        assert "a.pdf" not in page.text

    def test_of_a_stranger_or_a_broken_form_nothing_is_kept(self, house: House) -> None:
        house.app.config["MAX_CONTENT_LENGTH"] = 1000
        visitor = house.visitor()
        visitor.sign_in()
        kept = len(house.services.stash.kept)
        headers = {"Sec-Fetch-Site": "cross-site"}
        large = {"platform": "Бөтен", "letter": (io.BytesIO(b"x" * 2000), "a.pdf")}
        assert visitor.client.post("/cabinet/form", data=large, headers=headers).status_code == 413
        ours, kind = {"Sec-Fetch-Site": "same-origin"}, "multipart/form-data; boundary=b"
        broken = visitor.client.post("/cabinet/form", data=b"x" * 2000, content_type=kind, headers=ours)
        assert broken.status_code == 413
        assert len(house.services.stash.kept) == kept

    def test_a_script_that_saves_gets_an_answer_it_can_read(self, house: House) -> None:
        answer = house.visitor().client.post("/cabinet/save", headers={"X-Requested-With": "autosave"})
        assert answer.status_code == 400
        assert answer.get_json()["error"]
