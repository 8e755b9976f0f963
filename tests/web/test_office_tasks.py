"""The task page: why a date is what it is, what is lawful now, and a form that loses nothing."""

from __future__ import annotations

import json
import re

import pytest

from service.domain.channels import COMPANY
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.people import ADMINISTRATOR
from tests.program import CONFORMS, DOES_NOT, LETTER, TRADE, Story
from tests.web.ground_visitor import HERE, heading, value
from tests.web.office import Office, faults, text


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


@pytest.mark.law("D25", "R6.1", "A1.4", "R8.1", "L76.1")
def test_the_page_says_when_and_why_with_the_days_skipped_and_the_point(office: Office) -> None:
    case = office.story.assigned()
    office.story.at("2023-09-12T10:20:00")
    said = text(office.desk("unit").open(case))
    assert "This task is due 14 September 2023, 18:30 2 working days and 6 working hours left" in said
    assert "2 working days after 12.09.2023. point 6 of the Rules" in said
    assert "1 13.09.2023, Wednesday 2 14.09.2023, Thursday" in said
    assert "Latest day for a hearing notice 14 September 2023, 18:30" in said
    assert "End of the service term 19 September 2023, 18:30" in said
    assert "5 days counted, 2 skipped" in said
    assert "– 16.09.2023, Saturday: not counted, Weekend (Saturday) ҚР Еңбек кодексі, 84-бап" in said


@pytest.mark.law("L76.3")
def test_an_extended_term_shows_the_old_end_the_new_one_and_the_reason(office: Office) -> None:
    case = office.story.complete()
    head = office.desk("head")
    address = f"/office/cases/{case.id}/extend"
    assert "A working day from 20.09.2023 to 17.11.2023" in text(head.get(address))
    early = head.post(address, {"until": "19.09.2023", "reason": "x"})
    assert "Choose a working day from 20.09.2023 to 17.11.2023." in text(early)
    wrong = head.post(address, {"until": "16.09.2023", "reason": "", "page": address})
    assert wrong.status_code == 400
    assert "Fill in this field." in text(wrong)
    assert value(wrong, "until") == "16.09.2023"
    assert "This is not a working day" in text(head.post(address, {"until": "23.09.2023", "reason": "x"}))
    done = head.post(address, {"until": "25 09 2023", "reason": "Сараптама қажет"})
    assert "The term now ends on 25.09.2023; the applicant's cabinet says so. Sign the notice of it here." in text(
        head.follow(done)
    )
    said = text(office.desk("unit").open(case))
    assert "End of the service term 25 September 2023, 18:30" in said
    assert "Extended; before: 19.09.2023, 18:30 . Сараптама қажет" in said
    assert "Latest day for a hearing notice 20 September 2023, 18:30" in said


@pytest.mark.law("L76.3")
def test_who_comes_too_late_to_extend_a_term_is_told_until_when_it_was_possible(office: Office) -> None:
    case = office.story.complete()
    office.story.at("2023-11-20T10:00:00")
    page = office.desk("head").get(f"/office/cases/{case.id}/extend")
    assert page.status_code == 409
    assert "19.11.2023 is the last day to which the law allows it." in text(page)


@pytest.mark.law("R4.1", "A1.9.1", "A1.9.2", "R6.3")
def test_the_page_holds_the_facts_files_and_findings(office: Office) -> None:
    case = office.story.file("company_head", TRADE, [LETTER], "ru")
    said = text(office.desk("chancellery").open(case))
    assert "No extract and no contract of subparagraph 2) is attached." in said
    assert "Кепілдік хат.pdf (PDF" in said
    assert "№ 7, dated 01.04.2026" in said
    assert "State database of legal entities Not answered yet" in said
    office.program.sweep()
    assert "State database of legal entities answered on 12.09.2023, 10:00" in text(
        office.desk("unit").get(f"/office/cases/{case.id}")
    )


@pytest.mark.law("R4.1", "R6.1")
def test_who_checks_completeness_is_told_which_registers_have_not_answered(office: Office) -> None:
    case, unit = office.story.assigned(), office.desk("unit")
    waits = "Not answered yet: State database of natural persons; State database of legal entities. Their data"
    assert waits in text(unit.open(case))
    office.program.sweep()
    assert "Not answered yet" not in text(unit.open(case))


@pytest.mark.law("R6.2", "R6.3", "A1.9.2")
def test_what_the_automatic_check_found_stands_ticked_for_the_officer_to_decide(office: Office) -> None:
    case = office.story.file("company_head", TRADE, [LETTER], "ru")
    office.story.work("chancellery", case, "task_assign", executor=str(office.story.officer("unit").officer_id))
    page = office.desk("unit").open(case)
    ticked = {re.search(r'value="(\w+)"', tag).group(1) for tag in re.findall(r"<input[^>]* checked[^>]*>", page.text)}  # type: ignore[union-attr]
    assert ticked == {"title_document"}
    assert "If incomplete: missing documents (optional)" not in text(page)


@pytest.mark.law("R6.3", "A1.9.2")
def test_who_calls_a_set_complete_in_which_a_fault_was_found_says_why(office: Office) -> None:
    case = office.story.file("company_head", TRADE, [LETTER], "ru")
    office.story.work("chancellery", case, "task_assign", executor=str(office.story.officer("unit").officer_id))
    desk, label = office.desk("unit"), "If complete although the automatic check found a fault: why"
    assert f"{label} Kept" in text(desk.open(case))
    refused = desk.send(case, complete="yes", preliminary_notes="Жазбам")
    assert refused.status_code == 400
    assert faults(refused) == [
        (
            "despite_findings",
            f"{label}: The automatic check found a fault: say why the documents are complete all the same, or that they"
            " are not.",
        )
    ]
    assert "Жазбам" in refused.text
    assert desk.send(case, complete="yes", despite_findings="Шарт екінші файлда").status_code == 303
    assert office.story.open_task(case).element == "task_examine"
    journal = text(office.desk("head").get(f"/office/cases/{case.id}"))
    assert f"{label}: Шарт екінші файлда" in journal
    assert "Found complete all the same (БӨЛІМОВА ҰЛЖАН, 12.09.2023, 10:00): Шарт екінші файлда" in journal
    assert "Found complete all the same" in text(desk.open(case))


@pytest.mark.law("R6.3", "O1")
def test_a_drawing_may_put_that_question_into_a_group(office: Office) -> None:
    program, name = office.story.program, "forms/check_completeness.form"
    files = dict(collect(program.settings.processes, program.settings.forms))
    form = json.loads(files[name])
    why = [part for part in form["components"] if part["id"] == "despite_findings"]
    group = {"type": "group", "id": "why", "path": "why", "label": "Неге", "components": why}
    form["components"] = [group if part in why else part for part in form["components"]]
    deploy_edition(program, {**files, name: json.dumps(form).encode()}, ADMINISTRATOR)
    desk = office.desk("unit")
    assert "despite_findings" not in desk.open(office.story.assigned()).text
    case = office.story.file("company_head", TRADE, [LETTER], "ru")
    office.story.work("chancellery", case, "task_assign", executor=str(office.story.officer("unit").officer_id))
    assert "fault: why (optional)" not in text(desk.open(case))
    assert [field for field, _told in faults(desk.send(case, complete="yes"))] == ["despite_findings"]
    assert desk.send(case, complete="yes", despite_findings="Шарт екінші файлда").status_code == 303


@pytest.mark.law("R6.3")
def test_a_set_without_a_fault_is_complete_without_a_word_more(office: Office) -> None:
    case, desk = office.story.assigned(), office.desk("unit")
    assert "despite_findings" not in desk.open(case).text
    assert desk.send(case, complete="yes").status_code == 303


@pytest.mark.law("L69.1")
def test_the_journal_credits_nobody_with_what_the_program_did_by_itself(office: Office) -> None:
    case = office.story.assigned()
    by = {entry.action: entry.actor for entry in office.program.queries.case(case.id).journal}
    own = {"status_sent", "state_data_requested", "registered", "documents_checked"}
    assert {action for action, actor in by.items() if actor == "system"} >= own
    assert by["filed"] == office.story.applicant("company_head").name


@pytest.mark.law("R6.1", "R7.1")
def test_sending_the_form_opens_the_next_task_of_the_same_officer(office: Office) -> None:
    case = office.story.assigned()
    desk = office.desk("unit")
    answer = desk.send(case, complete="yes")
    assert answer.location == desk.address(case)
    page = desk.follow(answer)
    assert "Done: Check the completeness of the documents." in text(page)
    assert heading(page) == "Examine for conformity with the rules"


@pytest.mark.law("A1.10.6", "A1.10.2", "A1.9.3")
def test_wrong_answers_come_back_with_the_problem_at_each_field(office: Office) -> None:
    case = office.story.complete()
    desk = office.desk("unit")
    empty = desk.send(case, **{**DOES_NOT, "grounds": "", "ground_2_mismatch": "", "conclusion": "Түйін жетіспейді"})
    assert empty.status_code == 400
    assert empty.text.count('href="#grounds"') == 1
    assert "Түйін жетіспейді" in empty.text
    contradiction = desk.send(case, **{**CONFORMS, "nodes_count": "2", "server_lease": "no"})
    assert contradiction.status_code == 400
    assert "The letter shows neither 5 nodes nor a lease" in text(contradiction)
    assert value(contradiction, "nodes_count") == "2"
    assert office.story.open_task(case).element == "task_examine"


def test_what_is_typed_is_kept_letter_by_letter_as_a_draft(office: Office) -> None:
    case = office.story.complete()
    desk = office.desk("unit")
    desk.open(case)
    headers = {**HERE, "X-Requested-With": "autosave"}
    saved = desk.post(f"{desk.address(case)}/draft", {"nodes_count": "бес ", "conclusion": "Ә"}, headers)
    answer = dict(saved.json or {})
    assert json.loads(answer.pop("stood"))["marks"].keys() >= {"nodes_count", "conclusion"}
    assert answer == {"saved": True, "at": "10:00"}
    again = office.desk("unit").open(case)
    assert value(again, "nodes_count") == "бес "
    assert ">Ә</textarea>" in again.text


@pytest.mark.law("A1.11.3")
def test_the_steps_stand_in_words_with_the_present_one_marked(office: Office) -> None:
    page = office.desk("unit").open(office.story.complete())
    current = re.search(
        r'<li class="outline__step outline__step--current" aria-current="step">.*?</li>', page.text, re.S
    )
    assert current is not None
    assert "Examine for conformity with the rules" in current[0]
    names = [name.strip() for name in re.findall(r'<p class="outline__name">([^<]+)', page.text)]
    assert names.index("Hold the hearing") < names.index("Sign the permit")
    assert "Sign the notice of refusal of further consideration" not in names
    assert 'data-current="task_examine"' in page.text


@pytest.mark.law("O1")
def test_the_drawing_speaks_the_language_of_the_page(office: Office) -> None:
    case = office.story.filed()
    desk = office.desk("unit")
    drawing = desk.get(f"/office/cases/{case.id}/drawing.bpmn?lang=en")
    assert drawing.mimetype == "application/xml"
    assert 'id="task_examine" name="Examine for conformity with the rules"' in drawing.text
    kazakh = desk.get(f"/office/cases/{case.id}/drawing.bpmn?lang=kk")
    assert 'id="task_examine" name="Қағидалар талаптарына сәйкестігін қарау"' in kazakh.text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_a_case_is_whole_in_three_languages(office: Office, language: str) -> None:
    case = office.story.invited()
    desk = office.desk("unit", language)
    for address in ("/office/", "/office/cases", f"/office/cases/{case.id}", desk.address(case)):
        page = desk.get(address)
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.text
        assert not re.search(r"\btask_\w+|\bground_\d|%\(\w+\)s", text(page)), address


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)


@pytest.mark.law("R1.1", "R4.1")
def test_an_applicant_whom_the_register_calls_liquidated_later_is_shown_to_the_officer(story: Story) -> None:
    case = story.complete()
    with story.program.unit_of_work() as uow:
        (row,) = [each for each in uow.cases.state_data(case.id) if each.source == COMPANY]
        row.answered_at, row.answer = uow.now, {"found": True, "status": "liquidated"}
        uow.commit()
    page = text(Office(story).desk("unit").get(f"/office/cases/{case.id}"))
    assert "By the register, the legal entity that applies is liquidated." in page
    assert "Status liquidated" in page


@pytest.mark.law("L80.1")
def test_who_reads_the_page_in_another_language_is_told_in_which_the_papers_are(office: Office) -> None:
    case = office.story.complete()
    told = "What you write here is printed word for word in papers in Kazakh."
    page = office.desk("unit").open(case)
    hints = re.findall(r'id="(\w+)-hint"[^>]*>([^<]*)<', page.text)
    assert {name for name, hint in hints if told in hint} == {
        "ground_1_document", "ground_1_data", "ground_1_established", "ground_2_act", "ground_2_article",
        "ground_2_mismatch", "ground_3_court", "ground_4_court", "ground_5_state", "conclusion",
    }  # fmt: skip
    in_kazakh = text(office.desk("unit", "kk").open(case))
    assert "сөзбе-сөз басылады" not in in_kazakh


@pytest.mark.law("L80.1")
def test_nothing_is_said_to_be_printed_where_it_is_not(office: Office) -> None:
    case = office.story.filed()
    assert "printed word for word" not in text(office.desk("chancellery").open(case))
    office.story.assigned("entrepreneur")
    page = office.desk("unit").open(office.story.assigned("entrepreneur"))
    hints = re.findall(r'id="(\w+)-hint"[^>]*>([^<]*)<', page.text)
    assert {name for name, hint in hints if "printed word for word" in hint} == {"missing_facts"}
