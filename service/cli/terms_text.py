"""What the commands about time say, in three languages: Kazakh, Russian, English."""

import re
from collections.abc import Mapping

from service.domain.languages import LANGUAGES

Texts = Mapping[str, tuple[str, str, str]]

DATES: Texts = {
    "registered_on": ("Тіркелген күні", "День регистрации", "Registered on"),
    "completeness_due": ("Толықтығын тексеру", "Проверка полноты", "Completeness check due"),
    "review_due": ("Құжаттарды қарау", "Рассмотрение документов", "Examination due"),
    "service_due": ("Қызмет көрсету мерзімі", "Срок оказания услуги", "Service term ends"),
    "decision_due": ("Шешім (тыңдаусыз)", "Решение без заслушивания", "Decision due without a hearing"),
    "decision_due_with_hearing": ("Шешім (тыңдаумен)", "Решение с заслушиванием", "Decision due with a hearing"),
    "hearing_notice_latest": (
        "Тыңдау туралы хабарламаның соңғы күні",
        "Последний день уведомления о заслушивании",
        "Latest day for a hearing notice",
    ),
    "hearing_latest": ("Тыңдаудың соңғы күні", "Последний день заслушивания", "Latest day of the hearing"),
    "objection_latest": ("Қарсылықтың соңғы күні", "Последний день возражения", "Latest day for an objection"),
    "refusal_earliest": ("Бас тартудың ең ерте күні", "Отказ не раньше", "Refusal not earlier than"),
    "complaint_registered_on": ("Шағым тіркелген күні", "Жалоба зарегистрирована", "Complaint registered on"),
    "complaint_forward_due": (
        "Шағымды қарайтын органға жіберу",
        "Направить жалобу рассматривающему органу",
        "Complaint forwarded to the reviewing body by",
    ),
    "complaint_provider_due": (
        "Қызмет берушінің жауабы",
        "Ответ услугодателя на жалобу",
        "Provider's answer to the complaint due",
    ),
    "complaint_authority_due": (
        "Уәкілетті органның шешімі",
        "Решение уполномоченного органа",
        "Authorised body's decision due",
    ),
}
ANCHORS: Texts = {
    "registered_on": ("тіркелген күн", "день регистрации", "day of registration"),
    "complete": ("толықтығы анықталған күн", "день установления полноты", "day completeness was established"),
    "service_due": ("қызмет мерзімінің соңы", "конец срока услуги", "end of the service term"),
    "notice": ("хабарлама күні", "день уведомления", "day of the notice"),
    "complaint_received_on": ("шағым келіп түскен күн", "день получения жалобы", "day the complaint was received"),
    "complaint_registered_on": ("шағым тіркелген күн", "день регистрации жалобы", "day the complaint was registered"),
}
WORDS: Texts = {
    "after": (
        "{anchor} {day} + {n} жұмыс күні",
        "{anchor} {day} + раб. дней: {n}",
        "{anchor} {day} + {n} working days",
    ),
    "before": (
        "{anchor} {day} - {n} жұмыс күні",
        "{anchor} {day} - раб. дней: {n}",
        "{anchor} {day} - {n} working days",
    ),
    "by": ("сағат {time}-ға дейін", "до {time}", "by {time}"),
    "counted": ("есептелді", "засчитаны", "counted"),
    "skipped": ("есептелмеді", "пропущены", "skipped"),
    "preliminary": (
        "алдын ала: күнтізбе әлі расталмаған",
        "предварительно: календарь ещё не подтверждён",
        "preliminary: the calendar is not confirmed yet",
    ),
    "missing": ("керек: {option}", "нужно: {option}", "needs {option}"),
    "received": ("келіп түсті", "получено", "received"),
    "same_day": (
        "жұмыс күні, жұмыс уақытының соңына дейін",
        "рабочий день, до конца рабочего времени",
        "working day, not after the end of working time",
    ),
    "after_hours": (
        "сағат {time}-дан кейін: келесі жұмыс күні",
        "после {time}: следующий рабочий день",
        "after {time}: next working day",
    ),
    "not_working": (
        "жұмыс күні емес: келесі жұмыс күні",
        "нерабочий день: следующий рабочий день",
        "not a working day: next working day",
    ),
    "year": ("{year} жылғы жұмыс күнтізбесі", "Рабочий календарь {year} года", "Working calendar of {year}"),
    "total": (
        "Жұмыс күндері: {working}; демалыс күндері: {off}",
        "Рабочих дней: {working}; нерабочих: {off}",
        "Working days: {working}; days off: {off}",
    ),
    "working": ("жұмыс күндері", "рабочие дни", "working days"),
    "hours": (
        "Жұмыс уақыты {opens}-{closes}, түскі үзіліс {break_from}-{break_until}",
        "Рабочее время {opens}-{closes}, перерыв {break_from}-{break_until}",
        "Working hours {opens}-{closes}, break {break_from}-{break_until}",
    ),
}
ERRORS: Texts = {
    "batch_alone": (
        "--batch күндерді файлдан алады, оның жанында басқа параметр көрсетілмейді",
        "--batch берёт даты из файла, рядом с ним других параметров не указывают",
        "--batch takes its events from the file, not from options",
    ),
    "time_without_offset": (
        "уақыт белдеуі көрсетілмеген, мысалы 2023-09-12T10:00:00+06:00 деп жазыңыз",
        "нет смещения от UTC, пишите, например, 2023-09-12T10:00:00+06:00",
        "the offset from UTC is missing, write it as in 2023-09-12T10:00:00+06:00",
    ),
    "time_out_of_range": ("уақыт ауқымнан тыс", "время вне допустимых границ", "the time is out of range"),
    "not_a_time": (
        "уақыт емес, мысалы 2023-09-12T10:00:00+06:00 деп жазыңыз",
        "не время, пишите, например, 2023-09-12T10:00:00+06:00",
        "is not a time, write it as in 2023-09-12T10:00:00+06:00",
    ),
    "not_a_day": (
        "күн емес, мысалы 2023-09-12 деп жазыңыз",
        "не дата, пишите, например, 2023-09-12",
        "is not a day, write it as in 2023-09-12",
    ),
    "day_before_the_registration": (
        "тіркелген күннен бұрын болуы мүмкін емес",
        "не может быть раньше регистрации",
        "cannot be before the day of registration",
    ),
    "outside_the_calendar": (
        "күнтізбе қамтитын жылдардан тыс",
        "за пределами лет, которые охватывает календарь",
        "outside the years that the calendar covers",
    ),
    "nothing_received": (
        "received немесе complaint қажет",
        "нужно received или complaint",
        "received or complaint is needed",
    ),
    "unknown_key": ("белгісіз кілт", "неизвестный ключ", "unknown key"),
    "key_stands_twice": ("кілт екі рет жазылған", "ключ записан дважды", "the key stands twice"),
    "not_json": ("JSON емес", "не JSON", "is not JSON"),
    "not_an_object": ("JSON нысаны емес", "не объект JSON", "is not a JSON object"),
    "line_too_long": (
        "1 МБ-тан ұзын; одан кейінгісі оқылмады",
        "длиннее 1 МБ; то, что после неё, не прочитано",
        "is longer than 1 MB; nothing after it was read",
    ),
    "not_utf8": ("UTF-8 емес", "не UTF-8", "is not UTF-8"),
    "end_of_term": ("мерзімнің соңы", "конец срока", "the end of a term"),
    "line": ("{line}-жол", "строка {line}", "line {line}"),
    "lines": ("жолдар: {number}", "строк: {number}", "lines: {number}"),
}
LOADING: Texts = {
    "total": (
        "Жылжитын мерзімдер: {n}; істер: {cases}; қазіргі күнтізбе {years} жылдарды қамтиды.",
        "Сдвинется сроков: {n}; дел: {cases}; нынешний календарь охватывает {years} годы.",
        "Deadlines that move: {n}; cases: {cases}; the present calendar covers {years}.",
    ),
    "by": ("жұмыс күні: {n}", "рабочих дней: {n}", "working days: {n}"),
    "by_hours": ("сағат: {n}", "часов: {n}", "hours: {n}"),
    "past": ("өтіп кеткен", "уже прошёл", "already past"),
    "ask": ("Мерзімдерді жылжыту керек пе?", "Сдвинуть сроки?", "Move them?"),
    "act": ("Қандай акт бойынша", "По какому акту", "By which act"),
    "act_missing": (
        "--act: журналға жазылатын акт көрсетілмеген",
        "--act: не указан акт, который записывается в журнал",
        "--act: the act that the journal keeps is missing",
    ),
    "nothing_done": (
        "Ештеңе өзгертілген жоқ; орындау үшін --apply беріңіз.",
        "Ничего не изменено; чтобы выполнить, укажите --apply.",
        "Nothing was changed; --apply carries it out.",
    ),
    "loaded": (
        "Күнтізбе енгізілді, жылжыған мерзімдер: {n}.",
        "Календарь загружен, сдвинуто сроков: {n}.",
        "The calendar is loaded, deadlines moved: {n}.",
    ),
}
WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "kk": ("дс", "сс", "ср", "бс", "жм", "сб", "жс"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_POINTS: Texts = {
    r"R(\d+)\..*": ("Қағидалардың {}-тармағы", "пункт {} Правил", "point {} of the rules"),
    r"A1\.(\d+).*": ("Қағидаларға 1-қосымша, {}-жол", "приложение 1 к Правилам, строка {}", "annex 1, row {}"),
    r"L(\d+)\..*": ("ӘРПК {}-бабы", "статья {} АППК", "article {} of the Administrative Procedure Code"),
    r"D26()": (
        "Қағидалардың 7-тармағы, 1-қосымша, 4-жол{}",
        "пункт 7 Правил и приложение 1, строка 4{}",
        "point 7 of the rules and annex 1, row 4{}",
    ),
}


def text(texts: Texts, key: str, lang: str, /, **values: object) -> str:
    """A text of that language with its values put in."""
    return texts[key][LANGUAGES.index(lang)].format(**values)


def point(law: str, lang: str) -> str:
    """The point of law behind a row of the requirements, in words, with the row."""
    for pattern, words in _POINTS.items():
        if match := re.fullmatch(pattern, law):
            return f"{words[LANGUAGES.index(lang)].format(match[1])} ({law})"
    return law
