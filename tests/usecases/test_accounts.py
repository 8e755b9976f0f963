"""Accounts of officers: who may act for the head, the last day of a role, another password, the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from service.adapters.database.people_repository import PeopleRepository
from service.demo.accounts import PASSWORD
from service.domain.case import PERMIT, Case, JournalEntry
from service.domain.errors import InvalidAnswers
from service.domain.messages import OfficerNote
from service.domain.people import Officer, RoleAssignment
from service.operations.in_charge import possible_signers
from service.usecases.accounts import change_password, close_account, end_role, set_password
from service.usecases.applicant_acts import submit_position
from service.usecases.audit import audit
from service.usecases.people import ADMINISTRATOR, appoint_acting, officer_actor, possible_acting, sign_in_officer
from tests.program import CONFORMS, QuickPasswords, Story

PERIOD = (date(2023, 9, 12), date(2023, 9, 20))


@pytest.mark.law("R9.1", "R5.3")
def test_nobody_but_an_officer_of_the_provider_at_work_acts_for_the_head(story: Story) -> None:
    administrator, supervisor = story.officer("administrator"), story.officer("supervisor").officer_id or 0
    with story.program.unit_of_work() as uow:
        uow.get(Officer, story.officer("acting").officer_id).active = False
        uow.add(RoleAssignment(supervisor, "unit", date(2020, 1, 1), date(2023, 9, 11)))
        uow.commit()
    for login in ("acting", "supervisor", "reviewer", "centre", "administrator"):
        for actor in (administrator, ADMINISTRATOR):
            with pytest.raises(InvalidAnswers) as refused:
                appoint_acting(story.program, login, *PERIOD, "62-Ж", actor)
            assert refused.value.data["errors"]["login"].code == "not_an_option", (login, actor.name)
    assert story.officer("administrator").roles == {"administrator"}
    appoint_acting(story.program, "unit", *PERIOD, "62-Ж", administrator)
    assert story.officer("unit").roles == {"unit", "head"}


@pytest.mark.law("R9.1", "R5.3")
def test_an_administrator_who_also_works_on_cases_does_not_appoint_the_own_person(story: Story) -> None:
    with story.program.unit_of_work() as uow:
        uow.add(RoleAssignment(story.officer("unit").officer_id or 0, "administrator", date(2020, 1, 1)))
        uow.commit()
    with pytest.raises(InvalidAnswers):
        appoint_acting(story.program, "unit", *PERIOD, "62-Ж", story.officer("unit"))
    assert story.officer("unit").roles == {"unit", "administrator"}


def test_officers_are_offered_in_the_order_of_the_kazakh_alphabet(story: Story) -> None:
    with story.program.unit_of_work() as uow:
        for login, surname in (("y", "ЯСЫНОВА"), ("a", "ӘЛІМОВА"), ("k", "ҚАЙРАТОВА"), ("g", "ГҮЛОВА")):
            officer = Officer(login, "", surname, "АЙ", "", "850615399019")
            uow.add(officer)
            uow.flush()
            uow.add(RoleAssignment(officer.id, "unit", date(2020, 1, 1)))
        uow.commit()
    with story.program.reading() as uow:
        offered = [
            uow.people.holding("unit", PERIOD[0]),
            possible_signers(uow, PERMIT),
            possible_acting(uow, story.officer("administrator")),
        ]
    for officers in offered:
        new = [each.surname for each in officers if each.given == "АЙ"]
        assert new == ["ӘЛІМОВА", "ГҮЛОВА", "ҚАЙРАТОВА", "ЯСЫНОВА"]


def noted(story: Story, action: str) -> Sequence[Mapping[str, Any]]:
    """What the journal of the office says of an action."""
    with story.program.reading() as uow:
        return [line.details for line in uow.list(JournalEntry, case_id=None) if line.action == action]


def refused(act: Callable[[], object]) -> dict[str, str]:
    """What is wrong, by field."""
    with pytest.raises(InvalidAnswers) as problem:
        act()
    return {name: found.code for name, found in problem.value.data["errors"].items()}


@pytest.mark.law("R5.3", "R9.1", "L69.1")
def test_who_leaves_has_no_way_in_and_leaves_the_tasks_to_the_unit(story: Story) -> None:
    case, unit = story.assigned(), story.officer("unit")
    assert story.open_task(case).assignee_id == unit.officer_id
    assert close_account(story.program, "unit", "№ 62-Ж") == 1
    assert officer_actor(story.program, unit.officer_id or 0) is None
    assert sign_in_officer(story.program, story.program.passwords, "unit", PASSWORD) is None
    found = story.program.queries.worklist(["unit"], story.program.clock.now(), unassigned=True)
    assert [row.case_id for row in found.rows] == [case.id]
    (entry,) = [line for line in story.program.queries.case(case.id).journal if line.action == "task_left"]
    assert (entry.details, entry.actor) == ({"before": unit.name, "reason": "№ 62-Ж"}, "administrator")
    (line,) = noted(story, "account_closed")
    assert line == {"login": "unit", "before": ["unit"], "reason": "№ 62-Ж", "tasks": 1}
    assert list(audit(story.program)) == []
    again = {"login": "account_closed"}
    assert refused(lambda: close_account(story.program, "unit", "№ 63-Ж")) == again
    assert refused(lambda: end_role(story.program, "unit", "unit", date(2023, 9, 12), "x")) == again
    assert refused(lambda: set_password(story.program, story.program.passwords, "unit", PASSWORD)) == again
    assert refused(lambda: close_account(story.program, "head", " ")) == {"reason": "required"}
    assert refused(lambda: close_account(story.program, "nobody", "x")) == {"login": "unknown"}


@pytest.mark.one_database("on SQLite the second waits until the first has done")
@pytest.mark.law("L69.1")
@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_two_who_change_one_account_at_once_leave_no_row_that_the_audit_does_not_know(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, program, waiting = PeopleRepository.by_login, story.program, ["unit"]

    def reading(self: PeopleRepository, login: str) -> Officer | None:
        found = read(self, login)
        if login in waiting:
            waiting.remove(login)
            set_password(program, QuickPasswords(), login, "another long one")
        return found

    monkeypatch.setattr(PeopleRepository, "by_login", reading)
    set_password(program, QuickPasswords(), "unit", "a third, longer one")
    assert noted(story, "password_set") == [{"login": "unit"}] * 2
    assert list(audit(program)) == []


@pytest.mark.law("R5.3", "R8.2")
@pytest.mark.parametrize("gone", ["closed", "role"])
def test_what_would_come_to_an_officer_who_is_gone_is_for_the_whole_unit(story: Story, gone: str) -> None:
    case = story.invited()
    if gone == "closed":
        close_account(story.program, "unit", "№ 62-Ж")
    else:
        end_role(story.program, "unit", "unit", date(2023, 9, 11), "№ 62-Ж")
    submit_position(story.program, case.id, story.applicant("company_head"), "Келіспеймін", wants_oral=False)
    with story.program.reading() as uow:
        (note,) = uow.list(OfficerNote, case_id=case.id, element="message_position")
        assert (note.officer_id, note.role) == (None, "unit")
        assert uow.get(Case, case.id).executor_id is not None
    assert list(audit(story.program)) == []


@pytest.mark.law("R5.3")
def test_the_next_task_of_an_officer_who_is_gone_is_nobodys(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    close_account(story.program, "unit", "№ 62-Ж")
    story.work("head", case, "task_sign_permit", decision="return", return_reason="Негіздеме жоқ")
    assert story.open_task(case).assignee_id is None


@pytest.mark.law("R5.3", "R8.2")
def test_a_note_that_was_not_read_is_passed_on_to_the_lane(story: Story) -> None:
    case = story.invited()
    submit_position(story.program, case.id, story.applicant("company_head"), "Келіспеймін", wants_oral=False)
    close_account(story.program, "unit", "№ 62-Ж")
    with story.program.reading() as uow:
        (note,) = uow.list(OfficerNote, case_id=case.id, element="message_position")
    assert (note.officer_id, note.role) == (None, "unit")
    assert list(audit(story.program)) == []


@pytest.mark.law("R5.3", "R9.1", "L69.1")
def test_a_role_has_its_last_day_and_the_journal_says_the_one_before(story: Story) -> None:
    end_role(story.program, "unit", "unit", date(2023, 9, 13), "№ 61-Ж")
    assert story.officer("unit").roles == {"unit"}
    end_role(story.program, "acting", "head", date(2023, 9, 11), "№ 62-Ж")
    assert story.officer("acting").roles == {"unit"}
    story.at("2023-09-14T10:00:00")
    assert story.officer("unit").roles == frozenset()
    ended = {"login": "unit", "role": "unit", "reason": "№ 61-Ж", "basis": "", "before": "", "until": "2023-09-13"}
    order = {"login": "acting", "role": "head", "reason": "№ 62-Ж", "basis": "57-Ж"}
    assert noted(story, "role_ended") == [ended, {**order, "before": "2023-10-12", "until": "2023-09-11"}]
    late = date(2023, 9, 20)
    assert refused(lambda: end_role(story.program, "unit", "unit", late, "x")) == {"role": "not_held"}
    past = refused(lambda: end_role(story.program, "head", "head", date(2023, 9, 1), ""))
    assert past == {"reason": "required", "until": "in_the_past"}
    assert list(audit(story.program)) == []


@pytest.mark.law("L69.1")
def test_a_password_is_changed_by_the_officer_or_set_by_the_administrator(story: Story) -> None:
    program, unit = story.program, story.officer("unit")
    passwords, new = QuickPasswords(), "another long one"
    wrong = refused(lambda: change_password(program, passwords, unit, "x", "short", "other"))
    assert wrong == {"password": "wrong_password", "password_new": "too_short", "password_again": "not_the_same"}
    assert refused(lambda: change_password(program, passwords, unit, PASSWORD, new, "x")) == {
        "password_again": "not_the_same"
    }
    changed = change_password(program, passwords, unit, PASSWORD, new, new)
    assert changed.session != unit.session
    assert sign_in_officer(program, passwords, "unit", PASSWORD) is None
    assert sign_in_officer(program, passwords, "unit", new) == changed
    assert refused(lambda: set_password(program, passwords, "unit", "short")) == {"password": "too_short"}
    set_password(program, passwords, "unit", PASSWORD)
    assert sign_in_officer(program, passwords, "unit", PASSWORD) == unit
    said = [noted(story, action) for action in ("password_refused", "password_changed", "password_set")]
    assert said == [[{"login": "unit"}]] * 3
    assert list(audit(program)) == []
