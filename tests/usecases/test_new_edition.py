"""A new edition of the rules: what it asks of the ministry, and what becomes of cases that run (O1-O6, R12.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest

from service.domain.case import Case, Deadline
from service.domain.deadlines import ZONE, local
from service.domain.duties import Duty
from service.domain.errors import NoEdition
from service.domain.rules_change import INFORM, PUBLISH, RulesChange, changes_between, proposed_start
from service.usecases.audit import audit
from service.usecases.deploy_edition import EditionRefused, deploy_edition
from service.usecases.duties import finish_duty, open_duties
from service.usecases.migrate_cases import migrate_cases
from service.usecases.people import ADMINISTRATOR
from service.usecases.terms_paper import terms_proof_paper
from service.usecases.terms_proof import terms_proof
from service.web.term_names import term_words
from tests.complaints import Complaints
from tests.editions import deployed, files
from tests.program import CONFORMS, LETTER, TITLE, TRADE, Story
from tests.web.office import Office

AN_ACTION = {"contests": "action", "official": "Кеңсе маманы"}


def due(story: Story) -> dict[str, date]:
    return {duty.kind: local(duty.due_at).date() for duty in open_duties(story.program)}


@pytest.mark.law("O6")
def test_an_act_begins_when_sixty_days_have_passed_since_its_publication() -> None:
    assert proposed_start(date(2023, 6, 5)) == date(2023, 8, 5)


@pytest.mark.law("O6")
def test_the_proposed_day_holds_where_the_act_names_none_and_another_needs_its_basis(story: Story) -> None:
    number = 'number = "700/НҚ"'
    proposed = deployed(story, number=number, start="# ")
    assert proposed.in_force_from == date(2023, 8, 5)
    with story.program.reading() as uow:
        assert story.program.editions.of(uow, proposed.id, "permit").act["act"]["in_force_from"] == date(2023, 8, 5)
    with pytest.raises(EditionRefused, match="in_force_basis"):
        deployed(story, number=number, start="in_force_from = 2023-09-20 ", basis="")
    assert deployed(story, number=number, start="in_force_from = 2023-09-20 ").in_force_from == date(2023, 9, 20)


@pytest.mark.law("R12.1", "O4")
def test_a_new_act_opens_the_duties_with_their_terms(story: Story) -> None:
    edition = deployed(
        story,
        number='number = "700/НҚ"',
        start="in_force_from = 2023-09-20 ",
        registered="registered_on = 2023-09-08\n",
    )
    assert due(story) == {
        "inform_operator": date(2023, 9, 25),
        "inform_contact_centre": date(2023, 9, 25),
        "publish_rules": date(2023, 9, 22),
        "report_to_legal_department": date(2023, 9, 22),
    }
    told: set[tuple[int | None, str]] = {_told(duty) for duty in open_duties(story.program)}
    assert told == {(edition.id, "700/НҚ")}


def _told(duty: Duty) -> tuple[int | None, str]:
    return duty.edition_id, str(duty.details["act"])


@pytest.mark.law("O4", "R12.1")
def test_an_act_that_is_registered_after_it_was_deployed_is_published_and_reported_once(story: Story) -> None:
    number, start = 'number = "700/НҚ"', "in_force_from = 2023-09-20 "
    deployed(story, number=number, start=start, registered="")
    assert due(story) == {"inform_operator": date(2023, 9, 25), "inform_contact_centre": date(2023, 9, 25)}
    registered = {"number": number, "start": start, "registered": "registered_on = 2023-09-08\n"}
    known = deployed(story, **registered)
    duties = {duty.kind: duty for duty in open_duties(story.program)}
    for kind in ("publish_rules", "report_to_legal_department"):
        assert (local(duties[kind].due_at).date(), _told(duties[kind])) == (date(2023, 9, 22), (known.id, "700/НҚ"))
        finish_duty(story.program, duties[kind].id, story.officer("head"), "№ 12")
    deployed(story, **registered, told="change_told_days = 4 ")
    deployed(story, number=number, start=start, registered="")
    deployed(story, **registered)
    assert set(due(story)) == {"inform_operator", "inform_contact_centre"}
    assert [duty.kind for duty in open_duties(story.program)] == ["inform_operator", "inform_contact_centre"]


@pytest.mark.law("O4", "R12.1")
def test_each_act_that_changes_the_rules_is_told_and_once_registered_reported() -> None:
    start, registered = date(2023, 9, 20), date(2023, 9, 8)
    base = {"number": "1", "in_force_from": date(2023, 1, 1), "registered_on": date(2022, 12, 1)}
    new, later = {"number": "2", "in_force_from": start}, {"number": "3", "in_force_from": start}
    told, reported = dict.fromkeys(INFORM, start), dict.fromkeys(PUBLISH, registered)
    of_new = {**base, "amended_by": [new]}
    done = {**base, "amended_by": [{**new, "registered_on": registered}, later]}
    assert changes_between(base, base) == []
    assert changes_between(base, of_new) == [RulesChange("2", told)]
    assert changes_between(of_new, done) == [RulesChange("2", reported), RulesChange("3", told)]
    assert changes_between(base, done) == [RulesChange("2", {**told, **reported}), RulesChange("3", told)]
    assert changes_between(of_new, {**new, "registered_on": registered}) == [RulesChange("2", {**told, **reported})]
    assert changes_between(done, done) == changes_between(done, base) == []


@pytest.mark.law("R12.1", "O1")
def test_an_amendment_counts_from_its_own_entry_into_force_by_the_terms_of_its_edition(story: Story) -> None:
    amended = 'amended_by = [{ number = "700/НҚ", date = 2023-09-01, in_force_from = 2023-09-20 }, {'
    deployed(story, amended=amended, told="change_told_days = 4 ")
    assert due(story) == {"inform_operator": date(2023, 9, 26), "inform_contact_centre": date(2023, 9, 26)}


@pytest.mark.law("R12.1")
def test_another_drawing_of_the_same_rules_opens_no_duty(story: Story) -> None:
    changed = files()
    deploy_edition(
        story.program, {**changed, "edition.toml": changed["edition.toml"] + b"\n# redrawn\n"}, ADMINISTRATOR
    )
    assert due(story) == {}


@pytest.mark.law("O1", "A3.2")
def test_cases_that_run_finish_under_their_edition_and_later_ones_begin_under_the_new(story: Story) -> None:
    running = story.complete()
    edition = deployed(
        story,
        number='number = "700/НҚ"',
        start="in_force_from = 2023-09-20 ",
        years="permit_years = 5 ",
    )
    running = story.work("unit", running, "task_examine", **CONFORMS)
    story.work("head", running, "task_sign_permit", decision="sign")
    story.at("2023-09-20T10:00:00")
    later = story.complete("entrepreneur")
    later = story.work("unit", later, "task_examine", **CONFORMS)
    story.work("head", later, "task_sign_permit", decision="sign")
    assert (story.now(running).edition_id, story.now(later).edition_id) == (edition.id - 1, edition.id)
    with story.program.reading() as uow:
        entries = [uow.register.of_case(case.id) for case in (running, later)]
    assert [entry.valid_until for entry in entries if entry] == [date(2026, 9, 12), date(2028, 9, 20)]


@pytest.mark.law("O2")
def test_a_repeal_closes_intake_and_cases_that_run_go_on_to_their_end(story: Story) -> None:
    running = story.complete()
    deployed(story, until="in_force_until = 2023-09-13 ")
    story.at("2023-09-13T18:00:00")
    assert story.filed("entrepreneur").registered_on == date(2023, 9, 13)
    story.at("2023-09-14T10:00:00")
    with pytest.raises(NoEdition):
        story.filed("entrepreneur")
    assert story.program.queries.edition_on(date(2023, 9, 14)) is None
    running = story.work("unit", running, "task_examine", **CONFORMS)
    assert story.work("head", running, "task_sign_permit", decision="sign").outcome == "granted"


@pytest.mark.law("O1", "O2", "D24", "R5.1", "L64.1")
@pytest.mark.parametrize(
    ("arrives", "registered", "new"),
    [("2023-09-19T18:29", date(2023, 9, 19), False), ("2023-09-19T18:30:01", date(2023, 9, 20), True)],
)
def test_what_comes_after_hours_before_a_new_edition_runs_under_the_edition_of_its_registration_day(
    complaints: Complaints, arrives: str, registered: date, new: bool
) -> None:
    edition = deployed(complaints, number='number = "700/НҚ"', start="in_force_from = 2023-09-20 ")
    complaints.at(arrives)
    for case in (complaints.file("entrepreneur", TRADE, [TITLE, LETTER]), complaints.complained(None, **AN_ACTION)):
        assert (case.registered_on, case.edition_id) == (registered, edition.id if new else edition.id - 1)


@pytest.mark.law("O2", "D24", "L64.1")
def test_what_comes_after_hours_on_the_last_day_of_the_rules_runs_under_them(complaints: Complaints) -> None:
    edition = deployed(complaints, until="in_force_until = 2023-09-13 ")
    deployed(complaints, number='number = "700/НҚ"', start="in_force_from = 2024-01-10 ")
    complaints.at("2023-09-13T19:00")
    for case in (complaints.file("entrepreneur", TRADE, [TITLE, LETTER]), complaints.complained(None, **AN_ACTION)):
        assert (case.registered_on, case.edition_id) == (date(2023, 9, 14), edition.id)


def without_the_service_term() -> Mapping[str, bytes]:
    """An edition whose drawing knows no term of the service."""
    found = dict(files())
    text = found["permit.bpmn"].decode()
    part = text[text.index('<bpmn:subProcess id="event_service_term"') : text.index('<bpmn:subProcess id="event_ext')]
    shape = r'<bpmndi:BPMN(Shape|Edge) [^>]*bpmnElement="({})".*?</bpmndi:BPMN\1>'.format("|".join(names_in(part)))
    return {**found, "permit.bpmn": re.sub(shape, "", text.replace(part, ""), flags=re.DOTALL).encode()}


def names_in(part: str) -> list[str]:
    return re.findall(r'<bpmn:\w+ id="([^"]+)"', part)


def of_the_service_term(story: Story, case: Case) -> list[Deadline]:
    """Its rows that wait, reminders included."""
    rows = story.program.queries.case(case.id).running_deadlines()
    return [row for row in rows if row.element == "deadline_service"]


@pytest.mark.law("O1", "R8.2")
def test_a_term_that_the_new_edition_does_not_know_ends_with_its_reminders_and_is_no_breach(story: Story) -> None:
    case = story.complete()
    assert {row.kind.value for row in of_the_service_term(story, case)} == {"term", "reminder"}
    number = deploy_edition(story.program, without_the_service_term(), ADMINISTRATOR).number
    migrate_cases(story.program, "permit", number, ADMINISTRATOR)
    assert of_the_service_term(story, case) == []
    assert list(audit(story.program)) == []
    (dropped,) = [line for line in story.program.queries.case(case.id).journal if line.action == "term_dropped"]
    assert (dropped.element, dropped.actor) == ("deadline_service", ADMINISTRATOR.name)
    story.at("2023-09-20T10:00:00")
    said = story.said(case)
    assert "deadline_failed" not in said
    assert [breach.element for breach in story.program.queries.case(case.id).breaches] == ["deadline_examination"]
    page = Office(story).desk("unit").get(f"/office/cases/{case.id}").text
    assert "no longer knows the term: Term of the service, 5 (five) working days." in page
    terms = json.loads(terms_proof(story.program, case.id, term_words()))["content"]["terms"]
    (told,) = [term for term in terms if term["element"] == "deadline_service"]
    assert (told["ended_at"][:10], told["missed"], told["names"]["en"]) == (
        "2023-09-12",
        False,
        "5 (five) working days",
    )
    assert terms_proof_paper(story.program, case.id, term_words())


@pytest.mark.law("O1", "R8.2")
def test_a_term_that_passed_before_the_case_moved_stays_missed(story: Story) -> None:
    case = story.complete()
    number = deploy_edition(story.program, without_the_service_term(), ADMINISTRATOR).number
    story.program.set_clock(datetime(2023, 9, 20, 10, tzinfo=ZONE))
    migrate_cases(story.program, "permit", number, ADMINISTRATOR)
    assert [breach.element for breach in story.program.queries.case(case.id).breaches] == ["deadline_service"]
    story.program.sweep()
    assert list(audit(story.program)) == []


@pytest.mark.law("O1", "R8.3", "L73.4")
@pytest.mark.parametrize(("way", "missed"), [("written", []), ("online", ["deadline_hearing"])])
def test_a_case_that_moves_brings_the_answers_that_only_the_new_drawing_reads(
    story: Story, way: str, missed: list[str]
) -> None:
    drawing, condition = files()["permit.bpmn"], b" and hearing_way == &quot;written&quot;"
    assert condition in drawing
    deploy_edition(story.program, {**files(), "permit.bpmn": drawing.replace(condition, b"")}, ADMINISTRATOR)
    case = story.invited(hearing_way=way)
    number = deploy_edition(story.program, {**files(), "permit.bpmn": drawing + b"\n"}, ADMINISTRATOR).number
    (moved,) = migrate_cases(story.program, "permit", number, ADMINISTRATOR)
    assert (moved.number, moved.obstacles) == (case.number, ())
    story.at("2023-09-14T18:31:00")
    story.program.sweep()
    assert [breach.element for breach in story.program.queries.case(case.id).breaches] == missed
    assert list(audit(story.program)) == []


@pytest.mark.law("O1", "L100.1")
def test_what_was_answered_before_a_case_was_taken_up_again_does_not_come_with_it(complaints: Complaints) -> None:
    case = complaints.not_considered()
    complaints.reviewed(complaints.forwarded(case, "notice_not_considered"), "send_back", violations="Құжат болған")
    of_the_term = b'<bpmn:boundaryEvent id="deadline_completeness"'
    before, _of, after = files()["permit.bpmn"].partition(of_the_term)
    kept = b'name="kept_when" value="missing_facts == &quot;%s&quot;"/>' % "Жоқ".encode()
    properties = b"<spiffworkflow:properties>"
    drawing = before + of_the_term + after.replace(properties, properties + b"<spiffworkflow:property " + kept, 1)
    number = deploy_edition(complaints.program, {**files(), "permit.bpmn": drawing}, ADMINISTRATOR).number
    assert [moved.obstacles for moved in migrate_cases(complaints.program, "permit", number, ADMINISTRATOR)] == [()]
    complaints.program.set_clock(complaints.program.clock.now() + timedelta(days=7))
    complaints.program.sweep()
    breaches = complaints.program.queries.case(case.id).breaches
    assert "deadline_completeness" in {breach.element for breach in breaches}
