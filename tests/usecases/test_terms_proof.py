"""The signed proof of a case's terms: every date, each by the calendar of its time, recounted without us (D25, D28)."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from service.domain.case import Case
from service.domain.proofs import Signed, read_signed, signed
from service.usecases.extend_term import extend_term
from service.usecases.file_access import request_access
from service.usecases.load_calendar import load_calendar
from service.usecases.people import ADMINISTRATOR
from service.usecases.report_error import report_error
from service.usecases.terms_proof import terms_proof
from service.usecases.verify_terms import TermsChecked, verify_terms
from service.web.term_names import term_words
from tests.calendars import ACT, with_day
from tests.complaints import Complaints
from tests.program import Story
from tests.usecases.beside import heard

FRIDAY_OFF = with_day("2023-09-15", "day_off")
WEDNESDAY_OFF = with_day("2023-09-13", "day_off")

Told = dict[str, Any]


def content(story: Story, case: Case) -> Told:
    told = json.loads(terms_proof(story.program, case.id, term_words()))
    return dict(told["content"])


def terms(story: Story, case: Case) -> dict[str, Told]:
    """The latest term of each element, without those that are not counted."""
    return {term["element"]: term for term in content(story, case)["terms"] if term["counted"]}


def by(term: Told) -> tuple[str, int]:
    """The last day as it was counted, and the calendar's number."""
    return term["counted"]["due_on"], term["counted"]["calendar"]["number"]


def checked(story: Story, told: Told) -> TermsChecked:
    """What `ruqsat verify` finds in this content under a signature of ours."""
    key = story.program.system_key
    proof = read_signed(json.loads(signed(told, key.key_id, key.public_key, key.sign)))
    assert proof is not None

    def verify(found: Signed) -> bool:
        return key.verify(found.key_id, found.text, found.value)

    return verify_terms(proof, verify)


@pytest.mark.law("D28", "D25")
def test_the_terms_of_a_closed_case_stay_counted_by_the_calendar_of_their_time(complaints: Complaints) -> None:
    case = complaints.granted()
    before = content(complaints, case)["terms"]
    load_calendar(complaints.program, WEDNESDAY_OFF, ACT, ADMINISTRATOR)
    after = content(complaints, case)
    assert [term for term in after["terms"] if term["kind"] != "own"] == [
        term for term in before if term["kind"] != "own"
    ]
    assert {by(term)[1] for term in after["terms"] if term["counted"] and term["kind"] != "own"} == {1}
    assert by(terms(complaints, case)["complaint_term"]) == ("2024-03-12", 2)
    assert checked(complaints, after).faults == ()


@pytest.mark.law("D28", "D25")
def test_each_term_names_the_calendar_that_it_was_counted_by(story: Story) -> None:
    case = story.complete()
    load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    told = terms(story, case)
    assert by(told["deadline_completeness"]) == ("2023-09-14", 1)
    assert by(told["deadline_examination"]) == ("2023-09-18", 2)
    assert by(told["deadline_service"]) == ("2023-09-20", 2)
    hashes = {by(term)[1]: term["counted"]["calendar"]["sha256"] for term in told.values()}
    assert len(set(hashes.values())) == 2


@pytest.mark.law("D28", "L76.3", "D25")
def test_an_extended_term_keeps_the_count_of_its_first_end_by_the_calendar_of_then(story: Story) -> None:
    case = story.complete()
    extend_term(story.program, case.id, story.officer("head"), date(2023, 10, 2), "Сараптама қажет")
    load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    told = terms(story, case)
    assert told["deadline_service"]["due_at"].startswith("2023-10-02")
    assert by(told["deadline_service"]) == ("2023-09-19", 1)


@pytest.mark.law("D25", "L75.1", "L76.3", "L82.1", "L73.3", "R8.2")
def test_the_proof_tells_the_terms_of_duties_and_of_the_person_too(complaints: Complaints) -> None:
    case = complaints.refused()
    extended = complaints.complete("entrepreneur")
    extend_term(complaints.program, extended.id, complaints.officer("head"), date(2023, 10, 16), "Сараптама қажет")
    request_access(complaints.program, case.id, complaints.applicant("company_head"))
    refusal = complaints.document(case, "refusal")
    report_error(complaints.program, refusal.id, complaints.officer("unit"), "Атауы қате")
    complaints.at("2023-09-22T10:00")
    told = terms(complaints, case)
    for duty, law in {"give_case_file": "L75.1", "correct_error": "L82.1"}.items():
        term = told[duty]
        assert (term["kind"], term["law"], term["missed"]) == ("duty", [law], True)
        assert (term["counted"]["from"], *by(term)) == ("2023-09-18", "2023-09-21", 1)
        assert all(term["what"].values())
        assert term["names"]["en"] == "within 3 working days"
    assert by(told["objection"]) == ("2023-09-14", 1)
    assert by(terms(complaints, extended)["notify_extension"]) == ("2023-09-21", 1)
    assert checked(complaints, content(complaints, case)).faults == ()


@pytest.mark.law("D25", "D28", "L74.1")
def test_a_duty_that_a_new_calendar_moves_is_counted_by_it(story: Story) -> None:
    case = heard(story)
    load_calendar(story.program, FRIDAY_OFF, ACT, ADMINISTRATOR)
    minutes = [term for term in content(story, case)["terms"] if term["element"] == "sign_minutes"]
    assert {(term["due_at"][:10], *by(term)) for term in minutes} == {("2023-09-19", "2023-09-19", 2)}
    actions = {line.get("action") for line in content(story, case)["journal"]}
    assert {"duty_opened", "duty_recounted"} <= actions


@pytest.mark.law("D25", "L92.1", "L80.5")
def test_the_proof_tells_until_when_a_complaint_is_in_time(complaints: Complaints) -> None:
    refused = complaints.refused()
    complaint = complaints.complained(refused, "refusal", learned_on="2023-05-01")
    of_act, of_complaint = (terms(complaints, case)["complaint_term"] for case in (refused, complaint))
    # Monday 18 December 2023 is a day off in place of Saturday 16.
    assert (of_act["counted"]["from"], *by(of_act), of_act["counted"]["months"]) == ("2023-09-18", "2023-12-19", 1, 3)
    assert [day for day, *_why in of_act["counted"]["skipped"]] == ["2023-12-18"]
    assert refused.number != complaint.number
    assert "BT-2023-000001" in of_act["what"]["ru"]
    assert (of_complaint["counted"]["due_on"], of_complaint["missed"]) == ("2023-08-01", True)
    assert checked(complaints, content(complaints, refused)).faults == ()


def no_day_counted(counted: Told) -> None:
    counted["counted"].pop()


def another_number(counted: Told) -> None:
    counted["days"] += 1


def another_end(counted: Told) -> None:
    counted["due_on"] = "2023-09-21"


def a_day_twice(counted: Told) -> None:
    counted["counted"][1] = counted["counted"][0]


def a_skipped_day_of_its_own(counted: Told) -> None:
    counted["skipped"][0][0] = "2023-10-16"


def another_begin(counted: Told) -> None:
    counted["from"] = "2023-09-11"


@pytest.mark.law("D25", "L92.1")
def test_a_count_that_is_wrong_is_found_though_the_signature_is_right(complaints: Complaints) -> None:
    told = content(complaints, complaints.refused())
    assert checked(complaints, told).faults == ()
    in_days: tuple[Callable[[Told], None], ...] = (
        no_day_counted, another_number, another_end, a_day_twice, a_skipped_day_of_its_own, another_begin,
    )  # fmt: skip
    wrong = [("deadline_service", harm) for harm in in_days]
    wrong += [("complaint_term", harm) for harm in (another_end, a_skipped_day_of_its_own, another_begin)]
    for element, harm in wrong:
        forged = deepcopy(told)
        (term,) = [term for term in forged["terms"] if term["element"] == element]
        harm(term["counted"])
        assert checked(complaints, forged).faults == (f"terms: {element}",), (element, harm.__name__)
