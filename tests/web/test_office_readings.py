"""Whoever sees in the office what is somebody's leaves a line in the journal, with every page and file (L75.1).

One table, whole by construction: an address that is read and stands in no list fails the test.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select

from service.adapters.database import tables
from service.cli import main
from service.demo.people import pdf
from service.domain.claims import DEFENCE
from service.domain.deadlines import local
from service.program import Program
from service.usecases.claims import attach_claim_document, record_claim
from tests.program import Story
from tests.web.hostile_table import AT_THE_OFFICE, lines
from tests.web.hostile_town import OFFICERS, Besieged
from tests.web.office import Office
from tests.web.test_hostile_routes import routes

LINES = {
    "act_file": "case_read", "act_paper": "case_read", "answer_on_paper": "case_read", "attachment": "paper_read",
    "beside": "case_read", "case": "case_read", "claim_document": "paper_read", "correct": "case_read",
    "correct_court_claim": "case_read", "court_claim": "case_read", "document": "paper_read", "drawing": "case_read",
    "duty": "case_read", "error_in_document": "case_read", "extend": "case_read", "package": "package_fetched",
    "paper": "case_read", "paper_file": "case_read", "permit": "case_read", "sent_package": "package_fetched",
    "task": "case_read", "terms_json": "paper_read", "terms_pdf": "paper_read", "told": "case_read",
}  # fmt: skip
"""The line that reading leaves in the case."""

LISTS = {"cases", "claims", "duties", "office_journal", "unsent", "worklist"}
"""Lists with names: who looks for somebody leaves a line, and so does who opens what was found."""

NOBODY = {
    "acting", "end_acting", "month", "month_csv", "month_pdf", "new_claim", "overview", "password", "portal_break",
    "setting", "settings", "status", "take_in",
}  # fmt: skip
"""Forms that are still empty, settings, figures, officers."""


def readers() -> dict[str, str]:
    """Who may read each address, the first of those who may."""
    found = {}
    for line in lines():
        method, _, endpoint = line.name.partition(" ")
        may = [who for who in OFFICERS if any(cell.get(who) == "" for cell in line.cells.values())]
        if method == "GET" and endpoint.startswith(AT_THE_OFFICE) and may:
            found[endpoint.removeprefix(AT_THE_OFFICE)] = may[0]
    return found


def said(program: Program) -> Counter[tuple[int | None, str, str]]:
    """How often each action stands in each case, and by whom."""
    row = tables.journal.c
    with program.database.engine.connect() as connection:
        return Counter((*each,) for each in connection.execute(select(row.case_id, row.action, row.actor)))


def test_every_address_of_the_office_that_is_read_stands_in_one_list() -> None:
    assert LINES.keys() | LISTS | NOBODY == readers().keys()
    assert len(LINES) + len(LISTS) + len(NOBODY) == len(readers())


@pytest.mark.law("L75.1", "L69.1")
def test_every_page_and_file_of_the_office_that_shows_somebody_s_leaves_its_line(besieged: Besieged) -> None:
    program, by = besieged.program, readers()
    desks = {login: besieged.person(login) for login in {by[name] for name in LINES}}
    for name, address, rule in routes(besieged):
        endpoint = rule.endpoint.removeprefix("officer.")
        if not name.startswith("GET officer.") or endpoint not in LINES:
            continue
        with program.database.engine.begin() as connection:  # as if an hour had passed
            connection.execute(delete(tables.case_reading))
        before, login = said(program), by[endpoint]
        assert desks[login].client.get(address).status_code == 200, address
        left = {(case_id, action) for case_id, action, actor in said(program) - before
                if actor == besieged.story.officer(login).name}  # fmt: skip
        assert [case_id for case_id, action in left if action == LINES[endpoint] and case_id], endpoint


@pytest.mark.law("L75.1", "R15.2")
def test_a_claim_against_no_case_of_ours_is_read_with_a_line_of_the_office(story: Story) -> None:
    told = {"court": "СМАС", "number": "7119-23", "plaintiff": "Алтын ЖШС", "contests": "inaction"}
    filed_on = local(story.program.clock.now()).date()
    claim = record_claim(story.program, story.officer("unit"), {**told, "filed_on": filed_on})
    attach_claim_document(story.program, claim.id, story.officer("unit"), DEFENCE, "пікір.pdf", pdf("Пікір", "1"))
    desk = Office(story).desk("head")
    desk.get(f"/office/claims/{claim.id}")
    desk.get(f"/office/claims/{claim.id}/correct")
    assert desk.file(f"/office/claims/{claim.id}/documents/{DEFENCE}").data.startswith(b"%PDF")
    lines = [line for line in story.program.queries.office_journal().rows if line.action == "claim_read"]
    assert [(line.actor, line.details["number"], line.details["paper"]) for line in reversed(lines)] == [
        (story.officer("head").name, "7119-23", paper) for paper in ("", "", "пікір.pdf")
    ]
    said = Office(story).desk("supervisor").get("/office/journal").text
    assert "A paper of claim No. 7119-23 was opened for reading: пікір.pdf." in said


@pytest.mark.law("L75.1", "L69.1")
def test_what_a_command_takes_away_is_a_line_of_the_case(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = story.assigned()
    monkeypatch.setattr("service.cli.proof.program", lambda: story.program)
    for ending in ("json", "pdf", "zip"):
        answer = CliRunner().invoke(main, ["prove", case.number.lower(), str(tmp_path / f"case.{ending}")])
        assert answer.exit_code == 0, answer.output
    lines = [line for line in story.program.queries.case(case.id).journal if line.role == "administrator"]
    assert [(line.action, line.details.get("paper")) for line in lines] == [
        ("paper_read", f"{case.number}-terms.json"),
        ("paper_read", f"{case.number}-terms.pdf"),
        ("package_fetched", None),
    ]
