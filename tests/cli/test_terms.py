"""`ruqsat calendar` and `ruqsat deadlines`: what a person and a program read, and how bad input ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import COMMANDS, main
from service.domain.deadlines import KEYS

RECEIVED = "2023-09-12T10:00:00+06:00"


def run(*words: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, words, input=given)


def dates(*words: str) -> dict[str, str | None]:
    result = run("deadlines", *words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, str | None] = json.loads(result.stdout)
    return found


def refused(*words: str, given: str | bytes | None = None) -> str:
    """The one line with which bad input ends."""
    result = run(*words, given=given)
    assert result.exit_code == 2, result.output
    lines = result.stderr.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_help_names_every_command_without_importing_any() -> None:
    script = (
        "import sys; from service.cli import main; main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert all(name in out for name in COMMANDS)
    assert "service.cli.terms" not in out.splitlines()[-1]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    usage, sentence, *_options = (line for line in result.stdout.splitlines() if line.strip())
    assert usage.startswith("Usage:")
    assert len(sentence.split()) > 3


def test_the_program_runs_as_a_module_too() -> None:
    done = subprocess.run([sys.executable, "-m", "service.cli"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "calendar" in done.stdout


@pytest.mark.law("D21", "D22", "A1.8.1")
def test_the_calendar_holds_every_day_of_the_year_with_the_reason_of_each_day_off() -> None:
    result = run("calendar", "2024", "--json")
    year = json.loads(result.stdout)
    assert (year["year"], len(year["days"])) == (2024, 366)
    by_date = {each["date"]: each for each in year["days"]}
    assert by_date["2024-01-01"] == {"date": "2024-01-01", "working": False, "reason": "New Year's Day"}
    assert by_date["2024-01-03"] == {"date": "2024-01-03", "working": True, "reason": ""}
    assert by_date["2024-05-04"]["working"]
    assert "moved to 2024-05-08" in by_date["2024-05-04"]["reason"]
    assert all(each["reason"] for each in year["days"] if not each["working"])


@pytest.mark.parametrize(("lang", "reason"), [("kk", "Жаңа жыл"), ("ru", "Новый год"), ("en", "New Year's Day")])
def test_the_calendar_speaks_three_languages(lang: str, reason: str) -> None:
    assert reason in run("calendar", "2024", "--lang", lang).stdout
    assert json.loads(run("calendar", "2024", "--json", "--lang", lang).stdout)["days"][0]["reason"] == reason


@pytest.mark.law("D28", "D21")
def test_a_person_reads_the_basis_of_each_day_off_and_whether_the_year_is_settled() -> None:
    assert "№ 326 қаулысы" in run("calendar", "2023").stdout
    assert "preliminary" not in run("calendar", "2026").stdout
    assert "preliminary" in run("calendar", "2027").stdout


@pytest.mark.law(
    "D25", "D26", "D27", "R6.1", "R7.1", "A1.4", "R8.1", "R8.3", "L73.1", "L73.3", "R13.3", "R14.1", "R14.2"
)
def test_all_fourteen_dates_are_given_in_one_object() -> None:
    found = dates(
        *("--received", RECEIVED, "--complete", "2023-09-12", "--notice", "2023-09-14"),
        *("--complaint", "2023-09-29T18:30:01+06:00"),
    )
    assert found == {
        "registered_on": "2023-09-12",
        "completeness_due": "2023-09-14",
        "review_due": "2023-09-15",
        "service_due": "2023-09-19",
        "decision_due": "2023-09-15",
        "decision_due_with_hearing": "2023-09-19",
        "hearing_notice_latest": "2023-09-14",
        "hearing_latest": "2023-09-18",
        "objection_latest": "2023-09-18",
        "refusal_earliest": "2023-09-19",
        "complaint_registered_on": "2023-10-02",
        "complaint_forward_due": "2023-10-04",
        "complaint_provider_due": "2023-10-09",
        "complaint_authority_due": "2023-10-23",
    }
    assert tuple(found) == KEYS


@pytest.mark.law("D20")
def test_the_same_instant_in_another_zone_gives_the_same_dates() -> None:
    assert dates("--received", "2023-09-12T04:00:00Z") == dates("--received", RECEIVED)


def test_a_date_without_its_input_is_null() -> None:
    found = dates("--received", RECEIVED)
    assert found["service_due"] == "2023-09-19"
    assert found["review_due"] is found["refusal_earliest"] is found["complaint_forward_due"] is None


@pytest.mark.law("D25", "R13.3")
def test_a_person_can_count_along() -> None:
    told = run("deadlines", "--received", RECEIVED).stdout
    assert "counted: 2023-09-13 Wed, 2023-09-14 Thu, 2023-09-15 Fri, 2023-09-18 Mon, 2023-09-19 Tue" in told
    assert "skipped: 2023-09-16 Sat  Weekend (Saturday)  [ҚР Еңбек кодексі, 84-бап]" in told
    assert "annex 1, row 4 (A1.4)" in told
    assert "needs --notice" in told


@pytest.mark.law("R5.2", "D24")
@pytest.mark.parametrize(
    ("received", "why"),
    [
        ("2023-09-12T18:30:00+06:00", "not after the end of working time"),
        ("2023-09-12T18:30:01+06:00", "after 18:30: next working day"),
        ("2023-07-07T10:00:00+06:00", "Day off (moved from 2023-07-01), not a working day: next working day"),
    ],
)
def test_a_person_reads_why_the_registration_is_on_that_day(received: str, why: str) -> None:
    assert why in run("deadlines", "--received", received).stdout


@pytest.mark.law("D28")
def test_a_term_that_reaches_into_2027_is_marked_preliminary() -> None:
    told = run("deadlines", "--received", "2026-12-28T10:00:00+05:00").stdout.splitlines()
    marked = {line.split("  ")[0] for line in told if "preliminary" in line}
    assert marked == {"Service term ends", "Decision due with a hearing", "Latest day for a hearing notice"}


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_deadlines_are_explained_in_three_languages(lang: str) -> None:
    words = {"kk": "есептелді", "ru": "засчитаны", "en": "counted"}
    result = run("deadlines", "--received", RECEIVED, "--complaint", RECEIVED, "--lang", lang)
    assert (result.exit_code, words[lang] in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["deadlines"], "received or complaint"),
        (["deadlines", "--complete", "2023-09-12"], "received or complaint"),
        (["deadlines", "--received", "2023-09-12T10:00:00"], "offset"),
        (["deadlines", "--received", "2023-09-12"], "not a time"),
        (["deadlines", "--received", "yesterday"], "yesterday"),
        (["deadlines", "--received", "2023-09-31T10:00:00+06:00"], "not a time"),
        (["deadlines", "--received", "0001-01-01T00:00:00+06:00"], "out of range"),
        (["deadlines", "--received", "2041-01-01T00:00:00+06:00"], "2023-01-01 - 2032-12-31"),
        (["deadlines", "--received", "2032-12-30T10:00:00+05:00"], "the end of a term"),
        (["deadlines", "--received", RECEIVED, "--complete", "2023-9-12"], "not a day"),
        (["deadlines", "--received", RECEIVED, "--complete", "20230912"], "not a day"),
        (["deadlines", "--received", RECEIVED, "--complete", "2023-09-11"], "before the day of registration"),
        (["deadlines", "--received", RECEIVED, "--notice", "2023-09-11"], "before the day of registration"),
        (["deadlines", "--received", RECEIVED, "--batch", "-"], "--batch"),
        (["deadlines", "--batch", "nowhere.jsonl"], "nowhere.jsonl"),
        (["deadlines", "--received", RECEIVED, "--lang", "fr"], "fr"),
        (["calendar"], "YEAR"),
        (["calendar", "soon"], "soon"),
        (["calendar", "2022"], "2023-01-01 - 2032-12-31"),
        (["calendar", "99999"], "99999"),
        (["nonsense"], "ruqsat: There is no command “nonsense”."),
        (["deadlines", "--received", "\x1b[31m\nred"], "?[31m red"),
    ],
)
def test_bad_input_ends_with_one_line_that_names_it(words: list[str], says: str) -> None:
    assert says in refused(*words)


@pytest.mark.parametrize(
    ("lang", "says"), [("kk", "уақыт белдеуі"), ("ru", "смещения от UTC"), ("en", "offset from UTC")]
)
def test_bad_input_is_explained_in_three_languages(lang: str, says: str) -> None:
    assert says in refused("deadlines", "--received", "2023-09-12T10:00:00", "--lang", lang)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nonsense"], "Команды «nonsense» нет."),
        (["calendar"], "Не указано: YEAR."),
        (["calendar", "soon"], "YEAR: «soon» не понято. Укажите целое число."),
        (["calendar", "2024", "2025"], "Лишнее слово: 2025."),
        (["calendar", "2024", "--jsn"], "Параметра «--jsn» нет. Возможно: --json."),
        (["calendar", "2024", "--json=3"], "--json: значение не указывают."),
        (["calendar", "2024", "--lang"], "--lang: укажите значение."),
        (["calendar", "2024", "--lang", "fr"], "--lang: «fr» не понято. Укажите одно из: kk, ru, en."),
        (["check", "nofile"], "FILES: «nofile» не понято. Укажите существующий файл."),
        (["user", "give"], "Не указано: LOGIN."),
        (["setting", "break", "--from", "soon"], "--from: «soon» не понято. Пишите в виде: 2023-09-12 10:00"),
        (["user", "give", "x", "king"], "ROLE: «king» не понято. Укажите одно из: chancellery"),
    ],
)
def test_what_was_typed_wrongly_is_said_in_the_language_of_the_machine(
    words: list[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert says in refused(*words)


@pytest.mark.law("D28")
@pytest.mark.parametrize("received", ["2028-03-10T10:00:00+05:00", "2027-12-30T10:00:00+05:00"])
def test_dates_beyond_the_last_calendar_are_given_and_marked_preliminary(received: str) -> None:
    result = run("deadlines", "--received", received, "--json")
    assert result.exit_code == 0, result.output
    assert list(json.loads(result.stdout)) == list(KEYS)
    assert "service_due" in result.stderr
    batch = run("deadlines", "--batch", "-", given=json.dumps({"received": received}) + "\n")
    assert (batch.exit_code, batch.stdout) == (0, result.stdout)
    assert batch.stderr == "ruqsat: preliminary: the calendar is not confirmed yet: lines: 1\n"
    assert "preliminary" in run("deadlines", "--received", received).stdout
    assert "preliminary" in run("calendar", "2028").stdout


@pytest.mark.law("D21")
def test_a_calendar_that_cannot_be_read_is_named_by_file_or_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RUQSAT_PROCESSES", str(tmp_path))
    assert "kz.csv" in refused("calendar", "2024")
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "kz.csv").write_text("date,kind,kk,ru,en,basis,entered_on\nbroken", encoding="utf-8")
    assert "line 2" in refused("calendar", "2024")


@pytest.mark.parametrize(
    "line",
    ['{"received": ' + "9" * 5000 + "}", '{"received": "2023-09-12T10:00:00+06:00\\u0000"}'],
    ids=["a number of 5000 digits", "a time with a NUL behind it"],
)
def test_what_only_looks_like_an_event_ends_with_one_line(line: str) -> None:
    assert "line 1" in refused("deadlines", "--batch", "-", given=line + "\n")
