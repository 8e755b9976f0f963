"""The commands speak a person's language: sentences with what is wrong and what to do, no codes and no reprs."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.exc import OperationalError

from service.cli import audit_text, main, proof_text, reports, sentences, settings_text, terms_text
from service.cli.audit_text import AUDIT_FOUND
from service.cli.common import told
from service.cli.speech import of_environment, sentence
from service.demo.world import World
from service.domain.errors import Forbidden, InvalidAnswers, NotFound, NotLawful, RuqsatError, Unavailable
from service.domain.files import StorageFull
from service.domain.forms import Problem
from service.domain.row_marks import Marks, rows_differ
from service.settings import ROOT, Settings
from service.usecases.correct_error import Correction
from tests.cli.codes import made_in
from tests.full_disk import room_for
from tests.program import CONFORMS, Story
from tests.usecases.beside import signed
from tests.usecases.test_dated_settings import DECREE, SHORT

LANGUAGES = ("kk", "ru", "en")


class Ruqsat:
    """Gives a command and reads its answer."""

    def __call__(self, *words: str) -> Result:
        result = CliRunner().invoke(main, words)
        assert "Problem(" not in result.output
        assert "Traceback" not in result.output
        return result


@pytest.fixture
def ruqsat(story: Story, monkeypatch: pytest.MonkeyPatch) -> Ruqsat:
    for module in ("audit", "users", "dated", "procedures", "proof", "demo", "retention"):
        monkeypatch.setattr(f"service.cli.{module}.program", lambda **_: story.program)
    return Ruqsat()


def test_every_text_stands_in_three_languages_with_the_same_places() -> None:
    tables = [
        table
        for module in (audit_text, proof_text, reports, sentences, settings_text, terms_text)
        for name, table in vars(module).items()
        if name.isupper() and isinstance(table, dict) and name not in ("FIELDS", "WEEKDAYS")
    ]
    assert len(tables) > 15
    for table in tables:
        for key, texts in table.items():
            assert len(texts) == 3, key
            assert all(text.strip() for text in texts), key
            places = {frozenset(word.split("}")[0] for word in text.split("{")[1:]) for text in texts}
            assert len(places) == 1, key


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"LANG": "kk_KZ.UTF-8"}, "kk"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
        ({"LC_ALL": "ru_KZ", "LANG": "kk_KZ"}, "ru"),
        ({"LC_ALL": "", "LC_MESSAGES": "kk_KZ", "LANG": "ru"}, "kk"),
    ],
)
def test_the_language_is_that_of_the_machine(
    told: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert of_environment() == expected
    expected_words = {"kk": "белгісіз кілт", "ru": "неизвестный ключ", "en": "unknown key"}[expected]
    assert expected_words in CliRunner().invoke(main, ["deadlines", "--batch", "-"], input='{"x": 1}').stderr


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "error",
    [
        InvalidAnswers(errors={"password": Problem("too_short", {"limit": 12}), "other": Problem("strange")}),
        NotFound(what="edition", number=7),
        NotFound(what="procedure", process="x"),
        NotFound(what="officer"),
        InvalidAnswers(errors={"valid_from": Problem("hours_of_the_past")}),
        NotLawful("break_has_begun", "A1.8.2"),
        NotLawful("strange", "R1.1"),
        Forbidden(what="x"),
        Unavailable(what="database"),
        StorageFull(what="database"),
        RuqsatError(problem="clock_moved_too_far", at="x"),
        RuqsatError(problem="strange"),
    ],
)
def test_no_error_is_told_as_a_repr(error: RuqsatError, lang: str) -> None:
    said = sentence(error, lang)
    assert said
    assert "=" not in said
    assert "{" not in said


@pytest.mark.law("L69.1")
@pytest.mark.parametrize(("lang", "said"), [("kk", "Дискіде орын қалмады"), ("ru", "На диске нет места")])
def test_a_proof_for_which_there_is_no_room_leaves_the_file_as_it_was(
    ruqsat: Ruqsat, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    case, file = story.filed(), tmp_path / "case.zip"
    file.write_bytes(b"the proof of yesterday")
    large = 50_000_000  # more than the database may ever grow to here
    monkeypatch.setattr("service.cli.proof.PROOFS", {".zip": lambda *_case: bytes(large)})
    with room_for(large - 1):
        told = ruqsat("prove", case.number, str(file), "--lang", lang)
    assert (told.exit_code, said in told.stderr) == (2, True)
    assert [each.name for each in tmp_path.glob("*.zip*")] == ["case.zip"]
    assert file.read_bytes() == b"the proof of yesterday"
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(("lang", "said"), [("kk", "Дискіде орын қалмады"), ("ru", "На диске нет места")])
def test_a_database_that_has_no_room_even_to_be_read_is_told_in_the_language_of_the_command(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str, said: str
) -> None:
    def no_room(*_anything: object) -> None:
        wrong = sqlite3.OperationalError("disk I/O error")
        wrong.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        raise OperationalError("PRAGMA journal_mode", {}, wrong)

    monkeypatch.setattr(sys.modules["service.adapters.database.migrate"], "connect", no_room)
    trust = str(world.settings(Settings()).trust)
    told = CliRunner().invoke(
        main, ["user", "list", "--lang", lang],
        env={"RUQSAT_INSTANCE": str(tmp_path), "RUQSAT_TRUST": trust, "LANG": "en_US.UTF-8"},
    )  # fmt: skip
    assert (told.exit_code, told.stderr.count("\n"), said in told.stderr) == (2, 1, True), told.output


def test_accounts_are_told_in_sentences(ruqsat: Ruqsat) -> None:
    person = ["--surname", "С", "--given", "А", "--position-kk", "Маман", "--password", "a long enough one"]
    wrong = ruqsat("user", "add", "s", *person, "--iin", "1", "--role", "unit", "--lang", "ru")
    assert (wrong.exit_code, wrong.stderr) == (2, "ruqsat: --iin: 1 не является верным ИИН: проверьте все 12 цифр\n")
    opened = ruqsat("user", "add", "s", *person, "--iin", "850615399019", "--role", "unit", "--lang", "kk")
    assert opened.stdout == "s есептік жазбасы бүгіннен ашылды, рөлдері: unit.\n"
    assert "С А" in ruqsat("user", "list").stdout


@pytest.mark.law("R2.2", "A1.8.1", "R13.1")
def test_settings_are_listed_with_their_present_value_and_since_when(ruqsat: Ruqsat, story: Story) -> None:
    listed = ruqsat("setting", "list").stdout
    assert "Name of the provider (provider_name): kk Қазақстан Республикасының Цифрлық даму" in listed
    assert "by the edition, since 2023-" in listed
    assert "Working hours (working_hours): opens 09:00; closes 18:30; break from 13:00; break until 14:30" in listed
    assert "Nothing was entered yet" in listed
    hours = [f"--{name.replace('_', '-')}={value}" for name, value in SHORT.items()]
    changed = ruqsat("setting", "hours", "--from", "2023-09-14", *hours, "--basis", DECREE, "--apply", "--lang", "ru")
    assert "Рабочие часы действуют с 2023-09-14; сдвинуто сроков: 0." in changed.stdout
    past = ruqsat("setting", "hours", "--from", "2023-09-01", *hours, "--basis", DECREE, "--apply", "--lang", "ru")
    assert "--from: рабочие часы прошедших дней не меняются" in past.stderr
    story.at("2023-09-14T10:00")
    assert f"since 2023-09-14 | basis: {DECREE}" in ruqsat("setting", "list").stdout
    assert "2023-09-14  Рабочие часы: открытие " in ruqsat("setting", "list", "--lang", "ru").stdout


@pytest.mark.law("A1.8.2")
def test_a_break_is_announced_and_taken_back_in_words(ruqsat: Ruqsat) -> None:
    texts = ["--kk", "жұмыстар", "--ru", "работы", "--en", "works", "--lang", "ru"]
    span = ["--from", "2023-09-20 22:00", "--until", "2023-09-21 02:00"]
    assert ruqsat("setting", "break", *span, *texts).stdout == (
        "Перерыв № 1 объявлен: 2023-09-20 22:00 - 2023-09-21 02:00.\n"
    )
    late = ruqsat("setting", "break", "--from", "2023-09-01 22:00", "--until", "2023-09-01 21:00", *texts)
    assert late.stderr == "ruqsat: --from: время уже прошло. --until: заканчивается раньше, чем начинается.\n"
    assert "Перерыва № 9 нет" in ruqsat("setting", "withdraw", "9", "--lang", "ru").stderr
    assert ruqsat("setting", "withdraw", "1").stdout == "Break 1 is withdrawn.\n"
    assert "(withdrawn)" in ruqsat("setting", "list").stdout


def test_what_is_missing_for_a_migration_is_said_with_what_there_is(ruqsat: Ruqsat) -> None:
    missing = ruqsat("migrate", "permit", "--to", "7", "--dry-run", "--lang", "ru")
    assert (missing.exit_code, missing.stderr) == (
        2,
        "ruqsat: Редакции № 7 нет. Новую редакцию вводит `ruqsat deploy`. Есть редакции: 1.\n",
    )
    unknown = ruqsat("migrate", "permits", "--to", "1", "--dry-run")
    assert "There is no procedure permits: name permit or appeal" in unknown.stderr
    assert ruqsat("migrate", "permit", "--to", "1", "--dry-run").stdout == "Cases: 0.\n"


def test_the_audit_names_place_and_part_in_the_language(ruqsat: Ruqsat, story: Story) -> None:
    case = story.filed()
    assert ruqsat("audit", "--lang", "ru").stdout == "Всё согласуется.\n"
    with story.program.unit_of_work() as uow:
        for task in uow.cases.tasks(case.id):
            task.completed_at = uow.now + timedelta(hours=1)
        uow.commit()
    found = ruqsat("audit", "--lang", "ru")
    assert found.exit_code == 1
    assert re.search(rf"дело {case.number}: задачи: \w+: строк 1, в журнале task_completed 0", found.stdout)
    assert re.search(
        rf"{case.number} ісі: тапсырмалар: \w+: жолдар 1, журналда", ruqsat("audit", "--lang", "kk").stdout
    )
    assert "Расхождений найдено: " in found.stdout


def test_every_finding_of_the_audit_has_its_sentence() -> None:
    files = [*(ROOT / "service/domain").glob("*.py"), *(ROOT / "service/usecases").glob("audit*.py")]
    codes = made_in(files, "Disagreement", 2)
    marks = Marks(last={("task", 1): "a", ("task", 2): "b"}, whole=True, broken=[("task", "row_changed_before", {})])
    codes |= {code for _table, code, _data in rows_differ(marks, [("task", 1, "x"), ("task", 3, "x")])}
    of_lines = {f"{whose}{what}" for whose in ("", "office_") for what in ("line_gone", "line_other", "unsealed")}
    assert codes | of_lines == AUDIT_FOUND.keys()


def test_the_clock_speaks(ruqsat: Ruqsat) -> None:
    said = "Часы демонстрации: 2023-09-12 10:00:00, время Астаны, UTC+6.\n"
    assert ruqsat("clock", "--lang", "ru").stdout == said
    assert "не время, пишите" in ruqsat("clock", "--to", "soon", "--lang", "ru").stderr
    assert "Сағат тек алға жылжиды" in ruqsat("clock", "--to", "2023-09-11T10:00", "--lang", "kk").stderr
    assert "--hours: 1e+300 hours cannot be used" in ruqsat("clock", "--hours", "1e300").stderr


@pytest.mark.law("R6.1")
def test_the_clock_is_moved_and_what_is_due_by_then_happens(ruqsat: Ruqsat, story: Story) -> None:
    case = story.assigned()
    assert "2023-09-12 13:00" in ruqsat("clock", "--hours", "3").stdout
    assert "2023-09-13 09:00" in ruqsat("clock", "--next-opening").stdout
    assert not story.program.queries.case(case.id).breaches
    assert "2023-09-14 18:31" in ruqsat("clock", "--to", "2023-09-14T18:31").stdout
    assert [each.element for each in story.program.queries.case(case.id).breaches] == ["deadline_completeness"]


@pytest.mark.printed
@pytest.mark.law("R2.4", "A3.5")
def test_a_paper_is_verified_in_words(ruqsat: Ruqsat, story: Story, tmp_path: Path) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    (document,) = story.program.queries.case(case.id).documents
    file, other = tmp_path / "permit.pdf", tmp_path / "other.pdf"
    file.write_bytes(story.program.files.read(document.sha256))
    other.write_bytes(file.read_bytes() + b" ")
    genuine = ruqsat("verify", str(file), "--lang", "ru")
    assert genuine.exit_code == 0
    assert genuine.stdout.splitlines()[:4] == [
        "Это документ, который мы выдали, без изменений.",
        f"  Документ: Разрешение {document.number}",
        f"  Дело: {case.number}",
        "  Подпись: Подпись действительна",
    ]
    assert "Разрешение в реестре: действует" in genuine.stdout
    assert "Исправленная версия" not in genuine.stdout
    signed(story, "head", Correction(), case, document=document.id, reason="Қате", changes={"platform": "Алаң"})
    fresh = story.program.queries.case(case.id).documents[-1]
    superseded = ruqsat("verify", str(file), "--lang", "ru")
    assert f"  Исправленная версия: {fresh.verification_code}; описка в этом документе исправлена" in superseded.stdout
    assert json.loads(ruqsat("verify", str(file), "--json").stdout)["corrected_by"] == fresh.verification_code
    altered = ruqsat("verify", str(other), "--lang", "kk")
    assert altered.exit_code == 1
    assert altered.stdout.startswith("Файлда біздің құжат аталған, бірақ бұл біз берген файл емес")
    other.write_bytes(b"nothing")
    assert ruqsat("verify", str(other)).stdout == "This is no PDF, no package of a case and no proof of terms.\n"
    assert "Дела P-1 нет" in ruqsat("prove", "P-1", str(tmp_path / "a.zip"), "--lang", "ru").stderr


@pytest.mark.law("L69.1", "L75.1")
def test_a_package_that_is_written_out_is_a_line_of_the_journal(ruqsat: Ruqsat, story: Story, tmp_path: Path) -> None:
    case = story.filed()
    assert ruqsat("prove", case.number, str(tmp_path / "case.zip")).exit_code == 0
    line = story.program.queries.case(case.id).journal[-1]
    assert (line.action, line.role) == ("package_fetched", "administrator")


def test_a_reader_who_goes_away_early_is_no_error_in_words() -> None:
    with pytest.raises(BrokenPipeError), told():
        raise BrokenPipeError(32, "Broken pipe")
