"""What people of the story do beside the diagram: papers that are no task's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.case import Case
from service.domain.decisions import PreparedDocument
from service.domain.duties import Duty
from service.domain.minutes import Minutes
from service.sandbox.personas import PERSONAS
from service.usecases.acts_beside import Act, prepare_act, sign_act
from service.usecases.applicant_acts import submit_position
from service.usecases.minutes import MinutesPaper, appoint_signers
from service.usecases.papers import bytes_to_sign
from tests.program import Story

HELD = {
    "hearing_result": "held",
    "minutes_place": "Астана, Мәңгілік Ел, 55/5, 401",
    "minutes_date": "2023-09-14",
    "minutes_start": "11:00",
    "minutes_end": "11:40",
    "minutes_chair": "БӨЛІМОВА ҰЛЖАН",
    "minutes_secretary": "КЕҢСЕБАЕВ БОЛАТ",
    "minutes_participants": "ҮЛГІБАЕВ НҰРЛАН, басшы\nҮЛГІБАЕВА АЙГҮЛ, заңгер",
    "minutes_question": "Кепілдік хаттың сәйкестігі",
    "minutes_explanations": "Шарт келесі айда жасалады",
    "minutes_answers": "Сұрақ: қазіргі шарт бар ма?\nЖауап: жоқ",
    "outcome": "refuse",
    "outcome_reasons": "Жалға алу шарты ұсынылмады",
}


def persona_of(story: Story, login: str) -> str:
    iin = story.officer(login).iin
    return next(key for key, found in PERSONAS.items() if found.iin == iin)


def signed(story: Story, login: str, act: Act, case: Case, **answers: Any) -> PreparedDocument:
    """The officer reads the paper of an act and signs it."""
    prepared = prepare_act(story.program, act, case.id, story.officer(login), answers)
    finish(story, login, act, prepared)
    return prepared


def finish(story: Story, login: str, act: Act, prepared: PreparedDocument) -> None:
    """The officer signs a paper that was made ready."""
    cms = story.pki.sign_cms(persona_of(story, login), bytes_to_sign(story.program, prepared))
    sign_act(story.program, act, prepared.id, story.officer(login), cms)


def heard(story: Story, *, invitation: Any = None, **changes: Any) -> Case:
    """An oral hearing was held on 14 September at 11:00, and what was said is recorded."""
    key = ("heard by the unit", repr(invitation), repr(changes))
    return story.reached(key, lambda: _heard(story, invitation or {}, **changes))


def _heard(story: Story, invitation: Mapping[str, str], **changes: Any) -> Case:
    case = story.invited(**invitation)
    submit_position(story.program, case.id, story.applicant("company_head"), "Келіспеймін.", wants_oral=True)
    story.at("2023-09-14T12:00:00")
    return story.work("unit", case, "task_hold_hearing", **{**HELD, **changes})


def minutes_of(story: Story, case: Case) -> Minutes:
    with story.program.reading() as uow:
        (found,) = uow.list(Minutes, case_id=case.id)
    return found


def with_signers(story: Story, case: Case, chair: str = "unit", secretary: str = "chancellery") -> Minutes:
    """The chair and the secretary are named."""
    chosen = [story.officer(login).officer_id or 0 for login in (chair, secretary)]
    return appoint_signers(story.program, minutes_of(story, case).id, story.officer("unit"), *chosen)


def signed_minutes(story: Story, case: Case) -> Minutes:
    """Both have signed, and the applicant was told."""
    minutes = with_signers(story, case)
    for login in ("unit", "chancellery"):
        signed(story, login, MinutesPaper(), case, minutes=minutes.id)
    return minutes_of(story, case)


def duties(story: Story, case: Case, kind: str) -> list[Duty]:
    with story.program.reading() as uow:
        return [duty for duty in uow.duties.of_case(case.id) if duty.kind == kind]
