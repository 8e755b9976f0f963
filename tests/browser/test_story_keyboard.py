"""The story of a permit once more, in Kazakh and without a mouse: every step by Tab, Enter, Space and the arrows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from service.demo.accounts import PASSWORD
from service.domain.case import Case
from tests.browser.stories import PAPERS, House, chosen_file
from tests.browser.typist import Typist


@pytest.mark.law("A1.11.4", "R3.2", "R6.1", "R7.1", "R9.1")
def test_an_application_becomes_a_permit_without_a_mouse(browser: Browser, house: House) -> None:
    case = file(browser, house)
    with house.visitor(browser, "kk") as person:
        typist = enter(Typist(person), "chancellery")
        typist.follow("Жауапты бөлімшеге орындауға жіберу")
        typist.choose("Орындаушы", "БӨЛІМОВА ҰЛЖАН ҮЛГІҚЫЗЫ")
        typist.press("Орындауға жіберу")
        person.reads("Орындалды: Жауапты бөлімшеге орындауға жіберу.")
    with house.visitor(browser, "kk") as person:
        examine(enter(Typist(person), "unit"))
    with house.visitor(browser, "kk") as person:
        typist = enter(Typist(person), "head")
        typist.follow("Рұқсатқа қол қою")
        typist.pick("Шешіміңіз", "ЭЦҚ-мен қол қою")
        typist.press("Жалғастыру")
        person.sees("Рұқсат KZ-2026-000001")
        typist.press("NCALayer арқылы қол қою")
        person.reads("Қол қойылды және жіберілді: Рұқсат KZ-2026-000001.")
    with house.visitor(browser, "kk") as person:
        receive_and_verify(Typist(person), case)


def file(browser: Browser, house: House) -> Case:
    """The applicant signs in, fills in the application, signs and sends it."""
    with house.visitor(browser, "kk") as person:
        typist = Typist(person)
        person.open("/")
        typist.keys.press("Tab")
        expect(person.page.get_by_role("link", name="Негізгі мазмұнға өту")).to_be_focused()
        typist.keys.press("Enter")
        typist.press("Өтініш беру немесе істі қадағалау")
        sign_in(typist)
        fill_in(typist)
        typist.press("Тексеріп, қол қою")
        person.sees("Тексеріп, қол қою")
        typist.press("Қол қойып, жіберу")
        person.sees("Өтініш қабылданды")
    (own,) = house.program.queries.own_cases("781122499012", "150340999016")
    return own.case


def sign_in(typist: Typist) -> None:
    """The applicant signs in with the key."""
    name = "БАСТАМОВА ГҮЛНӘР СЕРІКҚЫЗЫ – Компания басшысы: өтініш бере алады"
    typist.choose("Кімнің кілтімен қол қойылады (тек көрсетілімде)", name)
    typist.press("NCALayer арқылы кіру")
    typist.person.sees("Менің істерім")


def fill_in(typist: Typist) -> None:
    """Every page of annex 2."""
    typist.press("Жаңа өтініш")
    typist.follow("Жеке кәсіпкердің/заңды тұлғаның деректемелері")
    typist.write("Телефоны", "8 717 274 00 00")
    typist.write("Электрондық поштасы", "altyn@example.test")
    typist.press("Сақтап, жалғастыру")
    typist.write(
        "Қамтамасыз етілген цифрлық активтерді сақтау және айырбастау бойынша цифрлық платформаның атауы", "QazToken"
    )
    typist.write(
        "Қамтамасыз етілген цифрлық активтерді шығарудың және олардың айналысының мақсатын сипаттау", "Алтын токендер"
    )
    typist.press("Сақтап, жалғастыру")
    typist.write("Пошта индексі", "010000")
    typist.choose("Облыс", "Астана қаласы")
    typist.write("Көше атауы", "Мәңгілік Ел даңғылы")
    typist.write("Үй/ғимарат нөмірі", "55/5")
    typist.press("Сақтап, жалғастыру")
    for paper, kind in zip(PAPERS, KINDS, strict=True):
        typist.choose("Құжаттың түрі", kind)
        typist.hand_in("Файл", chosen_file(replace(paper, number="")))
        typist.press("Файлды қосу")
        typist.person.reads(f"Қосылды: {paper.title}.pdf")
    typist.press("Жалғастыру")
    for statement in STATEMENTS:
        typist.tick(statement)
    typist.press("Сақтап, жалғастыру")
    typist.person.reads("Бәрі бар, мерзімі өткен құжат жоқ")


def enter(typist: Typist, login: str) -> Typist:
    """An officer signs in with login and password."""
    typist.person.open("/office/")
    typist.write("Логин", login)
    typist.write("Құпиясөз", PASSWORD)
    typist.enter()
    typist.person.sees("Жұмыс")
    return typist


def examine(typist: Typist) -> None:
    """The unit checks completeness and examines."""
    typist.follow("Құжаттар толықтығын тексеру")
    typist.pick("Құжаттар толық және қолданыс мерзімі өтпеген бе?", "иә")
    typist.press("Аяқтау")
    typist.person.sees("Қағидалар талаптарына сәйкестігін қарау")
    typist.write("Сатып алу шарттары бар блокчейн-желі түйіндерінің саны", "5")
    typist.pick("Серверлік құрылғыны жалға алу шарты бар ма?", "иә")
    typist.pick("Түйіндерге деректерді жазуды растау алгоритмі бар ма?", "иә")
    typist.pick("Құжаттар Қағидалардың талаптарына сәйкес келе ме?", "иә")
    typist.write("Қорытынды", "Құжаттар Қағидалардың талаптарына сәйкес келеді")
    typist.press("Аяқтау")
    typist.person.reads("Орындалды: Қағидалар талаптарына сәйкестігін қарау.")


def receive_and_verify(typist: Typist, case: Case) -> None:
    """The applicant saves the permit and verifies it on the public page."""
    person = typist.person
    person.open("/cabinet/")
    sign_in(typist)
    typist.follow(case.number)
    typist.reach(person.page.get_by_role("link", name="Рұқсат № KZ-2026-000001 (PDF)", exact=True))
    with person.page.expect_download() as waiting:
        typist.keys.press("Enter")
    permit = waiting.value.path().read_bytes()
    person.open("/")
    typist.follow("Тізілім")
    typist.follow("KZ-2026-000001")
    person.reads("«Үлгі Активтер» ЖШС", "қолданыста")
    typist.follow("Құжатты тексеру")
    file: FilePayload = {"name": "рұқсат.pdf", "mimeType": "application/pdf", "buffer": permit}
    typist.hand_in("Өзіңіз алған күйдегі PDF", file)
    typist.press("Файлды тексеру")
    person.sees("Құжат түпнұсқа")


KINDS = (
    "Тауар белгілерінің мемлекеттік тізілімінен үзіндінің электрондық көшірмесі",
    "Деректердің таратылған платформаның блокчейн-желісінің 5 (бес) түйінін сатып алуға және (немесе) серверлік "
    "құрылғыны жалға алуға шарттар болуы туралы және түйіндерге деректерді жазуды растау алгоритмінің болуы туралы "
    "еркін нысандағы кепілдік хат",
)
STATEMENTS = (
    "Ұсынылған ақпараттың анықтығын растаймын және анық емес мәліметтер ұсынғаным үшін Қазақстан Республикасының "
    "заңнамасына сәйкес жауапкершілік туралы хабардармын.",
    "Ақпараттық жүйелерде қамтылған, заңмен қорғалатын құпияны құрайтын мәліметтерді пайдалануға келісім беремін.",
)
