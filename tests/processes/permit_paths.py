"""Every path of the permit's drawing as a table: what happens, day by day -> ending, operations, terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.processes.walking import Act, Comes, Day, Does, Receives

REGISTERS = Comes("timer_registration_day")
ASSIGNS = Does("task_assign", {"executor": "1"})
COMPLETE = Does("task_check_completeness", {"complete": "yes"})
INCOMPLETE = Does("task_check_completeness", {"complete": "no", "missing_items": ["guarantee_letter"]})
CONFORMS = Does("task_examine", {"conforms": "yes"})
GROUNDS = Does("task_examine", {"conforms": "no", "grounds": ["ground_1"]})
OTHER_GROUNDS = Does("task_examine", {"conforms": "no", "grounds": ["ground_2"]})
INVITES = Does("task_invite_hearing", {"hearing": "hold", "hearing_way": "written"})
EXEMPTS = Does("task_invite_hearing", {"hearing": "exempt", "exemption": "court_act"})
HEARD_GRANT = Does("task_hold_hearing", {"hearing_result": "written", "outcome": "grant"})
HEARD_REFUSE = Does("task_hold_hearing", {"hearing_result": "silent", "outcome": "refuse"})
EARLIEST = Comes("timer_refusal_earliest")
SIGNS, RETURNS = {"decision": "sign"}, {"decision": "return", "return_reason": "..."}
SIGNS_PERMIT, RETURNS_PERMIT = Does("task_sign_permit", SIGNS), Does("task_sign_permit", RETURNS)
SIGNS_REFUSAL, RETURNS_REFUSAL = Does("task_sign_refusal", SIGNS), Does("task_sign_refusal", RETURNS)
SIGNS_NOTICE, RETURNS_NOTICE = Does("task_sign_not_considered", SIGNS), Does("task_sign_not_considered", RETURNS)
TO_UNIT = (REGISTERS, ASSIGNS)

ACCEPTED = ["gateway.request_state_data", "notices.send_status"]
AT_UNIT = [*ACCEPTED, "intake.register_application", "documents.check_application"]
EXAMINED = [*AT_UNIT, "intake.record_completeness", "decisions.record_conclusion"]
INVITED = [*EXAMINED, "hearings.send_invitation"]
GRANTED = ["decisions.issue_permit", "register.insert_permit", "notices.send_result granted"]
REFUSED = ["decisions.issue_refusal", "notices.send_result refused"]
NOT_CONSIDERED = ["decisions.issue_not_considered", "notices.send_result not_considered"]

FILED_TERMS = {"deadline_service": "09-19 18:30", "timer_registration_day": "09-12 00:00"}
UNIT_TERMS = {**FILED_TERMS, "deadline_assignment": "09-12 18:30", "deadline_completeness": "09-14 18:30"}
EXAMINED_TERMS = {**UNIT_TERMS, "deadline_examination": "09-15 18:30"}
HEARING_TERMS = {**EXAMINED_TERMS, "deadline_hearing_notice": "09-14 18:30", "deadline_hearing": "09-15 18:30"}
REFUSAL_TERMS = {**HEARING_TERMS, "timer_refusal_earliest": "09-18 00:00", "deadline_refusal": "09-19 18:30"}


@dataclass(frozen=True)
class Path:
    """One way through the drawing, and all that it must show."""

    walk: tuple[Act, ...]
    ends: str
    operations: list[str]
    terms: dict[str, str]
    begins: dict[str, Any] = field(default_factory=dict)


PATHS = {
    "conforming documents give a permit, due 3 working days after completeness": Path(
        (*TO_UNIT, COMPLETE, Day("2023-09-13"), CONFORMS, SIGNS_PERMIT),
        "end_granted",
        [*EXAMINED, *GRANTED],
        {**EXAMINED_TERMS, "deadline_permit": "09-15 18:30"},
    ),
    "completeness found on the second day leaves the service term as the end of the examination": Path(
        (*TO_UNIT, Day("2023-09-14"), COMPLETE, Day("2023-09-18"), CONFORMS, SIGNS_PERMIT),
        "end_granted",
        [*EXAMINED, *GRANTED],
        {**EXAMINED_TERMS, "deadline_examination": "09-19 18:30", "deadline_permit": "09-19 18:30"},
    ),
    "the head sends a permit back: the unit examines again": Path(
        (*TO_UNIT, COMPLETE, CONFORMS, RETURNS_PERMIT, CONFORMS, SIGNS_PERMIT),
        "end_granted",
        [*EXAMINED, "decisions.record_conclusion", *GRANTED],
        {**EXAMINED_TERMS, "deadline_permit": "09-15 18:30"},
    ),
    "incomplete documents end with the notice that they are not considered further": Path(
        (*TO_UNIT, Day("2023-09-14"), INCOMPLETE, SIGNS_NOTICE),
        "end_not_considered",
        [*AT_UNIT, *NOT_CONSIDERED],
        {**UNIT_TERMS, "deadline_not_considered": "09-14 18:30"},
    ),
    "the head sends the notice back: the unit checks completeness again": Path(
        (*TO_UNIT, INCOMPLETE, RETURNS_NOTICE, INCOMPLETE, SIGNS_NOTICE),
        "end_not_considered",
        [*AT_UNIT, *NOT_CONSIDERED],
        {**UNIT_TERMS, "deadline_not_considered": "09-14 18:30"},
    ),
    "the head sends the notice back and the documents prove complete": Path(
        (*TO_UNIT, INCOMPLETE, RETURNS_NOTICE, COMPLETE, CONFORMS, SIGNS_PERMIT),
        "end_granted",
        [*EXAMINED, *GRANTED],
        {**EXAMINED_TERMS, "deadline_not_considered": "09-14 18:30", "deadline_permit": "09-15 18:30"},
    ),
    "after a hearing the refusal waits for 3 working days from the notice": Path(
        (*TO_UNIT, COMPLETE, Day("2023-09-13"), GROUNDS, INVITES, Day("2023-09-15"), HEARD_REFUSE, EARLIEST,
         Day("2023-09-18"), SIGNS_REFUSAL),
        "end_refused",
        [*INVITED, "hearings.record_outcome", *REFUSED],
        REFUSAL_TERMS,
    ),
    "the hearing convinces: the permit is granted by the end of the service term": Path(
        (*TO_UNIT, COMPLETE, Day("2023-09-13"), GROUNDS, INVITES, HEARD_GRANT, SIGNS_PERMIT),
        "end_granted",
        [*INVITED, "hearings.record_outcome", *GRANTED],
        {**HEARING_TERMS, "deadline_permit": "09-19 18:30"},
    ),
    "the applicant states a position twice during the hearing": Path(
        (*TO_UNIT, COMPLETE, Day("2023-09-13"), GROUNDS, INVITES, Receives("message_position"),
         Receives("message_position"), HEARD_REFUSE, EARLIEST, SIGNS_REFUSAL),
        "end_refused",
        [*INVITED, "hearings.record_position", "hearings.record_position", "hearings.record_outcome", *REFUSED],
        REFUSAL_TERMS,
    ),
    "a lawful basis exempts from the hearing: refusal without waiting": Path(
        (*TO_UNIT, COMPLETE, GROUNDS, EXEMPTS, SIGNS_REFUSAL),
        "end_refused",
        [*EXAMINED, "hearings.record_exemption", *REFUSED],
        {**EXAMINED_TERMS, "deadline_hearing_notice": "09-14 18:30", "deadline_refusal": "09-19 18:30"},
    ),
    "the head sends a refusal back: the applicant, heard once, is not heard again": Path(
        (*TO_UNIT, COMPLETE, Day("2023-09-13"), GROUNDS, INVITES, HEARD_REFUSE, EARLIEST,
         RETURNS_REFUSAL, GROUNDS, SIGNS_REFUSAL),
        "end_refused",
        [*INVITED, "hearings.record_outcome", "decisions.record_conclusion", *REFUSED],
        REFUSAL_TERMS,
    ),
    "the head sends back a refusal without a hearing: the basis that exempted still holds": Path(
        (*TO_UNIT, COMPLETE, GROUNDS, EXEMPTS, RETURNS_REFUSAL, GROUNDS, SIGNS_REFUSAL),
        "end_refused",
        [*EXAMINED, "hearings.record_exemption", "decisions.record_conclusion", *REFUSED],
        {**EXAMINED_TERMS, "deadline_hearing_notice": "09-14 18:30", "deadline_refusal": "09-19 18:30"},
    ),
    "the head sends a refusal back and other grounds are found: the applicant is heard on them": Path(
        (*TO_UNIT, COMPLETE, Day("2023-09-13"), GROUNDS, INVITES, HEARD_REFUSE, EARLIEST, RETURNS_REFUSAL,
         OTHER_GROUNDS, INVITES, HEARD_REFUSE, EARLIEST, SIGNS_REFUSAL),
        "end_refused",
        [*INVITED, "hearings.record_outcome", "decisions.record_conclusion", "hearings.send_invitation",
         "hearings.record_outcome", *REFUSED],
        REFUSAL_TERMS,
    ),
    "the hearing convinces, the permit is sent back and grounds are found: the applicant is heard anew": Path(
        (*TO_UNIT, COMPLETE, Day("2023-09-13"), GROUNDS, INVITES, HEARD_GRANT, RETURNS_PERMIT, GROUNDS, INVITES,
         HEARD_REFUSE, EARLIEST, SIGNS_REFUSAL),
        "end_refused",
        [*INVITED, "hearings.record_outcome", "decisions.record_conclusion", "hearings.send_invitation",
         "hearings.record_outcome", *REFUSED],
        {**REFUSAL_TERMS, "deadline_permit": "09-19 18:30"},
    ),
    "the head sends a refusal back and no ground is left: the permit is granted": Path(
        (*TO_UNIT, COMPLETE, GROUNDS, EXEMPTS, RETURNS_REFUSAL, CONFORMS, SIGNS_PERMIT),
        "end_granted",
        [*EXAMINED, "hearings.record_exemption", "decisions.record_conclusion", *GRANTED],
        {**EXAMINED_TERMS, "deadline_hearing_notice": "09-14 18:30", "deadline_refusal": "09-19 18:30",
         "deadline_permit": "09-15 18:30"},
    ),
    "the head sends back a permit and grounds are found: the applicant is heard before a refusal": Path(
        (*TO_UNIT, COMPLETE, CONFORMS, RETURNS_PERMIT, Day("2023-09-13"), GROUNDS, INVITES, HEARD_REFUSE, EARLIEST,
         SIGNS_REFUSAL),
        "end_refused",
        [*EXAMINED, "decisions.record_conclusion", "hearings.send_invitation", "hearings.record_outcome", *REFUSED],
        {**REFUSAL_TERMS, "deadline_permit": "09-15 18:30"},
    ),
    "a case reopened by a decision on a complaint is examined at once, with terms from the day of reopening": Path(
        (CONFORMS, SIGNS_PERMIT),
        "end_granted",
        ["intake.note_reopening", "decisions.record_conclusion", *GRANTED],
        {"deadline_service": "09-19 18:30", "deadline_examination": "09-15 18:30", "deadline_permit": "09-15 18:30"},
        begins={"reopened": True},
    ),
    "a case whose notice of point 6 was cancelled goes on at the check of completeness, with terms of its own": Path(
        (COMPLETE, CONFORMS, SIGNS_PERMIT),
        "end_granted",
        ["intake.note_reopening", "intake.record_completeness", "decisions.record_conclusion", *GRANTED],
        {"deadline_service": "09-19 18:30", "deadline_completeness": "09-14 18:30",
         "deadline_examination": "09-15 18:30", "deadline_permit": "09-15 18:30"},
        begins={"reopened": True, "contested": "not_considered"},
    ),
    "a reopened case can be refused again, after a hearing": Path(
        (Day("2023-09-13"), GROUNDS, INVITES, Day("2023-09-15"), HEARD_REFUSE, EARLIEST,
         Day("2023-09-18"), SIGNS_REFUSAL),
        "end_refused",
        ["intake.note_reopening", "decisions.record_conclusion", "hearings.send_invitation", "hearings.record_outcome",
         *REFUSED],
        {"deadline_service": "09-19 18:30", "deadline_examination": "09-15 18:30",
         "deadline_hearing_notice": "09-14 18:30", "deadline_hearing": "09-15 18:30",
         "timer_refusal_earliest": "09-18 00:00", "deadline_refusal": "09-19 18:30"},
        begins={"reopened": True},
    ),
    "a signature that could not be checked proves valid: the application goes its way": Path(
        (Receives("message_signature_checked", {"signature": "unchecked"}),
         Receives("message_signature_checked", {"signature": "valid"}), *TO_UNIT, COMPLETE, CONFORMS, SIGNS_PERMIT),
        "end_granted",
        ["notices.send_waiting", "notices.send_waiting", *EXAMINED, *GRANTED],
        {**EXAMINED_TERMS, "deadline_permit": "09-15 18:30"},
        begins={"signature": "unchecked"},
    ),
    "a signature that could not be checked proves invalid: the application is not accepted": Path(
        (Receives("message_signature_checked", {"signature": "invalid"}),),
        "end_not_accepted",
        ["notices.send_waiting", "intake.reject_signature"],
        {"deadline_service": "09-19 18:30"},
        begins={"signature": "unchecked"},
    ),
}  # fmt: skip

BEFORE = {
    "timer_registration_day": (),
    "task_assign": (REGISTERS,),
    "task_check_completeness": TO_UNIT,
    "task_sign_not_considered": (*TO_UNIT, INCOMPLETE),
    "task_examine": (*TO_UNIT, COMPLETE),
    "task_sign_permit": (*TO_UNIT, COMPLETE, CONFORMS),
    "task_invite_hearing": (*TO_UNIT, COMPLETE, GROUNDS),
    "task_hold_hearing": (*TO_UNIT, COMPLETE, GROUNDS, INVITES),
    "timer_refusal_earliest": (*TO_UNIT, COMPLETE, GROUNDS, INVITES, HEARD_REFUSE),
    "task_sign_refusal": (*TO_UNIT, COMPLETE, GROUNDS, EXEMPTS),
}
"""What leads to each place where a case may rest."""
