"""`ruqsat calendar load`: what would move is shown; it moves when that is asked for (D28)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service import calendar_file
from service.cli import calendar_load, main
from service.domain.case import DeadlineKind
from service.domain.deadlines import KEYS, local
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
    assert "+1" in service
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
