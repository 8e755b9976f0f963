"""The package of a case tells each reader of the case, and of nobody whom the case does not concern (L69.1, L75.1)."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from service.adapters.database.tables.columns import metadata
from service.bootstrap import offline
from service.domain.case import Attachment, Case
from service.domain.file_access import FileAccess
from service.domain.people import Applicant, Officer
from service.usecases.applicant_acts import submit_holder_position
from service.usecases.case_facts import NAMES_OFFICER
from service.usecases.case_package import fetch_package, package_of
from service.usecases.file_access import fetch_file
from service.usecases.people import add_officer
from service.usecases.review_package import fetch_sent_package
from service.usecases.verify_package import verify_package
from tests.complaints import Complaints
from tests.program import QuickPasswords, Story
from tests.usecases.beside import HELD
from tests.usecases.on_paper import taken
from tests.usecases.test_holder_heard import STRANGER, invited

SAID, SPOKEN = "Иесінің өз сөзі", "Иесі ауызша айтқан сөз"


def files_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.law("L69.1", "R13.3")
def test_a_new_account_changes_no_byte_of_a_package(story: Story) -> None:
    case = story.invited()
    before = package_of(story.program, case.id)
    position = {"kk": "Маман", "ru": "Специалист", "en": "Specialist"}
    stranger = Officer("new", "", "ЖАҢАБАЕВ", "ҚАНАТ", "", "850615399019", position)
    add_officer(story.program, QuickPasswords(), stranger, "a long enough one", ("unit", "supervisor"))
    assert package_of(story.program, case.id) == before
    told = json.loads(files_of(before.content)["case.json"])
    named = {str(story.officer(login).officer_id) for login in ("chancellery", "unit")}
    assert told["officers"].keys() == named


@pytest.mark.law("L69.1")
def test_every_column_that_names_an_officer_is_known_to_the_package() -> None:
    columns = (column for table in metadata.tables.values() for column in table.c)
    named = {
        column.name for column in columns if any(key.column.table.name == "officer" for key in column.foreign_keys)
    }
    # Notes, readings, papers that wait and roles are no rows of a package.
    assert named - {"officer_id"} == NAMES_OFFICER - {"executor"}


@pytest.mark.law("L75.1", "L73.1", "L69.1")
def test_who_complains_gets_nothing_of_the_holder_and_can_check_what_is_left(complaints: Complaints) -> None:
    _granted, complaint = invited(complaints)
    holder = complaints.applicant("company_head")
    sha256, now = complaints.program.files.put(SAID.encode()), complaints.program.clock.now()
    file = Attachment("position", "a.txt", sha256, len(SAID.encode()), "text/plain", now, purpose="position")
    submit_holder_position(complaints.program, complaint.id, holder, SAID, wants_oral=True, file=file)
    complaints.at("2023-09-14T12:00:00")
    held = {name: text for name, text in HELD.items() if name != "outcome"}
    complaints.work("reviewer", complaint, "task_hold_review_hearing", **{**held, "minutes_explanations": SPOKEN})
    with complaints.program.unit_of_work() as uow:
        today = uow.now.date()
        uow.add(FileAccess(complaint.id, uow.now, "", granted_at=uow.now, open_until=today))
        uow.commit()
    whole = package_of(complaints.program, complaint.id).content
    stranger = Applicant(STRANGER["iin"], "", STRANGER["name"])
    part = fetch_file(complaints.program, complaint.id, stranger).content
    assert all(any(word.encode() in each for each in files_of(whole).values()) for word in (SAID, SPOKEN, holder.name))
    for name, content in files_of(part).items():
        assert not any(word.encode() in content for word in (SAID, SPOKEN, holder.name)), name
    told = json.loads(files_of(part)["case.json"])
    assert [told[name] for name in ("positions", "hearings", "minutes")] == [[], [], []]
    assert not any(each["purpose"] == "position" for each in told["attachments"])
    assert sum(name.startswith("attachments/") for name in files_of(part)) + 1 == sum(
        name.startswith("attachments/") for name in files_of(whole)
    )
    kept, hidden = lines(whole), [line for line in lines(part) if "action" not in line]
    assert {kept[line["sequence"] - 1]["action"] for line in hidden} >= {"position_submitted", "task_completed"}
    ours = offline(complaints.program.settings)
    for package in (whole, part):
        assert verify_package(package, ours.keys.verify, ours.engine_for).faults == []


def lines(package: bytes) -> list[dict[str, Any]]:
    return list(json.loads(files_of(package)["journal.json"]))


def decision(story: Complaints, case: Case) -> bytes:
    """The paper that decided a complaint."""
    return story.program.files.read(story.program.queries.case(case.id).documents[-1].sha256)


@pytest.mark.law("L69.1", "R13.1", "R13.3", "L75.1", "L100.1")
def test_the_package_of_a_contested_case_holds_each_complaint_as_far_as_its_reader_may_see_it(
    complaints: Complaints,
) -> None:
    refused = complaints.refused()
    own = complaints.forwarded(refused, "refusal")
    number = complaints.document(refused, "refusal").number
    act: dict[str, Any] = {**STRANGER, "case_number": refused.number, "document_number": number}
    other = taken(complaints, **act, contests="refusal", learned_on="2023-09-18")
    complaints.reviewed(own, "send_back", violations="Кепілдік хат қаралмаған")
    with complaints.program.unit_of_work() as uow:
        uow.add(FileAccess(refused.id, uow.now, "", granted_at=uow.now, open_until=uow.now.date()))
        uow.commit()
    head, reviewer = complaints.officer("head"), complaints.officer("reviewer")
    packages = [fetch_package(complaints.program, actor, refused.id).content for actor in (head, reviewer)]
    packages.append(fetch_file(complaints.program, refused.id, complaints.applicant("company_head")).content)
    whole, sent, part = (files_of(package) for package in packages)
    decided = decision(complaints, own)
    for files in (whole, sent, part):
        assert json.loads(files[f"{own.number}/application/manifest.json"])["fields"]["demands"]
        assert f"{own.number}/application/{own.number}.pdf" in files
        (_paper,) = [name for name in files if name.startswith(f"{own.number}/documents/") and files[name] == decided]
        assert files[f"{own.number}/signatures/001/signature.p7s"]
    internal = {f"{own.number}/case.json", f"{own.number}/journal.json"}
    assert [internal & files.keys() for files in (whole, sent, part)] == [internal, internal, set()]
    assert [{name[:13] for name in files if name.startswith("A-")} for files in (whole, sent, part)] == [
        {own.number, other.number},
        {own.number},
        {own.number},
    ]
    for files, seen in ((whole, True), (sent, False), (part, False)):
        assert any(STRANGER["name"].encode() in content for content in files.values()) is seen
    ours = offline(complaints.program.settings)
    for package in packages:
        checked = verify_package(package, ours.keys.verify, ours.engine_for)
        assert (checked.faults, len(checked.signatures), checked.signatures_hold) == ([], 5, True)


@pytest.mark.law("L69.1", "R13.1", "R13.3", "R13.4")
def test_what_the_provider_decided_before_goes_with_the_case_to_the_reviewing_body(complaints: Complaints) -> None:
    ended = complaints.not_considered()
    first = complaints.registered(ended, "notice_not_considered")
    complaints.work("unit", first, "task_review_complaint", proposal="satisfy", remedy="reconsider", opinion="Болған")
    complaints.work("head", first, "task_sign_satisfaction", decision="sign")
    second = complaints.registered(complaints.now(ended), contests="inaction", official="Маман")
    complaints.work("unit", second, "task_review_complaint", proposal="forward", opinion="Заңды")
    complaints.program.sweep()
    package = fetch_sent_package(complaints.program, complaints.officer("reviewer"), second.id)
    files = files_of(package)
    of_first = {name for name in files if name.startswith(f"{first.number}/")}
    assert decision(complaints, first) in [files[name] for name in of_first]
    assert {name.split("/")[1] for name in of_first} == {"documents", "signatures"}
    assert json.loads(files[f"{ended.number}/case.json"])["complaints"][0]["decision"]
    ours = offline(complaints.program.settings)
    assert verify_package(package, ours.keys.verify, ours.engine_for).faults == []
