"""The cases of the demo: at every stage, also late ones, each with its own made-up applicant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from service.adapters.signatures import build_engine
from service.demo.accounts import add_accounts
from service.demo.beside import HELD, sign_minutes
from service.demo.people import Cast, Paper
from service.domain.case import Case
from service.domain.deadlines import ZONE
from service.program import Program
from service.sandbox.pki import DevPki
from service.usecases.applicant_acts import submit_position, withdraw_case
from service.usecases.extend_term import extend_term
from service.usecases.minutes import add_remark
from service.usecases.send_outbox import send_outbox

STARTS_AT = datetime(2026, 4, 21, 10, 0, tzinfo=ZONE)
"""The demo begins on a Tuesday within the edition's interval."""

ADDRESS = {
    "postcode": "010000",
    "region": "Астана қаласы",
    "city": "Астана қаласы",
    "district": "Есіл ауданы",
    "settlement": "",
    "street": "Мәңгілік Ел даңғылы",
    "house": "55/5",
    "premises": "3-қабат",
}


def fields(platform: str, purpose: str, email: str) -> dict[str, object]:
    """The applicant's part of annex 2."""
    return {
        "phone": "+77172740000",
        "email": email,
        "platform": platform,
        "purpose": purpose,
        "addresses": [ADDRESS],
        "consent_truth": True,
        "consent_data": True,
    }


TRADE = fields(
    "QazToken сауда платформасы", "Алтын құймаларымен қамтамасыз етілген токендер шығару", "altyn@example.test"
)
GRAIN = fields("DalaChain платформасы", "Астық қолхаттарымен қамтамасыз етілген токендер шығару", "astyq@example.test")

TITLE = Paper("trade_mark_extract", "Тауар белгісінен үзінді", "ТБ-2211", date(2024, 5, 14), date(2034, 5, 14))
LETTER = Paper("guarantee_letter", "Кепілдік хат", "7", date(2026, 4, 1))
EXPIRED = Paper("sale_contract", "Сатып алу-сату шарты", "С-15", date(2023, 3, 1), date(2026, 4, 10))

CONFORMS = {
    "nodes_count": "5",
    "server_lease": "yes",
    "write_algorithm": "yes",
    "conforms": "yes",
    "conclusion": "Құжаттар Қағидалардың талаптарына сәйкес келеді",
}
DOES_NOT = {
    "nodes_count": "2",
    "server_lease": "no",
    "write_algorithm": "yes",
    "conforms": "no",
    "grounds": ["ground_2"],
    "ground_2_act": "№ 130/НҚ бұйрық, 1-қосымша",
    "ground_2_article": "9-тармақ, 3) тармақша",
    "conclusion": "Кепілдік хат 9-тармақтың 3) тармақшасының талаптарына сәйкес келмейді",
    "ground_2_mismatch": "Кепілдік хатта екі түйін ғана көрсетілген, серверлік құрылғыны жалға алу шарты жоқ",
}
HEARING = {
    "hearing": "hold",
    "hearing_time": "11:00",
    "hearing_way": "online",
    "hearing_place": "https://meet.example.test/p-130",
}

TOO_LATE = {
    "circumstances": "Срок проверки полноты документов закончился 14.04.2026, проверка не проведена.",
    "demands": "Провести проверку без дальнейшей задержки.",
    "evidence": "Журнал дела.",
}
ORDER = {
    "outcome": "order",
    "reasons": "Срок проверки полноты документов истёк, проверка не проведена.",
    "action": "Проверить полноту документов и продолжить рассмотрение заявления.",
}
NOT_HEARD = {
    "circumstances": "Кепілдік хат өтінішпен бірге жіберілген, бірақ жүйеде көрінбей қалған.",
    "demands": "Хабарламаның күшін жойып, өтінішті қарау.",
    "evidence": "Жіберілген файлдардың тізімі.",
}


def seed(program: Program, pki: DevPki) -> None:
    """Play eight working days before the demo's beginning; leaves the clock at `STARTS_AT`."""
    clock = _at(program)
    clock(datetime(2026, 4, 9, 9, 5, tzinfo=ZONE))
    add_accounts(program, pki)
    days = _Days(_Company(program, pki), clock)
    days.friday_10()
    days.monday_13()
    days.tuesday_14()
    days.wednesday_15()
    days.friday_17()
    days.monday_20()
    days.in_the_evening()
    days.tuesday_21()
    program.sweep()


class _Company(Cast):
    """The people of the demo, with the other systems answering at once, as they do while the demo runs (R4.1, R4.2)."""

    def file(self, persona: str, fields: Mapping[str, Any], papers: Sequence[Paper], language: str = "kk") -> Case:
        """File an application; the portal and the registers hear of it before anybody works on it."""
        case = super().file(persona, fields, papers, language)
        send_outbox(self.program)
        return case


class _Play:
    """Scenes that occur again."""

    def __init__(self, cast: Cast, clock: Callable[[datetime], None]) -> None:
        self.cast, self.clock = cast, clock
        self.unit = str(cast.officer("unit").officer_id)

    def assigned(self, persona: str, what: dict[str, object], papers: list[Paper]) -> Case:
        """Filed and assigned to the unit."""
        case = self.cast.file(persona, what, papers)
        return self.cast.work("chancellery", case, "task_assign", executor=self.unit)

    def to_examination(self, persona: str, what: dict[str, object]) -> Case:
        """Filed, assigned and found complete."""
        case = self.assigned(persona, what, [TITLE, LETTER])
        return self.cast.work("unit", case, "task_check_completeness", complete="yes")

    def invited(self, persona: str, what: dict[str, object], day: str, **other: str) -> Case:
        """Grounds were found, and the invitation to the hearing is sent, with `other` answers than the usual ones."""
        case = self.cast.work("unit", self.to_examination(persona, what), "task_examine", **DOES_NOT)
        return self.cast.work("unit", case, "task_invite_hearing", **{**HEARING, "hearing_on": day, **other})

    def heard_in_writing(self, case: Case, persona: str) -> None:
        """The applicant answers in writing; the unit stays with its conclusion."""
        applicant = self.cast.applicant(persona)
        submit_position(self.cast.program, case.id, applicant, "Келіспеймін: екі түйін жеткілікті.", wants_oral=False)
        self.cast.work(
            "unit", case, "task_hold_hearing",
            hearing_result="written", outcome="refuse", outcome_reasons="Тізбенің 9-тармағы бес түйінді талап етеді",
        )  # fmt: skip

    def complaint(self, persona: str, case: Case, kind: str, language: str = "kk", **texts: str) -> Case:
        """A complaint, registered and with the unit; after three working days the timer sends it on."""
        filed = self.cast.complain(persona, case, kind, language, **texts)
        return self.cast.work("chancellery", filed, "task_register_complaint", track="act", executor=self.unit)

    def satisfy(self, complaint: Case) -> None:
        """The provider finds the complaint right and issues the permit."""
        self.cast.work(
            "unit", complaint, "task_review_complaint",
            proposal="satisfy", remedy="permit", opinion="Жалға алу шарты өтінішке тіркелген екен",
        )  # fmt: skip
        self.cast.work("head", complaint, "task_sign_new_permit", decision="sign")
        self.cast.work("head", complaint, "task_sign_satisfaction", decision="sign")

    def order(self, complaint: Case) -> None:
        """The reviewing body orders the provider to act."""
        self.cast.work("reviewer", complaint, "task_register_review", review_number="ШҚ-42")
        self.cast.work("reviewer", complaint, "task_consider_complaint", **ORDER)
        self.cast.work("reviewer", complaint, "task_sign_review", decision="sign")


class _Days(_Play):
    """The eight days, one after another; a case that a later day goes on with is kept by what becomes of it."""

    def friday_10(self) -> None:
        """Applications are examined: one for a permit, two for a refusal; one is left to be late."""
        cast = self.cast
        self.clock(datetime(2026, 4, 10, 9, 30, tzinfo=ZONE))
        self.granted = self.to_examination("company_head", TRADE)
        self.refused = self.to_examination("entrepreneur", GRAIN)
        cast.work("unit", self.granted, "task_examine", **CONFORMS)
        cast.work("unit", self.refused, "task_examine", **DOES_NOT)
        cast.work("unit", self.refused, "task_invite_hearing", **HEARING, hearing_on="2026-04-14")
        self.contested = self.invited("company2_head", GRAIN, "2026-04-14", hearing_way="written")
        self.late = cast.file("company2_head", GRAIN, [TITLE, LETTER], "ru")
        cast.work("chancellery", self.late, "task_assign", executor=self.unit)

    def monday_13(self) -> None:
        """The permit is signed; documents are found missing; an oral hearing is asked for."""
        cast = self.cast
        self.clock(datetime(2026, 4, 13, 15, 0, tzinfo=ZONE))
        cast.work("head", self.granted, "task_sign_permit", decision="sign")
        self.incomplete = self.assigned("company_signer", TRADE, [EXPIRED])
        cast.work(
            "unit", self.incomplete, "task_check_completeness",
            complete="no", missing_items=["guarantee_letter"], expired_items=["sale_contract"],
            missing_facts="Кепілдік хат тіркелмеген",
        )  # fmt: skip
        said = "Жалға алу шартын қоса ұсынамын."
        submit_position(cast.program, self.refused.id, cast.applicant("entrepreneur"), said, wants_oral=True)

    def tuesday_14(self) -> None:
        """The notice of point 6 is signed and contested; the hearing is held, with its minutes and a remark."""
        cast = self.cast
        self.clock(datetime(2026, 4, 14, 11, 30, tzinfo=ZONE))
        cast.work("head", self.incomplete, "task_sign_not_considered", decision="sign")
        self.reviewed = self.complaint("company_signer", self.incomplete, "notice_not_considered", **NOT_HEARD)
        cast.work(
            "unit", self.refused, "task_hold_hearing",
            **HELD, outcome="refuse", outcome_reasons="Ұсынылған шарттың мерзімі өткен",
        )  # fmt: skip
        minutes, remark = sign_minutes(cast, self.refused), "Шарттың ұзартылып жатқаны толық жазылмаған."
        add_remark(cast.program, minutes.id, cast.applicant("entrepreneur"), remark)

    def wednesday_15(self) -> None:
        """A refusal after silence, and two complaints: against it, and against a check that is late."""
        cast = self.cast
        self.clock(datetime(2026, 4, 15, 10, 0, tzinfo=ZONE))
        cast.work(
            "unit", self.contested, "task_hold_hearing",
            hearing_result="silent", outcome="refuse", outcome_reasons="Өтініш беруші үндемеді",
        )  # fmt: skip
        cast.work("head", self.contested, "task_sign_refusal", decision="sign")
        self.to_refuse = self.invited("company2_head", TRADE, "2026-04-17")
        self.satisfied = self.complaint("company2_head", self.contested, "refusal")
        self.ordered = self.complaint("company2_head", self.late, "", "ru", **TOO_LATE)

    def friday_17(self) -> None:
        """The refusal after the hearing is signed and contested; the earlier complaint is satisfied."""
        self.clock(datetime(2026, 4, 17, 10, 0, tzinfo=ZONE))
        self.cast.work("head", self.refused, "task_sign_refusal", decision="sign")
        self.complaint("entrepreneur", self.refused, "refusal")
        self.satisfy(self.satisfied)
        self.heard_in_writing(self.to_refuse, "company2_head")
        self.waits = self.invited("company_signer", TRADE, "2026-04-20")

    def monday_20(self) -> None:
        """A case at every stage, one with a longer term, one withdrawn."""
        cast = self.cast
        self.clock(datetime(2026, 4, 20, 9, 40, tzinfo=ZONE))
        cast.work("reviewer", self.reviewed, "task_register_review", review_number="ШҚ-41")
        self.to_examination("company_head", GRAIN)
        hearing = self.to_examination("entrepreneur", TRADE)
        to_sign = self.to_examination("company_signer", GRAIN)
        cast.work("unit", to_sign, "task_examine", **CONFORMS)
        cast.work("unit", hearing, "task_examine", **DOES_NOT)
        cast.work("unit", hearing, "task_invite_hearing", **HEARING, hearing_on="2026-04-22")
        self.heard_in_writing(self.waits, "company_signer")
        cast.work("unit", self.to_examination("company_signer", GRAIN), "task_examine", **DOES_NOT)
        to_end = self.assigned("company_signer", GRAIN, [TITLE])
        cast.work("unit", to_end, "task_check_completeness", complete="no", missing_items=["guarantee_letter"])
        longer, reason = self.to_examination("company2_head", TRADE), "Тізілімдерден мәліметтер қосымша сұратылды"
        extend_term(cast.program, longer.id, cast.officer("head"), date(2026, 5, 22), reason)
        self.assigned("company2_head", TRADE, [TITLE, LETTER])
        withdrawn = cast.file("company2_head", GRAIN, [TITLE])
        withdraw_case(cast.program, withdrawn.id, cast.applicant("company2_head"), "Қайта толтырамын")

    def in_the_evening(self) -> None:
        """What comes after hours, and with keys of which nobody tells now whether they are valid."""
        self.clock(datetime(2026, 4, 20, 19, 15, tzinfo=ZONE))
        self.cast.file("entrepreneur", GRAIN, [TITLE, LETTER])
        unchecked = Cast(_without_answers(self.cast.program, self.cast.pki), self.cast.pki)
        unchecked.file("unanswered", GRAIN, [TITLE, LETTER], "ru")
        unchecked.file("revoked", TRADE, [TITLE, LETTER])

    def tuesday_21(self) -> None:
        """The demo begins: the provider is ordered to act, and one more application has come."""
        self.clock(STARTS_AT)
        self.order(self.ordered)
        self.cast.file("company_head", TRADE, [TITLE])


def _without_answers(program: Program, pki: DevPki) -> Program:
    """The program while the authority tells nothing of certificates: what is filed then waits for its check (U9)."""
    engine = build_engine(pki.roots, pki.intermediates, now=program.clock.now, fetch=False)
    return replace(program, signatures=engine)


def _at(program: Program) -> Callable[[datetime], None]:
    def move(to: datetime) -> None:
        if program.queries.officers():
            send_outbox(program)
            program.move_clock(to)
        else:
            program.set_clock(to)

    return move
