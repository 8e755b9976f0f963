"""What an officer types into a task is lost neither to another tab, nor to a colleague, nor to a refused step."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from service.domain.case import Case
from service.domain.errors import CaseChanged
from service.usecases.tasks import complete_task, save_task_draft
from tests.program import CONFORMS, DOES_NOT, HEARING, Story
from tests.web.cabinet import fields
from tests.web.ground_visitor import HERE, heading
from tests.web.marks import in_turn
from tests.web.office import Desk, Office, faults, text
from tests.web.office_tab import Tab, case, desk, kept, told

__all__ = ["case", "desk"]


def does(tab: Tab, act: str, **typed: object) -> TestResponse:
    """Press a button beside the form, such as “Take”, before the page has saved itself."""
    return tab.desk.post(f"{tab.address}/{act}", {**tab.hidden, **tab.answers, **typed})


@pytest.mark.law("R6.1", "R7.1")
def test_who_takes_a_task_or_gives_it_back_loses_nothing_of_what_was_just_typed(desk: Desk, case: Case) -> None:
    back = does(Tab(desk, case), "return", conclusion="Қайтарар алдында")
    assert (back.status_code, back.location) == (303, "/office/")
    assert kept(desk, case)[1] == "Қайтарар алдында"
    taken = does(Tab(desk, case), "claim", conclusion="Алар алдында", nodes_count="алты")
    assert (taken.status_code, taken.location) == (303, Tab(desk, case).address)
    assert kept(desk, case) == ("алты", "Алар алдында")


@pytest.mark.law("R6.1", "R7.1")
def test_who_hands_a_task_over_hands_over_what_was_just_typed(desk: Desk, case: Case) -> None:
    colleague = desk.story.officer("acting").officer_id
    over = does(Tab(desk, case), "assign", conclusion="Берер алдында", officer=str(colleague))
    assert (over.status_code, over.location) == (303, Tab(desk, case).address)
    assert desk.story.open_task(case).assignee_id == colleague
    assert kept(desk, case)[1] == "Берер алдында"


@pytest.mark.law("R6.1", "R9.1")
def test_who_hands_over_the_task_of_a_colleague_finds_their_own_words_again(desk: Desk, case: Case) -> None:
    before, leads = kept(desk, case), Office(desk.story).desk("acting")
    colleague = desk.story.officer("acting").officer_id
    wrong = does(Tab(leads, case), "assign", conclusion="Басшының сөзі", officer="0")
    assert fields(leads.get(wrong.location))["conclusion"] == "Басшының сөзі"
    over = does(Tab(leads, case), "assign", conclusion="Басшының сөзі", officer=str(colleague))
    assert desk.story.open_task(case).assignee_id == colleague
    assert fields(leads.get(over.location))["conclusion"] == "Басшының сөзі"
    assert kept(desk, case) == before


@pytest.mark.law("R7.1")
def test_who_reads_other_words_first_need_not_choose_the_colleague_again(desk: Desk, case: Case) -> None:
    colleague = str(desk.story.officer("acting").officer_id)
    first, second = Tab(desk, case), Tab(desk, case)
    second.save(conclusion="Екінші")
    page = desk.get(does(first, "assign", conclusion="Бірінші", officer=colleague).location)
    assert f'<option value="{colleague}" selected>' in page.text


@pytest.mark.law("R7.1")
@pytest.mark.parametrize("act", ["return", "assign"])
def test_who_parts_with_a_task_over_other_words_of_another_tab_reads_both_first(
    desk: Desk, case: Case, act: str
) -> None:
    first, second = Tab(desk, case), Tab(desk, case)
    second.save(conclusion="Екінші")
    met = does(first, act, conclusion="Бірінші", officer=str(desk.story.officer("acting").officer_id))
    assert met.status_code == 303
    assert met.location.startswith(f"{first.address}?typed=")
    page = desk.get(met.location)
    assert fields(page)["conclusion"] == "Бірінші"
    assert desk.story.open_task(case).assignee_id == desk.story.officer("unit").officer_id
    assert kept(desk, case)[1] == "Екінші"


@pytest.mark.law("R6.1", "R9.1")
@pytest.mark.parametrize(("act", "status"), [("claim", 409), ("return", 403)])
def test_a_task_of_a_colleague_is_neither_taken_nor_given_back_nor_written_into(
    desk: Desk, case: Case, act: str, status: int
) -> None:
    before, other = kept(desk, case), Office(desk.story).desk("acting")
    assert does(Tab(other, case), act, conclusion="Басқаның сөзі").status_code == status
    assert kept(desk, case) == before
    assert desk.story.open_task(case).assignee_id == desk.story.officer("unit").officer_id


@pytest.mark.law("R7.1")
def test_two_tabs_of_a_task_overwrite_nothing_of_each_other(desk: Desk, case: Case) -> None:
    first, second = Tab(desk, case), Tab(desk, case)
    assert second.save(conclusion="Екінші").status_code == 200
    assert first.save(nodes_count="бес").status_code == 200
    assert kept(desk, case) == ("бес", "Екінші")
    met = first.save(conclusion="Бірінші")
    assert met.status_code == 409
    assert "another tab has saved other words here meanwhile" in told(met)["told"]
    assert kept(desk, case) == ("бес", "Екінші")


@pytest.mark.law("R7.1")
def test_words_that_were_held_up_on_their_way_overwrite_no_newer_ones_of_their_tab(desk: Desk, case: Case) -> None:
    tab = Tab(desk, case)
    late = {**tab.hidden, **tab.answers, "conclusion": "Жарты", "stood": in_turn(str(tab.hidden["stood"]), 1)}
    tab.hidden["stood"] = in_turn(str(tab.hidden["stood"]), 2)
    assert tab.save(conclusion="Жартыдан көп").status_code == 200
    headers = {**HERE, "X-Requested-With": "autosave"}
    assert desk.post(f"{tab.address}/draft", late, headers).status_code == 200
    assert kept(desk, case)[1] == "Жартыдан көп"


@pytest.mark.law("R7.1")
def test_a_field_that_two_tabs_have_changed_is_shown_with_both_before_the_step(desk: Desk, case: Case) -> None:
    first, second = Tab(desk, case), Tab(desk, case)
    second.save(conclusion="Екінші")
    met = first.send(**{**CONFORMS, "conclusion": "Бірінші"})
    assert met.status_code == 409
    ((name, said),) = faults(met)
    assert name == "conclusion"
    assert "Saved meanwhile in another tab: “Екінші”." in said
    assert "Бірінші" in met.text
    assert "data-autosave-url" not in met.text, "one key in another field would save over what is only shown here"
    assert desk.story.open_task(case).element == "task_examine"
    first.show(met)
    assert first.send(**{**CONFORMS, "conclusion": "Бірінші"}).status_code == 303
    assert desk.story.open_task(case).element == "task_sign_permit"


@pytest.mark.law("R7.1")
def test_nothing_is_sent_that_another_tab_has_written_and_this_one_has_not_shown(desk: Desk, case: Case) -> None:
    first, second = Tab(desk, case), Tab(desk, case)
    second.save(conclusion="Екінші")
    met = first.send(**{**CONFORMS, "conclusion": ""})
    assert met.status_code == 409
    ((name, said),) = faults(met)
    assert (name, "It stands here now: check it." in said) == ("conclusion", True)
    assert first.show(met).status_code == 409
    assert first.answers["conclusion"] == "Екінші"
    assert first.send(**{**CONFORMS, "conclusion": "Екінші"}).status_code == 303


@pytest.mark.law("R7.1", "A1.9.3")
def test_what_was_typed_stays_with_the_task_where_a_step_is_refused(desk: Desk, case: Case) -> None:
    tab = Tab(desk, case)
    assert tab.send(**{**CONFORMS, "nodes_count": "2", "server_lease": "no"}).status_code == 400
    assert kept(desk, case) == ("2", CONFORMS["conclusion"])
    assert Tab(desk, case).save(nodes_count="5").status_code == 200


@pytest.mark.law("R8.1")
def test_who_comes_back_from_the_paper_meets_nothing_of_the_own_tab(desk: Desk, case: Case) -> None:
    desk.story.work("unit", case, "task_examine", **DOES_NOT)
    tab, invited = Tab(desk, case), {**HEARING, "hearing_on": "2023-09-14"}
    assert "/papers/" in str(tab.send(**invited).location)
    assert "/papers/" in str(tab.send(hearing_place="Басқа бөлме").location)
    assert Tab(desk, case).save(**{**invited, "hearing_place": "Үшінші бөлме"}).status_code == 200
    assert faults(tab.send(hearing_place="Төртінші бөлме"))[0][0] == "hearing_place"


@pytest.mark.law("L69.1")
def test_a_page_says_that_nothing_is_kept_where_a_colleague_has_the_task(desk: Desk, case: Case) -> None:
    acting = Tab(desk.office.desk("acting"), case)
    assert Tab(desk, case).save(conclusion="Менікі").status_code == 200
    met = acting.save(nodes_count="9")
    assert met.status_code == 409
    assert "has this task. Your text is still on this page." in told(met)["told"]
    assert kept(desk, case) == ("", "Менікі")


@pytest.mark.law("L69.1")
def test_a_page_says_that_nothing_is_kept_of_a_task_that_is_done(desk: Desk, case: Case) -> None:
    tab, story = Tab(desk, case), desk.story
    complete_task(story.program, story.open_task(case).id, story.officer("unit"), {n: [v] for n, v in CONFORMS.items()})
    met = tab.save(conclusion="Кеш")
    assert met.status_code == 409
    assert "this task is closed" in told(met)["told"]
    assert "Кеш" in text(tab.send())


@pytest.mark.law("R7.1")
def test_two_that_save_in_one_moment_are_told_apart_under_the_lock(story: Story, case: Case) -> None:
    task, unit = story.open_task(case), story.officer("unit")
    known = task.draft or {}
    assert save_task_draft(story.program, task.id, unit, {"conclusion": "Екінші"}, known=known)
    with pytest.raises(CaseChanged):
        save_task_draft(story.program, task.id, unit, {"conclusion": "Бірінші"}, known=known)
    assert story.open_task(case).draft == {"conclusion": "Екінші"}


@pytest.mark.law("R7.1", "A1.11.3")
def test_who_changes_the_language_where_both_stand_reads_both_in_that_language_too(desk: Desk, case: Case) -> None:
    first, second = Tab(desk, case), Tab(desk, case)
    second.save(conclusion="Екінші")
    first.show(first.send(**{**CONFORMS, "conclusion": "Бірінші"}))
    first.show(desk.follow(first.send(**CONFORMS, switch="lang-ru")))
    assert first.save().status_code == 409
    met = first.send(**{**CONFORMS, "conclusion": "Бірінші"})
    assert met.status_code == 409
    assert "Тем временем в другой вкладке сохранено: «Екінші»." in text(met)
    first.show(met)
    assert first.send(**{**CONFORMS, "conclusion": "Бірінші"}).status_code == 303


@pytest.mark.law("R7.1", "A1.11.3")
def test_what_waited_without_marks_is_kept_as_it_was_typed(desk: Desk, case: Case) -> None:
    first = Tab(desk, case)
    first.hidden["stood"] = ""
    waiting = first.send(conclusion="Бірінші", switch="lang-en")
    Tab(desk, case).save(conclusion="Екінші")
    first.show(desk.follow(waiting))
    assert first.save(nodes_count="5").status_code == 200
    assert kept(desk, case) == ("5", "Бірінші")


def test_marks_that_no_page_of_ours_has_written_harm_nothing(desk: Desk, case: Case) -> None:
    tab = Tab(desk, case)
    tab.hidden["stood"] = '{"tab": "a", "marks": {}, "before": 1}'
    assert tab.send(**CONFORMS).status_code == 303


@pytest.mark.law("R7.1", "L69.1")
@pytest.mark.parametrize("who", ["unit", "acting"])
def test_who_sends_what_is_done_in_another_tab_reads_that_and_finds_what_was_typed(
    story: Story, case: Case, who: str
) -> None:
    office = Office(story)
    first, second = Tab(office.desk("unit"), case), Tab(office.desk(who), case)
    assert second.save(conclusion="Ескі").status_code == (200 if who == "unit" else 409)
    first = Tab(first.desk, case)
    assert first.send(**CONFORMS).status_code == 303
    late = second.send(**{**CONFORMS, "conclusion": "Екінші қойынды"})
    by_whom = "You have already done this" if who == "unit" else "Already done by БӨЛІМОВА ҰЛЖАН"
    assert (late.status_code, heading(late)) == (409, by_whom)
    assert "Екінші қойынды" in text(late)
    assert faults(late) == []
