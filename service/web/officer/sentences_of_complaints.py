"""What the journal says of complaints and of what their decisions do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from service.domain.appeal import Contests
from service.domain.case import APPEAL
from service.domain.deliveries import CABINET
from service.domain.posting import BY_HAND, HANDED_OVER
from service.web.complaint_ways import way_name
from service.web.officer.complaint_words import claim_results
from service.web.officer.said import Said, Sentence, when
from service.web.officer.words import ending_name


def _why(said: Said) -> str:
    reasons: Mapping[str, str] = {
        "late": _("the complaint came after its term"),
        "no_act": _("the complaint names no act"),
        "not_concerned": _("the act does not concern the person who complains"),
        "not_in_force": _("the act has no effect now"),
    }
    return reasons.get(said.text("reason"), said.text("reason"))


def _court_result(said: Said) -> str:
    return claim_results(said.text("contests")).get(said.text("result"), "")


def _unlawful(said: Said) -> str:
    basis = said.text("basis")
    if said.text("contests") == Contests.INACTION:
        return str(_("The inaction was found unlawful by %(basis)s.", basis=basis))
    return str(_("The action was found unlawful by %(basis)s.", basis=basis))


def _filed(said: Said) -> str:
    """Who complains; of a paper, for whom the chancellery entered it and how it came (L64.1)."""
    name, way = said.text("applicant"), way_name(said.text("way"))
    if said.text("way") == CABINET:
        told = _("The complaint was filed and signed.")
    elif name:
        told = _("The chancellery entered the complaint of %(name)s, a paper that came %(way)s.", name=name, way=way)
    else:
        told = _("The complaint was taken in by the chancellery.")
    return str(told)


def _delivered(said: Said) -> str:
    number, day = said.text("number"), said.day("done_on")
    if said.text("way") == BY_HAND:
        told = _("The letter was given by hand on %(day)s, taken by %(who)s.", day=day, who=said.text("letter"))
    elif said.text("result") == HANDED_OVER:
        told = _("The posted paper %(number)s was handed over on %(day)s.", number=number, day=day)
    else:
        told = _("The posted paper %(number)s came back on %(day)s.", number=number, day=day)
    return str(told)


def _again(said: Said) -> Sequence[str]:
    """Why a letter came back, and that it is to be delivered again."""
    return [*said.reason(), _("It is to be delivered again.")] if said.text("reason") else []


def position_stated(said: Said) -> str:
    """Who stated a position: the applicant, who complained, or the holder of the permit that a complaint contests."""
    if said.text("received_on"):
        day = said.day("received_on")
        return str(_("An answer of the person who complained was recorded: a paper that came on %(day)s.", day=day))
    if said.entry.details.get("holder"):
        return str(_("The holder of the permit stated a position on the preliminary decision."))
    if said.words.edition.procedure.process == APPEAL:
        return str(_("The person who complained stated a position on the preliminary decision."))
    return str(_("The applicant stated a position on the preliminary decision."))


def position_told(said: Said) -> str:
    """Who was told of it: the unit, or the body that considers the complaint."""
    if said.entry.details.get("holder"):
        return str(_("The reviewing body was told of the position of the permit's holder."))
    if said.words.edition.procedure.process == APPEAL:
        return str(_("The reviewing body was told of the position of the person who complained."))
    return str(_("The unit was told of the applicant's position."))


def _taken_up(said: Said) -> str:
    """At which stage the application goes on, and from when its terms count."""
    if said.entry.details.get("stage") == "completeness":
        told = _("The completeness is checked again; the terms count from %(day)s.", day=said.day("reopened_on"))
    else:
        told = _("The examination begins again; its terms count from %(day)s.", day=said.day("reopened_on"))
    return str(told)


SENTENCES_OF_COMPLAINTS: Mapping[str, Sentence] = {
    "complaint_filed": _filed,
    "complaint_received_earlier": lambda s: _("The complaint came on %(day)s already.", day=s.day("received_on")),
    "paper_delivered": _delivered,
    "complaint_against": lambda s: _("Complaint %(number)s was filed against this case.", number=s.text("number")),
    "case_reopened": lambda s: _(
        "The case was taken up again by %(basis)s; its terms count from %(day)s.",
        basis=s.text("basis"),
        day=s.day("reopened_on"),
    ),
    "outcome_given": lambda s: _(
        "The outcome of the case was given by %(basis)s: %(ending)s.",
        basis=s.text("basis"),
        ending=ending_name(s.words, f"end_{s.text('outcome')}"),
    ),
    "act_suspended": lambda s: _("The execution of the contested act was suspended."),
    "act_not_suspended": lambda s: _("The execution of the contested act was not suspended: %(why)s.", why=_why(s)),
    "suspension_lifted": lambda s: _("The suspension of the contested act ended."),
    "act_cancelled": lambda s: _("The contested act was cancelled by %(basis)s.", basis=s.text("basis")),
    "found_unlawful": _unlawful,
    "court_act_received": lambda s: _("The court act %(basis)s binds this case.", basis=s.text("basis")),
    "complaint_decision_received": lambda s: _(
        "The decision %(basis)s on a complaint binds this case.", basis=s.text("basis")
    ),
    "decision_carried_out": lambda s: _(
        "What the decision %(basis)s on a complaint binds to was done.", basis=s.text("basis")
    ),
    "action_done": lambda s: _("The action that the complaint demands was done on %(day)s.", day=s.day("done_on")),
    "new_act_kept": lambda s: _(
        "Permit %(number)s was signed and waits for the decision on the complaint.", number=s.text("number")
    ),
    "complaint_decided": lambda s: _("The complaint was decided by %(number)s.", number=s.text("number")),
    "complaint_status_sent": lambda s: (
        _("The status that the complaint is accepted was sent to the cabinet.")
        if s.text("way") in ("", CABINET)
        else _("That the complaint is accepted is to be told by post.")
    ),
    "complaint_registered": lambda s: _("The complaint was registered on %(day)s.", day=s.day("registered_on")),
    "complaint_forwarded": lambda s: _(
        "The complaint and the administrative case were forwarded to the reviewing body."
    ),
    "review_registered": lambda s: _(
        "The reviewing body registered the complaint on %(day)s.", day=s.day("registered_on")
    ),
    "claim_recorded": lambda s: _(
        "A claim in court was recorded: %(court)s, No. %(number)s.", court=s.text("court"), number=s.text("number")
    ),
    "claim_document_added": lambda s: _("A document for the court was added: %(name)s.", name=s.text("name")),
    "claim_corrected": lambda s: _("The record of claim %(number)s was corrected.", number=s.text("number")),
    "claim_closed": lambda s: _("The claim in court ended: %(result)s.", result=_court_result(s)),
    "package_sent": lambda s: _("The package of the case reached the reviewing body: %(name)s.", name=s.text("name")),
    "silence_marked": lambda s: _("No decision was taken in term: this counts as refusal, and the court is open."),
    "review_invitation_sent": lambda s: _(
        "The invitation to the hearing on %(day)s was sent.", day=s.day("hearing_on")
    ),
    "holder_invited": lambda s: _(
        "The holder of the permit was invited to the hearing on %(day)s.", day=s.day("hearing_on")
    ),
    "complaint_withdrawn": lambda s: _("The complaint was withdrawn."),
    "reopening_noted": _taken_up,
}
"""A sentence for each of these actions."""


def _by_timer(said: Said) -> Sequence[str]:
    return [_("The end of the term did it by itself.")] if said.entry.details.get("by_timer") else []


def _done(said: Said) -> Sequence[str]:
    return [said.text("result"), _("Done on %(day)s.", day=said.day("done_on"))]


def _reopened(said: Said) -> Sequence[str]:
    ended = said.before(lambda outcome: ending_name(said.words, f"end_{outcome}"))
    violations, reasons = said.text("violations"), said.text("reasons")
    return [
        *ended,
        _("Violations named: %(text)s", text=violations) if violations else "",
        _("Reasons of the decision: %(text)s", text=reasons) if reasons else "",
    ]


def _corrected(said: Said) -> Sequence[str]:
    names: Mapping[str, str] = {
        "court": _("Court"),
        "number": _("Number of the claim"),
        "plaintiff": _("Plaintiff"),
        "filed_on": _("Day of the claim"),
        "hearing_on": _("Day of the court's session"),
        "after_complaint": _("Was there a complaint before"),
    }
    before, after = (said.entry.details.get(name) or {} for name in ("before", "after"))
    changed = [f"{names.get(name, name)}: {_value(before.get(name))} → {_value(after[name])}" for name in after]
    return [*changed, *said.reason()]


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return when(value) or "–"


DETAILS_OF_COMPLAINTS: Mapping[str, Callable[[Said], Sequence[str]]] = {
    "complaint_received_earlier": lambda s: [_("Reason: %(text)s", text=s.text("reason"))],
    "paper_delivered": _again,
    "decision_carried_out": _done,
    "action_done": lambda s: [s.text("result")],
    "complaint_filed": lambda s: [_("It came late.") if s.entry.details.get("late") else ""],
    "case_reopened": _reopened,
    **dict.fromkeys(("review_invitation_sent", "holder_invited"), lambda s: s.before(when)),
    **dict.fromkeys(("act_suspended", "suspension_lifted", "act_cancelled"), Said.register),
    "complaint_forwarded": _by_timer,
    "claim_corrected": _corrected,
    "claim_closed": Said.reason,
    "package_sent": lambda s: [_("SHA-256 of the package: %(hash)s", hash=s.text("sha256"))],
    **dict.fromkeys(("complaint_decision_received", "court_act_received"), lambda s: [s.text("reason")]),
}
"""Further facts of these entries."""
