"""Cases of every kind in the town under attack, and the numbers of what belongs to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.domain.case import Case
from service.usecases.applicant_acts import keep_position_file, submit_holder_position, withdraw_case
from service.usecases.file_access import grant_access, request_access
from tests.complaints import INVITED, Complaints
from tests.usecases.on_paper import taken
from tests.usecases.test_holder_heard import STRANGER
from tests.web.cabinet import PDF
from tests.web.hostile_town import Besieged

KINDS = ("open", "heard", "closed", "withdrawn", "another", "permit", "complaint", "sent", "posted")
"""All are the owner's but two:

an application with the unit; one after an oral hearing, whose file was given; one refused further consideration,
contested by a complaint that lies with the provider; one withdrawn; the other applicant's, with the unit; a permit,
contested by a stranger before the reviewing body, which has invited its holder; the complaint that lies with the
provider; a complaint that was sent to the reviewing body; and a stranger's on paper, invited by post.
"""
ABSENT = 999_999_999
"""A number that nothing has: the case of this kind holds no such thing."""


def cases_of_every_kind(town: Besieged) -> Mapping[str, Mapping[str, Any]]:
    """What the addresses of a case name, by the kind of the case; those that the town lacks are made now."""
    story, owner = town.story, town.story.applicant("company_head")
    heard, permit, sent = (town.at[f"cabinet.{of}"]["case_id"] for of in ("position", "document", "complaint_receipt"))
    closed = story.not_considered()
    complaint = story.registered(closed, "notice_not_considered")
    withdrawn = withdraw_case(story.program, story.filed().id, owner, "")
    another = story.assigned("entrepreneur")
    strangers, file = _invited_holder(story, story.program.queries.case(permit).case)
    access = request_access(story.program, heard, owner, "")
    grant_access(story.program, access.id, story.officer("unit"))
    posted = town.at["officer.answer_on_paper"]["case_id"]
    ids = (town.at[""]["case_id"], heard, closed.id, withdrawn.id, another.id, permit, complaint.id, sent, posted)
    found = {kind: _numbers(story, case_id) for kind, case_id in zip(KINDS, ids, strict=True)}
    found["heard"]["minutes_id"] = town.at[""]["minutes_id"]
    found["permit"] |= {"complaint_id": strangers.id, "change_id": town.at[""]["change_id"], "holder_file": file}
    return found


def _numbers(story: Complaints, case_id: int) -> dict[str, Any]:
    view = story.program.queries.case(case_id)
    things: Mapping[str, Sequence[Any]] = {
        "attachment_id": view.attachments, "document_id": [*reversed(view.papers)], "notice_id": view.notices,
        "task_id": [*view.open_tasks(), *reversed(view.tasks)],
    }  # fmt: skip
    return {
        **dict.fromkeys(("minutes_id", "complaint_id", "change_id", "holder_file"), ABSENT),
        **{name: found[0].id if found else ABSENT for name, found in things.items()},
        "case_id": case_id, "number": view.entry.number if view.entry else f"{ABSENT}",
    }  # fmt: skip


def _invited_holder(story: Complaints, granted: Case) -> tuple[Case, int]:
    """A stranger contests the permit, the reviewing body invites its holder, and the holder answers with a file."""
    complaint, executor = taken(story, granted, **STRANGER), str(story.officer("unit").officer_id)
    story.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    story.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Акт заңды")
    story.work("reviewer", complaint, "task_register_review", review_number="Ш-78")
    story.considered(complaint, "cancel")
    story.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-18")
    file = keep_position_file(story.program, complaint.id, "a.pdf", PDF, "application/pdf", of_holder=True)
    owner = story.applicant("company_head")
    submit_holder_position(story.program, complaint.id, owner, "Рұқсат заңды", wants_oral=False, file=file)
    return complaint, file.id
