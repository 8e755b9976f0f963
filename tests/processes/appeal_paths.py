"""Every path of the complaint's drawing as a table: what happens, day by day -> ending, operations, terms."""

from __future__ import annotations

from tests.processes.permit_paths import Path
from tests.processes.walking import OF_ANOTHER, Comes, Day, Does, Receives

REGISTERS = Comes("timer_registration_day")
AGAINST_ACT = Does("task_register_complaint", {"track": "act", "executor": "1"})
ON_SERVICE = Does("task_register_complaint", {"track": "service", "executor": "1"})
SIGN, RETURN = {"decision": "sign"}, {"decision": "return", "return_reason": "..."}
FORWARDS = Does("task_review_complaint", {"proposal": "forward", "opinion": "..."})
SATISFIES = {
    remedy: Does("task_review_complaint", {"proposal": "satisfy", "remedy": remedy, "opinion": "..."})
    for remedy in ("permit", "cancel", "reconsider", "action")
}
SIGNS_PERMIT, RETURNS_PERMIT = Does("task_sign_new_permit", SIGN), Does("task_sign_new_permit", RETURN)
SIGNS_SATISFACTION, RETURNS_SATISFACTION = (Does("task_sign_satisfaction", one) for one in (SIGN, RETURN))
ANSWERS = Does("task_answer_complaint", {"answer_result": "unjustified", "answer": "..."})
SIGNS_ANSWER, RETURNS_ANSWER = Does("task_sign_answer", SIGN), Does("task_sign_answer", RETURN)
RECEIVES = Does("task_register_review", {"review_number": "15-17"})
RECEIVES_AGAINST_HOLDER = Does("task_register_review", {"review_number": OF_ANOTHER})
INVITES = Does("task_invite_review_hearing", {"hearing_on": "2023-09-20", "hearing_way": "written"})
HEARS = Does("task_hold_review_hearing", {"hearing_result": "silent", "outcome_reasons": "..."})
EARLIEST = Comes("timer_review_earliest")
SIGNS_NEW_ACT, RETURNS_NEW_ACT = Does("task_sign_new_act", SIGN), Does("task_sign_new_act", RETURN)
SIGNS_REVIEW, RETURNS_REVIEW = Does("task_sign_review", SIGN), Does("task_sign_review", RETURN)


def finds(outcome: str, **more: object) -> Does:
    """The reviewing body comes to an outcome."""
    return Does("task_consider_complaint", {"outcome": outcome, "reasons": "...", **more})


TO_UNIT = (REGISTERS, AGAINST_ACT)
TO_ANSWER = (REGISTERS, ON_SERVICE)
TO_REVIEW = (*TO_UNIT, Day("2023-09-13"), FORWARDS)
AT_REVIEW = (*TO_REVIEW, Day("2023-09-14"), RECEIVES)

FILED = ["appeals.suspend_act", "appeals.send_complaint_status", "appeals.register_complaint"]
FORWARDED = [*FILED, "appeals.forward"]
UNDER_REVIEW = [*FORWARDED, "appeals.register_review"]
HEARD = ["appeals.send_review_invitation", "appeals.record_review_hearing"]
SATISFIED = ["appeals.satisfy", "appeals.send_satisfaction"]
ANSWERED = ["appeals.issue_answer", "appeals.send_answer"]

FILED_TERMS = {
    "timer_registration_day": "09-12 00:00", "deadline_registration": "09-12 18:30",
    "deadline_forward_unregistered": "09-15 18:30",
}  # fmt: skip
ACT_TERMS = {**FILED_TERMS, "deadline_forward": "09-15 18:30"}
SATISFIED_TERMS = {**ACT_TERMS, "deadline_forward_satisfaction": "09-15 18:30"}
PERMIT_TERMS = {**SATISFIED_TERMS, "deadline_forward_permit": "09-15 18:30"}
ANSWER_TERMS = {**FILED_TERMS, "deadline_answer": "09-19 18:30", "deadline_answer_signed": "09-19 18:30"}
SENT_TERMS = {**ACT_TERMS, "deadline_review_registration": "09-14 18:30"}
REVIEW_TERMS = {**SENT_TERMS, "deadline_review": "10-05 18:30", "deadline_review_signed": "10-05 18:30"}
HEARD_TERMS = {
    **REVIEW_TERMS, "deadline_review_invited": "10-05 18:30", "deadline_review_heard": "10-05 18:30",
    "timer_review_earliest": "09-20 00:00",
}  # fmt: skip
NEW_ACT_TERMS = {**REVIEW_TERMS, "deadline_review_new_act": "10-05 18:30"}


def decided(outcome: str, ends: str, effect: str, **more: object) -> Path:
    """A complaint that the reviewing body decides at once."""
    return Path(
        (*AT_REVIEW, finds(outcome, **more), SIGNS_REVIEW),
        ends,
        [*UNDER_REVIEW, "appeals.issue_review", effect],
        REVIEW_TERMS,
    )


PATHS = {
    "the provider cancels its act within 3 working days: the complaint is not forwarded": Path(
        (*TO_UNIT, Day("2023-09-14"), SATISFIES["cancel"], SIGNS_SATISFACTION),
        "end_satisfied", [*FILED, *SATISFIED], SATISFIED_TERMS,
    ),
    "the provider does what is asked within 3 working days": Path(
        (*TO_UNIT, SATISFIES["action"], SIGNS_SATISFACTION), "end_satisfied", [*FILED, *SATISFIED], SATISFIED_TERMS,
    ),
    "the provider takes the application up again within 3 working days": Path(
        (*TO_UNIT, SATISFIES["reconsider"], SIGNS_SATISFACTION),
        "end_satisfied", [*FILED, *SATISFIED], SATISFIED_TERMS,
    ),
    "the head signs the permit first, and with the decision it is issued": Path(
        (*TO_UNIT, SATISFIES["permit"], SIGNS_PERMIT, SIGNS_SATISFACTION),
        "end_satisfied", [*FILED, "appeals.keep_new_permit", *SATISFIED], PERMIT_TERMS,
    ),
    "the head sends the permit back and the unit forwards the complaint": Path(
        (*TO_UNIT, SATISFIES["permit"], RETURNS_PERMIT, FORWARDS, RECEIVES, finds("cancel"), SIGNS_REVIEW),
        "end_cancelled",
        [*UNDER_REVIEW, "appeals.issue_review", "appeals.cancel_act"],
        {**ACT_TERMS, "deadline_forward_permit": "09-15 18:30", "deadline_review_registration": "09-13 18:30",
         "deadline_review": "10-03 18:30", "deadline_review_signed": "10-03 18:30"},
    ),
    "the head sends the satisfaction back: the unit reviews again within the same 3 working days": Path(
        (*TO_UNIT, SATISFIES["cancel"], RETURNS_SATISFACTION, SATISFIES["cancel"], SIGNS_SATISFACTION),
        "end_satisfied", [*FILED, *SATISFIED], SATISFIED_TERMS,
    ),
    "a complaint on a matter of the service gets a reasoned answer in 5 working days": Path(
        (*TO_ANSWER, Day("2023-09-15"), ANSWERS, SIGNS_ANSWER), "end_answered", [*FILED, *ANSWERED], ANSWER_TERMS,
    ),
    "the head sends an answer back": Path(
        (*TO_ANSWER, ANSWERS, RETURNS_ANSWER, ANSWERS, SIGNS_ANSWER),
        "end_answered", [*FILED, *ANSWERED], ANSWER_TERMS,
    ),
    "the reviewing body cancels the act": decided("cancel", "end_cancelled", "appeals.cancel_act"),
    "the reviewing body adopts another act than a permit": decided(
        "adopt", "end_adopted", "appeals.adopt_act", action="..."
    ),
    "the reviewing body orders an action": decided("order", "end_ordered", "appeals.order_action", action="..."),
    "the reviewing body sends the case back": decided(
        "send_back", "end_sent_back", "appeals.send_back", violations="..."
    ),
    "the reviewing body leaves the complaint unconsidered": decided(
        "unconsidered", "end_unconsidered", "appeals.leave_unconsidered", unconsidered_reason="withdrawn"
    ),
    "the reviewing body adopts a permit: it is signed before the decision that issues it": Path(
        (*AT_REVIEW, finds("adopt", new_permit=True, action="..."), SIGNS_NEW_ACT, SIGNS_REVIEW),
        "end_adopted",
        [*UNDER_REVIEW, "appeals.keep_new_act", "appeals.issue_review", "appeals.adopt_act"],
        NEW_ACT_TERMS,
    ),
    "a permit that the reviewing body does not sign is considered again": Path(
        (*AT_REVIEW, finds("adopt", new_permit=True, action="..."), RETURNS_NEW_ACT, finds("cancel"), SIGNS_REVIEW),
        "end_cancelled",
        [*UNDER_REVIEW, "appeals.issue_review", "appeals.cancel_act"],
        NEW_ACT_TERMS,
    ),
    "before a complaint is left unsatisfied the person is heard, and 3 working days pass": Path(
        (*AT_REVIEW, Day("2023-09-15"), finds("unsatisfied"), INVITES, Receives("message_position"), HEARS, EARLIEST,
         Day("2023-09-20"), finds("unsatisfied"), SIGNS_REVIEW),
        "end_unsatisfied",
        [*UNDER_REVIEW, HEARD[0], "hearings.record_position", HEARD[1], "appeals.issue_review", "appeals.uphold_act"],
        HEARD_TERMS,
    ),
    "the hearing convinces the reviewing body": Path(
        (*AT_REVIEW, Day("2023-09-15"), finds("unsatisfied"), INVITES, HEARS, EARLIEST, finds("cancel"), SIGNS_REVIEW),
        "end_cancelled",
        [*UNDER_REVIEW, *HEARD, "appeals.issue_review", "appeals.cancel_act"],
        HEARD_TERMS,
    ),
    "before the permit of somebody else is cancelled its holder is heard, and 3 working days pass": Path(
        (*TO_REVIEW, Day("2023-09-14"), RECEIVES_AGAINST_HOLDER, Day("2023-09-15"), finds("cancel"), INVITES,
         Receives("message_position"), HEARS, EARLIEST, Day("2023-09-20"), finds("cancel"), SIGNS_REVIEW),
        "end_cancelled",
        [*UNDER_REVIEW, HEARD[0], "hearings.record_position", HEARD[1], "appeals.issue_review", "appeals.cancel_act"],
        HEARD_TERMS,
    ),
    "the holder convinces the reviewing body, and then the person who complained is heard": Path(
        (*TO_REVIEW, Day("2023-09-14"), RECEIVES_AGAINST_HOLDER, Day("2023-09-15"),
         finds("send_back", violations="..."), INVITES, HEARS, EARLIEST, Day("2023-09-15"), finds("unsatisfied"),
         INVITES, HEARS, EARLIEST, finds("unsatisfied"), SIGNS_REVIEW),
        "end_unsatisfied",
        [*UNDER_REVIEW, *HEARD, *HEARD, "appeals.issue_review", "appeals.uphold_act"],
        HEARD_TERMS,
    ),
    "a decision that is not signed is considered again, without a second hearing": Path(
        (*AT_REVIEW, Day("2023-09-15"), finds("unsatisfied"), INVITES, HEARS, EARLIEST, finds("unsatisfied"),
         RETURNS_REVIEW, finds("unsatisfied"), SIGNS_REVIEW),
        "end_unsatisfied",
        [*UNDER_REVIEW, *HEARD, "appeals.issue_review", "appeals.uphold_act"],
        HEARD_TERMS,
    ),
}  # fmt: skip

BEFORE = {
    "timer_registration_day": (),
    "task_register_complaint": (REGISTERS,),
    "task_review_complaint": TO_UNIT,
    "task_sign_new_permit": (*TO_UNIT, SATISFIES["permit"]),
    "task_sign_satisfaction": (*TO_UNIT, SATISFIES["cancel"]),
    "task_answer_complaint": TO_ANSWER,
    "task_sign_answer": (*TO_ANSWER, ANSWERS),
    "task_register_review": TO_REVIEW,
    "task_consider_complaint": AT_REVIEW,
    "task_invite_review_hearing": (*AT_REVIEW, finds("unsatisfied")),
    "task_hold_review_hearing": (*AT_REVIEW, finds("unsatisfied"), INVITES),
    "timer_review_earliest": (*AT_REVIEW, finds("unsatisfied"), INVITES, HEARS),
    "task_sign_new_act": (*AT_REVIEW, finds("adopt", new_permit=True)),
    "task_sign_review": (*AT_REVIEW, finds("cancel")),
}
"""What leads to each place where a complaint may rest."""
