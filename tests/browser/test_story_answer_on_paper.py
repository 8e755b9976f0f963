"""The story of an answer that comes by post, by keyboard alone in three languages; no page on the way has a barrier."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, FilePayload

from service.demo.people import pdf
from service.domain.case import Case
from service.domain.deadlines import local
from service.usecases.post_papers import post_paper, record_delivery
from tests.browser.stories import House
from tests.browser.typist import Typist, at_the_keyboard
from tests.complaints import Complaints
from tests.program import Story
from tests.usecases.beside import duties
from tests.usecases.by_post import invited_by_post
from tests.usecases.test_holder_heard import STRANGER

LETTER = FilePayload(name="хат.pdf", mimeType="application/pdf", buffer=pdf("Хат", "1"))


def invited(story: Story) -> Case:
    """Who complained on paper has the invitation in hand since today; the term for an answer is over now."""
    telling, clerk = Complaints(story.program, story.world), story.officer("chancellery")
    days, today = story.program.calendar, local(story.program.clock.now()).date()
    told = {**STRANGER, "learned_on": today.isoformat(), "hearing_on": days.after(today, 2).isoformat()}
    complaint = invited_by_post(telling, **told)
    letter = duties(telling, complaint, "post_paper")[-1]
    post_paper(story.program, letter.id, clerk, "RR-1", today.isoformat())
    record_delivery(story.program, letter.id, clerk, "handed_over", today.isoformat())
    story.at(f"{days.after(today, 3)}T10:00")
    return complaint


@pytest.mark.law("L73.3", "L73.4", "L64.1", "L69.1", "A1.11.4")
def test_an_answer_by_post_is_recorded_though_the_hearing_was_settled_meanwhile(
    browser: Browser, told_house: House, language: str
) -> None:
    complaint = told_house.meanwhile(invited)
    with at_the_keyboard(told_house, browser, language) as typist:
        typist.seat("chancellery")
        typist.person.open(f"/office/cases/{complaint.id}")
        typist.follow(typist.say("Record an answer that came on paper"))
        typist.person.picture("01-answer")
        typist.send("answer-on-paper")
        typist.person.forgive(400)
        typist.person.picture("02-wrong")
        write(typist)
        told_house.meanwhile(lambda story: silent(story, complaint))
        typist.send("answer-on-paper")
        typist.reads(typist.say("What has happened meanwhile"), typist.say("Kept: %(name)s", name="хат.pdf"))
        typist.person.forgive(409)
        typist.person.picture("03-meanwhile")
        typist.send("answer-on-paper")
        typist.reads("Келіспеймін, шарт бар", typist.say("On paper"))
        typist.person.picture("04-recorded")
    (kept,) = told_house.program.queries.case(complaint.id).positions
    assert (kept.text, kept.wants_oral, kept.late) == ("Келіспеймін, шарт бар", False, True)


def write(typist: Typist) -> None:
    """What the letter says, and its scan."""
    typist.fill(text="Келіспеймін, шарт бар")
    typist.choose_in("oral", typist.say("no, in writing"))
    typist.hand_in(typist.say("Scan of the answer"), LETTER)


def silent(story: Story, complaint: Case) -> None:
    """The reviewing body records that nobody has answered."""
    said = {"hearing_result": "silent", "outcome_reasons": "Позиция білдірілмеді"}
    story.work("reviewer", complaint, "task_hold_review_hearing", **said)
