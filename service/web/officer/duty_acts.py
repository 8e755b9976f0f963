"""Duties that are done by an act of their own: what each asks on its page, and what its form leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _

from service.domain.decisions import IssuedDocument
from service.domain.duties import CARRY_OUT, COURT_ORDER, POST, Duty
from service.domain.file_access import OPEN_FOR, FileAccess
from service.domain.minutes import Minutes, MinutesRemark, Part
from service.domain.people import Actor, Officer
from service.domain.ports import UnitOfWork
from service.domain.posting import BY_HAND, BY_POST, CAME_BACK, HANDED_OVER, WAYS, number_of_try
from service.usecases.acts_beside import Act, prepare_act
from service.usecases.carry_out import carry_out
from service.usecases.correct_error import Correction
from service.usecases.file_access import grant_access
from service.usecases.minutes import MinutesPaper, RemarkAnswer, appoint_signers, named_signer, who_may_sign
from service.usecases.notify_extension import ExtensionLetter
from service.usecases.post_papers import address_known, letters_of, post_paper, record_delivery, tries_before
from service.usecases.report_error import no_error
from service.web import formats
from service.web.document_names import document_name
from service.web.officer import deliveries
from service.web.officer.door import me, program
from service.web.officer.small_forms import text

ACTS: Mapping[str, Act] = {act.name: act for act in (MinutesPaper(), RemarkAnswer(), ExtensionLetter(), Correction())}
"""The signed acts beside the diagram, by their names."""


class DutyAct:
    """How one kind of duty is done."""

    def is_for(self, uow: UnitOfWork, duty: Duty, actor: Actor) -> bool:
        """Whether this officer is the one to do it."""
        return duty.role in actor.roles

    def whose(self, uow: UnitOfWork, duty: Duty) -> str:
        """Who has an open duty by name, beside the role; empty for everybody who holds that."""
        return ""

    def may_follow(self, duty: Duty) -> bool:
        """Whether something can still be said of it once it is done."""
        return False

    def shown(self, duty: Duty) -> Mapping[str, Any]:
        """What its page shows beside the duty itself."""
        return {}

    def take(self, duty: Duty) -> str:
        """Do what the form of the page asks; the address to go to."""
        raise NotImplementedError

    def prepared(self, act: Act, case_id: int | None, **answers: Any) -> str:
        """Make the paper ready; the address at which it is signed."""
        paper = prepare_act(program(), act, case_id or 0, me(), answers)
        return url_for("officer.act_paper", prepared_id=paper.id)


class SignMinutes(DutyAct):
    """First the unit says who signs, then each of the two signs (L74.1)."""

    def is_for(self, uow: UnitOfWork, duty: Duty, actor: Actor) -> bool:
        """The signer of this part; who has held the hearing while nobody is appointed."""
        if not duty.is_open:
            return False
        signer = named_signer(uow, duty)
        return signer == actor.officer_id or (signer is None and duty.role in actor.roles)

    def whose(self, uow: UnitOfWork, duty: Duty) -> str:
        """Who is named to sign this part."""
        signer = named_signer(uow, duty) if duty.is_open else None
        return uow.get(Officer, signer).name if signer is not None else ""

    def shown(self, duty: Duty) -> Mapping[str, Any]:
        """The minutes and, until both signers are named, who may sign, and who was written down as holding it."""
        with program().reading() as uow:
            minutes = uow.get(Minutes, duty.details["minutes"])
            possible, proposed = who_may_sign(uow, minutes)
            appointed = named_signer(uow, duty) is not None
        signers = [(officer.id, officer.full_name) for officer in possible]
        part = _("chair") if duty.details["part"] == Part.CHAIR else _("secretary")
        return {"minutes": minutes, "signers": signers, "proposed": proposed, "part": part, "appointed": appointed}

    def take(self, duty: Duty) -> str:
        """Name the signers, or make the paper ready."""
        with program().reading() as uow:
            appointed = named_signer(uow, duty) is not None
        minutes_id = duty.details["minutes"]
        if appointed:
            return self.prepared(MinutesPaper(), duty.case_id, minutes=minutes_id)
        chosen = [request.form.get(name, 0, type=int) for name in ("chair", "secretary")]
        appoint_signers(program(), minutes_id, me(), *chosen)
        flash(_("The signers of the minutes have been told."), "success")
        return url_for("officer.duties")


class AnswerRemarks(DutyAct):
    """The chair or the unit answers the applicant's remark (L74.1)."""

    def is_for(self, uow: UnitOfWork, duty: Duty, actor: Actor) -> bool:
        """The chair of the hearing, or the unit."""
        remark = uow.get(MinutesRemark, duty.details["remark"])
        return duty.role in actor.roles or uow.get(Minutes, remark.minutes_id).chair_id == actor.officer_id

    def shown(self, duty: Duty) -> Mapping[str, Any]:
        """The remark, letter by letter."""
        with program().reading() as uow:
            return {"remark": uow.get(MinutesRemark, duty.details["remark"])}

    def take(self, duty: Duty) -> str:
        """Make the answer ready to be signed."""
        return self.prepared(RemarkAnswer(), duty.case_id, remark=duty.details["remark"], answer=text("answer"))


class NotifyExtension(DutyAct):
    """The head signs the notice of a longer term (L76.3)."""

    def take(self, duty: Duty) -> str:
        """Make the notice ready to be signed."""
        return self.prepared(ExtensionLetter(), duty.case_id, duty=duty.id)


class CorrectError(DutyAct):
    """The listed fields of a document are corrected, the difference is shown before it is signed (L82.1)."""

    def shown(self, duty: Duty) -> Mapping[str, Any]:
        """The document with the error."""
        return _document_of(duty)

    def take(self, duty: Duty) -> str:
        """Lead to the fields of the document; where there is no error, say why, and the person is told."""
        if request.form.get("go") == "no_error":
            no_error(program(), duty.id, me(), text("no_error"))
            flash(_("The person has been told why the document is not corrected."), "success")
            return url_for("officer.duties")
        return url_for("officer.correct", document_id=duty.document_id)


class GiveCaseFile(DutyAct):
    """The unit gives access to the case file until a day (L75.1)."""

    def shown(self, duty: Duty) -> Mapping[str, Any]:
        """What the applicant asks it for, and the usual last day."""
        with program().reading() as uow:
            access = uow.get(FileAccess, int(duty.details["access"]))
        return {"open_until": formats.date(program().clock.now() + OPEN_FOR), "access": access}

    def take(self, duty: Duty) -> str:
        """Give the access; the applicant is told at once."""
        access = grant_access(program(), int(duty.details["access"]), me(), text("open_until"), text("note"))
        flash(_("Access to the case file is given until %(day)s.", day=formats.date(access.open_until)), "success")
        return url_for("officer.duties")


class CarryOut(DutyAct):
    """The unit says what was done of what a decision on a complaint or a court act binds to, and on which day."""

    def take(self, duty: Duty) -> str:
        """End the duty; of a complaint the person and the reviewing body are told (L100.1, R15.1)."""
        carry_out(program(), duty.id, me(), text("result"), text("done_on"))
        told = _("The person and the reviewing body have been told what was done.")
        flash(told if duty.kind == CARRY_OUT else _("It is recorded what was done."), "success")
        return url_for("officer.duties")


class PostPaper(DutyAct):
    """The chancellery posts a letter, and later says what became of it (L66.1)."""

    def may_follow(self, duty: Duty) -> bool:
        """Once it is posted, until its delivery is recorded."""
        return not duty.is_open and not duty.details.get("delivery")

    def shown(self, duty: Duty) -> Mapping[str, Any]:
        """The paper that is to be posted, or what the letter says; where to; and the tries before."""
        with program().reading() as uow:
            letters, address = letters_of(program(), uow, duty), address_known(uow, duty)
            tries = [
                (str(_("Try %(number)s", number=number_of_try(each))), deliveries.posted_state(each, with_try=False))
                for each in tries_before(uow, duty)
            ]
        ways = {BY_POST: _("by post"), BY_HAND: _("by hand, to who takes it here or at home")}
        shown = {
            "letters": letters, "address": address, "tries": tries, "way": BY_POST,
            "ways": [(way, ways[way]) for way in WAYS],
            "results": [(HANDED_OVER, _("handed over to the person")), (CAME_BACK, _("came back"))],
        }  # fmt: skip
        return shown if duty.document_id is None else {**shown, **_document_of(duty)}

    def take(self, duty: Duty) -> str:
        """Note where to and when it went, or what became of it."""
        done_on = text("done_on")
        if duty.is_open:
            way, address = text("way"), text("address")
            post_paper(program(), duty.id, me(), text("result"), done_on, way=way, address=address)
            flash(_("It is noted how and when the letter went."), "success")
        else:
            record_delivery(program(), duty.id, me(), text("result"), done_on, text("why"))
            flash(_("It is noted what became of the letter."), "success")
        return url_for("officer.case", case_id=duty.case_id)


OF_DUTIES: Mapping[str, DutyAct] = {
    "sign_minutes": SignMinutes(),
    "answer_remarks": AnswerRemarks(),
    "notify_extension": NotifyExtension(),
    "correct_error": CorrectError(),
    "give_case_file": GiveCaseFile(),
    **dict.fromkeys((CARRY_OUT, COURT_ORDER), CarryOut()),
    POST: PostPaper(),
}
"""The duties that have a form of their own; every other is done by saying how."""


def _document_of(duty: Duty) -> Mapping[str, Any]:
    with program().reading() as uow:
        document = uow.get(IssuedDocument, duty.document_id)
    return {"document": document, "document_title": document_name(document.kind)}
