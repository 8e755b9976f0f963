"""`ruqsat calendar load`: what would move is shown; it moves when that is asked for (D28)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service import calendar_file
from service.cli import calendar_load, dated, main
from service.domain.case import DeadlineKind
from service.domain.deadlines import KEYS, local
from service.domain.terms import EDITION_TERMS
from service.operations.duties import open_duty
from tests.calendars import ACT, calendar_text, with_day
from tests.program import Story


@pytest.fixture
def commands(story: Story, monkeypatch: pytest.MonkeyPatch) -> Story:
    """The commands speak of the story's program."""
    monkeypatch.setattr(calendar_load, "program", lambda: story.program)
    monkeypatch.setattr(calendar_file, "of_commands", lambda: story.program.settings)
    return story


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["calendar", *words])


def new_file(folder: Path, content: str) -> str:
    file = folder / "kz.csv"
    file.write_text(content, "utf-8")
    return str(file)


@pytest.mark.law("D28")
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_dry_run_names_the_case_both_ends_the_distance_and_the_days(
    commands: Story, tmp_path: Path, lang: str
) -> None:
    case = commands.complete()
    shown = run("load", new_file(tmp_path, with_day("2023-09-15", "day_off")), "--lang", lang)
    assert shown.exit_code == 0, shown.output
    (service,) = [line for line in shown.stdout.splitlines() if "2023-09-19 18:30 -> 2023-09-20 18:30" in line]
    told = {"kk": "Қызмет көрсету мерзімі", "ru": "Срок оказания услуги", "en": "Term of the service"}[lang]
    assert f"{case.number}  {told}, 5 (" in service
    by = {"kk": "жұмыс күні: +1", "ru": "рабочих дней: +1", "en": "working days: +1"}[lang]
    assert f"({by})" in service
    # From Friday to Monday it is one working day, too.
    assert f"2023-09-15 18:30 -> 2023-09-18 18:30 ({by})" in shown.stdout
    assert "2023-09-15" in service
    assert "--apply" in shown.stdout.splitlines()[-1]
    assert "2023-09-15" not in run("2023").stdout
    assert run("versions").stdout.count("\n") == 1


@pytest.mark.law("D28")
def test_with_apply_the_ends_move_and_the_commands_count_by_the_new_calendar(commands: Story, tmp_path: Path) -> None:
    case = commands.complete()
    file = new_file(tmp_path, with_day("2023-09-15", "day_off"))
    assert run("load", file, "--apply").exit_code == 2
    done = run("load", file, "--apply", "--act", ACT)
    assert done.exit_code == 0, done.output
    rows = commands.program.queries.case(case.id).running_deadlines()
    assert {local(row.due_at).day for row in rows if row.kind is DeadlineKind.TERM} == {18, 20}
    assert ACT in run("versions").stdout
    dates = CliRunner().invoke(main, ["deadlines", "--received", "2023-09-12T10:00:00+06:00", "--json"]).stdout
    assert '"service_due": "2023-09-20"' in dates


@pytest.mark.law("D28")
def test_an_end_in_a_year_without_a_confirmed_calendar_is_marked(commands: Story, tmp_path: Path) -> None:
    program = commands.program
    with program.unit_of_work() as uow:
        for begins in (date(2026, 12, 28), date(2026, 12, 29)):
            open_duty(uow, program.calendar, "inform_operator", counted_from=begins, periods=EDITION_TERMS)
        uow.commit()
    file = new_file(tmp_path, with_day("2026-12-30", "day_off"))
    for lang, mark in {"kk": "алдын ала", "ru": "предварительно", "en": "preliminary"}.items():
        shown = run("load", file, "--lang", lang).stdout
        assert f"2026-12-31 18:30 -> 2027-01-05 18:30 ({mark}) (" in shown
        assert f"2027-01-05 18:30 ({mark}) -> 2027-01-06 18:30 ({mark}) (" in shown


@pytest.mark.law("D28", "R12.1")
def test_each_duty_that_moves_is_named_by_what_has_to_be_done(commands: Story, tmp_path: Path) -> None:
    program = commands.program
    with program.unit_of_work() as uow:
        for kind in ("inform_operator", "inform_contact_centre"):  # one point of the law and one term
            open_duty(uow, program.calendar, kind, counted_from=date(2023, 9, 12), periods=EDITION_TERMS)
        uow.commit()
    file = new_file(tmp_path, with_day("2023-09-14", "day_off"))
    names = {
        "kk": "Қағидалардың өзгергені туралы бірыңғай байланыс орталығына ақпарат жіберу",
        "ru": "Направить информацию об изменении правил в единый контакт-центр",
        "en": "Inform the single contact centre of the changed rules",
    }
    for lang, name in names.items():
        shown = run("load", file, "--lang", lang).stdout
        assert f"-  R12.1 {name}: " in shown
        assert shown.count("2023-09-15 18:30 -> 2023-09-18 18:30") == 2
    assert "inform_" not in shown


@pytest.mark.law("D28", "A1.8.1")
def test_an_end_that_stays_on_its_day_is_told_by_how_many_hours_it_moves(
    commands: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.complete()
    monkeypatch.setattr(dated, "program", lambda: commands.program)
    hours = ["--opens", "09:00", "--closes", "17:00", "--break-from", "13:00", "--break-until", "14:00"]
    words = ["setting", "hours", "--from", "2023-09-14", *hours, "--basis", "№ 1", "--lang", "en"]
    shown = CliRunner().invoke(main, words).stdout
    assert "2023-09-19 18:30 -> 2023-09-19 17:00 (hours: -1:30)" in shown


@pytest.mark.law("D21")
def test_a_file_that_is_no_calendar_ends_with_one_line(commands: Story, tmp_path: Path) -> None:
    broken = run("load", new_file(tmp_path, calendar_text().replace("confirmed_year", "certain_year", 1)))
    assert broken.exit_code == 2
    assert "line 2" in broken.stderr
    same = run("load", new_file(tmp_path, calendar_text()))
    assert same.exit_code == 2
    assert "This calendar is in force already" in same.stderr


@pytest.mark.law("D28")
def test_dates_in_a_year_without_a_confirmed_calendar_are_told_beside_the_dates() -> None:
    told = CliRunner().invoke(main, ["deadlines", "--received", "2026-12-29T10:00:00+05:00", "--json"])
    assert told.stderr == (
        "ruqsat: preliminary: the calendar is not confirmed yet: service_due, decision_due_with_hearing\n"
    )
    certain = CliRunner().invoke(main, ["deadlines", "--received", "2023-09-12T10:00:00+06:00", "--json"])
    assert certain.stderr == ""
    assert list(json.loads(told.stdout)) == list(json.loads(certain.stdout)) == list(KEYS)
