"""Who comes a moment too late gets 409 and a page: what has happened meanwhile, by whom, and what they had entered."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import cast

import pytest
from werkzeug.test import TestResponse

from service.domain.case import Case
from service.usecases.applicant_acts import withdraw_case
from tests.editions import deployed
from tests.program import CONFORMS, DOES_NOT, Story
from tests.soak.together import at_once
from tests.web.cabinet import Cabinet, Seat, content_to_sign
from tests.web.ground_visitor import heading
from tests.web.office import Desk, Office, hidden, text

WORDS = {"kk": "Іс өзгерді", "ru": "Дело изменилось", "en": "The case has changed"}
HEAD = "БАСШЫҒАЛИЕВ ҚАНАТ"


def to_sign(story: Story) -> Case:
    """The permit waits for the head."""
    return story.work("unit", story.complete(), "task_examine", **CONFORMS)


def pen(desk: Desk, case: Case) -> tuple[str, dict[str, object]]:
    """The paper before the head, and what its page sends once the head has signed."""
    address = desk.send(case, decision="sign").location
    page = desk.get(address)
    cms = desk.story.pki.sign_cms("ministry_head", content_to_sign(page))
    seen = page.text.split('name="seen" value="')[1].split('"')[0]
    return address, {"seen": seen, "signature": base64.b64encode(cms).decode()}


def leaving(seat: Seat, case: Case, reason: str = "") -> tuple[str, dict[str, object]]:
    """The page on which an applicant withdraws, and what it sends."""
    address = f"/cabinet/cases/{case.id}/withdraw"
    page = seat.get(address)
    seen = page.text.split('name="seen" value="')[1].split('"')[0]
    return address, {"seen": seen, "page": address, "reason": reason}


def meet(*acts: Callable[[], TestResponse]) -> list[TestResponse]:
    """What the pages answer to several people in the same moment."""
    answers = at_once(*acts)
    assert all(isinstance(each, TestResponse) for each in answers), answers
    return cast(list[TestResponse], answers)


def in_order(answers: list[TestResponse]) -> tuple[list[int], list[TestResponse]]:
    """The statuses of answers, and the answers to those who came too late."""
    return sorted(each.status_code for each in answers), [each for each in answers if each.status_code == 409]


@pytest.mark.law("L69.1")
def test_of_four_who_send_one_task_at_once_three_read_that_it_is_done_and_find_their_text(story: Story) -> None:
    case, office = story.complete(), Office(story)
    desks = [office.desk("unit") for _ in range(4)]
    forms = [(desk, desk.address(case), hidden(desk.open(case))) for desk in desks]
    answers = meet(
        *(
            lambda desk=desk, to=to, seen=seen, own=own: desk.post(to, {**seen, **DOES_NOT, "conclusion": f"Ой {own}"})
            for own, (desk, to, seen) in enumerate(forms)
        )
    )
    statuses, late = in_order(answers)
    assert statuses == [303, 409, 409, 409]
    for answer in late:
        assert heading(answer) == "You have already done this"
        assert "The examination found grounds for refusal." in text(answer)
        assert f"Ой {answers.index(answer)}" in text(answer)
    assert story.said(case).count("conclusion_recorded") == 1


@pytest.mark.law("L69.1", "R9.1", "A3.3")
def test_of_two_signatures_at_once_one_takes_effect_and_the_other_reads_which_permit_was_issued(story: Story) -> None:
    case, office = to_sign(story), Office(story)
    head = office.desk("head")
    address, sent = pen(head, case)
    other = office.desk("head")
    statuses, (late,) = in_order(meet(*(lambda who=who: who.post(address, sent) for who in (head, other))))
    assert statuses == [303, 409]
    assert heading(late) == "You have already done this"
    said = text(late)
    for told in ("Permit KZ-2023-000001 was issued.", "What you had typed", "Sign the permit"):
        assert told in said
    assert len(story.program.queries.case(case.id).documents) == 1


@pytest.mark.law("L69.1", "R9.1", "A1.11.3")
def test_who_withdraws_while_the_head_signs_reads_which_paper_by_whom_and_when(story: Story) -> None:
    case, cabinet = to_sign(story), Cabinet(story)
    seats = {language: cabinet.seat("company_head", language) for language in WORDS}
    forms = {language: leaving(seat, case, "Өзгертемін") for language, seat in seats.items()}
    address, sent = pen(head := Office(story).desk("head"), case)
    assert head.post(address, sent).status_code == 303
    told = {
        "kk": (f"Рұқсат № KZ-2023-000001: 12.09.2023, 10:00 қол қойылды, {HEAD}", "Іс 12.09.2023, 10:00 жабылды"),
        "ru": (f"Разрешение № KZ-2023-000001: подпись поставлена 12.09.2023, 10:00, {HEAD}", "Дело закрыто 12.09.2023"),
        "en": (f"Permit No. KZ-2023-000001 was signed at 12.09.2023, 10:00 by {HEAD}", "The case was closed at 12.09."),
    }
    for language, seat in seats.items():
        answer = seat.post(*forms[language])
        assert (answer.status_code, heading(answer)) == (409, WORDS[language])
        for sentence in (*told[language], "Өзгертемін"):
            assert sentence in text(answer)
    silent = seats["en"].post(forms["en"][0], {**forms["en"][1], "reason": ""})
    assert (silent.status_code, heading(silent)) == (409, WORDS["en"])
    assert "Permit No. KZ-2023-000001" in text(silent)
    assert "What you had typed" not in text(silent)


@pytest.mark.law("L69.1", "R9.1")
def test_the_head_who_signs_what_is_withdrawn_meanwhile_reads_so(story: Story) -> None:
    case, head = to_sign(story), Office(story).desk("head")
    address, sent = pen(head, case)
    withdraw_case(story.program, case.id, story.applicant("company_head"), "Өзгертемін")
    late = head.post(address, sent)
    assert (late.status_code, heading(late)) == (409, "This task is no longer needed")
    assert "Nothing of yours was saved or signed." in text(late)
    assert "The applicant withdrew the application. Reason: Өзгертемін" in text(late)
    assert "Sign the permit" in text(late)


@pytest.mark.law("L69.1", "R9.1", "R11.1")
def test_of_a_signature_and_a_withdrawal_at_once_one_ends_the_case_and_the_other_reads_it(story: Story) -> None:
    case = to_sign(story)
    head, seat = Office(story).desk("head"), Cabinet(story).seat("company_head")
    paper, way = pen(head, case), leaving(seat, case, "Өзгертемін")
    signed, withdrawn = meet(lambda: head.post(*paper), lambda: seat.post(*way))
    assert {signed.status_code, withdrawn.status_code} == {303, 409}
    first, late = ("granted", withdrawn) if signed.status_code == 303 else ("withdrawn", signed)
    assert story.now(case).outcome == first
    assert ("The case was closed" in text(late), story.said(case).count("case_closed")) == (True, 1)


def changed_rules(story: Story, number: str) -> None:
    """Another edition of the rules, in force at once."""
    deployed(story, number=f'number = "{number}"')


@pytest.mark.law("R3.3", "O1")
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("kk", "Қағидалардың 2 редакциясы енгізілді, № 700/НҚ бұйрық"),
        ("ru", "Введена редакция 2 правил, приказ № 700/НҚ"),
        ("en", "Edition 2 of the rules, order No. 700/НҚ, was entered at 12.09.2023, 10:00"),
    ],
)
def test_an_application_that_loses_to_a_deploy_is_shown_anew_with_what_has_changed_and_can_be_signed(
    story: Story, language: str, told: str
) -> None:
    seat = Cabinet(story).seat("company_head", language)
    draft = seat.ready()
    sent = seat.signed(seat.get(f"{draft}/review"), "company_head")
    changed_rules(story, "700/НҚ")
    late = seat.post(f"{draft}/review", sent)
    assert late.status_code == 409
    for shown in (told, "QazToken", "үзінді.pdf"):
        assert shown in text(late)
    assert not story.program.queries.cases().rows
    assert seat.post(f"{draft}/review", seat.signed(late, "company_head")).status_code == 303
    (case,) = story.program.queries.cases().rows
    assert case.edition_id == 2


@pytest.mark.law("R3.3", "O1", "R5.1")
def test_an_application_beside_a_deploy_is_taken_by_the_rules_that_it_names_or_shown_anew(story: Story) -> None:
    cabinet = Cabinet(story)
    seat = cabinet.seat("company_head")
    draft = seat.ready()
    sent = seat.signed(seat.get(f"{draft}/review"), "company_head")
    answer, _done = at_once(lambda: seat.post(f"{draft}/review", sent), lambda: changed_rules(story, "700/НҚ"))
    assert isinstance(answer, TestResponse)
    assert answer.status_code in (303, 409)
    if answer.status_code == 409:
        assert "Edition 2 of the rules" in text(answer)
        assert seat.post(f"{draft}/review", seat.signed(answer, "company_head")).status_code == 303
    (case,) = story.program.queries.cases().rows
    assert case.edition_id == (1 if answer.status_code == 303 else 2)
