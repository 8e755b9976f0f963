"""The life of a permit after its issue: its end, told beforehand; what the head does with it (R11.2, A3.2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from service.domain.decisions import PermitStatus, RegisterEntry
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.domain.forms import Problem
from service.domain.messages import Notice
from service.domain.permit_life import PermitAct
from service.usecases.audit import audit
from service.usecases.change_permit import change_permit
from service.usecases.remind_holders import remind_holders
from service.usecases.send_outbox import send_outbox
from service.usecases.withdraw_change import withdraw_change, withdrawable
from tests.complaints import Complaints
from tests.program import CONFORMS, Story

ORDER, BASIS = "2023 жылғы 13 қыркүйектегі № 77-Ө бұйрық", "Тексеру нәтижелері"
WEDNESDAY = date(2023, 9, 13)


def granted(story: Story) -> RegisterEntry:
    """The entry of a permit that was issued on Tuesday, 12 September 2023."""
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    case = story.work("head", case, "task_sign_permit", decision="sign")
    with story.program.reading() as uow:
        entry = uow.register.of_case(case.id)
        assert entry is not None
        return entry


def status(story: Story, entry: RegisterEntry, day: date) -> PermitStatus:
    found = story.program.queries.entry(entry.number, day)
    assert found is not None
    return found.status


def notices(story: Story, entry: RegisterEntry) -> list[Notice]:
    with story.program.reading() as uow:
        return [each for each in uow.list(Notice, case_id=entry.case_id) if each.kind.startswith("permit_")]


def change(story: Story, entry: RegisterEntry, act: PermitAct, day: date = WEDNESDAY) -> None:
    change_permit(story.program, entry.id, story.officer("head"), act, day, ORDER, BASIS)


@pytest.mark.law("A3.2")
def test_a_permit_expires_by_itself_on_the_day_after_its_last(story: Story) -> None:
    entry = granted(story)
    assert entry.valid_until == date(2026, 9, 12)
    assert status(story, entry, entry.valid_until) is PermitStatus.IN_FORCE
    assert status(story, entry, entry.valid_until + timedelta(days=1)) is PermitStatus.EXPIRED


@pytest.mark.law("R11.2")
def test_the_head_suspends_resumes_and_cancels_each_from_a_day_by_an_order_on_a_basis(story: Story) -> None:
    entry = granted(story)
    change(story, entry, PermitAct.SUSPEND)
    story.at("2023-09-20T10:00:00")
    change(story, entry, PermitAct.RESUME, date(2023, 9, 20))
    change(story, entry, PermitAct.CANCEL, date(2023, 10, 2))
    days = {
        date(2023, 9, 12): PermitStatus.IN_FORCE,
        WEDNESDAY: PermitStatus.SUSPENDED,
        date(2023, 9, 20): PermitStatus.IN_FORCE,
        date(2023, 10, 1): PermitStatus.IN_FORCE,
        date(2023, 10, 2): PermitStatus.CANCELLED,
        date(2027, 1, 1): PermitStatus.CANCELLED,
    }
    assert {day: status(story, entry, day) for day in days} == days
    view = story.program.queries.entry(entry.number, date(2023, 10, 2))
    assert view is not None
    assert [found.basis for found in view.changes] == [f"{ORDER}. {BASIS}"] * 3
    assert list(audit(story.program)) == []


@pytest.mark.law("R11.2", "L66.1")
def test_the_holder_is_told_of_each_change_in_the_cabinet_and_by_mail(story: Story) -> None:
    entry = granted(story)
    send_outbox(story.program)
    before = len(story.world.mail.letters)
    change(story, entry, PermitAct.SUSPEND)
    send_outbox(story.program)
    (told,) = notices(story, entry)
    assert (told.kind, told.details["from_on"], told.details["permit"]) == (
        "permit_suspended_ahead",
        "2023-09-13",
        entry.number,
    )
    letter, case = story.world.mail.letters[before:][-1], story.program.queries.case(entry.case_id).case
    assert entry.number in letter.body
    assert "алдағы 13.09.2023 күнінен бастап тоқтатыла тұрады" in letter.body
    status = story.world.portal.statuses(case.number)[-1].text("statusTextKk")
    assert "13.09.2023 күнінен бастап тоқтатыла тұрады" in status
    assert BASIS in letter.body
    assert "permit_suspended" in story.said(story.program.queries.case(entry.case_id).case)


@pytest.mark.law("R11.2", "L66.1")
@pytest.mark.parametrize(
    ("act", "kind"), [(PermitAct.SUSPEND, "permit_suspended"), (PermitAct.CANCEL, "permit_cancelled")]
)
def test_what_begins_today_is_told_as_such_and_what_begins_later_as_a_thing_to_come(
    story: Story, act: PermitAct, kind: str
) -> None:
    entry = granted(story)
    change(story, entry, act, date(2023, 9, 20))
    with story.program.reading() as uow:
        (made,) = uow.register.changes(entry.id)
    withdraw_change(story.program, entry.id, made.id, story.officer("head"), "Қате")
    change(story, entry, act, date(2023, 9, 12))
    assert [told.kind for told in notices(story, entry)] == [f"{kind}_ahead", "permit_change_withdrawn", kind]


@pytest.mark.law("R11.2")
@pytest.mark.parametrize("act", [PermitAct.RESUME, PermitAct.SUSPEND, PermitAct.CANCEL])
def test_an_act_that_the_state_of_the_permit_does_not_allow_is_refused(story: Story, act: PermitAct) -> None:
    entry = granted(story)
    change(story, entry, PermitAct.SUSPEND if act is not PermitAct.RESUME else PermitAct.CANCEL)
    if act is PermitAct.CANCEL:
        change(story, entry, PermitAct.CANCEL)
    with pytest.raises(NotLawful, match="permit_cannot"):
        change(story, entry, act)


@pytest.mark.law("R11.2", "A3.2")
def test_a_change_is_not_entered_for_a_day_after_the_last_of_the_permit(story: Story) -> None:
    entry = granted(story)
    with pytest.raises(InvalidAnswers) as beyond:
        change(story, entry, PermitAct.SUSPEND, entry.valid_until + timedelta(days=1))
    assert beyond.value.data["errors"] == {"from_on": Problem("after_last_day", {"latest": "2026-09-12"})}
    change(story, entry, PermitAct.SUSPEND, entry.valid_until)


@pytest.mark.law("R11.2", "L66.1", "L69.1")
def test_a_change_by_mistake_is_withdrawn_before_its_day_kept_and_makes_room_for_another(story: Story) -> None:
    entry = granted(story)
    head, far = story.officer("head"), date(2025, 9, 15)
    change(story, entry, PermitAct.CANCEL, far)
    with pytest.raises(InvalidAnswers) as blocked:
        change(story, entry, PermitAct.SUSPEND, date(2023, 9, 15))
    assert blocked.value.data["errors"] == {"from_on": Problem("change_ahead", {"earliest": far.isoformat()})}
    made = withdrawable(story.program, entry.id)
    assert made is not None
    for who, reason, refused in (("unit", "Қате", Forbidden), ("head", " ", InvalidAnswers)):
        with pytest.raises(refused):
            withdraw_change(story.program, entry.id, made.id, story.officer(who), reason)
    before = len(story.world.mail.letters)
    withdrawn = withdraw_change(story.program, entry.id, made.id, head, "Күні қате жазылған")
    with story.program.reading() as uow:
        (kept,) = uow.register.entered(entry.id)
    marked = (kept.withdrawn_at, kept.withdrawn_by, kept.withdrawal_reason)
    assert marked == (withdrawn.withdrawn_at, head.officer_id, "Күні қате жазылған")
    assert (status(story, entry, far), withdrawable(story.program, entry.id)) == (PermitStatus.IN_FORCE, None)
    shown = story.program.queries.register(far, status=PermitStatus.CANCELLED)
    assert ([row.changes for row in shown.rows], shown.total) == ([], 0)
    with pytest.raises(NotLawful, match="change_withdrawn"):
        withdraw_change(story.program, entry.id, made.id, head, "Тағы да")
    assert [told.kind for told in notices(story, entry)] == ["permit_cancelled_ahead", "permit_change_withdrawn"]
    send_outbox(story.program)
    letter = story.world.mail.letters[before:][-1]
    assert all(told in letter.body for told in (entry.number, "15.09.2025", ORDER, "Күні қате жазылған"))
    journal = story.program.queries.case(entry.case_id).journal
    (line,) = [each for each in journal if each.action == "permit_change_withdrawn"]
    assert (line.details["before"], line.details["after"]) == ("cancelled", "in_force")
    change(story, entry, PermitAct.SUSPEND)
    assert status(story, entry, far) is PermitStatus.SUSPENDED
    assert list(audit(story.program)) == []


@pytest.mark.law("R11.2")
def test_only_the_last_entry_of_the_head_is_withdrawn_and_none_that_has_taken_effect(story: Story) -> None:
    entry, head = granted(story), story.officer("head")
    change(story, entry, PermitAct.SUSPEND, date(2023, 9, 20))
    change(story, entry, PermitAct.RESUME, date(2023, 10, 2))
    with story.program.reading() as uow:
        suspended, resumed = uow.register.changes(entry.id)
    with pytest.raises(NotLawful, match="change_followed"):
        withdraw_change(story.program, entry.id, suspended.id, head, "Қате")
    for each in (resumed, suspended):
        withdraw_change(story.program, entry.id, each.id, head, "Қате")
    change(story, entry, PermitAct.SUSPEND, WEDNESDAY)
    story.at("2023-09-13T09:00:00")
    with story.program.reading() as uow:
        (made,) = uow.register.changes(entry.id)
    assert withdrawable(story.program, entry.id) is None
    with pytest.raises(NotLawful, match="change_in_effect"):
        withdraw_change(story.program, entry.id, made.id, head, "Қате")


@pytest.mark.law("R11.2", "L100.1")
def test_what_a_complaint_has_changed_is_not_withdrawn_by_the_head(complaints: Complaints) -> None:
    case = complaints.granted()
    entry = complaints.program.queries.case(case.id).entry
    assert entry is not None
    change(complaints, entry, PermitAct.SUSPEND, date(2023, 9, 20))
    complaints.complained(case, "permit", contests="suspension")
    with complaints.program.reading() as uow:
        ordered, lifted = uow.register.changes(entry.id)
    for each, code in ((lifted, "change_by_decision"), (ordered, "change_followed")):
        with pytest.raises(NotLawful, match=code):
            withdraw_change(complaints.program, entry.id, each.id, complaints.officer("head"), "Қате")


@pytest.mark.law("R11.2")
def test_a_change_needs_the_head_an_order_a_basis_and_a_day_to_come(story: Story) -> None:
    entry = granted(story)
    head, unit = story.officer("head"), story.officer("unit")
    with pytest.raises(Forbidden):
        change_permit(story.program, entry.id, unit, PermitAct.CANCEL, WEDNESDAY, ORDER, BASIS)
    for order, basis in (("", BASIS), (ORDER, " ")):
        with pytest.raises(InvalidAnswers):
            change_permit(story.program, entry.id, head, PermitAct.CANCEL, WEDNESDAY, order, basis)
    with pytest.raises(InvalidAnswers):
        change_permit(story.program, entry.id, head, PermitAct.CANCEL, date(2023, 9, 11), ORDER, BASIS)
    change(story, entry, PermitAct.SUSPEND, date(2023, 10, 2))
    with pytest.raises(InvalidAnswers):
        change(story, entry, PermitAct.CANCEL, date(2023, 9, 29))
    assert len(notices(story, entry)) == 1


@pytest.mark.law("A3.2", "L66.1")
def test_the_holder_is_told_once_a_month_before_the_permit_ends(story: Story) -> None:
    entry = granted(story)
    story.at("2026-08-12T10:00:00", chores=True)
    assert (remind_holders(story.program), notices(story, entry)) == (0, [])
    story.at("2026-08-13T10:00:00", chores=True)
    story.at("2026-08-14T10:00:00", chores=True)
    (told,) = notices(story, entry)
    assert (told.kind, told.details["valid_until"]) == ("permit_expires", "2026-09-12")
    assert remind_holders(story.program) == 0
    send_outbox(story.program)
    assert "12.09.2026" in story.world.mail.letters[-1].body


@pytest.mark.law("A3.2")
def test_nobody_is_told_of_the_end_of_a_permit_that_is_cancelled(story: Story) -> None:
    entry = granted(story)
    change(story, entry, PermitAct.CANCEL)
    story.at("2026-08-20T10:00:00", chores=True)
    assert [told.kind for told in notices(story, entry)] == ["permit_cancelled_ahead"]
