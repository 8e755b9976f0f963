"""Every address that the program has, asked for by everybody with the numbers of what belongs to another.

One table says what each comes to. It is whole by construction: an address without a line, or a line without an address,
fails the test. Whoever may do a thing is not sent to do it here ("may"); the others send what would do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from service.adapters.database import tables
from service.usecases.audit import audit
from tests.web.ground_visitor import Visitor
from tests.web.hostile_town import EVERYBODY, OFFICERS, Besieged, besieged, on_sqlite, same_clock

__all__ = ["besieged", "same_clock"]

OFFERED = {
    "about": "case-4", "act": "cancel", "answer": "x", "basis": "x", "complete": "yes", "confirmed": "yes",
    "executor": "2", "from_on": "12.09.2023", "go": "sign", "login": "head", "note": "x", "officer": "2",
    "open_until": "20.10.2023", "order": "61-Ж", "reason": "x", "result": "withdrawn", "since": "12.09.2023",
    "text": "x", "until": "20.10.2023", "version": "3", "wants_oral": "yes", "withdrawal_reason": "x",
}  # fmt: skip
"""What the forms behind the addresses take, so that nothing but the right is missing."""

CABINET = """
GET  case                   200 404
GET  case_cms               200 404
GET  case_file              200 404
GET  case_manifest          200 404
GET  case_package           404 404
GET  case_papers            200 404
POST case_papers            may 404
POST again                  may 404
GET  complain               200 200
GET  complaint              200 404
GET  complaint_receipt      200 404
GET  complaint_review       may 404
POST complaint_review       may 404
GET  consent                200 404
POST consent                may 404
GET  discard                200 404
POST discard                may 404
GET  document               200 404
GET  document_error         200 404
POST document_error         may 404
GET  draft                  200 404
GET  file                   200 404
POST file                   may 404
GET  file_content           200 404
GET  filed_pdf              200 404
GET  files                  200 404
POST files                  may 404
GET  holder_file            may 404
GET  holder_position        may 404
POST holder_position        may 404
GET  home                   200 200
GET  manifest_file          200 404
GET  minutes_remark         200 404
POST minutes_remark         may 404
GET  not_possible           200 200
POST open_complaint_draft   may 404
POST open_draft             may may
GET  page                   200 404
POST page                   may 404
POST save_page              may 404
GET  position               200 404
POST position               may 404
GET  receipt                200 404
POST remove_file            may 404
GET  review                 may 404
POST review                 may 404
GET  terms_json             200 404
GET  terms_pdf              200 404
GET  withdraw               200 404
POST withdraw               may 404
"""
"""What the owner and another applicant come to; everybody else is asked to sign in."""

OFFICE = """
                            chancellery unit head acting reviewer supervisor centre administrator
GET  act_file               no   no   200  no   no   no   no   no
GET  act_paper              no   no   200  no   no   no   no   no
POST sign_act_paper         no   no   may  no   no   no   no   no
POST prepare_act_again      no   no   may  no   no   no   no   no
GET  acting                 no   no   no   no   no   no   no   200
POST acting                 no   no   no   no   no   no   no   may
GET  end_acting             no   no   no   no   no   no   no   200
POST end_acting             no   no   no   no   no   no   no   may
GET  attachment             200  200  200  200  no   200  no   no
GET  beside                 200  200  200  200  no   200  no   no
GET  case                   200  200  200  200  no   200  no   no
GET  cases                  200  200  200  200  200  200  no   no
GET  claims                 200  200  200  200  no   200  no   no
GET  court_claim            200  200  200  200  no   200  no   no
GET  claim_document         200  200  200  200  no   200  no   no
POST add_claim_document     no   may  may  may  no   no   no   no
POST end_claim              no   may  may  may  no   no   no   no
GET  correct_court_claim    no   200  200  200  no   no   no   no
POST correct_court_claim    no   may  may  may  no   no   no   no
GET  new_claim              no   200  200  200  no   no   no   no
POST new_claim              no   may  may  may  no   no   no   no
GET  correct                no   no   200  no   no   no   no   no
POST correct                no   no   may  no   no   no   no   no
GET  document               200  200  200  200  200  200  no   no
GET  drawing                200  200  200  200  no   200  no   no
GET  duties                 200  200  200  200  200  200  no   200
GET  duty                   no   200  200  200  no   200  no   no
POST duty                   no   may  no   may  no   no   no   no
GET  error_in_document      200  200  200  200  200  no   no   no
POST error_in_document      may  may  may  may  may  no   no   no
GET  extend                 no   no   200  no   no   no   no   no
POST extend                 no   no   may  no   no   no   no   no
GET  month                  no   no   200  no   no   200  no   no
GET  month_csv              no   no   200  no   no   200  no   no
GET  month_pdf              no   no   200  no   no   200  no   no
GET  office_journal         no   no   no   no   no   200  no   200
GET  overview               no   no   200  no   no   200  no   no
GET  package                no   no   200  no   200  no   no   no
GET  paper                  no   no   200  no   no   no   no   no
GET  paper_file             no   no   200  no   no   no   no   no
POST sign                   no   no   may  no   no   no   no   no
POST prepare_again          no   no   may  no   no   no   no   no
GET  password               200  200  200  200  200  200  200  200
POST password               may  may  may  may  may  may  may  may
GET  permit                 200  200  200  200  no   200  no   no
POST change                 no   no   may  no   no   no   no   no
POST withdraw_permit_change no   no   may  no   no   no   no   no
GET  portal_break           no   no   no   no   no   no   no   200
POST portal_break           no   no   no   no   no   no   no   may
POST withdraw               no   no   no   no   no   no   no   may
GET  setting                no   no   no   no   no   no   no   200
POST setting                no   no   no   no   no   no   no   may
GET  settings               no   no   no   no   no   no   no   200
GET  status                 no   no   no   no   no   no   200  no
POST status                 no   no   no   no   no   no   may  no
GET  take_in                200  no   no   no   no   no   no   no
POST take_in                may  no   no   no   no   no   no   no
GET  task                   no   200  200  200  no   no   no   no
POST task                   no   may  no   may  no   no   no   no
POST assign                 no   may  may  no   no   no   no   no
POST claim                  no   may  no   may  no   no   no   no
POST give_back              no   may  no   no   no   no   no   no
POST save_draft             no   may  no   may  no   no   no   no
GET  terms_json             200  200  200  200  no   200  no   no
GET  terms_pdf              200  200  200  200  no   200  no   no
GET  told                   200  no   200  no   no   no   no   no
POST told                   may  no   may  no   no   no   no   no
GET  unsent                 no   no   200  no   no   no   no   200
POST retry                  no   no   may  no   no   no   no   may
GET  worklist               200  200  200  200  200  303  303  303
POST dismiss                no   may  no   no   no   no   no   no
"""
"""What each officer comes to; "no" is 403 and a line in the journal, and everybody else is asked to sign in."""

EVERYWHERE = """
GET  favicon                301
GET  static                 200
GET  cabinet.sign_in        any
POST cabinet.sign_in        400
POST cabinet.sign_out       any
GET  officer.sign_in        any
POST officer.sign_in        400
POST officer.sign_out       any
GET  public.accessibility   200
GET  public.drawing         200
GET  public.entry           200
GET  public.entry_json      200
GET  public.health          200
GET  public.help_page       200
GET  public.home            200
GET  public.procedure       200
GET  public.proof           200
GET  public.proof_json      200
GET  public.proof_key       200
GET  public.register        200
GET  public.register_csv    200
GET  public.register_json   200
GET  public.requirements    200
GET  public.rules           200
GET  public.service         200
GET  public.verified        404
GET  public.verified_json   404
GET  public.verified_file   404
GET  public.verify          200
POST public.verify_upload   400
POST switches.switch        303
"""
"""What everybody comes to; the doors themselves differ by who stands before them ("any")."""
NOBODY = ["in"] * len(EVERYBODY)


def table() -> dict[str, list[str]]:
    """Method and endpoint, and what each of EVERYBODY comes to."""
    found: dict[str, list[str]] = {}
    for line in filter(None, CABINET.splitlines()):
        method, name, owner, other = line.split()
        found[f"{method} cabinet.{name}"] = ["in", owner, other, *["in"] * len(OFFICERS)]
    for line in OFFICE.strip().splitlines()[1:]:
        method, name, *officers = line.split()
        found[f"{method} officer.{name}"] = ["in", "in", "in", *officers]
    for line in filter(None, EVERYWHERE.splitlines()):
        method, name, everybody = line.split()
        found[f"{method} {name}"] = [everybody] * len(EVERYBODY)
    return found


def routes(town: Besieged) -> Iterator[tuple[str, str, Rule]]:
    """Method and endpoint of every address, and the address with the owner's numbers in it."""
    adapter = town.app.url_map.bind("localhost")
    for rule in town.app.url_map.iter_rules():
        values = {**town.at[""], **town.at.get(rule.endpoint, {})}
        address = adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.endpoint}", address, rule


def came_to(answer: TestResponse) -> str:
    if answer.status_code == 303 and "/sign-in?next=" in answer.location:
        return "in"
    return {403: "no"}.get(answer.status_code, str(answer.status_code))


def tried(visitor: Visitor, name: str, address: str) -> str:
    answer = visitor.client.get(address) if name.startswith("GET") else visitor.post(address, OFFERED)
    return came_to(answer)


def refusals(town: Besieged) -> int:
    line = tables.journal.c
    with town.program.database.engine.connect() as connection:
        return connection.scalar(select(func.count()).where(line.action == "forbidden")) or 0


@on_sqlite
@pytest.mark.law("O5", "A1.11.3", "R13.1", "R9.1", "L69.1", "L97.1")
def test_everybody_on_every_address_with_what_belongs_to_another(besieged: Besieged) -> None:
    expected, found = table(), {}
    assert {name for name, _address, _rule in routes(besieged)} == expected.keys()
    people = {who: besieged.person(who) for who in EVERYBODY}
    assert list(audit(besieged.program)) == []
    before, noted = besieged.rows(), refusals(besieged)
    for name, address, _rule in routes(besieged):
        found[name] = [
            told if told in ("may", "any") else tried(people[who], name, address)
            for who, told in zip(EVERYBODY, expected[name], strict=True)
        ]
    assert found == expected
    assert besieged.rows() == before
    assert list(audit(besieged.program)) == []
    owners = [name for name in expected if name.startswith(("GET cabinet.", "POST cabinet."))]
    hidden = sum(cells[1:3].count("404") for name, cells in expected.items() if name in owners)
    assert refusals(besieged) - noted == sum(cells.count("no") for cells in expected.values()) + hidden


@on_sqlite
@pytest.mark.law("A1.11.3", "R13.2", "L69.1")
def test_nothing_of_another_can_be_contested_or_copied_and_the_attempt_is_written_down(besieged: Besieged) -> None:
    other, before = besieged.person("other"), besieged.rows()
    case, document = besieged.at["cabinet.document"]["case_id"], besieged.at[""]["document_id"]
    entry = besieged.program.queries.case(case).entry
    assert entry is not None
    abouts = (f"case-{case}", f"document-{case}-{document}", f"entry-{case}-{entry.id}")
    noted = refusals(besieged)
    assert [other.post("/cabinet/complaints", {"about": about}).status_code for about in abouts] == [404] * 3
    assert refusals(besieged) == noted + 3
    assert besieged.rows() == before
    with besieged.program.database.engine.connect() as connection:
        row = connection.execute(select(tables.journal).order_by(tables.journal.c.id.desc())).first()
    assert row is not None
    assert (row.case_id, row.role, row.details["path"]) == (None, "applicant", "POST /cabinet/complaints")


@on_sqlite
@pytest.mark.law("A1.11.3")
def test_a_number_of_another_beside_an_own_one_opens_nothing(besieged: Besieged) -> None:
    """The own case in front does not let the numbers behind it reach into another's."""
    town, other = besieged, besieged.person("other")
    own = town.story.filed("entrepreneur")
    draft = other.post("/cabinet/drafts", {}).location
    foreign = town.at[""]
    of_draft = town.at["cabinet.file"]["attachment_id"]
    addresses = (
        f"/cabinet/cases/{own.id}/files/{foreign['attachment_id']}",
        f"/cabinet/cases/{own.id}/documents/{foreign['document_id']}",
        f"/cabinet/cases/{own.id}/minutes/{foreign['minutes_id']}",
        f"{draft}/files/{of_draft}",
        f"{draft}/files/{of_draft}/content",
    )
    assert [other.client.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert other.post(f"{draft}/files/{of_draft}/remove", {}).status_code == 404
    assert other.post(f"/cabinet/cases/{own.id}/minutes/{foreign['minutes_id']}", {"text": "x"}).status_code == 404
    head = town.person("head")
    for address in (f"files/{foreign['attachment_id']}", f"documents/{foreign['document_id']}"):
        assert head.client.get(f"/office/cases/{own.id}/{address}").status_code == 404


def test_the_head_of_the_table_names_the_officers() -> None:
    assert tuple(re.findall(r"\w+", OFFICE.strip().splitlines()[0])) == OFFICERS
