"""What stands around every answer: headers that tie a browser's hands, addresses that lead nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from werkzeug.http import parse_options_header
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from service.demo.accounts import PASSWORD
from service.domain.files import clean_file_name
from service.web.security import limiter
from service.web.sending import sent
from tests.web.cabinet import PDF
from tests.web.ground_visitor import HERE
from tests.web.hostile_town import Besieged
from tests.web.test_hostile_routes import routes
from tests.web.tied import require_tied

EVIL = "evil.example"
NO_ADDRESSES = (
    f"https://{EVIL}", f"//{EVIL}", f"/\\{EVIL}", f"\\\\{EVIL}", f"https:{EVIL}", f"https:/{EVIL}", f"///{EVIL}",
    f"/\t/{EVIL}", f"\t//{EVIL}", f" //{EVIL}", f"/\r\n//{EVIL}", f"http://localhost@{EVIL}", f"javascript://{EVIL}",
    f"data:text/html,{EVIL}", "//[", "//\u2100.com", f"/%5c{EVIL}\\", "\u2028//x", "//", "x",
)  # fmt: skip
"""What looks like an address of ours to somebody, or is none at all."""


def test_an_answer_about_trouble_does_so_too(besieged: Besieged, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor, client = besieged.visitor(), besieged.visitor().client
    answers = {
        400: client.get("/register?search=%00"),
        404: client.get("/no-such-page"),
        405: client.put("/register"),
        308: client.get("/office"),
        413: visitor.post("/office/sign-in", {"login": "x" * 5_000_000}),
    }
    besieged.app.config["RATELIMIT_ENABLED"] = True
    limiter.reset()
    for _ in range(11):
        answers[429] = visitor.post("/office/sign-in", {"login": "", "password": "x"})
    besieged.app.config["RATELIMIT_ENABLED"] = False
    limiter.reset()
    monkeypatch.setitem(besieged.app.view_functions, "public.register", lambda: 1 / 0)
    answers[500] = client.get("/register")
    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    for status, answer in answers.items():
        require_tied(answer, status)
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_no_wish_leads_to_another_site(besieged: Besieged, address: str) -> None:
    office, browser = besieged.visitor(), besieged.visitor()
    told = {"login": "unit", "password": PASSWORD, "next": address}
    led = [
        office.post("/office/sign-in", told),
        office.client.get(f"/office/sign-in?next={quote(address)}"),
        browser.post("/switch", {"switch": "lang-ru", "page": address}),
        browser.post("/switch", {"switch": "view-on", "page": address}),
        browser.client.post("/office/sign-in", data={"page": address, "login": "x"}, headers=HERE),
    ]
    assert [answer.status_code for answer in led] == [303] * len(led)
    for answer in led:
        assert re.match(r"/(?![/\\])[\x21-\x7e]*$", answer.location), answer.location
        assert EVIL not in answer.location.partition("?")[0]
    page = browser.client.get(f"/office/sign-in?next={quote(address)}&lang=en")
    assert page.status_code == 200
    assert not set(_links(page)) & {address, f"//{EVIL}", f"https://{EVIL}"}


@pytest.mark.parametrize(
    "path",
    [f"//{EVIL}", f"//{EVIL}/office/", f"///{EVIL}", f"/\\{EVIL}", f"/office//{EVIL}", f"/..//{EVIL}/", f"/\t/{EVIL}"],
)
def test_no_path_leads_to_another_site(besieged: Besieged, path: str) -> None:
    client, asked = besieged.visitor().client, {"PATH_INFO": path}
    for answer in (
        client.get("/", environ_overrides=asked),
        client.post("/", environ_overrides=asked, data={"switch": "lang-ru"}, headers=HERE),
    ):
        assert answer.status_code in (303, 308, 400, 404)
        assert re.match(r"/(?![/\\])", answer.location or "/"), answer.location
        assert not [link for link in _links(answer) if link.startswith(("//", "/\\", "http:", "https:"))]


def _links(answer: TestResponse) -> Iterator[str]:
    return (found[1] for found in re.finditer(r'(?:href|action|src)="([^"]*)"', answer.text))


@pytest.mark.law("A3.5", "L66.1")
def test_a_false_name_of_the_host_gets_into_no_page_no_redirect_and_no_letter(besieged: Besieged) -> None:
    """Addresses on papers and in letters are those of the settings, whatever a request calls this site."""
    false = {"Host": EVIL, "X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "https", "Forwarded": f"host={EVIL}"}
    people = [besieged.person(who) for who in ("nobody", "owner", "head")]
    for name, address, _rule in routes(besieged):
        if name.startswith("GET"):
            for visitor in people:
                answer = visitor.client.get(address, headers=false)
                assert EVIL.encode() not in answer.data, name
                assert EVIL not in str(answer.headers), name
    led = besieged.visitor().client.get("/office", headers=false)
    assert (led.status_code, led.location) == (308, "/office/")
    owner, case = people[1], besieged.at[""]["case_id"]
    own = {"csrf_token": owner.token, "reason": "Танысу", "page": "/cabinet/"}
    cookie = owner.client.get_cookie("session")
    assert cookie is not None
    owner.client.set_cookie("session", cookie.value, domain=EVIL)
    sent = owner.client.post(f"/cabinet/cases/{case}/consent", data=own, headers=false, base_url=f"http://{EVIL}")
    assert sent.status_code == 303
    assert not [row for rows in besieged.rows().values() for row in rows if EVIL in row]


HOSTILE_NAMES = {
    'шарт".pdf': "шарт",
    "шарт\u202efdp.exe": "шарт",
    "../../../etc/шарт.pdf": "шарт",
    "шарт%0d%0aX: y.pdf": "шарт",
    "шарт;a=b,c.pdf": "шарт",
    "қ" * 300 + ".pdf": "ққ",
}


@pytest.mark.law("A1.9.2")
def test_no_name_of_a_file_gets_out_of_its_header(besieged: Besieged) -> None:
    owner, draft = besieged.person("owner"), besieged.at[""]["draft_id"]
    for name, beginning in HOSTILE_NAMES.items():
        owner.get(f"/cabinet/drafts/{draft}/files")
        told = {"kind": "guarantee_letter"}
        answer = owner.upload(f"/cabinet/drafts/{draft}/files", name, PDF, told)  # type: ignore[attr-defined]
        assert answer.status_code == 303, name
        kept = besieged.program.queries.draft(draft)[1][-1]
        assert kept.name.startswith(beginning), name
        assert kept.name.endswith(".pdf"), name
        assert not set(kept.name) & set("\r\n\u202e/"), name
        _require_one_name(owner.client.get(f"/cabinet/drafts/{draft}/files/{kept.id}/content"), kept.name)


@pytest.mark.law("A1.9.2")
def test_such_a_name_and_worse_is_sent_as_safely(besieged: Besieged) -> None:
    with besieged.app.test_request_context():
        for name in (*HOSTILE_NAMES, "шарт\r\nSet-Cookie: session=x.pdf", "\x00шарт.pdf", ""):
            _require_one_name(sent(PDF, name, "application/pdf"), name)


def _require_one_name(answer: Response, name: str) -> None:
    """One header of one line that says one name; the browser saves the file and runs nothing of it."""
    (value,) = answer.headers.getlist("Content-Disposition")
    assert value.isascii()
    assert value.isprintable()
    assert parse_options_header(value) == ("attachment", {"filename": clean_file_name(name)}), value
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
