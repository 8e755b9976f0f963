"""What the people of the demo do beside the diagram: they sign the minutes of a hearing."""

from __future__ import annotations

from typing import Any

from service.demo.people import Cast
from service.domain.case import Case
from service.domain.minutes import Minutes
from service.sandbox.personas import PERSONAS
from service.usecases.acts_beside import Act, prepare_act, sign_act
from service.usecases.minutes import MinutesPaper, appoint_signers
from service.usecases.papers import bytes_to_sign

HELD = {
    "hearing_result": "held",
    "minutes_place": "https://meet.example.test/p-130",
    "minutes_date": "2026-04-14",
    "minutes_start": "11:00",
    "minutes_end": "11:25",
    "minutes_chair": "БӨЛІМОВА ҰЛЖАН",
    "minutes_secretary": "КЕҢСЕБАЕВ БОЛАТ",
    "minutes_participants": "ҮЛГІБАЕВ НҰРЛАН, жеке кәсіпкер",
    "minutes_question": "Кепілдік хаттың Қағидалардың талаптарына сәйкестігі",
    "minutes_explanations": "Серверлік құрылғыны жалға алу шарты бар, ұзартылуда",
    "minutes_answers": "Сұрақ: шарттың мерзімі қашан аяқталды?\nЖауап: 1 сәуірде",
}


def sign(cast: Cast, login: str, act: Act, case: Case, **answers: Any) -> None:
    """The officer reads the paper of an act and signs it."""
    actor = cast.officer(login)
    prepared = prepare_act(cast.program, act, case.id, actor, answers)
    persona = next(key for key, found in PERSONAS.items() if found.iin == actor.iin)
    sign_act(cast.program, act, prepared.id, actor, cast.pki.sign_cms(persona, bytes_to_sign(cast.program, prepared)))


def sign_minutes(cast: Cast, case: Case, chair: str = "unit", secretary: str = "chancellery") -> Minutes:
    """The chair and the secretary are named and sign, one after the other."""
    with cast.program.reading() as uow:
        (minutes,) = uow.list(Minutes, case_id=case.id)
    chosen = [cast.officer(login).officer_id or 0 for login in (chair, secretary)]
    appoint_signers(cast.program, minutes.id, cast.officer("unit"), *chosen)
    for login in (chair, secretary):
        sign(cast, login, MinutesPaper(), case, minutes=minutes.id)
    return minutes
