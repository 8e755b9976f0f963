"""Home, annex 1, the rules, the procedure and help: complete, official, in three languages, without sign-in."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from service.settings import ROOT
from service.usecases.editions import LoadedEdition
from service.web.public.editions import Shown
from tests.web.ground_visitor import Visitor, heading
from tests.web.public_town import Town, text

LANGUAGES = ("kk", "ru", "en")
ADDRESSES = ("/", "/service", "/rules", "/procedure", "/register", "/verify", "/help", "/register/KZ-2023-000001")
OFFICIAL = (Path(__file__).parent / "public_official_kk.txt").read_text().splitlines()[1:]
"""The text of the rules, paragraph by paragraph; the last line is annex 1 in one run."""

ANNEX_1 = """\
"Қамтамасыз етілген цифрлық активтерді шығаруға және олардың айналысына рұқсат беру"
Қазақстан Республикасының Цифрлық даму, инновациялар және аэроғарыш өнеркәсібі министрлігі
Мемлекеттік қызмет көрсетуге қойылатын негізгі талаптардың тізбесі
Мемлекеттік қызметтің атауы
Көрсетілетін қызметті берушінің атауы
Мемлекеттік қызмет көрсету тәсілдері
Мемлекеттік қызмет көрсету мерзімі
5 (бес) жұмыс күні.
Мемлекеттік қызмет көрсету нысаны
Электрондық (ішінара автоматтандырылған)
Мемлекеттік қызмет көрсету нәтижесі
Тегін
Көрсетілетін қызметті берушінің жұмыс кестесі
Мемлекеттік көрсетілетін қызметті көрсету үшін көрсетілетін қызметті алушыдан талап етілетін құжаттар мен мәліметтердің тізбесі
Қазақстан Республикасының заңдарында белгіленген мемлекеттік көрсетілетін қызметті көрсетуден бас тарту үшін негіздеме
Мемлекеттік қызмет көрсету ерекшеліктерін ескере отырып, өзге де талаптар
Мемлекеттік қызмет көрсету мәселелері жөніндегі бірыңғай байланыс орталығы: 1414, 8 800 080 7777.
көрсетілетін қызметті беруші – Қазақстан Республикасының Еңбек кодексіне сәйкес демалыс және мереке күндерін қоспағанда, дүйсенбіден бастап жұманы қоса алғанда, сағат 13.00-ден 14.30-ға дейінгі түскі үзіліспен сағат 9.00-ден 18.30-ға дейін
портал – техникалық жұмыстарды жүргізуге байланысты үзілістерді қоспағанда, тәулік бойы
осы Қағидаларға 2-қосымшаға сәйкес нысан бойынша көрсетілетін қызметті алушының электрондық цифрлық қолтаңбасымен куәландырылған электрондық құжат нысанындағы өтініш
тауар белгілерінің мемлекеттік тізілімінен үзіндінің электрондық көшірмесі
тауарлар шығарылған орындар атауларының мемлекеттік тізілімінен үзіндінің электрондық көшірмесі
мүлікті сатып алу-сату шартының электрондық көшірмесі
тауарды бөлшек сатып алу-сату шартының электрондық көшірмесі
контрактация шартының электрондық көшірмесі
айырбас шартының электрондық көшірмесі
сыйға тарту шартының электрондық көшірмесі
зияткерлік шығармашылық қызмет нәтижелерін жасау және пайдалану туралы шарттың электрондық көшірмесі
деректердің таратылған платформаның блокчейн-желісінің 5 (бес) түйінін сатып алуға және (немесе) серверлік құрылғыны жалға алуға шарттар болуы туралы және түйіндерге деректерді жазуды растау алгоритмінің болуы туралы еркін нысандағы кепілдік хат
өтініш беруші рұқсат алу үшін ұсынған құжаттардың және (немесе) олардағы деректердің (мәліметтердің) дәйексіздігін анықтау
көрсетілетін қызметті алушының және (немесе) мемлекеттік қызметті көрсету үшін қажетті ұсынылған материалдардың, объектілердің, деректер мен мәліметтердің Қазақстан Республикасының нормативтік құқықтық актілерінде белгіленген талаптарға сәйкес келмеуі
көрсетілетін қызметті алушыға қатысты осы мемлекеттік қызметті алуды талап ететін қызметке немесе қызметтің жекелеген түрлеріне тыйым салу туралы заңды күшіне енген сот шешімі (үкімі) бар
көрсетілетін қызметті алушыға қатысты соттың заңды күшіне енген шешімі бар, оның негізінде көрсетілетін қызметті алушы мемлекеттік көрсетілетін қызметті алуға байланысты арнайы құқығынан айырылады
"Дербес деректер және оларды қорғау туралы" Қазақстан Республикасы Заңының 8-бабына сәйкес көрсетілетін қызметті алушының мемлекеттік қызмет көрсету үшін талап етілетін қолжетімділігі шектеулі дербес деректерге қол жеткізуге ұсынылатын келісімінің болмауы
"""  # noqa: E501 - wording of the law, unbroken (section 7.1 of the requirements)


@pytest.fixture
def visitor(town: Town) -> Visitor:
    return town.visitor()


def edition(town: Town, process: str = "permit") -> LoadedEdition:
    newest = town.program.queries.newest_edition()
    assert newest is not None
    with town.program.reading() as uow:
        return town.program.editions.of(uow, newest.id, process)


class TestAnnexOne:
    @pytest.mark.law(
        "R3.1", "A1.1", "A1.2", "A1.3", "A1.4", "A1.5", "A1.6", "A1.7", "A1.8.1", "A1.8.2", "A1.9.1", "A1.9.2",
        "A1.9.3", "A1.10.1", "A1.10.2", "A1.10.3", "A1.10.4", "A1.10.5", "A1.11.1", "A1.11.2", "A1.11.3",
    )  # fmt: skip
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_official_words_stand_letter_by_letter(self, visitor: Visitor, language: str) -> None:
        page = text(visitor.get(f"/service?lang={language}"))
        title = "Мемлекеттік қызмет көрсетуге қойылатын негізгі талаптардың тізбесі"
        missing = [line for line in ANNEX_1.splitlines() if line not in page and (language == "kk" or line != title)]
        assert missing == []

    @pytest.mark.law("R3.1")
    def test_all_eleven_rows_are_there_each_with_its_own_address(self, visitor: Visitor) -> None:
        rows = re.findall(r'<section class="annex__row" id="row-(\d+)"', visitor.get("/service").text)
        assert rows == [str(number) for number in range(1, 12)]

    @pytest.mark.law("A1.11.1")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_addresses_of_the_places_of_service_are_one_press_away(self, visitor: Visitor, language: str) -> None:
        page = visitor.get(f"/service?lang={language}").text
        links = dict(re.findall(r'<a class="govuk-link" href="(https://[^"]+)" rel="([^"]+)">', page))
        assert links == dict.fromkeys(["https://www.gov.kz", "https://egov.kz"], "external noopener noreferrer")

    @pytest.mark.law("A1.1", "A1.6", "A1.8.2", "A1.9.2", "A1.11.1")
    def test_every_row_is_as_in_the_official_text(self, town: Town) -> None:
        official = OFFICIAL[-1]
        for row in Shown(edition(town), True).listed("service_requirements"):
            for words in [row["kk"], *row.get("text", {}).get("kk", [])]:
                assert words in official, row["row"]

    @pytest.mark.law("D1", "D3", "D4")
    @pytest.mark.parametrize("row", ["6", "8", "9"])
    @pytest.mark.parametrize(("language", "title"), [("kk", "Бұл қалай оқылады"), ("en", "How this is read")])
    def test_a_gap_of_the_text_is_explained_under_its_row(
        self, visitor: Visitor, language: str, title: str, row: str
    ) -> None:
        page = visitor.get(f"/service?lang={language}").text
        content = page.split(f'id="row-{row}"')[1].split("</section>")[0]
        assert title in content

    @pytest.mark.law("D1")
    def test_the_note_says_which_annex_is_which(self, visitor: Visitor) -> None:
        page = text(visitor.get("/service?lang=en"))
        assert "the form of the permit is annex 3, the form of the reasoned refusal annex 4" in page

    def test_a_translation_is_marked_as_one(self, visitor: Visitor) -> None:
        for language, mark in (("ru", "Перевод, только для ориентира"), ("en", "Translation, for orientation only")):
            page = visitor.get(f"/service?lang={language}")
            assert mark in page.text
            assert 'lang="kk">Мемлекеттік қызметтің атауы</span>' in page.text
        assert "bilingual__translation" not in visitor.get("/service?lang=kk").text

    @pytest.mark.parametrize("name", ["service_requirements", "glossary", "rules_text"])
    def test_every_translation_has_as_many_paragraphs_as_the_original(self, name: str) -> None:
        for entry in json.loads((ROOT / f"forms/lists/{name}.json").read_text()):
            texts = entry.get("text") or {code: entry[code] for code in LANGUAGES}
            assert len({len(texts[code]) for code in LANGUAGES if isinstance(texts[code], list)}) < 2, entry["key"]
            assert all(texts[code] for code in LANGUAGES), entry["key"]


class TestRules:
    @pytest.mark.law("O3")
    def test_the_whole_text_stands_there_letter_by_letter(self, visitor: Visitor) -> None:
        page = text(visitor.get("/rules?lang=kk"))
        assert len(OFFICIAL) > 35
        assert [line for line in OFFICIAL[:-1] if line not in page] == _split_by_terms(page)

    @pytest.mark.law("O1", "O3")
    def test_the_act_is_named_with_its_interval_and_what_repealed_it(self, visitor: Visitor) -> None:
        page = text(visitor.get("/rules?lang=en"))
        for fact in (
            "No. 130/НҚ of 1 June 2023",
            "No. 32678 of 2 June 2023",
            "5 August 2023",
            "30 April 2026",
            "order No. 607/НҚ of 27.09.2024, in force from 08.01.2025",
            "order No. 224/НҚ of 30.04.2026, in force from 01.05.2026",
            "мемлекеттік қызметін көрсету қағидаларын бекіту туралы",
        ):
            assert fact in page, fact

    @pytest.mark.law("R2.5", "R2.1", "R2.3", "R2.4")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_glossary_cites_every_definition_in_kazakh(self, town: Town, visitor: Visitor, language: str) -> None:
        page = text(visitor.get(f"/rules?lang={language}"))
        glossary = Shown(edition(town), True).listed("glossary")
        official = [line for line in OFFICIAL if re.match(r"\d\) ", line)]
        assert [f"{entry['number']}) {entry['term']['kk']} – {entry['kk']}" for entry in glossary] == official
        for entry in glossary:
            for part in (entry["term"]["kk"], entry["kk"], entry["term"][language], entry[language]):
                assert part in page

    @pytest.mark.law("D8", "D7")
    def test_a_contradiction_is_explained_under_its_point(self, visitor: Visitor) -> None:
        page = visitor.get("/rules?lang=en").text
        assert "the act itself stays" in page.split('id="point-15"')[1]
        assert "The Rules give no form for this notice" in page.split('id="point-6"')[1].split('id="point-7"')[0]


def _split_by_terms(page: str) -> list[str]:
    """The definitions of point 2, which the page sets apart from their terms: each half must be there."""
    definitions = [line for line in OFFICIAL if re.match(r"\d\) ", line)]
    for line in definitions:
        halves = re.split(r" – (?![^(]*\))", line, maxsplit=1)
        assert [half for half in halves if half not in page] == []
    return definitions


class TestEverywhere:
    @pytest.mark.law("O3", "R3.1", "A1.11.5")
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_a_page_needs_no_sign_in_and_names_the_contact_centre(self, visitor: Visitor, address: str) -> None:
        for language in LANGUAGES:
            answer = visitor.get(f"{address}{'&' if '?' in address else '?'}lang={language}")
            assert answer.status_code == 200
            assert f'<html lang="{language}"' in answer.text
            assert "tel:1414" in answer.text
            assert "tel:88000807777" in answer.text

    def test_every_link_leads_somewhere(self, visitor: Visitor) -> None:
        pages: dict[str, str] = {}

        def page(address: str) -> str:
            if address not in pages:
                answer = visitor.client.get(address)
                assert answer.status_code == 200, address
                pages[address] = answer.text
            return pages[address]

        for address in ADDRESSES:
            for link in set(map(unescape, re.findall(r'href="([^"]+)"', page(address)))):
                path, _hash, place = link.partition("#")
                if link.startswith(("https://", "tel:", "/static", "/cabinet/", "/office/")) or "view=" in link:
                    continue
                target = page(path or address)
                assert not place or f'id="{place}"' in target, (address, link)

    @pytest.mark.law("A1.11.4")
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_the_version_for_the_visually_impaired_is_one_press_away(self, visitor: Visitor, address: str) -> None:
        assert "view=on" in visitor.get(address).text

    def test_headings_name_the_pages(self, visitor: Visitor) -> None:
        named = [heading(visitor.get(f"{address}?lang=en")) for address in ADDRESSES[:7]]
        assert len(set(named)) == 7


class TestBetweenEditions:
    @pytest.mark.law("O2")
    def test_outside_the_interval_home_explains_and_the_service_stays_readable(
        self, town: Town, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in ("editions", "pages", "register"):
            monkeypatch.setattr(f"service.web.public.{module}.today", lambda: date(2026, 5, 1))
        home = text(visitor.get("/?lang=en"))
        assert "New applications are not taken today." in home
        assert "Apply or follow a case" not in home
        assert "Not in force today" in text(visitor.get("/service?lang=en"))
        assert "Repealed:" in text(visitor.get("/rules?lang=en"))

    @pytest.mark.law("O2")
    def test_on_the_last_day_applications_are_taken(self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("service.web.public.editions.today", lambda: date(2026, 4, 30))
        assert "Apply or follow a case" in text(visitor.get("/?lang=en"))

    def test_before_the_first_edition_every_page_still_opens(
        self, town: Town, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in ("pages", "procedure"):
            monkeypatch.setattr(f"service.web.public.{module}.shown", lambda *_: None)
        for address in ("/", "/service", "/rules", "/procedure", "/help"):
            assert visitor.get(address).status_code == 200
        assert visitor.client.get("/procedure.bpmn").status_code == 404

    def test_an_edition_older_than_a_list_is_shown_without_it(self, town: Town) -> None:
        found = edition(town)
        older = replace(found, files={name: kept for name, kept in found.files.items() if "glossary" not in name})
        assert Shown(older, True).listed("glossary") == []
