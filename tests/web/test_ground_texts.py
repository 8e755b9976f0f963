"""Every text of the pages stands in three languages, complete, with the same places to fill."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from service.domain.languages import LANGUAGES
from service.web.catalogues import FOLDER, merged, parts, read, translations
from service.web.collect import messages

WEB = Path(__file__).parents[2] / "service" / "web"


def areas() -> dict[str, list[Path]]:
    """The pages of each door, and the ground under all of them."""
    doors = sorted({path.name for path in [*WEB.iterdir(), *(WEB / "templates").iterdir()] if path.is_dir()} - NO_DOORS)
    ground = [
        *WEB.glob("*.py"),
        WEB / "templates" / "base.html",
        *(WEB / "templates" / name for name in ("macros", "errors")),
    ]
    folders = {door: [path for path in (WEB / door, WEB / "templates" / door) if path.exists()] for door in doors}
    return {"ground": ground, **folders}


NO_DOORS = {"assets", "static", "templates", "translations", "macros", "errors", "__pycache__"}
AREAS = areas()


def forms(text: str | Sequence[str] | None) -> list[str]:
    return [text or ""] if isinstance(text, str) or text is None else list(text)


def test_the_ground_has_texts_at_all() -> None:
    assert len(list(messages(AREAS["ground"]))) > 100


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_empty_or_doubtful(language: str, area: str) -> None:
    known = {forms(message.id)[0]: message for message in merged(language) if message.id}
    wrong = [
        name
        for name in dict.fromkeys(forms(wanted)[0] for wanted in messages(AREAS[area]))
        if (found := known.get(name)) is None or found.fuzzy or not all(forms(found.string))
    ]
    assert wrong == [], f"{language}: translate these (service/web/README.md, Texts)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_catalogues_is_said_somewhere_and_stands_there_once(language: str) -> None:
    said = {forms(text)[0] for text in messages([WEB])}
    listed = [forms(message.id)[0] for part in parts(language) for message in read(part, language) if message.id]
    assert [name for name in listed if name not in said] == []
    assert [name for name, times in Counter(listed).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_translation_has_the_same_places_to_fill(language: str) -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)s|%\{\w+\}", text))

    wrong = [
        (message.id, text)
        for message in merged(language)
        if message.id
        for text in forms(message.string)
        if text and places(text) != places(forms(message.id)[-1])
    ]
    assert wrong == []


def test_english_says_what_the_program_says() -> None:
    assert [
        message.id for message in merged("en") if message.id and forms(message.id)[0] != forms(message.string)[0]
    ] == []


def test_the_three_languages_have_the_same_parts() -> None:
    assert len({tuple(path.name for path in parts(language)) for language in LANGUAGES}) == 1


def test_no_part_repeats_a_text_of_the_base() -> None:
    base = {forms(message.id)[0] for message in read(FOLDER / "kk/LC_MESSAGES/base.po", "kk") if message.id}
    repeated = [
        (path.name, forms(message.id)[0])
        for path in parts("kk")
        if path.name != "base.po"
        for message in read(path, "kk")
        if message.id and forms(message.id)[0] in base
    ]
    assert repeated == []


def test_russian_counts_in_three_ways() -> None:
    russian = translations("ru")
    counted = [
        russian.ungettext("%(num)s working day", "%(num)s working days", number) % {"num": number}
        for number in (1, 2, 5, 21)
    ]
    assert counted == ["1 рабочий день", "2 рабочих дня", "5 рабочих дней", "21 рабочий день"]


def test_kazakh_says_visually_impaired_and_contact_centre_in_the_official_words() -> None:
    kazakh = translations("kk")
    official = "Мемлекеттік қызмет көрсету мәселелері жөніндегі бірыңғай байланыс орталығы:"
    assert kazakh.ugettext("Single contact centre on state services:") == official


def test_a_day_or_an_hour_in_a_kazakh_text_takes_its_ending_on_a_word() -> None:
    said = [form for message in merged("kk") if message.id for form in forms(message.string)]
    assert [text for text in said if re.search(r"%\(\w+\)s (бастап|дейін|кейін)\b", text)] == []


ADDRESSED = {
    "kk": re.compile(r"(?<!\w)сіз(дің|ге|ді|де|ден|бен)?(?!\w)"),
    "ru": re.compile(r"(?<!\w)(вы|вас|вами?|ваш(|а|е|и|у|его|ему|ем|ей|им|ими|их))(?!\w)"),
}
"""Who is spoken to, in small letters."""


@pytest.mark.parametrize("language", ADDRESSED)
def test_whoever_is_spoken_to_is_written_with_a_capital_letter_everywhere(language: str) -> None:
    texts = [text for message in merged(language) if message.id for text in forms(message.string)]
    assert [text for text in texts if ADDRESSED[language].search(text)] == []
