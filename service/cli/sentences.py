"""What the commands say when something is wrong, in three languages: Kazakh, Russian, English."""

from __future__ import annotations

from collections.abc import Mapping

from service.cli.terms_text import Texts

FIELDS: Mapping[str, str] = {
    "login": "LOGIN",
    "name": "NAME",
    "roles": "--role",
    "role": "ROLE",
    "since": "--from",
    "valid_from": "--from",
    "starts_at": "--from",
    "ends_at": "--until",
}
"""What a field of the program is called at the command line, where it is not its own name with two dashes."""

PROBLEMS: Texts = {
    "required": ("толтырылмаған", "не заполнено", "is missing"),
    "too_short": ("кемінде {limit} таңба керек", "нужно не менее {limit} знаков", "needs at least {limit} characters"),
    "too_long": ("{limit} таңбадан ұзын", "длиннее {limit} знаков", "is longer than {limit} characters"),
    "unknown": ("белгісіз: {value}", "неизвестно: {value}", "is not known: {value}"),
    "not_an_option": (
        "{value}: көрсетілетін қызметті берушінің жұмыс істеп жүрген лауазымды адамы емес",
        "{value}: это не действующее должностное лицо услугодателя",
        "{value} is not an officer of the provider at work today",
    ),
    "account_closed": (
        "{value} есептік жазбасы жабылған",
        "учётная запись {value} уже закрыта",
        "the account {value} is closed",
    ),
    "not_held": (
        "{value} рөлі ол күннен кейін жоқ",
        "роли {value} после этого дня и так нет",
        "the role {value} is not held after that day anyway",
    ),
    "held": (
        "{value} рөлі ол күннен кейін де бар",
        "роль {value} и так действует в эти дни",
        "the role {value} is held on these days anyway",
    ),
    "others_act": (
        "керек, себебі осы күндері басшының міндетін {names} атқарады; әйтпесе алдымен олардың бұйрығын аяқтаңыз",
        "нужно: в эти дни обязанности руководителя исполняют другие: {names}; или сначала завершите их приказ",
        "is needed, since others act for the head on these days: {names}; or end their order first",
    ),
    "two_bodies": (
        "көрсетілетін қызметті берушінің рөлі мен шағымды қарайтын органның рөлі бір адамға берілмейді",
        "роли услугодателя и органа, рассматривающего жалобу, одному лицу не даются",
        "the roles of the provider and of the reviewing body are not given to one person",
    ),
    "taken": (
        "мұндай есептік жазба бар; басқа атау таңдаңыз",
        "такая учётная запись уже есть, выберите другое имя",
        "is taken; choose another name",
    ),
    "before_start": ("басталатын күннен бұрын", "раньше первого дня", "is before the first day"),
    "in_the_past": ("өтіп кеткен уақыт", "время уже прошло", "is in the past"),
    "day_in_the_past": ("өтіп кеткен күн", "этот день уже прошёл", "is in the past"),
    "ends_before_it_begins": (
        "басталмай тұрып аяқталады",
        "заканчивается раньше, чем начинается",
        "ends before it begins",
    ),
    "not_a_time": ("уақыт емес, 09:00 деп жазыңыз", "не время, пишите, например, 09:00", "is no time, write 09:00"),
    "hours_out_of_order": (
        "сағаттар ретсіз: ашылу, үзіліс басы, үзіліс соңы, жабылу",
        "часы идут не по порядку: открытие, начало перерыва, конец перерыва, закрытие",
        "the hours are out of order: opening, break, end of the break, closing",
    ),
    "hours_too_short": (
        "жұмыс күнінде үзіліссіз кемінде бір сағат жұмыс уақыты болуы керек",
        "в рабочем дне должен быть хотя бы один час работы без перерыва",
        "a working day has at least one hour of work without its break",
    ),
    "hours_of_the_past": (
        "өткен күндердің жұмыс уақыты өзгертілмейді, бүгінгі немесе кейінгі күнді жазыңыз",
        "рабочие часы прошедших дней не меняются, укажите сегодняшний или более поздний день",
        "the hours of days that are past do not change, name today or a later day",
    ),
}
NOT_LAWFUL: Texts = {
    "break_has_begun": (
        "Басталған немесе кері алынған үзіліс кері алынбайды",
        "Перерыв уже начался или отменён: отменить его нельзя",
        "The break has begun or was taken back: it cannot be taken back now",
    ),
    "calendar_unchanged": (
        "Бұл күнтізбе қазір де қолданыста: жүктейтін ештеңе жоқ",
        "Этот календарь уже действует: загружать нечего",
        "This calendar is in force already: there is nothing to load",
    ),
    "clock_is_real": (
        "Сағат тек демонстрацияда жылжытылады",
        "Часы можно переводить только в демонстрации",
        "Only the demo's clock can be moved",
    ),
}
OTHER: Texts = {
    "not_lawful": (
        "Қағидалар бұған қазір рұқсат бермейді: {code}",
        "Правила сейчас этого не допускают: {code}",
        "The rules do not allow this now: {code}",
    ),
    "wrong": ("жарамайды ({code})", "не подходит ({code})", "is not accepted ({code})"),
    "calendar_line": ("{line}-жол: ", "строка {line}: ", "line {line}: "),
    "zone_data": (
        "Машинадағы Asia/Almaty уақыт белдеуінің деректері ескірген: 2024 жылғы 1 наурызда UTC+5-ке көшу жоқ."
        " Жаңа tzdata орнатыңыз.",
        "Данные часового пояса Asia/Almaty на этой машине устарели: в них нет перехода на UTC+5 1 марта 2024 года."
        " Установите новые tzdata.",
        "The time-zone data of this machine for Asia/Almaty are out of date: they lack the change to UTC+5"
        " on 1 March 2024. Install the present tzdata.",
    ),
    "no_edition": (
        "№ {number} редакция жоқ. Жаңа редакцияны `ruqsat deploy` енгізеді.",
        "Редакции № {number} нет. Новую редакцию вводит `ruqsat deploy`.",
        "There is no edition {number}. `ruqsat deploy` makes a new one.",
    ),
    "no_procedure": (
        "«{name}» деген рәсім жоқ: «permit» немесе «appeal» деп жазыңыз",
        "Процедуры «{name}» нет: укажите permit или appeal",
        "There is no procedure {name}: name permit or appeal",
    ),
    "no_break": ("№ {number} үзіліс жоқ", "Перерыва № {number} нет", "There is no break {number}"),
    "not_found": ("Табылмады: {what}", "Не найдено: {what}", "Not found: {what}"),
    "edition_refused": (
        "Редакция қабылданбады: {findings}",
        "Редакция не принята: {findings}",
        "The edition is refused: {findings}",
    ),
    "font_unusable": (
        "Құжаттардың {file} қарпі жоқ немесе жарамсыз: оны `make setup` орнатады",
        "Шрифта документов {file} нет, или он негоден: его ставит `make setup`",
        "The font of documents {file} is missing or cannot be used: `make setup` puts it there",
    ),
    "source_wrong": (
        "{file} дұрыс емес: {detail}. Қатенің орнын және қалай түзету керегін `ruqsat check` айтады",
        "{file} с ошибкой: {detail}. Где она и как исправить, скажет `ruqsat check`",
        "{file} is wrong: {detail}. `ruqsat check` says where and how to mend it",
    ),
    "clock_moved_too_far": (
        "Сағатты бір жолы бұлай алысқа жылжытуға болмайды; бөліп жылжытыңыз",
        "Так далеко часы за один раз не переводят: переведите их по частям",
        "The clock cannot be moved so far at once: move it in parts",
    ),
    "forbidden": ("Бұған құқығыңыз жоқ", "На это нет права", "You have no right to do this"),
    "unavailable": (
        "Сыртқы жүйе жауап бермейді; кейінірек қайталаңыз",
        "Внешняя система не отвечает: повторите позже",
        "An outside system does not answer: try again later",
    ),
    "audit_cut_short": (
        "Тексерудің бір бөлігі үзілді: ештеңе дәлелденген жоқ. Қайталаңыз, жад аз болса `--processes 1` деп",
        "Часть проверки оборвалась: ничего не доказано. Повторите, а если мало памяти, с `--processes 1`",
        "A part of the audit was cut short: nothing is proved. Try again, with `--processes 1` where memory is short",
    ),
    "unreadable": (
        "Дерекқорда оқылмайтын мән бар: {value}. Қай жолда екенін `ruqsat audit` айтады",
        "В базе есть значение, которое не читается: {value}. Где оно, скажет `ruqsat audit`",
        "The database holds a value that cannot be read: {value}. `ruqsat audit` says where",
    ),
    "database_unusable": (
        "Дерекқор жарамсыз (RUQSAT_DATABASE_URL): {reason}",
        "База данных не подходит (RUQSAT_DATABASE_URL): {reason}",
        "The database cannot be used (RUQSAT_DATABASE_URL): {reason}",
    ),
    "database_of_another": (
        "Дерекқордың кестелерін бағдарламаның басқа нұсқасы өзгерткен (RUQSAT_DATABASE_URL)",
        "Таблицы базы данных изменила другая версия программы (RUQSAT_DATABASE_URL)",
        "Another version of the program has changed the tables of the database (RUQSAT_DATABASE_URL)",
    ),
    "storage_full": (
        "Дискіде орын қалмады: ештеңе сақталған жоқ. Орын босатып, қайталаңыз",
        "На диске нет места: ничего не сохранено. Освободите место и повторите",
        "The disk is full: nothing was saved. Make room and try again",
    ),
    "case_changed": (
        "Іс осы арада өзгерді; қайталаңыз",
        "Дело тем временем изменилось: повторите",
        "The case has changed meanwhile: try again",
    ),
    "failed": ("Орындалмады: {code} {details}", "Не выполнено: {code} {details}", "It failed: {code} {details}"),
}
CALENDAR: Texts = {
    "calendar_file_is_missing": ("күнтізбе файлы жоқ", "файла календаря нет", "calendar file is missing"),
    "calendar_file_is_not_utf-8": (
        "күнтізбе файлы UTF-8 емес",
        "файл календаря не в UTF-8",
        "calendar file is not UTF-8",
    ),
    "outside_the_calendar": (
        "күнтізбе қамтитын жылдардан тыс",
        "за пределами лет, которые охватывает календарь",
        "outside the years that the calendar covers",
    ),
    "a_term_has_at_least_one_working_day": (
        "мерзім кемінде бір жұмыс күні",
        "срок не короче одного рабочего дня",
        "a term has at least one working day",
    ),
    "heading_differs": ("тақырып жолы басқа", "строка заголовка другая", "heading differs"),
    "day_stands_twice": ("күн екі рет жазылған", "день записан дважды", "day stands twice"),
    "row_cannot_be_read": ("жол оқылмайды", "строка не читается", "row cannot be read"),
    "row_has_another_number_of_columns": (
        "бағандар саны басқа",
        "другое число столбцов",
        "row has another number of columns",
    ),
    "column_is_empty": ("баған бос", "столбец пуст", "column is empty"),
    "year_cannot_be_read": ("жыл оқылмайды", "год не читается", "year cannot be read"),
    "year_stands_twice": ("жыл екі рет жазылған", "год записан дважды", "year stands twice"),
    "kind_is_unknown": ("күннің түрі белгісіз", "вид дня неизвестен", "kind is unknown"),
    "working_weekend_is_not_on_a_weekend": (
        "жұмыс күні болатын демалыс күні сенбі не жексенбіге түспейді",
        "рабочий выходной не приходится на субботу или воскресенье",
        "working weekend is not on a weekend",
    ),
    "day_off_is_moved_to_a_weekend": (
        "демалыс күні демалысқа ауыстырылған",
        "выходной перенесён на выходной",
        "day off is moved to a weekend",
    ),
    "date_cannot_be_read": ("күн оқылмайды", "дата не читается", "date cannot be read"),
    "no_year_is_declared": ("бірде-бір жыл жарияланбаған", "не объявлен ни один год", "no year is declared"),
    "years_have_a_gap": ("жылдар арасында үзіліс бар", "между годами пропуск", "years have a gap"),
    "year_of_this_day_is_not_declared": (
        "бұл күннің жылы жарияланбаған",
        "год этого дня не объявлен",
        "year of this day is not declared",
    ),
}
