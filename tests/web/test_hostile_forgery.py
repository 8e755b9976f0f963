"""Requests that another site sends in a person's name, and sessions that somebody else has prepared or copied."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from service.demo.accounts import PASSWORD
from service.domain.case import JournalEntry
from service.usecases.audit import audit
from service.web import create_app
from service.web.foreign import LONGEST
from service.web.stash import WallClock
from tests.web.cabinet import Cabinet
from tests.web.ground_visitor import HERE, HandWall, House, Visitor
from tests.web.hostile_town import Besieged
from tests.web.office import Office, text
from tests.web.test_hostile_routes import OFFERED, routes

ELSEWHERE = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
STRANGE: tuple[dict[str, str], ...] = (
    ELSEWHERE,
    {},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Referer": "http://localhost.evil.example/"},
    {"Origin": "http://localhost@evil.example"},
)
"""What a browser says of another site's form, and what no browser says."""
DOERS = ("owner", "chancellery", "unit", "head", "centre", "administrator")
"""Between them they may do everything."""


@pytest.mark.law("L69.1", "R9.1")
def test_no_address_changes_anything_for_a_form_that_is_not_ours(besieged: Besieged) -> None:
    """Without a token, with another browser's, and with one in a place where it is not looked for."""
    people = {who: besieged.person(who) for who in DOERS}
    foreign = besieged.visitor().token
    before, seen = besieged.rows(), set()
    for name, address, _rule in routes(besieged):
        method = name.split()[0]
        assert method in ("GET", "POST"), name
        if method == "GET":
            continue
        seen.add(name)
        for visitor in people.values():
            sent = {**OFFERED, "csrf_token": foreign}
            answers = [visitor.client.post(address, data=OFFERED), visitor.client.post(address, data=sent)]
            assert {answer.status_code for answer in answers} == {400}, name
    assert len(seen) > 40
    assert besieged.rows() == before


@pytest.mark.law("L69.1")
def test_whatever_a_browser_says_of_where_a_form_stood_only_its_token_counts(besieged: Besieged) -> None:
    owner, before = besieged.person("owner"), besieged.rows()
    address = f"/cabinet/cases/{besieged.at['']['case_id']}/withdraw"
    strange = [owner.client.post(address, data=OFFERED, headers=said).status_code for said in STRANGE]
    assert strange == [400] * len(STRANGE)
    assert owner.client.post(f"{address}?csrf_token={owner.token}", data=OFFERED).status_code == 400
    ours = owner.client.post(address, data=OFFERED, headers=HERE)
    assert (ours.status_code, ours.location.partition("?")[0]) == (303, address)
    assert besieged.rows() == before


def test_a_script_of_another_site_gets_no_further_with_json_than_with_a_form(besieged: Besieged) -> None:
    owner, unit, before = besieged.person("owner"), besieged.person("unit"), besieged.rows()
    of_town = besieged.at[""]
    for visitor, address in (
        (owner, f"/cabinet/drafts/{of_town['draft_id']}/pages/asset/save"),
        (unit, f"/office/tasks/{of_town['task_id']}/draft"),
    ):
        for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", "application/xml"):
            told = {**ELSEWHERE, "Content-Type": kind, "X-Requested-With": "autosave"}
            answer = visitor.client.post(address, data=json.dumps(OFFERED), headers=told)
            assert (answer.status_code, answer.get_json()["error"]) == (400, "400")
        for method in ("PUT", "PATCH", "DELETE"):
            assert visitor.client.open(address, method=method, headers=HERE).status_code in (303, 400, 405)
        told = {"X-HTTP-Method-Override": "DELETE", **ELSEWHERE}
        assert visitor.client.post(address, headers=told).status_code == 400
    assert besieged.rows() == before


@pytest.mark.parametrize("door", ["office", "cabinet"])
def test_a_session_that_somebody_has_put_into_a_browser_serves_him_nothing(besieged: Besieged, door: str) -> None:
    """The attacker knows the cookie and the secret of its forms; after the sign-in neither is worth anything."""
    attacker = besieged.visitor()
    planted = attacker.client.get_cookie("session")
    assert planted is not None
    victim = besieged.office.visitor() if door == "office" else besieged.cabinet.seat()
    victim.client.set_cookie("session", planted.value)
    if door == "office":
        victim.get("/office/sign-in")
        assert victim.post("/office/sign-in", {"login": "unit", "password": PASSWORD}).status_code == 303
    else:
        assert victim.sign_in_with("company_head").status_code == 303  # type: ignore[attr-defined]
    start = {"office": "/office/", "cabinet": "/cabinet/"}[door]
    assert victim.get(start).status_code == 200
    assert attacker.get(start).status_code == 303
    known = {"csrf_token": attacker.token}
    assert victim.client.post(f"/{door}/sign-out", data=known, headers=ELSEWHERE).status_code == 400
    assert victim.get(start).status_code == 200


def stolen(visitor: Visitor, thief: Visitor) -> str:
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    thief.client.set_cookie("session", cookie.value)
    return cookie.value


def test_a_copied_session_ends_with_the_next_sign_in_and_with_signing_out() -> None:
    house = House()
    visitor, thief = house.visitor(), house.visitor()
    visitor.sign_in()
    first = stolen(visitor, thief)
    assert thief.get("/cabinet/form").status_code == 200
    visitor.sign_in()
    second = stolen(visitor, thief)
    assert first != second
    thief.client.set_cookie("session", first)
    assert thief.get("/cabinet/form").status_code == 303
    thief.client.set_cookie("session", second)
    assert thief.get("/cabinet/form").status_code == 200
    visitor.get("/cabinet/form")
    visitor.post("/cabinet/sign-out", {})
    thief.client.set_cookie("session", second)
    assert thief.get("/cabinet/form").status_code == 303


@pytest.mark.parametrize("change", ["cut", "other", "long", "not ours"])
def test_a_session_that_was_tampered_with_is_none(change: str) -> None:
    house = House()
    visitor, thief = house.visitor(), house.visitor()
    visitor.sign_in()
    value = stolen(visitor, thief)
    head, _dot, rest = value.partition(".")
    made = {"cut": value[:-1], "other": f"{head}x.{rest}", "long": value * 5, "not ours": "e30.Zg.x"}
    thief.client.set_cookie("session", made[change])
    assert thief.get("/cabinet/form").status_code == 303


@pytest.mark.parametrize("production", [True, False])
def test_no_cookie_is_read_by_scripts_or_sent_from_other_sites_or_in_the_open(production: bool) -> None:
    visitor = House(production=production, demo=not production).visitor()
    client, base = visitor.client, {"base_url": "https://localhost"}
    token = visitor.get("/cabinet/sign-in", **base).text.split('name="csrf_token" value="')[1].split('"')[0]
    visitor.get("/?lang=ru&view=size-200", **base)
    headers = {"Origin": "https://localhost", "Referer": "https://localhost/"}
    data = {"csrf_token": token, "iin": "850615399019"}
    client.post("/cabinet/sign-in", data=data, headers=headers, **base)
    kept = client.post("/cabinet/form", data={"platform": "x"}, headers=headers, **base)
    assert kept.status_code == 303
    names = ("session", "lang", "vision", "kept")
    for name in names:
        cookie = client.get_cookie(name)
        assert cookie is not None, name
        told = (cookie.http_only, cookie.same_site, cookie.secure, cookie.path, cookie.domain)
        assert told == (True, "Lax", production, "/", "localhost"), name


def test_a_form_of_ours_that_is_too_old_comes_back_with_everything_typed(besieged: Besieged) -> None:
    owner, before = besieged.person("owner"), besieged.rows()
    address = f"/cabinet/drafts/{besieged.at['']['draft_id']}/pages/asset"
    sent = {"csrf_token": "old", "platform": "Қайтарылған", "page": address}
    back = owner.client.post(address, data=sent, headers=HERE)
    assert back.location.startswith(f"{address}?typed=")
    page = owner.follow(back)
    assert 'value="Қайтарылған"' in page.text
    assert before == besieged.rows()


@pytest.mark.law("L69.1", "R9.1")
def test_a_form_of_another_site_in_somebodys_name_is_one_line_an_hour_and_an_old_one_of_ours_none(
    besieged: Besieged,
) -> None:
    """Nobody can fill the journal so: one line for each person, however many forms another site sends."""
    wall, of_town = HandWall(), besieged.at[""]
    wall.at = WallClock().now() + timedelta(hours=2)
    office, cabinet = Office(besieged.story), Cabinet(besieged.story)
    office.app = cabinet.app = create_app(besieged.program, wall=wall)
    head, owner, stranger = office.desk("head"), cabinet.seat("company_head"), office.visitor()
    before, known = besieged.rows(), len(foreign_forms(besieged))
    extend, withdraw = f"/office/cases/{of_town['case_id']}/extend", f"/cabinet/cases/{of_town['case_id']}/withdraw"
    for visitor, address in ((head, extend), (owner, withdraw), (stranger, extend)):
        for name in ("extend", "a\u202eb"):
            told = {"csrf_token": "x", **OFFERED}
            answer = visitor.client.post(address.replace("extend", name), data=told, headers=ELSEWHERE)
            assert answer.status_code in (400, 404)
        assert visitor.client.post(address, data={"csrf_token": "x", **OFFERED}, headers=HERE).status_code == 303
    lines = foreign_forms(besieged)[known:]
    assert [(line.role, line.details) for line in lines] == [
        ("head", {"path": f"POST {extend}", "origin": "https://evil.example"}),
        ("applicant", {"path": f"POST {withdraw}", "origin": "https://evil.example"}),
    ]
    wall.pass_by(minutes=59)
    assert head.client.post(extend, headers={"Referer": "https://evil.example/\u202e?x"}).status_code == 400
    assert len(foreign_forms(besieged)) == known + 2
    wall.pass_by(minutes=1)
    assert head.client.post(extend, headers={"Referer": f"https://evil.example/{'x' * 900}"}).status_code == 400
    assert len(foreign_forms(besieged)[-1].details["origin"]) == LONGEST
    assert len(foreign_forms(besieged)) == known + 3
    page = text(office.desk("supervisor").get("/office/journal?lang=en"))
    assert "A form that did not come from a page of ours was refused, and nothing was done." in page
    assert besieged.rows() == before
    assert list(audit(besieged.program)) == []


def foreign_forms(town: Besieged) -> list[JournalEntry]:
    with town.program.reading() as uow:
        return [line for line in uow.list(JournalEntry) if line.action == "foreign_form_refused"]
