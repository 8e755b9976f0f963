"""What `ruqsat audit` writes: a line for each finding, whatever was found and in whichever table."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from service.adapters.database.tables import metadata
from service.cli import main
from service.cli.audit import _line
from service.domain.audited import Disagreement
from tests.program import Story


@pytest.mark.law("L69.1")
def test_a_case_that_was_changed_by_hand_is_named(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    case = story.filed()
    monkeypatch.setattr("service.cli.audit.program", lambda: story.program)
    with story.program.database.engine.begin() as connection:
        connection.execute(update(metadata.tables["case"]).values(applicant_name="БАСҚА"))
    said = {
        "kk": f"{case.number} ісі: case: {case.id}-жол өзгертілген",
        "ru": f"дело {case.number}: case: строка {case.id} изменена",
        "en": f"case {case.number}: case: row {case.id} was changed",
    }
    for language, line in said.items():
        told = CliRunner().invoke(main, ["audit", "--lang", language])
        assert (told.exit_code, told.stdout.splitlines()[0]) == (1, line)


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("table", metadata.tables)
def test_a_row_of_every_table_can_be_named(table: str) -> None:
    for number, whose in (("", "office"), ("P-2023-000001", "case P-2023-000001")):
        line = _line(Disagreement(number, table, "row_changed", {"row": 7}), "en")
        assert line.startswith(f"{whose}: ")
        assert line.endswith(": row 7 was changed")
