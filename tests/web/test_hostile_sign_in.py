"""Guesses at the two doors: they cost the same, they are counted for who guesses, and the journal has them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from service.demo.accounts import PASSWORD
from service.domain.case import JournalEntry
from service.domain.people import Officer
from service.program import Program
from service.usecases.audit import audit
from service.web import create_app
from service.web.security import limiter
from tests.program import QuickPasswords, Story
from tests.web.cabinet import Cabinet, content_to_sign, text
from tests.web.ground_visitor import HERE, Visitor

OFFICE, CABINET = "/office/sign-in", "/cabinet/sign-in"


class Counting(QuickPasswords):
    """Counts how often a password is compared, and with what."""

    def __init__(self) -> None:
        super().__init__()
        self.compared: list[tuple[bool, str]] = []

    def verify(self, stored: str, password: str) -> bool:
        self.compared.append((bool(stored), password))
        return super().verify(stored, password)


@pytest.fixture
def guarded(story: Story) -> Iterator[Visitor]:
    """A browser before doors that count."""
    app = create_app(story.program)
    limiter.reset()
    yield Visitor(app.test_client())
    limiter.reset()


def refused(story: Story) -> list[JournalEntry]:
    with story.program.reading() as uow:
        return [line for line in uow.list(JournalEntry) if line.action == "sign_in_refused"]


def guess(visitor: Visitor, login: str, password: str = "x", address: str = "127.0.0.1") -> int:
    if not visitor.token:
        visitor.get(OFFICE)
    data = {"csrf_token": visitor.token, "login": login, "password": password}
    answer = visitor.client.post(OFFICE, data=data, headers=HERE, environ_overrides={"REMOTE_ADDR": address})
    return answer.status_code


@pytest.mark.law("R9.1", "L69.1")
def test_a_closed_an_unknown_and_a_known_login_cost_one_comparison_each_and_read_the_same(story: Story) -> None:
    passwords = Counting()
    program: Program = replace(story.program, passwords=passwords)
    with program.unit_of_work() as uow:
        uow.get(Officer, story.officer("centre").officer_id).active = False
        uow.commit()
    app = create_app(program)
    app.config["RATELIMIT_ENABLED"] = False
    visitor = Visitor(app.test_client())
    visitor.get(f"{OFFICE}?lang=en")
    told = {}
    for login, password in (("unit", "x"), ("nobody", "x"), ("centre", PASSWORD), ("' OR 1=1 --", "x"), ("UNIT", "x")):
        answer = visitor.post(OFFICE, {"login": login, "password": password})
        told[login] = (answer.status_code, text(answer))
    assert len(passwords.compared) == len(told)
    assert {status for status, _said in told.values()} == {400}
    assert {"The login or the password is wrong" in said for _status, said in told.values()} == {True}
    assert [line.actor for line in refused(story)] == list(told)
    assert list(audit(program)) == []


def test_an_unknown_login_is_compared_with_a_hash_as_dear_as_a_real_one(story: Story) -> None:
    from service.adapters import passwords

    real = passwords.Argon2Passwords().hash("ruqsat-demo-2026")
    assert real.startswith("$argon2id$")
    assert passwords.NOBODY.split("$")[:4] == real.split("$")[:4]


@pytest.mark.law("R9.1", "L69.1")
def test_who_guesses_at_a_login_locks_out_nobody_else(story: Story, guarded: Visitor) -> None:
    assert [guess(guarded, "unit") for _ in range(11)] == [400] * 10 + [429]
    assert guess(guarded, "unit", PASSWORD) == 429
    assert guess(guarded, "  unit  ", PASSWORD) == 429
    elsewhere = Visitor(guarded.client.application.test_client())
    assert guess(elsewhere, "unit", PASSWORD, "10.1.2.3") == 303
    beside = Visitor(guarded.client.application.test_client())
    assert guess(beside, "head", PASSWORD) == 303
    assert len(refused(story)) == 10


def test_who_is_let_in_again_and_again_is_not_counted(guarded: Visitor) -> None:
    for _ in range(12):
        colleague = Visitor(guarded.client.application.test_client())
        assert guess(colleague, "unit", PASSWORD) == 303


def test_one_address_guesses_at_many_logins_only_so_often(guarded: Visitor) -> None:
    told = [guess(guarded, f"nobody-{number}", "") for number in range(61)]
    assert told == [400] * 60 + [429]
    assert guess(guarded, "unit", PASSWORD, "10.1.2.3") == 303


def test_the_addresses_of_one_network_of_the_new_kind_are_one(guarded: Visitor) -> None:
    told = [guess(guarded, "", "", f"2001:db8:1:2::{number}") for number in range(1, 12)]
    assert told == [400] * 10 + [429]
    assert guess(guarded, "", "", "2001:db8:1:3::1") == 400
    assert guess(guarded, "x" * 100_000, "", "unknown") == 400


@pytest.mark.law("R1.1", "L69.1")
def test_a_door_that_takes_signatures_is_not_tried_for_ever(story: Story) -> None:
    seat = Cabinet(story, limited=True).seat()
    seat.get(CABINET)
    sent = {"nonce": "x", "signature": "AAAA"}
    assert [seat.post(CABINET, sent).status_code for _ in range(61)] == [400] * 60 + [429]
    limiter.reset()
    assert seat.sign_in_with("company_head").status_code == 303
    assert [line.details for line in refused(story)] == [{"reasons": ["challenge"]}] * 60


@pytest.mark.law("R1.1", "R2.4", "L69.1")
def test_a_challenge_opens_the_cabinet_once_for_ten_minutes_and_in_its_own_browser(story: Story) -> None:
    cabinet = Cabinet(story)
    seat, stranger = cabinet.seat(), cabinet.seat()
    late = seat.signed(seat.get(CABINET), "company_head")
    story.program.set_clock(story.program.clock.now() + timedelta(minutes=10, seconds=1))
    assert seat.post(CABINET, late).status_code == 400
    good = seat.signed(seat.get(CABINET), "company_head")
    stranger.get(CABINET)
    assert stranger.post(CABINET, good).status_code == 400
    kept = seat.client.get_cookie("session")
    assert kept is not None
    assert seat.post(CABINET, good).status_code == 303
    for again in (seat, stranger):
        again.client.set_cookie("session", kept.value)
        again.get(CABINET)
        again.client.set_cookie("session", kept.value)
        assert again.post(CABINET, good).status_code == 400
    assert {tuple(line.details["reasons"]) for line in refused(story)} == {("challenge",)}
    assert len(refused(story)) == 4


@pytest.mark.law("R1.1", "R2.4", "L69.1")
def test_a_signature_under_something_else_opens_nothing(story: Story) -> None:
    """The manifest of an application, another purpose or another address in the text, the text inside a larger one."""
    seat, pki = Cabinet(story).seat(), story.pki
    wanted = content_to_sign(seat.get(CABINET))
    others = (
        b"", wanted + b" ", wanted.replace(b"sign-in", b"sign_in"), b'{"purpose":"filing"}',
        wanted.replace(b"http", b"HTTP", 1), wanted.upper(),
    )  # fmt: skip
    for other in others:
        page = seat.get(CABINET)
        sent = {
            **seat.signed(page, "company_head"),
            "signature": base64.b64encode(pki.sign_cms("company_head", other)).decode(),
        }
        assert seat.post(CABINET, sent).status_code == 400
        assert seat.get("/cabinet/").status_code == 303
    assert {tuple(line.details["reasons"]) for line in refused(story)} <= {("content",), ("signature",), ("format",)}
    assert len(refused(story)) == len(others)
