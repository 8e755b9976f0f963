"""What the journal says of each action, and the facts below it (L69.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from service.web.answers import shown
from service.web.document_names import document_name
from service.web.officer import failed
from service.web.officer.door import me
from service.web.officer.reading import known_options
from service.web.officer.said import Said, Sentence, when
from service.web.officer.sentences_beside import DETAILS_BESIDE, SENTENCES_BESIDE
from service.web.officer.sentences_of_complaints import (
    DETAILS_OF_COMPLAINTS,
    SENTENCES_OF_COMPLAINTS,
    position_stated,
    position_told,
)
from service.web.officer.sentences_of_office import DETAILS_OF_OFFICE, SENTENCES_OF_OFFICE
from service.web.officer.sentences_of_time import DETAILS_OF_TIME, SENTENCES_OF_TIME
from service.web.officer.words import (
    channel_name,
    ending_name,
    finding_name,
    hearing_result,
    reason_of_signature,
    trouble_name,
    verdict_name,
)

SENTENCES: Mapping[str, Sentence] = {
    "filed": lambda s: _("The application was filed and signed."),
    "application_printed": lambda s: _("The application was printed in the form of annex 2 and kept."),
    "complaint_printed": lambda s: _("The complaint was printed and kept."),
    "status_sent": lambda s: _("The status that the request is accepted was sent to the cabinet."),
    "signature_waits": lambda s: _("The applicant was told that the signature still has to be checked."),
    "signature_checked": lambda s: _(
        "The signature was checked again: %(verdict)s.", verdict=verdict_name(s.text("verdict"))
    ),
    "signature_invalid": lambda s: _("The applicant was told that the signature is not valid."),
    "state_data_requested": lambda s: _("Data were requested from the state systems."),
    "state_data_received": lambda s: _("Answer received: %(source)s.", source=channel_name(s.entry.element)),
    "message_delayed": lambda s: _(
        "A message could not be sent yet: %(channel)s.", channel=channel_name(s.entry.element)
    ),
    "message_sent": lambda s: _("A message was delivered: %(channel)s.", channel=channel_name(s.entry.element)),
    "notices_read": lambda s: _("The notices in the cabinet were opened."),
    "registered": lambda s: _("The application was registered on %(day)s.", day=s.day("registered_on")),
    "task_opened": lambda s: _("Task opened: %(task)s.", task=s.element),
    "task_claimed": lambda s: _("Task taken: %(task)s.", task=s.element),
    "task_returned": lambda s: _("Task given back: %(task)s.", task=s.element),
    "task_left": lambda s: _("Task given back, since who had it has left the office: %(task)s.", task=s.element),
    "task_assigned": lambda s: _("Task given to %(name)s: %(task)s.", name=s.text("to"), task=s.element),
    "task_completed": lambda s: _("Task done: %(task)s.", task=s.element),
    "task_file_added": lambda s: _("A document was added to the task: %(task)s.", task=s.element),
    "task_file_removed": lambda s: _("A document was taken off the task: %(task)s.", task=s.element),
    "executor_assigned": lambda s: _("Officer in charge: %(name)s.", name=s.text("to")),
    "documents_checked": lambda s: (
        _("The documents were checked automatically: a finding was made.")
        if s.many("findings")
        else _("The documents were checked automatically: nothing is missing or expired.")
    ),
    "completeness_established": lambda s: _(
        "The set of documents is complete as of %(day)s.", day=s.day("completeness_on")
    ),
    "conclusion_recorded": lambda s: (
        _("The examination found grounds for refusal.")
        if s.many("grounds")
        else _("The examination found no grounds for refusal.")
    ),
    "invitation_sent": lambda s: _(
        "The preliminary decision and the invitation to the hearing on %(day)s were sent.", day=s.day("hearing_on")
    ),
    "hearing_exempted": lambda s: _("It was recorded why no hearing is held."),
    "position_submitted": position_stated,
    "position_received": position_told,
    "hearing_recorded": lambda s: _("Hearing: %(result)s.", result=hearing_result(s.words, s.text("result"))),
    "permit_issued": lambda s: _("Permit %(number)s was issued.", number=s.text("number")),
    "refusal_issued": lambda s: _("Refusal %(number)s was issued.", number=s.text("number")),
    "not_considered_issued": lambda s: _(
        "Notice of refusal of further consideration %(number)s was issued.", number=s.text("number")
    ),
    "register_entered": lambda s: _(
        "The holder was entered in the state register under %(number)s.", number=s.text("number")
    ),
    "result_sent": lambda s: _("The result was delivered to the cabinet: %(document)s.", document=s.text("document")),
    "reminded": lambda s: _("A reminder of the term was sent: %(term)s.", term=s.term),
    "rows_written": lambda s: _("Records of the program were changed."),
    "term_missed": lambda s: _("The term was missed: %(term)s.", term=s.term),
    "term_kept": lambda s: _("The term has ended and was kept: %(term)s.", term=s.term),
    "message_retried": lambda s: _(
        "A message is to be sent again: %(channel)s.", channel=channel_name(s.entry.element)
    ),
    "edition_changed": lambda s: _("The case moved to edition %(number)s of the rules.", number=s.text("after")),
    "head_told": lambda s: _("The head was told of the missed term: %(term)s.", term=s.words.term(s.text("term"))),
    "reviewer_told": lambda s: _("The reviewing body was reminded: %(term)s.", term=s.words.term(s.text("term"))),
    "term_extended": lambda s: _("The head extended the term to %(day)s.", day=s.day("until")),
    "term_moved": lambda s: _("The term was moved: %(term)s.", term=s.term),
    "extension_sent": lambda s: _("The applicant was told of the longer term."),
    "withdrawal_asked": lambda s: _("The applicant withdrew the application."),
    "withdrawn": lambda s: _("The withdrawal was recorded."),
    "case_closed": lambda s: _("The case was closed: %(ending)s.", ending=ending_name(s.words, s.entry.element)),
    "step_failed": lambda s: _("A step failed and nothing of it was saved: %(task)s.", task=s.element),
    "deadline_failed": lambda s: _("A term could not be carried out and will be tried again: %(term)s.", term=s.term),
    "note_dismissed": lambda s: _("A reminder was put away: %(term)s.", term=s.term),
    "forbidden": lambda s: _("An attempt at what the role does not allow was stopped."),
    "signed_in": lambda s: _("An officer signed in."),
    "applicant_signed_in": lambda s: _("An applicant signed in."),
    "sign_in_refused": lambda s: _("A sign-in was refused."),
    "officer_added": lambda s: _("An account was opened: %(login)s.", login=s.text("login")),
    "acting_head": lambda s: _("An acting head was appointed by order %(order)s.", order=s.text("order")),
    "edition_deployed": lambda s: _("Edition %(number)s of the rules was deployed.", number=s.text("number")),
    **SENTENCES_OF_COMPLAINTS,
    **SENTENCES_OF_OFFICE,
    **SENTENCES_BESIDE,
    **SENTENCES_OF_TIME,
}
"""A sentence for each action code that use cases and operations write into the journal."""


def no_details(said: Said) -> Sequence[str]:
    """Most entries say everything in their sentence."""
    return ()


def _answers(said: Said) -> Sequence[str]:
    form = said.words.form_of(said.entry.element)
    answers = {name: value for name, value in said.entry.details.items() if value not in ("", None, [], False)}
    options = known_options(answers, said.officers)
    told = shown(form, answers, options) if form else []
    return [f"{label} {text}" if label.endswith("?") else f"{label}: {text}" for label, text in told]


def _moved(said: Said) -> Sequence[str]:
    return [_("%(before)s before, %(after)s now.", before=said.day("before"), after=said.day("after"))]


def _extended(said: Said) -> Sequence[str]:
    return [_("Before: %(day)s.", day=said.day("before")), _("Reason: %(text)s", text=said.text("reason"))]


def _position(said: Said) -> Sequence[str]:
    oral = _("An oral hearing is asked for.") if said.entry.details.get("oral") else ""
    return [oral, _("It came late.") if said.entry.details.get("late") else ""]


def _filed(said: Said) -> Sequence[str]:
    return [
        _("Signature: %(verdict)s.", verdict=verdict_name(said.text("signature"))),
        _("SHA-256 of what was signed: %(hash)s", hash=said.text("manifest")),
    ]


def _grounds(said: Said) -> Sequence[str]:
    return [said.words.listed("refusal_grounds", ground) for ground in said.many("grounds")]


def _exempted(said: Said) -> Sequence[str]:
    return [said.words.listed("hearing_exemptions", said.text("basis")), *said.reason()]


def _acting(said: Said) -> Sequence[str]:
    return [f"{said.day('since')} – {said.day('until')}", *said.before()] if said.text("since") else said.before()


def _fault(said: Said) -> Sequence[str]:
    """Which step failed and what kind of cause it was; the program's own words for it are its administrator's."""
    return [*failed.why(said.entry.details, said.words), said.text("fault") if "administrator" in me().roles else ""]


DETAILS: Mapping[str, Callable[[Said], Sequence[str]]] = {
    "filed": _filed,
    "application_printed": lambda s: [_("SHA-256 of the paper: %(hash)s", hash=s.text("sha256"))],
    "complaint_printed": lambda s: [_("SHA-256 of the paper: %(hash)s", hash=s.text("sha256"))],
    "task_completed": _answers,
    **dict.fromkeys(("task_returned", "task_left"), lambda s: [*s.before(), *s.reason()]),
    **dict.fromkeys(("task_assigned", "executor_assigned", "edition_deployed"), Said.before),
    "acting_head": _acting,
    "term_moved": _moved,
    "term_extended": _extended,
    "term_missed": lambda s: [_("It ended on %(moment)s.", moment=s.day("due_at"))],
    "term_kept": lambda s: [_("It ended on %(moment)s.", moment=s.day("due_at"))],
    "withdrawal_asked": Said.reason,
    "position_submitted": _position,
    "position_received": _position,
    "conclusion_recorded": _grounds,
    "refusal_issued": _grounds,
    "hearing_exempted": _exempted,
    "step_failed": _fault,
    "deadline_failed": _fault,
    "signature_checked": lambda s: [reason_of_signature(reason) for reason in s.many("reasons")],
    "documents_checked": lambda s: [finding_name(code) for code in s.many("findings")],
    "invitation_sent": lambda s: [
        *s.before(when),
        document_name("preliminary_decision") + " " + s.text("document"),
        s.words.option("hearing_way", s.text("way")),
    ],
    "state_data_received": lambda s: [_("Found.") if s.entry.details.get("found") else _("Nothing was found.")],
    "state_data_requested": lambda s: [channel_name(source) for source in s.many("sources")],
    "message_delayed": lambda s: [trouble_name(s.text("reason"))],
    "task_file_added": lambda s: [s.text("name")],
    "task_file_removed": lambda s: [s.text("name")],
    "forbidden": lambda s: [s.text("path")],
    **DETAILS_OF_COMPLAINTS,
    **DETAILS_OF_OFFICE,
    **DETAILS_BESIDE,
    **DETAILS_OF_TIME,
}
"""Further facts of an entry, below its sentence."""
