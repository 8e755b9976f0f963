"""Minutes of an oral hearing: who signs, the two signatures, the remarks of who was heard, their answers (L74.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from service.domain.case import APPEAL, Case
from service.domain.deadlines import local
from service.domain.document_parts import Address, Attendee, Party, Provider, Remark, Speech, Words, way_held
from service.domain.documents import HearingMinutes, HearingRemarks
from service.domain.duties import Duty
from service.domain.errors import InvalidAnswers, NotFound, NotLawful
from service.domain.forms import Problem, told_texts
from service.domain.messages import OfficerNote
from service.domain.minutes import HEARD_AT, LANE, LONGEST_REMARK, Minutes, MinutesRemark, Part, remarks_until
from service.domain.people import Actor, Applicant, Officer
from service.domain.ports import UnitOfWork
from service.operations.appeals.holder import holder_heard
from service.operations.decisions import enter, take_number
from service.operations.duties import end_duty, open_duty
from service.operations.in_charge import possible_signers, signer_of, written_signers
from service.usecases.acts_beside import Act, Scene, require_held
from service.usecases.applicant_acts import TWICE, own_case
from service.usecases.letters import option, party_of, reviewing_body
from service.usecases.papers import Page, verification_code
from service.usecases.services import Services


def appoint_signers(services: Services, minutes_id: int, actor: Actor, chair_id: int, secretary_id: int) -> Minutes:
    """Say which officer signs as chair and which as secretary; whose hearing it is does, until one of them has signed.

    Where the other has left meanwhile, two are named again, and both sign: the paper names them. `InvalidAnswers` for
    one person in both parts, and for somebody who is no officer of that body today.
    """
    with services.unit_of_work() as uow:
        minutes = uow.locked.one(Minutes, minutes_id)
        case = uow.get(Case, minutes.case_id)
        actor = require_held(Scene(services, uow, case, actor, {}), LANE[case.procedure])
        known = {officer.id: officer for officer in possible_signers(uow, case.procedure)}
        parts = (("chair", chair_id), ("secretary", secretary_id))
        errors = {name: Problem("not_an_option") for name, chosen in parts if chosen not in known}
        if errors:
            raise InvalidAnswers(errors=errors)
        appointed = [each for each in (minutes.chair_id, minutes.secretary_id) if each is not None]
        before = [uow.get(Officer, each).name for each in appointed]
        anew = minutes.appoint(chair_id, secretary_id, known)
        names = {name: known[chosen].name for name, chosen in parts}
        uow.note(case, actor, "minutes_signers", before=before, **names)
        _put_reminders_away(uow, minutes)
        for name, chosen in parts:
            told = {"part": name, "minutes": minutes.id}
            uow.add(OfficerNote(case.id, "minutes", uow.now, HEARD_AT[case.procedure], chosen, "", told))
        for part in anew:
            open_duty(
                uow, services.calendar, "sign_minutes", counted_from=local(uow.now).date(), case=case, actor=actor,
                periods=services.editions.of_case(uow, case).terms, role=LANE[case.procedure], minutes=minutes.id,
                part=part.value,
            )  # fmt: skip
        uow.commit()
        return minutes


def named_signer(uow: UnitOfWork, duty: Duty) -> int | None:
    """Who is named for this duty to sign minutes and may do it today; None: somebody has to be named."""
    return signer_of(uow, uow.get(Minutes, duty.details["minutes"]), Part(duty.details["part"]))


def who_may_sign(uow: UnitOfWork, minutes: Minutes) -> tuple[list[Officer], Mapping[str, int | None]]:
    """Whom one can name as chair or as secretary today, by name; and whom the minutes themselves name, by the part."""
    possible = possible_signers(uow, uow.get(Case, minutes.case_id).procedure)
    return possible, written_signers(uow, minutes, possible)


def _put_reminders_away(uow: UnitOfWork, minutes: Minutes, part: Part | None = None) -> None:
    """Nobody is reminded any more to sign these minutes, or a part of them: it is signed, or another signs it."""
    for note in uow.locked.all(OfficerNote, case_id=minutes.case_id, read_at=None):
        told = note.details
        if note.kind == "minutes" and told.get("minutes") == minutes.id and part in (None, told["part"]):
            note.read_at = uow.now


class MinutesPaper(Act):
    """The minutes; who signs second signs the very file that the first has signed."""

    name: ClassVar[str] = "sign_minutes"
    kind: ClassVar[str] = "hearing_minutes"

    def require(self, scene: Scene) -> None:
        """Only the chair and the secretary, each once, while both who have to sign yet hold an office of that body."""
        minutes = self._minutes(scene)
        part = minutes.part_of(scene.actor.officer_id)
        for each in Part:
            if minutes.signed_at(each) is None and signer_of(scene.uow, minutes, each) is None:
                raise NotLawful("not_a_signer_of_minutes" if each is part else "other_signer_left", "L74.1")

    def page(self, scene: Scene) -> Page:
        """A new paper for the first signature; the signed one for the second."""
        minutes = self._minutes(scene)
        scene = replace(scene, answers={**scene.answers, "signers": _signers(minutes)})
        if not minutes.begun:
            number = minutes.number or scene.next_number(self.kind)
            code = minutes.code or verification_code()
            return self.page_of(scene, number, code, letter=self.letter(scene, number, code))
        return self.page_of(
            scene, minutes.number, minutes.code, signed_sha256=minutes.first_sha256, signatures=len(Part)
        )

    def letter(self, scene: Scene, number: str, code: str) -> HearingMinutes:
        """Everything that the law lists, as it was written down at the hearing.

        Those of a hearing of a permit's holder come to two cabinets: they name the holder and nothing else of anybody.
        """
        minutes = self._minutes(scene)
        fields, holder = scene.fields(number, code), holder_heard(scene.uow, minutes.hearing_id)
        if holder is not None:
            fields |= {"applicant": Party(holder.applicant_name, Address()), "language": holder.language}
        return HearingMinutes(
            **fields,
            body=_body(scene),
            place=Words(minutes.place),
            way=way_held(minutes.way, option(scene.move.edition, "invite_hearing", "hearing_way", minutes.way)),
            starts_at=minutes.starts_at,
            ends_at=minutes.ends_at,
            chair=_attendee(scene.uow, minutes.chair_id),
            secretary=_attendee(scene.uow, minutes.secretary_id),
            participants=tuple(Attendee(line) for line in _lines(minutes.participants)),
            question=minutes.question,
            explanations=tuple(Speech("", line) for line in _lines(minutes.explanations)),
            exchanges=tuple(Speech("", line) for line in _lines(minutes.answers)),
        )

    def follow(self, scene: Scene) -> None:
        """Keep the first signature and its number; with the second the minutes are issued and sent.

        They go to whose case it is, and to the holder of a contested permit whom the hearing has heard (L73.1).
        """
        minutes, uow, paper = self._minutes(scene), scene.uow, scene.signed
        if paper is None:
            raise NotLawful("signature_missing", "R9.1")
        part = minutes.part_of(scene.actor.officer_id)
        if paper.signatures == 1 and minutes.begun:
            raise NotLawful("signed_meanwhile", "L74.1")
        if scene.answers.get("signers") != _signers(minutes):
            raise NotLawful("other_signers_meanwhile", "L74.1")
        uow.add(paper.evidence)
        uow.flush()
        if not minutes.begun:
            if not minutes.number:
                take_number(scene.work, paper)
                minutes.number, minutes.code = paper.number, paper.code
            minutes.first_sha256 = paper.sha256
        else:
            document = enter(scene.work, scene.case, paper, at=uow.now)
            document.signed_by = ", ".join(uow.get(Officer, minutes.signer(each)).full_name for each in Part)
            scene.delivered(document, "hearing_minutes")
            if (holder := holder_heard(uow, minutes.hearing_id)) is not None:
                days = scene.work.periods["minutes_remarks_days"]
                until = remarks_until(scene.services.calendar, uow.now, days)
                scene.delivered(document, "holder_minutes", _locked(uow, holder), remarks_until=until.isoformat())
            minutes.document_id, minutes.sent_at = document.id, uow.now
        minutes.sign(part, uow.now)
        _put_reminders_away(uow, minutes, part)
        uow.note(scene.case, scene.actor, "minutes_signed", part=part.value, number=minutes.number)
        for duty in _duties(uow, scene.case, "sign_minutes"):
            if duty.details == {"minutes": minutes.id, "part": part.value}:
                end_duty(uow, duty, scene.actor, minutes.number)

    @staticmethod
    def _minutes(scene: Scene) -> Minutes:
        minutes = scene.uow.get(Minutes, int(scene.answers["minutes"]))
        if minutes.case_id != scene.case.id:
            raise NotFound(what="minutes")
        return minutes


def _signers(minutes: Minutes) -> list[int | str | None]:
    """Who signs the minutes, and what the first has signed: a paper that was made ready for others is of no use."""
    return [minutes.chair_id, minutes.secretary_id, minutes.first_sha256]


def add_remark(services: Services, minutes_id: int, applicant: Applicant, text: str) -> MinutesRemark:
    """Take a remark on the minutes by the applicant, or by the holder of a contested permit who was heard (L74.1).

    A late one is kept and shown as late; the same words of a moment ago were only pressed twice.
    `Forbidden` for anybody else.
    """
    if errors := told_texts({"text": text}, {"text": LONGEST_REMARK}):
        raise InvalidAnswers(errors=errors)
    with services.unit_of_work() as uow:
        minutes = uow.locked.one(Minutes, minutes_id)
        holder = holder_heard(uow, minutes.hearing_id)
        of_holder = holder is not None and holder.identifier == applicant.identifier
        case = uow.cases.lock(minutes.case_id) if of_holder else own_case(uow, minutes.case_id, applicant)
        if minutes.sent_at is None:
            raise NotFound(what="minutes")
        for same in uow.list(MinutesRemark, minutes_id=minutes.id, of_holder=of_holder, text=text.strip()):
            if uow.now - same.at < TWICE:
                return same
        periods = services.editions.of_case(uow, case).terms
        late = uow.now > remarks_until(services.calendar, minutes.sent_at, periods["minutes_remarks_days"])
        remark = MinutesRemark(case.id, minutes.id, uow.now, text.strip(), late, of_holder=of_holder)
        uow.add(remark)
        uow.flush()
        actor = applicant.actor
        uow.note(case, actor, "minutes_remarked", number=minutes.number, late=late, holder=of_holder)
        open_duty(
            uow, services.calendar, "answer_remarks", counted_from=local(uow.now).date(), periods=periods, case=case,
            actor=actor, role=LANE[case.procedure], remark=remark.id,
        )  # fmt: skip
        uow.commit()
        return remark


class RemarkAnswer(Act):
    """The signed attachment to the minutes: a remark and its answer."""

    name: ClassVar[str] = "answer_remarks"
    kind: ClassVar[str] = "hearing_remarks"

    def require(self, scene: Scene) -> None:
        """The chair answers, or another officer of the body that has heard; each remark once, in words."""
        minutes = scene.uow.get(Minutes, self._remark(scene).minutes_id)
        if scene.actor.officer_id is None or scene.actor.officer_id != signer_of(scene.uow, minutes, Part.CHAIR):
            require_held(scene, LANE[scene.case.procedure])
        if self._remark(scene).answered_at is not None:
            raise NotLawful("remark_is_answered", "L74.1")
        if errors := told_texts(scene.answers, {"answer": LONGEST_REMARK}):
            raise InvalidAnswers(errors=errors)

    def letter(self, scene: Scene, number: str, code: str) -> HearingRemarks:
        """The remark letter by letter, and the answer."""
        remark = self._remark(scene)
        minutes = scene.uow.get(Minutes, remark.minutes_id)
        fields, holder = scene.fields(number, code), _remarked_by_holder(scene.uow, remark)
        if holder is not None:
            fields |= {"applicant": party_of(holder), "language": holder.language}
        said = Remark(
            fields["applicant"].name, local(remark.at).date(), remark.text, str(scene.answers["answer"]).strip()
        )
        return HearingRemarks(
            **fields,
            body=_body(scene),
            minutes_number=minutes.number,
            held_on=local(minutes.starts_at).date(),
            remarks=(said,),
        )

    def follow(self, scene: Scene) -> None:
        """Attach the answer to the minutes and send it to who has remarked."""
        remark = self._remark(scene)
        holder = _remarked_by_holder(scene.uow, remark)
        document = scene.send("remarks_answered", holder and _locked(scene.uow, holder))
        remark.answer, remark.answered_at = str(scene.answers["answer"]).strip(), scene.uow.now
        remark.document_id = document.id
        for duty in _duties(scene.uow, scene.case, "answer_remarks"):
            if duty.details == {"remark": remark.id}:
                end_duty(scene.uow, duty, scene.actor, document.number)

    @staticmethod
    def _remark(scene: Scene) -> MinutesRemark:
        remark = scene.uow.get(MinutesRemark, int(scene.answers["remark"]))
        if remark.case_id != scene.case.id:
            raise NotFound(what="remark")
        return remark


def _remarked_by_holder(uow: UnitOfWork, remark: MinutesRemark) -> Case | None:
    """The case of the permit's holder who has made this remark; None where it was the person whose case it is."""
    return holder_heard(uow, uow.get(Minutes, remark.minutes_id).hearing_id) if remark.of_holder else None


def _locked(uow: UnitOfWork, holder: Case) -> Case:
    """The case of the permit's holder, locked after that of the complaint: the younger before the older."""
    uow.flush()
    return uow.cases.lock(holder.id)


def _body(scene: Scene) -> Provider | None:
    """The body that considers the complaint, whose hearing it was; None where it was the provider's."""
    if scene.case.procedure != APPEAL:
        return None
    return reviewing_body(scene.services, scene.move.edition, scene.today)


def _duties(uow: UnitOfWork, case: Case, kind: str) -> list[Duty]:
    return [duty for duty in uow.duties.of_case(case.id) if duty.kind == kind and duty.is_open]


def _attendee(uow: UnitOfWork, officer_id: int | None) -> Attendee:
    officer = uow.get(Officer, officer_id)
    return Attendee(officer.full_name, Words.of(officer.position))


def _lines(text: str) -> list[str]:
    """What people wrote line by line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
