"""What the documents of a complaint say: the question, the reasons, the decision and the way to the court."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from service.domain.appeal_documents import ReviewDecision
from service.domain.document_parts import HearingFacts, Language, Words
from service.domain.documents import Document, IncompleteDocument
from tests.adapters.documents import samples_of_complaints as samples
from tests.adapters.documents.reading import body
from tests.adapters.documents.samples import PROVIDER
from tests.adapters.documents.test_letters import says

Printed = Callable[[Document], bytes]
COURT = {
    "kk": "Шешіммен келіспеген тұлға сотқа жүгінуге құқылы",
    "ru": "вправе обратиться в суд",
    "en": "Whoever disagrees with the decision may go to court",
}
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")


@pytest.mark.law("L80.1", "R15.1", "L93.1")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [samples.satisfied, samples.answer, samples.decision])
def test_every_result_of_a_complaint_tells_the_question_the_reasons_and_the_court(
    printed: Printed, make: Callable[..., Document], language: Language
) -> None:
    made = make(language=language)
    says(
        printed(made), made.name, "A-2023-000017", samples.DEMANDS, samples.REASONS, PROVIDER.name.say(language),
        "Үлгібаев Әлішер Мәлікұлы", "Министрдің орынбасары", COURT["kk"], COURT[language],
    )  # fmt: skip


@pytest.mark.law("R13.4")
@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "толық қанағаттандырылды"), ("ru", "удовлетворены полностью"), ("en", "satisfied in full")],
)
def test_a_satisfied_complaint_tells_how_and_is_not_forwarded(printed: Printed, language: str, words: str) -> None:
    made = samples.satisfied(language=language)
    says(printed(made), words, made.remedy.say(language), "№ KZ-2023-000018", "органға жіберілмейді")


@pytest.mark.law("R13.4")
@pytest.mark.parametrize(
    ("language", "words"), [("kk", "Не істелді: "), ("ru", "Что сделано: "), ("en", "What was done: ")]
)
def test_an_action_that_satisfies_is_printed_with_its_day(printed: Printed, language: str, words: str) -> None:
    made = samples.satisfied(language=language, permit_number="", action="Үзінді берілді", action_on=date(2023, 10, 3))
    says(printed(made), f"{words}Үзінді берілді, 03.10.2023")


@pytest.mark.law("R14.1", "L80.5")
def test_an_answer_tells_its_result_the_measures_and_how_to_go_on(printed: Printed) -> None:
    made = samples.answer(language="ru")
    says(printed(made), "признана обоснованной частично", made.measures, "Шағымдану тәртібі", "Порядок обжалования")
    assert "Принятые меры" not in body(printed(samples.answer(language="ru", measures="")))


@pytest.mark.law("L73.1", "L73.3", "L75.1")
@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("kk", ("қанағаттандырусыз қалдыру туралы алдын ала шешім", "Күні: 2023 жылғы 11 қазан", "2023 жылғы 12 қазаннан ерте")),
        ("ru", ("предварительное решение оставить жалобу без удовлетворения", "Время: 11:00", "не ранее 12.10.2023")),
        ("en", ("preliminary decision to leave the complaint unsatisfied", "Way: video conference", "12.10.2023")),
    ],
)  # fmt: skip
def test_the_invitation_tells_the_preliminary_decision_and_when_and_how_one_is_heard(
    printed: Printed, language: str, texts: tuple[str, ...]
) -> None:
    says(printed(samples.invitation(language=language)), samples.REASONS, "2023 жылғы 11 қазан, сағат 18:30", *texts)


@pytest.mark.law("L66.1", "L73.1", "L73.3")
@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("kk", ("табыс етілген күннен кейін 2 (екі) жұмыс күні ішінде пошта арқылы", "кейінгі 3-жұмыс күнінен ерте")),
        ("ru", ("в течение 2 (двух) рабочих дней со дня вручения этого письма", "не ранее 3-го рабочего дня после")),
        ("en", ("by post or hand it to the chancellery within 2 (two) working days", "earlier than working day 3")),
    ],
)
def test_who_complained_on_paper_answers_by_post_and_the_days_count_from_the_delivery(
    printed: Printed, language: str, texts: tuple[str, ...]
) -> None:
    letter = printed(samples.invitation(language=language, answer_days=2, decision_days=3))
    says(letter, *texts)
    assert not any(said in body(letter) for said in ("кабинет", "cabinet", "11 қазан, сағат 18:30", "12.10.2023"))


@pytest.mark.law("L73.1", "L100.1")
@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("kk", ("Сізге берілген рұқсатқа қарсы", "Мынадай алдын ала шешім қабылданды: актінің күшін жою", "Бұл шешім")),
        ("ru", ("жалобу № A-2023-000017 на выданное Вам разрешение", "отменить акт", "Это решение принимается")),
        ("en", ("against the permit issued to you", "cancel the act", "This decision is not taken earlier")),
    ],
)
def test_the_holder_of_a_permit_is_told_what_is_to_become_of_it(
    printed: Printed, language: str, texts: tuple[str, ...]
) -> None:
    against = Words("актінің күшін жою", "отменить акт", "cancel the act")
    says(printed(samples.invitation(language=language, against_holder=against)), *texts)


@pytest.mark.law("L100.1", "R14.2", "L73.4")
@pytest.mark.parametrize(
    ("hearing", "words"),
    [
        (samples.HEARING, "Заслушивание проведено: 11.10.2023, видеоконференция"),
        (HearingFacts(position="Возражаем."), "Лицо выразило позицию письменно"),
        (HearingFacts(), "Надлежаще уведомлённое лицо позицию не выразило"),
    ],
)
def test_a_decision_tells_how_the_person_was_heard(printed: Printed, hearing: HearingFacts, words: str) -> None:
    says(
        printed(samples.decision(language="ru", hearing=hearing)),
        words,
        "обязательна для него",
        "Заслушивание и мотивы решения",
    )


@pytest.mark.law("L95.1", "L100.1")
@pytest.mark.parametrize(
    ("outcome", "beside", "words"),
    [
        ("send_back", {"violations": "Мерзім бұзылды."}, "Допущенные нарушения: Мерзім бұзылды."),
        ("order", {"action": "Үзінді берілсін."}, "Что должно быть сделано: Үзінді берілсін."),
        ("unconsidered", {"unconsidered": Words("шағым қайтарып алынды", "жалоба отозвана")}, "жалоба отозвана"),
    ],
)
def test_a_decision_names_what_the_law_wants_beside_it(
    printed: Printed, outcome: str, beside: dict[str, object], words: str
) -> None:
    says(printed(samples.decision(language="ru", outcome=outcome, hearing=None, **beside)), words)
    with pytest.raises(IncompleteDocument):
        samples.decision(outcome=outcome)


@pytest.mark.law("L100.1")
def test_a_decision_without_reasons_cannot_be_made() -> None:
    with pytest.raises(IncompleteDocument):
        samples.decision(reasons=" ")
    assert isinstance(samples.decision(), ReviewDecision)
