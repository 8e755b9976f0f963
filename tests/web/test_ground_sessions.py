"""When a session ends, and that nothing typed is lost by it."""

import time

import pytest

from service.web.typed import local_address, with_query
from tests.web.ground_visitor import House, heading, value

TYPED = {"platform": "Ұлы дала", "purpose": "Айналым", "page": "/cabinet/form"}


@pytest.fixture
def house() -> House:
    return House()


class TestSignIn:
    def test_who_is_not_signed_in_is_asked_to_and_comes_back(self, house: House) -> None:
        visitor = house.visitor()
        answer = visitor.get("/cabinet/form?step=2")
        assert answer.location == "/cabinet/sign-in?next=/cabinet/form?step%3D2"
        assert visitor.sign_in(following="/cabinet/form?step=2").location == "/cabinet/form?step=2"

    @pytest.mark.parametrize(
        "elsewhere", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", "javascript:x", "x", "/\tx"]
    )
    def test_it_never_leads_to_another_site(self, house: House, elsewhere: str) -> None:
        assert house.visitor().sign_in(following=elsewhere).location == "/cabinet/form"

    def test_the_name_of_who_is_signed_in_stands_above(self, house: House) -> None:
        visitor = house.visitor()
        assert "Үлгібаев" not in visitor.get("/").text
        visitor.sign_in()
        assert "Үлгібаев" in visitor.get("/").text

    def test_signing_out_ends_copies_of_the_cookie_too(self, house: House) -> None:
        visitor, thief = house.visitor(), house.visitor()
        visitor.sign_in()
        visitor.get("/cabinet/form")
        cookie = visitor.client.get_cookie("session")
        assert cookie
        thief.client.set_cookie("session", cookie.value)
        assert thief.get("/cabinet/form").status_code == 200
        visitor.post("/cabinet/sign-out", {})
        assert visitor.get("/cabinet/form").status_code == 303
        assert thief.get("/cabinet/form").status_code == 303


class TestTheEndOfASession:
    def test_it_ends_after_an_hour_without_a_request(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        for _ in range(3):
            house.wall.pass_by(minutes=59)
            assert visitor.get("/cabinet/form").status_code == 200
        house.wall.pass_by(minutes=61)
        assert visitor.get("/cabinet/form").status_code == 303

    def test_it_ends_after_twelve_hours_in_any_case(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        for _ in range(14):
            house.wall.pass_by(minutes=50)
            assert visitor.get("/cabinet/form").status_code == 200
        house.wall.pass_by(minutes=21)
        assert visitor.get("/cabinet/form").status_code == 303

    def test_a_machine_whose_clock_steps_back_an_hour_signs_nobody_out_and_keeps_nobody_longer(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        page = visitor.get("/cabinet/form")
        assert page.status_code == 200
        house.wall.pass_by(hours=-1)
        earlier = time.time() - 3600
        monkeypatch.setattr("itsdangerous.timed.time.time", lambda: earlier)
        assert visitor.post("/cabinet/form", TYPED).status_code == 400, (
            "the form is read, not thrown away with its secret"
        )
        assert visitor.get("/cabinet/form").status_code == 200
        house.wall.pass_by(minutes=61)
        assert visitor.get("/cabinet/form").status_code == 303

    def test_a_machine_whose_clock_steps_back_an_hour_locks_nobody_out_and_lets_nobody_guess_more(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        house, wrong = House(limited=True), {"login": "x"}
        visitor, began, passed = house.visitor(), time.time(), [0.0]
        monkeypatch.setattr("limits.storage.memory.time.time", lambda: began + passed[0])
        visitor.get("/cabinet/sign-in")
        assert [visitor.post("/cabinet/sign-in", wrong).status_code for _ in range(9)] == [400] * 9
        passed[0] = -3600
        assert house.visitor().sign_in().status_code == 302
        assert [visitor.post("/cabinet/sign-in", wrong).status_code for _ in range(2)] == [400, 429]
        passed[0] = 61
        assert visitor.post("/cabinet/sign-in", wrong).status_code == 400

    @pytest.mark.law("R3.2")
    def test_what_was_being_typed_comes_back_after_signing_in(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        visitor.get("/cabinet/form")
        house.wall.pass_by(hours=2)
        answer = visitor.post("/cabinet/form", TYPED)
        assert answer.location.startswith("/cabinet/sign-in?next=")
        following = visitor.follow(answer).request.args["next"]
        page = visitor.follow(visitor.sign_in(following=following))
        assert value(page, "platform") == "Ұлы дала"
        assert "Айналым</textarea>" in page.text
        assert "Осы аралықта сеансыңыз аяқталды" in page.text

    def test_it_comes_back_too_when_the_language_was_changed_just_then(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        visitor.get("/cabinet/form")
        house.wall.pass_by(hours=2)
        asked = visitor.follow(visitor.post("/cabinet/form", {**TYPED, "switch": "lang-ru"}))
        following = visitor.follow(asked).request.args["next"]
        page = visitor.follow(visitor.sign_in(following=following))
        assert heading(page) == "Проверка полноты"
        assert value(page, "platform") == "Ұлы дала"

    def test_another_person_at_the_same_browser_does_not_see_it(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in("111111111111")
        visitor.get("/cabinet/form")
        house.wall.pass_by(hours=2)
        following = visitor.follow(visitor.post("/cabinet/form", TYPED)).request.args["next"]
        page = visitor.follow(visitor.sign_in("222222222222", following))
        assert heading(page) == "Толықтығын тексеру"
        assert "Ұлы дала" not in page.text

    @pytest.mark.parametrize("left", ["signed out", "ended unnoticed"])
    def test_nor_what_was_sent_from_a_page_left_open(self, house: House, left: str) -> None:
        visitor = house.visitor()
        visitor.sign_in("111111111111")
        visitor.get("/cabinet/form")
        if left == "signed out":
            visitor.post("/cabinet/sign-out", {})
        else:
            house.wall.pass_by(hours=2)
            visitor.get("/")
        following = visitor.follow(visitor.post("/cabinet/form", TYPED)).request.args["next"]
        assert "Ұлы дала" not in visitor.follow(visitor.sign_in("222222222222", following)).text
        assert "Ұлы дала" in visitor.follow(visitor.sign_in("111111111111", following)).text

    def test_another_browser_with_the_same_address_does_not_see_it(self, house: House) -> None:
        visitor, other = house.visitor(), house.visitor()
        visitor.sign_in()
        visitor.get("/cabinet/form")
        house.wall.pass_by(hours=2)
        following = visitor.follow(visitor.post("/cabinet/form", TYPED)).request.args["next"]
        assert "Ұлы дала" not in other.follow(other.sign_in(following=following)).text

    def test_it_waits_twelve_hours_and_no_longer(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        visitor.get("/cabinet/form")
        house.wall.pass_by(hours=2)
        following = visitor.follow(visitor.post("/cabinet/form", TYPED)).request.args["next"]
        house.wall.pass_by(hours=12, minutes=1)
        assert "Ұлы дала" not in visitor.follow(visitor.sign_in(following=following)).text

    def test_passwords_signatures_and_tokens_are_never_kept(self, house: House) -> None:
        visitor = house.visitor()
        visitor.sign_in()
        visitor.get("/cabinet/form")
        house.wall.pass_by(hours=2)
        visitor.post(
            "/cabinet/form", {**TYPED, "password": "hidden-1", "password_again": "hidden-2", "signature": "hidden-3"}
        )
        kept = b"".join(content for content, _until in house.services.stash.kept.values())
        assert b"platform" in kept
        assert b"hidden" not in kept
        assert visitor.token.encode() not in kept

    def test_a_script_that_saves_is_told_instead_of_sent_to_sign_in(self, house: House) -> None:
        visitor = house.visitor()
        visitor.get("/")
        answer = visitor.client.post(
            "/cabinet/save", data={"csrf_token": visitor.token}, headers={"X-Requested-With": "autosave"}
        )
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/a?b=c", "/a?b=c"),
        ("/", "/"),
        ("//x", ""),
        ("http://x/a", ""),
        ("a", ""),
        ("/\\x", ""),
        ("/a\nb", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_this_site_are_followed(address: str, own: str) -> None:
    assert local_address(address) == own


def test_parts_of_an_address_are_set_and_taken_away() -> None:
    assert with_query("/list?q=ә&page=2", page=3, lang=None, sort="due") == "/list?q=%D3%99&page=3&sort=due"
    assert with_query("/list?a=1&a=2&lang=kk", lang=None) == "/list?a=1&a=2"
