"""The made-up people whose keys the development PKI holds. Nobody here exists; every number is invented (R1.1)."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.signatures import SignerRole

COMPANY_BIN = "150340999016"
COMPANY_NAME = "«Үлгі Активтер» ЖШС"
COMPANY2_BIN = "190940999015"
COMPANY2_NAME = "«Сынақ Токен» АҚ"
BRANCH_BIN = "181151999017"
BRANCH_NAME = "Sample Assets Ltd. Қазақстандағы филиалы"
MINISTRY_BIN = "010640999019"
MINISTRY_NAME = "ҚР ЦДИАӨМ (сынақ)"
REVIEW_BIN = "020940999011"
REVIEW_NAME = "Сапаны бақылау органы (сынақ)"
OFFICE_BINS = frozenset({MINISTRY_BIN, REVIEW_BIN})
"""The state bodies: who works there signs in with a password and signs with a key, and applies for nothing."""


@dataclass(frozen=True)
class Persona:
    """A made-up person with a key: who they are, for whom they may sign, and what they serve to show.

    `description` has the keys kk, ru and en. `organisation` stands in the certificate, which allows 64 bytes.
    """

    key: str
    surname: str
    given: str
    patronymic: str
    iin: str
    role: SignerRole
    description: dict[str, str]
    bin: str = ""
    organisation: str = ""

    @property
    def name(self) -> str:
        """Surname, given name and patronymic."""
        return f"{self.surname} {self.given} {self.patronymic}"


def _texts(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


_APPLICANTS = (
    Persona(
        key="entrepreneur",
        surname="ҮЛГІБАЕВ",
        given="НҰРЛАН",
        patronymic="СЫНАҚҰЛЫ",
        iin="850615399019",
        role=SignerRole.PERSON,
        description=_texts(
            "Жеке кәсіпкер: өтініш бере алады",
            "Индивидуальный предприниматель: может подать заявление",
            "Sole proprietor: may apply",
        ),
    ),
    Persona(
        key="company_head",
        surname="БАСТАМОВА",
        given="ГҮЛНӘР",
        patronymic="СЕРІКҚЫЗЫ",
        iin="781122499012",
        bin=COMPANY_BIN,
        organisation=COMPANY_NAME,
        role=SignerRole.HEAD,
        description=_texts(
            "Компания басшысы: өтініш бере алады",
            "Первый руководитель компании: может подать заявление",
            "Head of a company: may apply",
        ),
    ),
    Persona(
        key="company_signer",
        surname="ӨКІЛБЕКОВ",
        given="ДӘУРЕН",
        patronymic="МАРАТҰЛЫ",
        iin="830919399018",
        bin=COMPANY_BIN,
        organisation=COMPANY_NAME,
        role=SignerRole.CAN_SIGN,
        description=_texts(
            "Компанияның қол қою құқығы бар қызметкері: өтініш бере алады",
            "Сотрудник компании с правом подписи: может подать заявление",
            "Employee with the right to sign: may apply",
        ),
    ),
    Persona(
        key="company2_head",
        surname="ҒЫЛЫМБЕКОВА",
        given="ӘСЕЛ",
        patronymic="ҚАЙРАТҚЫЗЫ",
        iin="710304499016",
        bin=COMPANY2_BIN,
        organisation=COMPANY2_NAME,
        role=SignerRole.HEAD,
        description=_texts(
            "Екінші компанияның басшысы: өтініш бере алады",
            "Первый руководитель второй компании: может подать заявление",
            "Head of a second company: may apply",
        ),
    ),
)

_REFUSED = (
    Persona(
        key="person",
        surname="СЫНАҚОВА",
        given="АЙАРУ",
        patronymic="ҮЛГІҚЫЗЫ",
        iin="920512499010",
        role=SignerRole.PERSON,
        description=_texts(
            "Жеке кәсіпкер ретінде тіркелмеген жеке тұлға: өтініш бере алмайды",
            "Физическое лицо без регистрации предпринимателя: подать не может",
            "Individual not registered as a sole proprietor: may not apply",
        ),
    ),
    Persona(
        key="company_employee",
        surname="ҚЫЗМЕТБАЕВ",
        given="ОЛЖАС",
        patronymic="БАҚЫТҰЛЫ",
        iin="900101399016",
        bin=COMPANY_BIN,
        organisation=COMPANY_NAME,
        role=SignerRole.EMPLOYEE,
        description=_texts(
            "Компанияның қол қою құқығы жоқ қызметкері: өтініш бере алмайды",
            "Сотрудник компании без права подписи: подать не может",
            "Employee without the right to sign: may not apply",
        ),
    ),
    Persona(
        key="branch_head",
        surname="ФИЛИАЛОВ",
        given="ТИМУР",
        patronymic="ҮЛГІҰЛЫ",
        iin="690821399014",
        bin=BRANCH_BIN,
        organisation=BRANCH_NAME,
        role=SignerRole.HEAD,
        description=_texts(
            "Шетелдік ұйым филиалының басшысы: өтініш бере алмайды",
            "Руководитель филиала иностранной организации: подать не может",
            "Head of the branch of a foreign organisation: may not apply",
        ),
    ),
    Persona(
        key="revoked",
        surname="ҚАЙТАРЫЛОВ",
        given="САМАТ",
        patronymic="СЫНАҚҰЛЫ",
        iin="880201399013",
        role=SignerRole.PERSON,
        description=_texts(
            "Жеке кәсіпкер, кілті кері қайтарылған: қолтаңбасы қабылданбайды",
            "Индивидуальный предприниматель, ключ отозван: подпись не принимается",
            "Sole proprietor whose key is revoked: the signature is refused",
        ),
    ),
    Persona(
        key="expired",
        surname="МЕРЗІМОВ",
        given="ЖАНАТ",
        patronymic="СЫНАҚҰЛЫ",
        iin="700707399019",
        role=SignerRole.PERSON,
        description=_texts(
            "Жеке кәсіпкер, кілтінің мерзімі өткен: қолтаңбасы қабылданбайды",
            "Индивидуальный предприниматель, срок ключа истёк: подпись не принимается",
            "Sole proprietor whose key has expired: the signature is refused",
        ),
    ),
)

_OFFICERS = (
    Persona(
        key="ministry_chancellery",
        surname="КЕҢСЕБАЕВ",
        given="БОЛАТ",
        patronymic="ҮЛГІҰЛЫ",
        iin="790215399010",
        bin=MINISTRY_BIN,
        organisation=MINISTRY_NAME,
        role=SignerRole.EMPLOYEE,
        description=_texts(
            "Министрлік кеңсесінің қызметкері",
            "Сотрудник канцелярии министерства",
            "Officer of the ministry's chancellery",
        ),
    ),
    Persona(
        key="ministry_unit",
        surname="БӨЛІМОВА",
        given="ҰЛЖАН",
        patronymic="ҮЛГІҚЫЗЫ",
        iin="910313499017",
        bin=MINISTRY_BIN,
        organisation=MINISTRY_NAME,
        role=SignerRole.EMPLOYEE,
        description=_texts(
            "Министрліктің жауапты құрылымдық бөлімшесінің қызметкері",
            "Сотрудник ответственного структурного подразделения министерства",
            "Officer of the ministry's responsible unit",
        ),
    ),
    Persona(
        key="ministry_head",
        surname="БАСШЫҒАЛИЕВ",
        given="ҚАНАТ",
        patronymic="ҮЛГІҰЛЫ",
        iin="750429399017",
        bin=MINISTRY_BIN,
        organisation=MINISTRY_NAME,
        role=SignerRole.HEAD,
        description=_texts(
            "Министрлік басшысы: рұқсатқа қол қояды",
            "Руководитель министерства: подписывает разрешение",
            "Head of the ministry: signs the permit",
        ),
    ),
    Persona(
        key="ministry_acting",
        surname="МІНДЕТОВА",
        given="ЖАНАР",
        patronymic="ҮЛГІҚЫЗЫ",
        iin="861212499019",
        bin=MINISTRY_BIN,
        organisation=MINISTRY_NAME,
        role=SignerRole.CAN_SIGN,
        description=_texts(
            "Министрлік басшысының міндетін атқарушы: рұқсатқа қол қояды",
            "Исполняющая обязанности руководителя министерства: подписывает разрешение",
            "Acting head of the ministry: signs the permit",
        ),
    ),
    Persona(
        key="review_officer",
        surname="ШАҒЫМБАЕВ",
        given="ЕРЖАН",
        patronymic="ҮЛГІҰЛЫ",
        iin="830407399014",
        bin=REVIEW_BIN,
        organisation=REVIEW_NAME,
        role=SignerRole.CAN_SIGN,
        description=_texts(
            "Шағымды қарайтын органның қызметкері: шағым бойынша шешімге қол қояды",
            "Сотрудник органа, рассматривающего жалобу: подписывает решение по жалобе",
            "Officer of the reviewing body: signs the decision on a complaint",
        ),
    ),
    Persona(
        key="review_secretary",
        surname="ХАТТАМАЕВА",
        given="САЯ",
        patronymic="СЫНАҚҚЫЗЫ",
        iin="910228499015",
        bin=REVIEW_BIN,
        organisation=REVIEW_NAME,
        role=SignerRole.CAN_SIGN,
        description=_texts(
            "Шағымды қарайтын органның екінші қызметкері: тыңдау хаттамасына хатшы ретінде қол қояды",
            "Второй сотрудник органа, рассматривающего жалобу: подписывает протокол заслушивания как секретарь",
            "Second officer of the reviewing body: signs the minutes of a hearing as its secretary",
        ),
    ),
)

_UNANSWERED = (
    Persona(
        key="unanswered",
        surname="ҮНСІЗБЕКОВА",
        given="АЛМА",
        patronymic="СЫНАҚҚЫЗЫ",
        iin="831105499011",
        bin=COMPANY_BIN,
        organisation=COMPANY_NAME,
        role=SignerRole.CAN_SIGN,
        description=_texts(
            "Заңды тұлғаның қол қою құқығы бар қызметкері, кілті туралы қызмет үнсіз: қолтаңбасы тексеруді күтеді",
            "Сотрудник юридического лица с правом подписи, служба молчит о ключе: подпись ждёт проверки",
            "Employee of a company with the right to sign, a key that cannot be checked: the signature waits",
        ),
    ),
)
"""Keys of which the services of the authority say nothing, today or later."""

PERSONAS: dict[str, Persona] = {persona.key: persona for persona in (*_APPLICANTS, *_REFUSED, *_OFFICERS, *_UNANSWERED)}
"""Every persona by its key, applicants first."""
