"""One made-up document of every kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from service.domain.document_parts import (
    Address,
    AppealNotice,
    AttachedPaper,
    Attendee,
    Fact,
    Ground,
    HearingFacts,
    HearingInvitation,
    Language,
    Party,
    Provider,
    Remark,
    Shortcoming,
    Speech,
    Strip,
    Words,
)
from service.domain.documents import (
    ApplicationForm,
    Document,
    ExtensionNotice,
    HearingMinutes,
    NotConsidered,
    Permit,
    PreliminaryDecision,
    Refusal,
)
from tests.adapters.documents import official

MADE_AT = datetime(2023, 9, 19, 5, 24, tzinfo=UTC)
MINISTRY_RU = "Министерство цифрового развития, инноваций и аэрокосмической промышленности Республики Казахстан"

PROVIDER = Provider(
    name=Words(
        official.MINISTRY,
        MINISTRY_RU,
        "Ministry of Digital Development, Innovations and Aerospace Industry of the Republic of Kazakhstan",
    ),
    details=Words(
        "010000, Астана қаласы, Есіл ауданы, Үлгі даңғылы, 55/5-үй, тел. +7 (7172) 00-00-00, БСН 150340001236",
        "010000, город Астана, район Есиль, проспект Примерный, дом 55/5, тел. +7 (7172) 00-00-00, БИН 150340001236",
    ),
)
OFFICE = Address("010000", "", "Астана қаласы", "Есіл ауданы", "", "Сыншылар көшесі", "12", "401-кеңсе")
SHOP = Address("050000", "Алматы облысы", "Қонаев қаласы", "", "Ұшарал ауылы", "Мектеп көшесі", "7а", "")
COMPANY = Party(
    name="«Үлгі Актив Һәм Цифр» ЖШС",
    address=OFFICE,
    bin="150340001236",
    phone="+77011234567",
    email="info@ulgi.example",
)
STRIP = Strip(
    signer="Үлгібаев Әлішер Мәлікұлы",
    position=Words("Министрдің орынбасары", "Заместитель министра", "Deputy minister"),
    prepared_at=MADE_AT,
    certificate="5A1F 0C77 2B9E 4D30 88C1",
    code="7KQ2-M9XD-4TRA",
    url="https://ruqsat.example/v/7KQ2-M9XD-4TRA",
    test=True,
)
GROUNDS = (
    Ground(
        1,
        (
            Fact("document", "Мүлікті сатып алу-сату шарты, 3-бет"),
            Fact("data", "Сатушының атауы мен БСН"),
            Fact("established", "Заңды тұлғалардың мемлекеттік тізілімінің мәліметтерімен салыстырылды"),
        ),
        answer="Шарттың қатемен жіберілген нұсқасы ұсынылғанын мойындаймыз.",
    ),
    Ground(
        2,
        (
            Fact("act", "Қамтамасыз етілген цифрлық активтер туралы талаптар"),
            Fact("article", "4-тармақ, 2) тармақша"),
            Fact("mismatch", "Кепілдік хатта түйіндерге деректерді жазуды растау алгоритмі көрсетілмеген"),
        ),
    ),
)
PURPOSE = "Тауар өндірушілердің айналым қаражатын тарту үшін қоймадағы астықпен қамтамасыз етілген активтерді шығару"
APPEAL = AppealNotice(
    Words(
        "Мемлекеттік қызметтер көрсету сапасын бағалау және бақылау жөніндегі уәкілетті орган",
        "уполномоченный орган по оценке и контролю за качеством оказания государственных услуг",
        "the authorised body that assesses and controls the quality of state services",
    ),
    Words(
        "«электрондық үкіметтің» веб-порталы арқылы", "через веб-портал «электронного правительства»", "by the portal"
    ),
)
HELD = HearingFacts(
    notified_at=datetime(2023, 9, 14, 4, 0, tzinfo=UTC),
    held_on=date(2023, 9, 18),
    way=Words("бейнеконференция", "видеоконференция", "video conference"),
    place=Words("Министрлік, 214-бөлме", "Министерство, кабинет 214", "Ministry, room 214"),
    position="Шарттың дұрыс нұсқасын жаңа өтінішпен ұсынатынымызды хабарлаймыз.",
    result="Ұсынылған түсіндірмелер анықталған негіздерді жоймайды.",
)


def _shared(language: Language = "kk", **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "provider": PROVIDER,
        "applicant": COMPANY,
        "application_number": "P-2023-000123",
        "applied_on": date(2023, 9, 12),
        "strip": STRIP,
        "language": language,
    }
    return values | changes


def _letter(number: str, language: Language = "kk", **changes: Any) -> dict[str, Any]:
    return _shared(language) | {"number": number, "issued_on": date(2023, 9, 19)} | changes


def application(**changes: Any) -> ApplicationForm:
    values: dict[str, Any] = {
        "platform": "Алтын Көпір – цифрлық активтерді сақтау және айырбастау платформасы",
        "purpose": PURPOSE,
        "addresses": (OFFICE, SHOP),
        "attachments": (
            AttachedPaper(
                Words("мүлікті сатып алу-сату шартының электрондық көшірмесі"),
                "17-С",
                date(2023, 8, 1),
                None,
                "shart-17.pdf",
            ),
            AttachedPaper(
                Words("тауар белгілерінің мемлекеттік тізілімінен үзіндінің электрондық көшірмесі"),
                "66120",
                date(2023, 2, 10),
                date(2033, 2, 10),
                "үзінді № 66120.pdf",
            ),
            AttachedPaper(Words("еркін нысандағы кепілдік хат"), file_name="кепілдік хат.pdf"),
        ),
        "signer": "Сынақова Ғайша Өмірқызы",
        "strip": Strip(
            "Сынақова Ғайша Өмірқызы",
            Words(""),
            MADE_AT,
            "11AA 22BB",
            "QQ11-WW22-EE33",
            "https://ruqsat.example/v/Q",
            True,
        ),
    }
    return ApplicationForm(**(_shared() | values | changes))


def permit(**changes: Any) -> Permit:
    values: dict[str, Any] = {
        "platform": "Алтын Көпір – цифрлық активтерді сақтау және айырбастау платформасы",
        "purpose": PURPOSE,
        "addresses": (OFFICE,),
        "valid_until": date(2026, 9, 19),
    }
    return Permit(**(_letter("R-2023-000017") | values | changes))


def refusal(**changes: Any) -> Refusal:
    values: dict[str, Any] = {"grounds": GROUNDS, "hearing": HELD, "appeal": APPEAL}
    return Refusal(**(_letter("B-2023-000004") | values | changes))


def not_considered(**changes: Any) -> NotConsidered:
    values: dict[str, Any] = {
        "registered_on": date(2023, 9, 12),
        "items": (
            Shortcoming(
                Words(
                    "еркін нысандағы кепілдік хат",
                    "гарантийное письмо в произвольной форме",
                    "guarantee letter in free form",
                ),
                "missing",
            ),
            Shortcoming(
                Words(
                    "тауар белгілерінің мемлекеттік тізілімінен үзінді",
                    "выписка из государственного реестра товарных знаков",
                    "extract from the state register of trade marks",
                ),
                "expired",
                date(2023, 9, 11),
                "№ 66120",
            ),
        ),
        "appeal": APPEAL,
    }
    return NotConsidered(**(_letter("H-2023-000031") | values | changes))


def preliminary(**changes: Any) -> PreliminaryDecision:
    values: dict[str, Any] = {
        "grounds": GROUNDS,
        "hearing": HearingInvitation(
            datetime(2023, 9, 18, 5, 0, tzinfo=UTC),
            Words(
                "Астана қаласы, Үлгі даңғылы, 55/5-үй, 214-бөлме",
                "город Астана, проспект Примерный, дом 55/5, кабинет 214",
                "Astana, Primerny avenue 55/5, room 214",
            ),
            Words("бейнеконференция", "видеоконференция", "video conference"),
            datetime(2023, 9, 18, 12, 30, tzinfo=UTC),
        ),
        "refusal_earliest": date(2023, 9, 19),
    }
    return PreliminaryDecision(**(_letter("T-2023-000009", issued_on=date(2023, 9, 14)) | values | changes))


def extension(**changes: Any) -> ExtensionNotice:
    values: dict[str, Any] = {
        "decided_on": date(2023, 9, 15),
        "term_before": date(2023, 9, 19),
        "term": date(2023, 10, 19),
        "reasons": "Маңызды мән-жайларды анықтау үшін басқа мемлекеттік органнан мәліметтер алу қажет.",
        "appeal": APPEAL,
    }
    return ExtensionNotice(**(_letter("U-2023-000002") | values | changes))


def minutes(**changes: Any) -> HearingMinutes:
    chair = Attendee("Жауаптыұлы Ерлан", Words("Басқарма басшысы", "Руководитель управления"))
    values: dict[str, Any] = {
        "place": Words("Министрлік, 214-бөлме", "Министерство, кабинет 214", "Ministry, room 214"),
        "way": Words("бетпе-бет", "очно", "in person"),
        "starts_at": datetime(2023, 9, 18, 5, 0, tzinfo=UTC),
        "ends_at": datetime(2023, 9, 18, 5, 40, tzinfo=UTC),
        "chair": chair,
        "secretary": Attendee("Хатшыева Інжу", Words("Бас сарапшы", "Главный эксперт")),
        "participants": (
            chair,
            Attendee("Сынақова Ғайша Өмірқызы", Words("«Үлгі Актив Һәм Цифр» ЖШС директоры", "директор")),
        ),
        "question": "P-2023-000123 өтініші бойынша алдын ала шешім",
        "explanations": (Speech("Сынақова Ғ.", "Шарттың қатемен жіберілген нұсқасы ұсынылды."),),
        "exchanges": (
            Speech("Жауаптыұлы Е.", "Дұрыс нұсқасы қайда?"),
            Speech("Сынақова Ғ.", "Жаңа өтінішпен ұсынамыз."),
        ),
        "remarks": (Remark("Сынақова Ғ.", date(2023, 9, 19), "Аяқталу уақыты 10:45 болды.", "Ескерту қабылданды."),),
    }
    return HearingMinutes(**(_letter("K-2023-000005") | values | changes))


def every_document() -> tuple[Document, ...]:
    return (application(), permit(), refusal(), not_considered(), preliminary(), extension(), minutes())
