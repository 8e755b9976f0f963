"""Every form of every door filled in with ill will: refused in words or taken as it stands, never broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from service.adapters.database import tables
from service.usecases.audit import audit
from tests.web.cabinet import text
from tests.web.ground_visitor import Visitor
from tests.web.hostile_town import Besieged
from tests.web.office import faults
from tests.web.test_hostile_routes import routes

LONG = "z" * 70_000
CUNNING = "\u202eabc\u2066\x01\x1b[31m\ufffe<script>alert(1)</script>{{7*7}}"
LABEL = r'<label class="govuk-label" for="([^"]+)">\s*(.*?)\s*</label>'
STRANGE: tuple[object, ...] = (
    LONG, "9" * 5000, CUNNING, "31.12.2199", "01.01.1900", "09:00+05:00", ["a", "a", "b"]
)  # fmt: skip
PERSON = {
    "name": "x", "residence": "x", "postal_address": "x", "phone": "+77172740000", "email": "a@example.test",
    "iin": "850615399019",
}  # fmt: skip
GOOD: dict[str, tuple[str, dict[str, str]]] = {
    "cabinet.case_papers": ("owner", {"reason": "x"}),
    "cabinet.page": ("owner", {"platform": "x", "purpose": "x", "go": "list", "add_row": "", "remove_row": ""}),
    "cabinet.save_page": ("owner", {"platform": "x", "purpose": "x"}),
    "cabinet.files": ("owner", {"kind": "guarantee_letter", "number": "1", "dated": "12.09.2023", "valid_until": ""}),
    "cabinet.file": ("owner", {"kind": "guarantee_letter", "number": "1", "dated": "12.09.2023", "valid_until": ""}),
    "cabinet.minutes_remark": ("owner", {"text": "x"}),
    "cabinet.position": ("owner", {"text": "x", "wants_oral": "yes"}),
    "cabinet.open_complaint_draft": ("owner", {"about": "other"}),
    "cabinet.review": ("owner", {"manifest": "x", "signature": "x", "persona": "x"}),
    "officer.acting": ("administrator", {"login": "x", "since": "12.09.2023", "until": "13.09.2023", "order": "1"}),
    "officer.end_acting": ("administrator", {"until": "05.01.2030", "reason": "x"}),
    "officer.password": ("centre", {"password": "x", "password_new": "x" * 12, "password_again": "x" * 12}),
    "officer.setting": ("administrator", {
        "valid_from": "20.09.2023", "opens": "09:00", "closes": "18:30", "break_from": "13:00", "break_until": "14:30",
        "basis": "x", "confirmed": "yes",
    }),
    "officer.portal_break": ("administrator", {
        "starts_at": "20.09.2023", "starts_hour": "10:00", "ends_at": "20.09.2023", "ends_hour": "11:00",
        "kk": "x", "ru": "x", "en": "x",
    }),
    "officer.new_claim": ("unit", {
        "court": "x", "number": "1", "plaintiff": "x", "filed_on": "12.09.2023", "contests": "permit",
        "hearing_on": "20.09.2023", "after_complaint": "no", "case_number": "", "document_number": "",
    }),
    "officer.correct_court_claim": ("unit", {
        "court": "x", "number": "1", "plaintiff": "x", "filed_on": "14.09.2023", "hearing_on": "20.09.2023",
        "after_complaint": "no", "reason": "x",
    }),
    "officer.end_claim": ("unit", {
        "result": "annulled", "act_number": "1", "act_on": "12.09.2023", "act_in_force_on": "12.09.2023",
        "mistake": "x",
    }),
    "officer.take_in": ("chancellery", {
        **PERSON, "channel": "post", "language": "kk", "contests": "service", "body": "provider", "official": "x",
        "circumstances": "x", "demands": "x", "evidence": "x", "explained": "", "learned_on": "10.09.2023",
        "received_on": "11.09.2023", "received_reason": "x", "incomplete": "",
        "submission": "", "case_number": "", "document_number": "", "kept_file": "",
    }),
    "officer.answer_on_paper": ("chancellery", {
        "received_on": "15.09.2023", "text": "x", "oral": "no", "standing": "", "kept_file": "",
    }),
    "officer.error_in_document": ("chancellery", {"reason": "x"}),
    "officer.correct": ("head", {"reason": "x", "field-platform": "x", "go": "sign"}),
    "officer.change": ("head", {"act": "suspend", "from_on": "12.09.2023", "order": "1", "basis": "x"}),
    "officer.withdraw_permit_change": ("head", {"withdrawal_reason": "x"}),
    "officer.told": ("chancellery", {"how": "x", "told_on": "12.09.2023"}),
    "officer.extend": ("head", {"until": "25.10.2023", "reason": "x"}),
    "officer.sign": ("head", {"signature": "x"}),
    "officer.assign": ("unit", {"officer": "2"}),
    "officer.duty": ("unit", {"result": "x", "open_until": "20.10.2023", "done_on": "12.09.2023", "note": "x"}),
    "officer.task": ("unit", {"complete": "no", "missing_items": "application", "missing_facts": "x", "version": "1"}),
    "officer.save_draft": ("unit", {"complete": "no", "missing_items": "application", "missing_facts": "x"}),
    "officer.status": ("centre", {"number": "P-2023-000001", "identifier": "150340999016"}),
}  # fmt: skip
"""What each form takes from whom."""


WRONG: dict[str, tuple[str, dict[str, str]]] = {
    "officer.acting": ("administrator", {"login": "", "since": "x", "until": "31.02.2023", "order": ""}),
    "officer.end_acting": ("administrator", {"until": "09.01.2030", "reason": ""}),
    "officer.password": ("centre", {"password": "x", "password_new": "short", "password_again": "other"}),
    "officer.setting": ("administrator", {"valid_from": "x", "opens": "late", "closes": "", "basis": ""}),
    "officer.portal_break": ("administrator", {
        "starts_at": "x", "starts_hour": "late", "ends_at": "", "ends_hour": "", "kk": "", "ru": "", "en": "",
    }),
    "officer.take_in": ("chancellery", {
        "channel": "", "received_on": "x", "name": "", "iin": "1", "bin": "2", "contests": "", "learned_on": "x",
        "case_number": "x", "document_number": "x", "circumstances": "", "demands": "", "scan": "",
    }),
    "officer.answer_on_paper": ("chancellery", {"received_on": "x", "text": "", "oral": "", "scan": ""}),
    "officer.error_in_document": ("chancellery", {"reason": ""}),
    "officer.correct": ("head", {"reason": "", "field-platform": "", "field-purpose": "z" * 5000}),
    "officer.told": ("chancellery", {"how": "", "told_on": "32.09.2023"}),
    "officer.extend": ("head", {"until": "x", "reason": ""}),
    "officer.duty": ("unit", {"open_until": "x", "note": LONG}),
    "officer.status": ("centre", {"number": "", "identifier": ""}),
}  # fmt: skip
"""What of each form of the office is wrong, from whom: every field that stands here."""


def attacks(good: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    """Each field alone with what is longest and what is most cunning, then every field with every strange thing."""
    for field, strange in product(good, (LONG, CUNNING)):
        yield {field: strange}
    for turn in range(len(STRANGE)):
        yield {field: STRANGE[(place + turn) % len(STRANGE)] for place, field in enumerate(good)}


@pytest.mark.law("A2.1", "R9.1", "R2.2", "L64.1", "L76.3")
@pytest.mark.parametrize("endpoint", WRONG)
def test_a_form_of_the_office_tells_all_that_is_wrong_at_once_field_by_field(besieged: Besieged, endpoint: str) -> None:
    (who, wrong), before = WRONG[endpoint], besieged.rows()
    (address,) = [address for name, address, _rule in routes(besieged) if name == f"POST {endpoint}"]
    good = GOOD[endpoint][1]
    file = {"scan": (BytesIO(b"no picture"), "scan.pdf")} if "scan" in wrong else {}
    visitor = besieged.person(who)
    visitor.get(f"{address}?lang=kk")
    answer = visitor.post(address, {**good, **wrong, **file})
    assert answer.status_code == 400
    listed = faults(answer)
    assert {name for name, _told in listed} == set(wrong)
    drawn = {name: unescape(label).strip() for name, label in re.findall(LABEL, answer.text)}
    assert [name for name in drawn if name in wrong] == [name for name, _told in listed]
    for name, told in listed:
        assert told.startswith(drawn[name].rstrip(" :?.") + ": "), told
        assert f'id="{name}-error"' in answer.text, name
    assert besieged.rows() == before


@pytest.mark.law("A2.1", "A2.2", "R9.1", "L69.1")
def test_no_field_of_any_form_breaks_anything_whatever_stands_in_it(besieged: Besieged) -> None:
    addresses = {name: address for name, address, _rule in routes(besieged)}
    people: dict[str, Visitor] = {}
    for endpoint, (who, good) in GOOD.items():
        visitor = people.setdefault(who, besieged.person(who))
        for planted in attacks(good):
            answer = visitor.post(addresses[f"POST {endpoint}"], {**good, **planted})
            told = {field: str(strange)[:20] for field, strange in planted.items()}
            assert answer.status_code < 500, (endpoint, told)
            assert b"<script>alert" not in answer.data, (endpoint, told)
    assert list(audit(besieged.program)) == []
    for who in ("owner", "head", "administrator"):
        visitor = people.setdefault(who, besieged.person(who))
        for name, address in addresses.items():
            if name.startswith("GET"):
                page = visitor.client.get(address)
                assert page.status_code < 500, (who, name)
                assert len(page.data) < 3_000_000, (who, name)
                assert b"<script>alert" not in page.data, (who, name)
                assert "\u202eabc".encode() not in page.data, (who, name)


@pytest.mark.law("A2.1", "A2.3", "R3.3")
def test_nothing_is_taken_that_the_page_does_not_ask_for(besieged: Besieged) -> None:
    """Whose the draft is, what the registers said, the consents and the keys of the program are not for the person."""
    owner, draft = besieged.person("owner"), besieged.at[""]["draft_id"]
    before, files = besieged.program.queries.draft(draft)
    foreign = {
        "iin": "850615399019", "bin": "000140000001", "applicant_kind": "x", "_state": "x", "_confirmed": "x",
        "_prefilled": "x", "_typed": "x", "id": "1", "case_id": "1", "manifest": "x", "procedure": "appeal",
        "consent_truth": "yes", "consent_data": "yes", "fields": "x", "__class__": "x", "draft_id": "x",
    }  # fmt: skip
    told = {"platform": "Басқа", "purpose": "Айналым", **foreign}
    assert owner.post(f"/cabinet/drafts/{draft}/pages/asset", told).status_code == 303
    after, files_after = besieged.program.queries.draft(draft)
    assert {**after.answers, "_typed": {}} == {
        **before.answers, "_typed": {}, "platform": "Басқа", "purpose": "Айналым",
    }  # fmt: skip
    assert (after.iin, after.bin, after.case_id, after.procedure) == (
        before.iin, before.bin, before.case_id, before.procedure,
    )  # fmt: skip
    assert [file.id for file in files] == [file.id for file in files_after]
    owner.post(f"/cabinet/drafts/{draft}/pages/applicant/save", foreign)
    saved = besieged.program.queries.draft(draft)[0].answers
    assert {name: saved.get(name) for name in foreign} == {name: after.answers.get(name) for name in foreign}


@pytest.mark.law("R9.1", "A2.2")
def test_a_task_takes_only_the_fields_of_its_own_form(besieged: Besieged) -> None:
    unit, task = besieged.person("unit"), besieged.at[""]["task_id"]
    before, was = besieged.rows(), _task(besieged, task)
    foreign = {
        "outcome": "granted", "decision": "sign", "state": "closed", "role": "head", "assignee_id": "1",
        "permit_number": "KZ-1", "complete": "maybe", "missing_items": "not offered",
    }  # fmt: skip
    page = unit.get(f"/office/tasks/{task}?lang=en")
    version = page.text.split('name="version" value="')[1].split('"')[0]
    answer = unit.post(f"/office/tasks/{task}", {**foreign, "version": version})
    assert answer.status_code == 400
    assert "Choose one of the answers offered." in text(answer)
    after, kept = besieged.rows(), _task(besieged, task)
    assert {name for name in before if after[name] != before[name]} == {"task"}
    assert kept.pop("draft")["_raw"] == {"complete": ["maybe"], "missing_items": ["not offered"]}
    assert kept == {name: said for name, said in was.items() if name != "draft"}


def _task(town: Besieged, task_id: object) -> dict[str, Any]:
    line = tables.task
    with town.program.database.engine.connect() as connection:
        return dict(connection.execute(select(line).where(line.c.id == task_id)).one()._mapping)


def test_more_fields_than_any_form_has_are_not_read(besieged: Besieged) -> None:
    owner, draft = besieged.person("owner"), besieged.at[""]["draft_id"]
    before = besieged.rows()
    address = f"/cabinet/drafts/{draft}/pages/addresses"
    many = {f"addresses-{number}-street": "x" for number in range(10_000)}
    assert owner.post(address, many).status_code == 400
    assert owner.post(f"{address}/save", {f"x{number}": "y" for number in range(10_000)}).status_code == 400
    assert owner.client.get("/register?" + "&".join(f"a{number}=1" for number in range(10_000))).status_code == 414
    assert besieged.rows() == before
    for number in ("9" * 5000, "-1", "²"):
        assert owner.post(address, {f"addresses-{number}-street": "x", "go": "list"}).status_code < 500


@pytest.mark.law("R15.2", "R12.1")
def test_a_day_that_no_calendar_knows_is_refused_and_the_list_of_duties_stays(besieged: Besieged) -> None:
    unit, (_who, good) = besieged.person("unit"), GOOD["officer.new_claim"]
    unit.get("/office/claims/new?lang=en")
    refused = unit.post("/office/claims/new", {**good, "hearing_on": "31.12.2199"})
    assert refused.status_code == 400
    assert "The calendar of working days ends on 31.12.2032." in text(refused)
    assert unit.get("/office/duties").status_code == 200
