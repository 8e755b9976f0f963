"""The story of an incomplete set, told in Russian: a notice at once, and a new application from the old one."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from service.demo.people import Paper
from service.demo.seed import EXPIRED
from service.domain.case import Case
from tests.browser.stories import House, Person, chosen_file
from tests.program import LETTER, TRADE, Story

RENEWED = Paper("sale_contract", "Договор купли-продажи", "С-16", date(2026, 4, 20), date(2027, 4, 20))


@pytest.mark.law("R6.1", "R6.2", "R6.3", "D7", "A1.9.2", "A1.9.3")
def test_an_incomplete_set_ends_with_a_notice_and_begins_again(browser: Browser, house: House) -> None:
    case = house.meanwhile(assigned_with_an_expired_contract_only)
    with house.officer(browser, "unit", "ru") as unit:
        find_it_incomplete(unit, case.number)
    with house.officer(browser, "head", "ru") as head:
        sign_the_notice(head, case.number)
    with house.applicant(browser, "company_signer", "ru") as applicant:
        read_the_notice(applicant, case.number)
        mend_what_was_named(applicant, case.number)
        file_it_again(applicant)
    first, second = house.story.program.queries.own_cases(case.iin, case.bin)[::-1]
    assert (first.case.outcome, second.case.outcome) == ("not_considered", "")
    assert second.case.fields["platform"] == first.case.fields["platform"]


def assigned_with_an_expired_contract_only(story: Story) -> Case:
    """An application without the guarantee letter, whose contract has expired, on the desk of the unit."""
    case = story.file("company_signer", TRADE, [EXPIRED], "ru")
    return story.work("chancellery", case, "task_assign", executor=str(story.officer("unit").officer_id))


def find_it_incomplete(unit: Person, number: str) -> None:
    """The automatic check has named both faults; the officer decides."""
    unit.work_on(number, "Проверить полноту документов")
    box = unit.page.locator(".finding").filter(has=unit.page.get_by_role("heading", name="Автоматическая проверка"))
    expect(box.locator("li")).to_have_count(2)
    unit.picture("01-findings")
    unit.answer(complete="no", missing_items="guarantee_letter", expired_items="sale_contract")
    unit.answer(missing_facts="Гарантийное письмо не приложено, срок договора истёк 10.04.2026")
    unit.picture("02-incomplete")
    unit.press("Завершить")
    unit.reads("Сделано: Проверить полноту документов.")


def sign_the_notice(head: Person, number: str) -> None:
    """The head signs the notice of refusal of further consideration."""
    head.work_on(number, "Подписать уведомление об отказе в дальнейшем рассмотрении")
    head.answer(decision="sign")
    head.press("Продолжить")
    head.sees("Уведомление об отказе в дальнейшем рассмотрении документов")
    head.picture("03-paper")
    head.sign_with()
    head.reads("Подписано и отправлено: Уведомление об отказе в дальнейшем рассмотрении документов")


def read_the_notice(applicant: Person, number: str) -> None:
    """The applicant finds the notice in the cabinet at once."""
    applicant.follow(number)
    applicant.reads("В уведомлении указано, чего не хватает или что просрочено.")
    applicant.picture("04-notice")
    title = applicant.page.locator(".paper__title a").first.inner_text()
    assert applicant.downloads(title).startswith(b"%PDF-1.7")


def mend_what_was_named(applicant: Person, number: str) -> None:
    """A new draft holds the old answers and files; the same check names what is to be mended."""
    applicant.press("Подать снова на основе этого заявления")
    applicant.reads(f"Новый черновик начат с ответов и файлов заявления {number}.", "Гарантийное письмо не приложено.")
    applicant.picture("05-again")
    applicant.follow("Приложение: перечень документов, необходимых для оказания государственной услуги")
    applicant.reads("Сатып алу-сату шарты.pdf", "Истёк")
    applicant.page.get_by_role("button", name=re.compile("^Изменить или заменить")).click()
    applicant.answer(number=RENEWED.number, dated="20.04.2026", valid_until="20.04.2027")
    applicant.page.set_input_files("#file", chosen_file(RENEWED))
    applicant.press("Сохранить")
    applicant.reads("Договор купли-продажи.pdf")
    applicant.answer(kind=LETTER.kind, number=LETTER.number)
    applicant.page.set_input_files("#file", chosen_file(LETTER))
    applicant.press("Добавить файл")
    applicant.reads(f"Добавлено: {LETTER.title}.pdf")
    applicant.picture("06-files")
    applicant.press("Продолжить")


def file_it_again(applicant: Person) -> None:
    """The two statements are given anew, then the application is signed and has a number of its own."""
    applicant.sees("Подтверждение и согласие")
    expect(applicant.page.locator("#consent_truth")).not_to_be_checked()
    applicant.answer(consent_truth="yes", consent_data="yes")
    applicant.press("Сохранить и продолжить")
    applicant.reads("Всё на месте, просроченного нет")
    applicant.press("Проверить и подписать")
    applicant.reads("Договор купли-продажи.pdf", "QazToken сауда платформасы")
    applicant.sign_with()
    applicant.sees("Заявление принято")
    applicant.reads("P-2026-000002")
    applicant.picture("07-receipt")
