"""Why the law forbids a step in a complaint or a claim now, and what notes say of complaints."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from service.domain.appeal_effects import NO_ACTS
from service.domain.errors import NotLawful
from service.domain.forms import Problem
from service.domain.messages import OfficerNote
from service.web import formats


def claim_results(contests: str) -> dict[str, str]:
    """How a claim against this can end: an action or an inaction is found unlawful, an act cancelled (R15.1)."""
    if contests in NO_ACTS:
        dismissed = _("the claim was dismissed")
        annulled = _("the action or inaction is found unlawful by a court act in force")
    else:
        dismissed = _("the act stays: the claim was dismissed")
        annulled = _("the act is cancelled by a court act in force")
    return {
        "dismissed": dismissed,
        "annulled": annulled,
        "withdrawn": _("the claim was taken back"),
        "mistaken": _("entered by mistake"),
    }


def complaint_trouble(problem: NotLawful) -> str:
    """The sentence for a reason of complaints and claims; empty for any other."""
    sentences: dict[str, str] = {
        "claim_documents_missing": _(
            "Both documents are needed before the claim can be closed: the statement of defence and the reasoned "
            "position of the head of the superior body."
        ),
        "claim_closed": _("This claim has ended already."),
        "act_already_cancelled": _(
            "The act was cancelled before, by %(basis)s: the complaint can only be left unconsidered.",
            basis=str(problem.data.get("basis") or ""),
        ),
        "already_granted": _("The permit has been issued already."),
        "no_new_act": _(
            "There is no signed permit to be issued with this decision. Send it back and sign the permit first."
        ),
        "new_act_of_another_day": _(
            "The permit was signed on another day. Send it back and sign the permit again: it bears the day of its "
            "issue."
        ),
        "new_act_number_taken": _(
            "Another permit has taken the number of the signed one. Send it back and sign the permit again."
        ),
        "ordered_day_is_over": _(
            "The day by which it is to be carried out, %(day)s, is over. Send the decision back and name a later one.",
            day=formats.date(str(problem.data.get("until") or "")),
        ),
        "complaint_without_hearing": _("A complaint is not left unsatisfied before the person was heard."),
        "holder_without_hearing": _(
            "The permit of another person is not taken away before its holder was heard: invite the holder first."
        ),
        "not_posted_yet": _("The paper is not posted yet."),
        "delivery_is_recorded": _("What became of the paper is recorded already."),
        "no_complaint": _("The case holds no complaint."),
    }
    return sentences.get(problem.code, "")


def complaint_problems() -> Mapping[str, str]:
    """Why a complaint cannot be decided so, by what it is against (R13.4, L100.1)."""
    return {
        "no_act_to_cancel": _(
            "The complaint is against an action, an inaction or a matter of the service: there is no act to cancel. An"
            " action can be ordered or done."
        ),
        "no_application_to_grant": _(
            "No application waits for this permit: only a refusal of a case of ours can be turned into one here."
        ),
        "no_application_to_reconsider": _("There is no application of ours that could be considered anew."),
        "holder_must_be_heard": _(
            "The permit is that of another person, who has to be heard before: forward the complaint to the body that"
            " considers complaints."
        ),
    }


def claim_faults(problem: Problem) -> Mapping[str, str]:
    """What is wrong with a claim beside its act, its other days and the other claims (R15.1, R15.2)."""
    earliest, filed_on = (formats.date(str(problem.data.get(name) or "")) for name in ("earliest", "filed_on"))
    return {
        "before_act": _(
            "The contested act is there since %(day)s only: the claim cannot be of an earlier day.", day=earliest
        ),
        "before_claim": _("The court does not sit before the day of the claim, %(day)s.", day=earliest),
        "nothing_ordered": _("The court orders something only where the claim was met. Check how the claim ended."),
        "claim_is_recorded": _(
            "Claim %(number)s of %(day)s against this act is recorded already (%(court)s). Open it among the claims.",
            number=problem.data.get("number", ""),
            day=filed_on,
            court=problem.data.get("court", ""),
        ),
    }


def complaint_notes(note: OfficerNote) -> Mapping[str, str]:
    """What notes say of a complaint and of what its decision binds to, by their kinds."""
    basis, text = str(note.details.get("basis") or ""), str(note.details.get("text") or "")
    return {
        "forwarded": _("A complaint was forwarded: register it"),
        "silence": _("No decision was taken in term: the person may go to court"),
        "review_decided": _("The reviewing body has decided on the complaint"),
        "sent_back": _("Decision %(basis)s cancelled the act. To be avoided: %(text)s", basis=basis, text=text)
        if text
        else _("Decision %(basis)s cancelled the act", basis=basis),
        "act_cancelled": _("Decision %(basis)s cancelled the act. Its reasons: %(text)s", basis=basis, text=text)
        if text
        else _("Decision %(basis)s cancelled the act", basis=basis),
        "ordered": _("Decision %(basis)s binds to act: %(text)s", basis=basis, text=text),
        "new_act": _("By decision %(basis)s a new act was adopted", basis=basis),
        "carried_out": _(
            "Decision %(basis)s was carried out: %(text)s", basis=str(note.details.get("decision") or ""), text=text
        ),
        "signature": _("The signature under the complaint is not valid"),
    }
