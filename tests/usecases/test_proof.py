"""Verification of files, audit of what must agree, editions, production's refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from service.adapters.database import tables
from service.cli.serve import server_options
from service.domain.case import PERMIT
from service.domain.decisions import PermitStatus
from service.domain.errors import Forbidden
from service.domain.messages import Edition
from service.program import Program
from service.settings import SettingsError, from_environment
from service.usecases.audit import audit
from service.usecases.deploy_edition import EditionRefused, deploy_edition
from service.usecases.editions import collect
from service.usecases.extend_term import extend_term
from service.usecases.migrate_cases import migrate_cases
from service.usecases.people import ADMINISTRATOR, appoint_acting
from service.usecases.verify_document import verify_code, verify_file
from tests.program import CONFORMS, Story


def granted(story: Story) -> bytes:
    """The signed permit of a case that was granted."""
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    (document,) = story.program.queries.case(case.id).documents
    return story.program.files.read(document.sha256)


@pytest.mark.law("R2.4", "R9.1", "A3.5", "R2.3")
def test_a_permit_is_recognised_by_its_file_and_by_its_code(story: Story) -> None:
    pdf = granted(story)
    checked = verify_file(story.program, pdf)
    assert checked.genuine
    assert checked.judgement is not None
    assert checked.judgement.valid
    assert checked.status is PermitStatus.IN_FORCE
    assert checked.document is not None
    by_code = verify_code(story.program, checked.document.verification_code.lower())
    assert by_code.document is not None
    assert by_code.document.number == checked.document.number


@pytest.mark.law("R2.4")
def test_one_changed_byte_makes_it_another_file(story: Story) -> None:
    pdf = bytearray(granted(story))
    pdf[len(pdf) // 3] ^= 1
    checked = verify_file(story.program, bytes(pdf))
    assert not checked.genuine
    assert checked.judgement is None or not checked.judgement.valid


@pytest.mark.law("L69.1", "R11.1")
def test_the_audit_finds_what_was_done_behind_the_program(story: Story) -> None:
    granted(story)
    open_case = story.assigned()
    assert list(audit(story.program)) == []
    with story.program.database.engine.begin() as connection:
        connection.execute(tables.register_entry.delete())
        connection.execute(
            tables.deadline.update()
            .where(tables.deadline.c.case_id == open_case.id, tables.deadline.c.element == "deadline_completeness")
            .values(due_at=story.program.clock.now())
        )
    assert {found.what for found in audit(story.program)} == {
        "register", "register_entry", "deadlines", "deadline", "outcome",
    }  # fmt: skip


@pytest.mark.law("O1", "O6")
def test_a_new_edition_serves_new_cases_and_leaves_running_ones_alone(story: Story) -> None:
    before = story.filed()
    files = collect(story.program.settings.processes, story.program.settings.forms)
    files["edition.toml"] += b"\n# amended\n"
    edition = deploy_edition(story.program, files, ADMINISTRATOR)
    assert (edition.number, edition.act) == (2, "130/НҚ")
    assert deploy_edition(story.program, files, ADMINISTRATOR).id == edition.id
    after = story.filed("company_signer")
    assert (before.edition_id, after.edition_id) == (1, edition.id)
    results = migrate_cases(story.program, "permit", 2, ADMINISTRATOR)
    assert [(moved.number, moved.obstacles) for moved in results] == [(before.number, ())]
    assert story.now(before).edition_id == edition.id
    assert list(audit(story.program)) == []


@pytest.mark.law("L76.3")
def test_the_head_extends_the_term_and_the_applicant_is_told(story: Story) -> None:
    case = story.complete()
    with pytest.raises(Forbidden):
        extend_term(story.program, case.id, story.officer("unit"), date(2023, 10, 2), "Сараптама қажет")
    extend_term(story.program, case.id, story.officer("head"), date(2023, 10, 2), "Сараптама қажет")
    view = story.program.queries.case(case.id)
    running = {row.element: row.due_at.date() for row in view.running_deadlines() if row.engine_id}
    assert set(running.values()) == {date(2023, 10, 2)}
    assert "extended" in [notice.kind for notice in view.notices]
    assert list(audit(story.program)) == []
    story.at("2023-09-20T10:00:00")
    assert {each.element for each in story.program.queries.case(case.id).breaches} == {"notify_extension"}


@pytest.mark.law("R9.1")
def test_the_acting_head_signs_only_within_the_period_of_the_order(story: Story) -> None:
    assert "head" in story.officer("acting").roles
    story.at("2023-10-16T10:00:00")
    assert "head" not in story.officer("acting").roles
    appoint_acting(story.program, "acting", date(2023, 10, 17), date(2023, 10, 20), "61-Ж")
    story.at("2023-10-17T10:00:00")
    assert "head" in story.officer("acting").roles


def test_editions_are_frozen_byte_for_byte(program: Program) -> None:
    with program.reading() as uow:
        (edition,) = uow.list(Edition)
        loaded = program.editions.of(uow, edition.id, PERMIT)
    assert loaded.files == collect(program.settings.processes, program.settings.forms)


ACT = "[act]\nnumber = '1'\nin_force_from = 2027-01-01\n"


@pytest.mark.law("O1")
@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("[act]\nnumber = '1'\n", "act.in_force_from is missing"),
        ("[act]\nin_force_from = 2027-01-01\n", "act.number is missing"),
        ("[act]\nnumber = '1'\nin_force_from = '2027-01-01'\n", "act.in_force_from is not a day"),
        (f"{ACT}registered_on = '2027-01-01'\n", "act.registered_on is not a day"),
        (f"{ACT}amended_by = [{{ number = '2' }}]\n", "act.amended_by[1].in_force_from is missing"),
        ("act", "edition.toml:"),
        ("", "act is missing"),
    ],
)
def test_an_act_without_number_or_interval_is_refused_by_name(program: Program, text: str, finding: str) -> None:
    files = {**collect(program.settings.processes, program.settings.forms), "edition.toml": text.encode()}
    with pytest.raises(EditionRefused) as refused:
        deploy_edition(program, files, ADMINISTRATOR)
    assert finding in str(refused.value)


def test_an_environment_that_is_misspelt_opens_nothing() -> None:
    with pytest.raises(SettingsError, match="no_such_environment"):
        from_environment({"RUQSAT_ENV": "prodution"})


def test_only_the_proxy_that_is_named_is_believed(program: Program) -> None:
    assert "trusted_proxy" not in server_options(program.settings)
    named = server_options(replace(program.settings, trusted_proxy="127.0.0.1"))
    assert named["trusted_proxy"] == "127.0.0.1"
    assert named["clear_untrusted_proxy_headers"]
