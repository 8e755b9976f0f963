"""One made-up document of every kind that a complaint may bring."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from service.domain.appeal_documents import (
    ComplaintAnswer,
    ComplaintSatisfied,
    ContestedAct,
    FiledComplaint,
    ReviewDecision,
    ReviewInvitation,
)
from service.domain.document_parts import AttachedPaper, HearingFacts, HearingInvitation, Provider, Words
from service.domain.documents import Document
from tests.adapters.documents.samples import APPEAL, COMPANY, PROVIDER, STRIP

BODY = Provider(
    Words(
        "Мемлекеттік қызметтер көрсету сапасын бағалау және бақылау жөніндегі уәкілетті орган",
        "Уполномоченный орган по оценке и контролю за качеством оказания государственных услуг",
        "The authorised body that assesses and controls the quality of state services",
    ),
    Words("010000, Астана қаласы, Бақылау көшесі, 1-үй", "010000, город Астана, улица Контрольная, дом 1"),
)
CONTESTED = ContestedAct(
    Words("дәлелді бас тарту", "мотивированный отказ", "a reasoned refusal"),
    "B-2023-000004",
    date(2023, 9, 19),
    "Үлгібаев Әлішер Мәлікұлы",
)
DEMANDS = "Бас тартудың күші жойылсын.\nӨтініш жаңадан қаралып, рұқсат берілсін."
REASONS = (
    "Кепілдік хатта бес түйінді сатып алу шарттарының нөмірлері мен күндері көрсетілген. Бас тартуда аталған талап "
    "Қағидаларда көзделмеген.\nТүйіндерге деректерді жазуды растау алгоритмі хаттың екінші бетінде сипатталған."
)
HEARING = HearingFacts(
    notified_at=datetime(2023, 10, 9, 5, 0, tzinfo=UTC),
    held_on=date(2023, 10, 11),
    way=Words("бейнеконференция", "видеоконференция", "video conference"),
    position="Хатты бірінші өтініште-ақ толық ұсынғанбыз.",
    result="Позиция анықталған мән-жайларды өзгертпейді.",
)


def _letter(number: str, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "provider": PROVIDER,
        "applicant": COMPANY,
        "application_number": "A-2023-000017",
        "applied_on": date(2023, 9, 29),
        "strip": STRIP,
        "number": number,
        "issued_on": date(2023, 10, 4),
        "contested": CONTESTED,
        "demands": DEMANDS,
    }
    return values | changes


def filed(**changes: Any) -> FiledComplaint:
    values: dict[str, Any] = {
        **{name: value for name, value in _letter("").items() if name not in ("number", "issued_on")},
        "addressed_to": BODY.name,
        "learned_on": date(2023, 9, 20),
        "circumstances": "Кепілдік хат қаралмай қалды.",
        "evidence": "Кепілдік хаттың көшірмесі.",
        "residence": "Астана қаласы, Сыншылар көшесі, 12-үй",
        "postal_address": "010000, Астана қаласы, Сыншылар көшесі, 12-үй",
        "attachments": (AttachedPaper(Words("шарт"), "17-С", date(2023, 8, 1), None, "shart-17.pdf"),),
        "signer": "Сынақова Ғайша Өмірқызы",
        "manifest_sha256": "5b" * 32,
    }
    return FiledComplaint(**(values | changes))


def satisfied(**changes: Any) -> ComplaintSatisfied:
    values: dict[str, Any] = {
        "remedy": Words(
            "бас тартудың күші жойылады және рұқсат беріледі",
            "отказ отменяется, выдаётся разрешение",
            "the refusal is cancelled and the permit is issued",
        ),
        "reasons": REASONS,
        "permit_number": "KZ-2023-000018",
    }
    return ComplaintSatisfied(**(_letter("S-2023-000003") | values | changes))


def answer(**changes: Any) -> ComplaintAnswer:
    values: dict[str, Any] = {
        "result": Words(
            "шағым ішінара негізді деп танылды",
            "жалоба признана обоснованной частично",
            "the complaint is found justified in part",
        ),
        "answer": REASONS,
        "measures": "Қызметкерлерге түсіндіру жұмысы жүргізілді.",
        "appeal": APPEAL,
        "contested": ContestedAct(
            Words("лауазымды адамның әрекеті", "действие должностного лица", "an action of an official")
        ),
    }
    return ComplaintAnswer(**(_letter("J-2023-000002") | values | changes))


def invitation(**changes: Any) -> ReviewInvitation:
    values: dict[str, Any] = {
        "body": BODY,
        "reasons": REASONS,
        "hearing": HearingInvitation(
            datetime(2023, 10, 11, 5, 0, tzinfo=UTC),
            Words("Астана қаласы, Бақылау көшесі, 1-үй, 5-бөлме"),
            Words("бейнеконференция", "видеоконференция", "video conference"),
            datetime(2023, 10, 11, 12, 30, tzinfo=UTC),
        ),
        "decision_earliest": date(2023, 10, 12),
    }
    return ReviewInvitation(**(_letter("T-2023-000011", issued_on=date(2023, 10, 9)) | values | changes))


def decision(**changes: Any) -> ReviewDecision:
    values: dict[str, Any] = {
        "body": BODY,
        "registered_on": date(2023, 10, 2),
        "registered_number": "ШҚ-41",
        "outcome": "unsatisfied",
        "decision": Words(
            "шағымды қанағаттандырусыз қалдыру",
            "оставить жалобу без удовлетворения",
            "leave the complaint unsatisfied",
        ),
        "reasons": REASONS,
        "hearing": HEARING,
    }
    return ReviewDecision(**(_letter("D-2023-000006", issued_on=date(2023, 10, 18)) | values | changes))


def every_document() -> tuple[Document, ...]:
    return (filed(), satisfied(), answer(), invitation(), decision())
