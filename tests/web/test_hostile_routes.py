"""Every address that the program has, asked for by everybody, in a case of every kind.

`hostile_table` says what each comes to. It is whole by construction: an address without a line, or a line without an
address, fails the test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from service.adapters.database import tables
from service.usecases.audit import audit
from tests.snapshots import kept, put_back
from tests.web.ground_visitor import Visitor
from tests.web.hostile_kinds import KINDS, cases_of_every_kind
from tests.web.hostile_table import CHANGES, COMES_TO, Line, lines
from tests.web.hostile_town import EVERYBODY, Besieged
from tests.web.tied import require_tied

OFFERED = {
    "about": "case-4", "act": "cancel", "answer": "x", "basis": "x", "complete": "yes", "confirmed": "yes",
    "executor": "2", "from_on": "12.09.2023", "go": "sign", "login": "head", "note": "x", "officer": "2",
    "open_until": "20.10.2023", "order": "61-Ж", "reason": "x", "result": "withdrawn", "since": "12.09.2023",
    "text": "x", "until": "20.10.2023", "version": "3", "wants_oral": "yes", "withdrawal_reason": "x",
}  # fmt: skip
"""What the forms behind the addresses take, so that nothing but the right is missing."""
OF_A_CASE = {"case_id", "task_id", "document_id", "number", "change_id"}
SEES_NO_CASE = ("centre", "administrator")
OPEN_TO_ALL = ("public.entry", "public.entry_json")
"""The register names permits, not cases."""


def routes(town: Besieged) -> Iterator[tuple[str, str, Rule]]:
    """Method and endpoint of every address, and the address with the owner's numbers in it."""
    for rule in town.app.url_map.iter_rules():
        address = _address(town, rule, {})
        for method in _methods(rule):
            yield f"{method} {rule.endpoint}", address, rule


def _methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def _address(town: Besieged, rule: Rule, of_case: Mapping[str, Any]) -> str:
    values = {**town.at[""], **town.at.get(rule.endpoint, {}), **of_case}
    if rule.endpoint == "cabinet.holder_file":
        values["attachment_id"] = values.get("holder_file", 0)
    return town.app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments})


@dataclass(frozen=True, eq=False)
class Try:
    """Somebody asks for an address in a case of a kind."""

    line: Line = field(repr=False)
    name: str
    kind: str
    who: str
    address: str

    @property
    def told(self) -> str:
        """What they should come to: a sign of the table, or how they are refused."""
        named = self.line.named(self.who, self.kind)
        return self.line.refused(self.who) if named is None else named

    def come_to(self, visitor: Visitor) -> str:
        """What they come to: the same where it is as told, else the status; and a browser's hands are tied."""
        fields = {} if self.told in COMES_TO else OFFERED
        is_get = self.name.startswith("GET")
        answer = visitor.client.get(self.address) if is_get else visitor.post(self.address, fields)
        require_tied(answer, self)
        found = _refusal(answer)
        if self.told in COMES_TO:
            return self.told if found != "in" and answer.status_code in COMES_TO[self.told] else f"{found}"
        return "hidden" if (self.told, found) == ("hidden", "404") else found


def _refusal(answer: TestResponse) -> str:
    if answer.status_code == 303 and "/sign-in?next=" in answer.location:
        return "in"
    return {403: "no"}.get(answer.status_code, str(answer.status_code))


def tries(town: Besieged) -> Iterator[Try]:
    """Everybody on every address in a case of every kind.

    Who stands at the wrong door, or has a role that sees no case at all, asks for one kind on each address: the case is
    not looked at there, and over the whole table each of them asks for every kind.
    """
    expected, kinds, turn = {line.name: line for line in lines()}, cases_of_every_kind(town), 0
    assert {name for name, _address, _rule in routes(town)} == expected.keys()
    for rule in sorted(town.app.url_map.iter_rules(), key=lambda rule: rule.endpoint.endswith("sign_out")):
        has_case = bool(OF_A_CASE & rule.arguments) and rule.endpoint not in OPEN_TO_ALL
        addresses = {kind: _address(town, rule, kinds[kind]) for kind in KINDS} if has_case else {}
        for method in _methods(rule):
            line = expected[f"{method} {rule.endpoint}"]
            assert has_case or line.cells.keys() == {""}, line.name
            for who in EVERYBODY:
                turn += 1
                asked = [
                    Try(line, line.name, kind, who, address)
                    for kind, address in (addresses or {"": _address(town, rule, {})}).items()
                ]
                outside = {each.told for each in asked} in ({"in"}, {"no"} if who in SEES_NO_CASE else {"in"})
                yield from [asked[turn % len(asked)]] if outside else asked


def refusals(town: Besieged) -> int:
    line = tables.journal.c
    with town.program.database.engine.connect() as connection:
        return connection.scalar(select(func.count()).where(line.action == "forbidden")) or 0


@pytest.mark.law("O5", "A1.11.3", "R13.1", "R9.1", "L69.1", "L97.1")
def test_everybody_on_every_address_in_a_case_of_every_kind(besieged: Besieged, tmp_path: Path) -> None:
    """First each thing that is done, and undone again; then all the rest, after which nothing has changed."""
    asked = list(tries(besieged))
    people = {who: besieged.person(who) for who in EVERYBODY}
    before, held = besieged.rows(), kept(besieged.program, tmp_path / "held.sqlite")
    for each in asked:
        if each.told in CHANGES:
            assert each.come_to(people[each.who]) == each.told, each
            assert besieged.rows() != before, each
            put_back(besieged.program, held)
    still, noted = [each for each in asked if each.told not in CHANGES], refusals(besieged)
    found = {each: each.come_to(people[each.who]) for each in still}
    assert {each: came_to for each, came_to in found.items() if came_to != each.told} == {}
    assert besieged.rows() == before
    assert refusals(besieged) - noted == sum(each.told in ("no", "hidden") for each in still)
    assert list(audit(besieged.program)) == []


def test_every_line_of_the_table_is_come_to_by_somebody_who_may() -> None:
    """A right that is never used would be no right: each line has a page, a file or a form that is answered."""
    for line in lines():
        signs = {sign for cell in line.cells.values() for sign in cell.values()}
        assert signs - {"0"} or line.name in NOTHING_VERIFIED, line.name


NOTHING_VERIFIED = {f"GET public.verified{of}" for of in ("", "_json", "_file")}
"""The town has no such code: what they show is for `test_public_verification`."""


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
