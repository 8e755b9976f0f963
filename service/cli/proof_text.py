"""What `ruqsat verify`, `prove` and `clean` say, in three languages: Kazakh, Russian, English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import category

from service.cli.terms_text import Texts, text
from service.domain.signatures import Reason, Verdict
from service.web.catalogues import translations
from service.web.public import names

HEADS: Texts = {
    "genuine": (
        "Бұл — біз берген құжат, әрбір байты сол күйінде.",
        "Это документ, который мы выдали, без изменений.",
        "This is the document that we issued, unaltered.",
    ),
    "application": (
        "Бұл — бізге берілген өтініш, әрбір байты сол күйінде.",
        "Это заявление, которое нам подали, без изменений.",
        "This is the application as it was filed with us, unaltered.",
    ),
    "complaint": (
        "Бұл — бізге берілген шағым, әрбір байты сол күйінде.",
        "Это жалоба, которую нам подали, без изменений.",
        "This is the complaint as it was filed with us, unaltered.",
    ),
    "altered": (
        "Файлда біздің құжат аталған, бірақ бұл біз берген файл емес: ол өзгертілген немесе қайта сақталған.",
        "Файл называет наш документ, но это не выданный нами файл: он изменён или сохранён заново.",
        "The file names a document of ours but is not the file that we issued: it was changed or saved anew.",
    ),
    "foreign": ("Бұл файл біздікі емес.", "Этот файл не наш.", "This file is not one of ours."),
    "not_a_pdf": (
        "Бұл PDF емес, іс пакеті де, мерзімдер дәлелі де емес.",
        "Это не PDF, не пакет дела и не доказательство сроков.",
        "This is no PDF, no package of a case and no proof of terms.",
    ),
    "damaged": (
        "Файл өзгертілген немесе бүлінген: PDF ретінде оқылмайды, берілген файл бұл емес.",
        "Файл изменён или повреждён: как PDF он не читается, это не тот файл, который был выдан.",
        "The file was changed or is damaged: it cannot be read as a PDF and is not the file that was issued.",
    ),
    "too_large": (
        "Бұл файл біздің кез келген құжатымыздан үлкен, ішіндегісі қаралмады: берілген файл бұл емес.",
        "Файл больше любого нашего документа, его содержимое не проверялось: это не тот файл, который был выдан.",
        "The file is larger than any document of ours, what stands in it was not looked at: it is not one of them.",
    ),
    "encrypted": (
        "Файл құпиясөзбен жабылған; біздің құжаттар жабылмайды.",
        "Файл закрыт паролем; наши документы не закрываются.",
        "The file is locked with a password; ours never are.",
    ),
    "package": (
        "Пакет толық және біздікі.",
        "Пакет целый и наш.",
        "The package is whole and ours.",
    ),
    "package_refused": (
        "Пакет толық және біздікі, бірақ ондағы қолтаңбалардың бәрі бірдей жарамды емес.",
        "Пакет целый и наш, но не все подписи в нём действительны.",
        "The package is whole and ours, but not every signature in it is valid.",
    ),
    "package_wrong": (
        "Пакетте келіспейтін нәрселер бар: {n}.",
        "В пакете расхождений: {n}.",
        "The package does not agree, in so many places: {n}.",
    ),
    "terms": (
        "Мерзімдер дәлелі біздікі, есебі дұрыс.",
        "Доказательство сроков наше, счёт верен.",
        "The proof of terms is ours and adds up.",
    ),
    "terms_wrong": (
        "Мерзімдер дәлелінде келіспейтін нәрселер бар: {n}.",
        "В доказательстве сроков расхождений: {n}.",
        "The proof of terms does not agree, in so many places: {n}.",
    ),
}
LABELS: Texts = {
    "document": ("Құжат", "Документ", "Document"),
    "case": ("Іс", "Дело", "Case"),
    "signature": ("Қолтаңба", "Подпись", "Signature"),
    "none": ("жоқ", "нет", "none"),
    "why": ("Себебі", "Почему", "Why"),
    "signed_by": ("Қол қойған", "Подписал(а)", "Signed by"),
    "certificate": ("Сертификат", "Сертификат", "Certificate"),
    "signed_at": ("Қол қойылған уақыты", "Время подписи", "Signed at"),
    "test": (
        "Сынақ кілтімен қол қойылған: заңдық күші жоқ.",
        "Подписано тестовым ключом: юридической силы нет.",
        "Signed with a test key: without legal force.",
    ),
    "permit": ("Тізілімдегі рұқсат", "Разрешение в реестре", "The permit in the register"),
    "valid_until": ("Қолданылатын соңғы күні", "Последний день действия", "Last day of validity"),
    "corrected_by": ("Түзетілген нұсқа", "Исправленная версия", "Corrected version"),
    "corrected": (
        "{code}; бұл құжаттағы техникалық қате {day} түзетілді, түзетілген нұсқасын пайдаланыңыз",
        "{code}; описка в этом документе исправлена {day}, пользуйтесь исправленной версией",
        "{code}; a clerical error in this document was corrected on {day}, use the corrected version",
    ),
    "as_of": ("Қай сәттегі жай-күйі", "Состояние на", "As of"),
    "files": ("Файлдар", "Файлов", "Files"),
    "terms": ("Мерзімдер", "Сроков", "Terms"),
    "journal": ("Журнал жолдары", "Строк журнала", "Lines of the journal"),
    "key": ("Кілт", "Ключ", "Key"),
    "own_key": (
        "{key}; кілт файлдың өзінен алынды: жарияланған кілтпен салыстырыңыз (--key)",
        "{key}; ключ взят из самого файла: сравните его с опубликованным (--key)",
        "{key}; taken from the file itself: compare it with the published one (--key)",
    ),
    "roots": ("Түбір сертификаттар", "Корневые сертификаты", "Root certificates"),
    "known_roots": ("сенім тізімінен", "из списка доверия", "of the list of trust"),
    "own_roots": (
        "пакеттің өзінен: салыстырыңыз",
        "из самого пакета: сравните их",
        "of the package itself: compare them",
    ),
    "fault": ("Келіспейді", "Не согласуется", "Does not agree"),
}
FAULTS: Texts = {
    "no_manifest": ("біздің тізім емес", "это не наш список", "it is no list of ours"),
    "signature": (
        "жүйенің қолтаңбасы сәйкес келмейді",
        "подпись системы не сходится",
        "the system's signature does not hold",
    ),
    "too_large": ("тым үлкен", "слишком велик", "it is too large"),
    "too_laborious": (
        "тексеру тым ұзаққа созылды, қалғаны қаралмады",
        "проверка заняла слишком много времени, остальное не проверялось",
        "its check took too long, the rest was not looked at",
    ),
    "twice": ("екі рет салынған", "лежит дважды", "it is there twice"),
    "no_package": ("ZIP емес немесе бүлінген", "не ZIP или повреждён", "it is no ZIP or damaged"),
    "not_as_packed": ("басқаша буылған", "упакован иначе", "it is packed in another way"),
    "missing": ("тізімде бар, пакетте жоқ", "есть в списке, нет в пакете", "it is listed but not there"),
    "changed": ("өзгертілген", "изменён", "it was changed"),
    "not_listed": ("тізімде жоқ", "нет в списке", "it is not on the list"),
    "length": ("журналдың соңы жоқ немесе артық", "журнал короче или длиннее", "the journal is shorter or longer"),
    "nothing_signed": ("қол қойылған файл жоқ", "нет файла, который подписан", "what was signed is not there"),
    "certificates": (
        "сертификаттары жарамсыз: біреуі оқылмайды немесе араларында түбір сертификат жоқ",
        "сертификаты не годятся: один не читается, или среди них нет корневого",
        "its certificates cannot be used: one cannot be read, or there is no root among them",
    ),
    "verdict": (
        "қолтаңба туралы басқа қорытынды жазылған",
        "о подписи записано другое заключение",
        "another verdict on the signature was recorded",
    ),
    "not_readable": ("оқылмайды", "не читается", "it cannot be read"),
    "line": ("журналдың {n}-жолы", "строка журнала {n}", "line {n} of the journal"),
    "term": ("{name} мерзімінің есебі", "счёт срока {name}", "the count of the term {name}"),
    "signed": ("қолтаңба: {why}", "подпись: {why}", "its signature: {why}"),
}
PROVING: Texts = {
    "ending": (
        "FILE аты .zip, .json немесе .pdf деп аяқталуы керек",
        "имя FILE должно оканчиваться на .zip, .json или .pdf",
        "FILE must end with .zip, .json or .pdf",
    ),
    "no_case": ("{number} ісі жоқ", "Дела {number} нет", "There is no case {number}"),
    "written": ("{file} жазылды: {size} байт.", "{file} записан: байт {size}.", "{file} is written: {size} bytes."),
    "no_proof": ("Бұл мерзімдер дәлелі емес", "Это не доказательство сроков", "This is no proof of terms"),
    "kept": (
        "Керексіз файлдар: {n}; ештеңе жойылмады: ол үшін шешім керек (--decision).",
        "Лишних файлов: {n}; ничего не удалено: для этого нужно решение (--decision).",
        "{n} files; nothing was removed: that takes a decision (--decision).",
    ),
    "removed": (
        "Жойылған файлдар: {n}; ведомство журналына жазылды.",
        "Удалено файлов: {n}; записано в журнал ведомства.",
        "{n} files removed, recorded in the journal of the office.",
    ),
}


def page_words(english: str, lang: str) -> str:
    """What the pages say in that language: outside of a page their texts are the English ones."""
    return str(translations(lang).gettext(english))


def verdict(value: str, lang: str) -> str:
    """The verdict on a signature in words."""
    return page_words(names.verdict_name(Verdict(value)), lang)


def reasons(codes: Iterable[str], lang: str) -> str:
    """Why a signature is not valid, in words."""
    return "; ".join(page_words(names.reason_name(Reason(code)), lang) for code in codes)


def fault(path: str, what: str, lang: str) -> str:
    """What does not agree: in which file, and how."""
    where = f"{path}: " if path else ""
    if match := re.search(r"line (\d+)$", what):
        return where + text(FAULTS, "line", lang, n=match[1])
    if what.startswith("terms: "):
        return where + text(FAULTS, "term", lang, name=what.removeprefix("terms: "))
    if what.startswith("signature: "):
        return where + text(FAULTS, "signed", lang, why=reasons(what.removeprefix("signature: ").split(", "), lang))
    return where + (text(FAULTS, what, lang) if what in FAULTS else what)


LINE_END, UNSHOWN = "\n", "\ufffd"


def printable(said: str) -> str:
    """A text that a terminal can show: what a file brings of signs that are none is not passed on to it."""
    return "".join(UNSHOWN if category(sign).startswith("C") and sign != LINE_END else sign for sign in said)


def lines(head: str, rows: Mapping[str, object], lang: str) -> Iterator[str]:
    """The head and beneath it each fact by its name; what is empty is left out, a list has a line for each."""
    yield head
    for name, value in rows.items():
        for each in value if isinstance(value, list) else [value]:
            if each not in ("", None):
                yield f"  {text(LABELS, name, lang)}: {printable(str(each)).replace(LINE_END, UNSHOWN)}"
