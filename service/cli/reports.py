"""What the commands report when all went well, in three languages: Kazakh, Russian, English."""

from __future__ import annotations

from service.cli.terms_text import Texts

PEOPLE: Texts = {
    "iin": (
        "--iin: {iin} жарамды ЖСН емес: 12 цифрын тексеріңіз",
        "--iin: {iin} не является верным ИИН: проверьте все 12 цифр",
        "--iin: {iin} is not a valid IIN: check its 12 digits",
    ),
    "added": (
        "{login} есептік жазбасы бүгіннен ашылды, рөлдері: {roles}.",
        "Учётная запись {login} открыта с сегодняшнего дня, роли: {roles}.",
        "The account {login} is open from today, with the roles: {roles}.",
    ),
    "acting": (
        "{login} {since}-{until} аралығында № {order} бұйрық бойынша басшының міндетін атқарады.",
        "{login} исполняет обязанности руководителя с {since} по {until}, приказ № {order}.",
        "{login} is acting head from {since} until {until}, order {order}.",
    ),
    "closed": (
        "{login} есептік жазбасы жабылды; бөлімшеге қайтарылған тапсырмалар: {n}.",
        "Учётная запись {login} закрыта; задач возвращено подразделению: {n}.",
        "The account {login} is closed; tasks given back to their lane: {n}.",
    ),
    "role_given": (
        "{login}: {role} рөлі {since} күнінен беріледі.",
        "{login}: роль {role} даётся с {since}.",
        "{login} has the role {role} from {since}.",
    ),
    "role_ended": (
        "{login}: {role} рөлінің соңғы күні - {until}.",
        "{login}: последний день роли {role} - {until}.",
        "{login}: the last day of the role {role} is {until}.",
    ),
    "password_set": (
        "{login} есептік жазбасының құпиясөзі ауыстырылды; оның ашық сеанстары аяқталды.",
        "Пароль учётной записи {login} сменён, её открытые сеансы завершены.",
        "The account {login} has another password; its open sessions have ended.",
    ),
    "is_closed": ("жабық", "закрыта", "closed"),
    "role_acting": ("{role} (м.а., {basis})", "{role} (и.о., {basis})", "{role} (acting, {basis})"),
    "none": (
        "Есептік жазба әлі жоқ: `ruqsat user add` ашады.",
        "Учётных записей ещё нет: их открывает `ruqsat user add`.",
        "There is no account yet: `ruqsat user add` opens one.",
    ),
}
CLOCK: Texts = {
    "now": (
        "Демонстрация сағаты: {time}, Астана уақыты, {zone}.",
        "Часы демонстрации: {time}, время Астаны, {zone}.",
        "The demo's clock: {time}, Astana time, {zone}.",
    ),
    "not_a_time": (
        "--to: {value} уақыт емес, 2026-04-21T10:00 деп жазыңыз",
        "--to: {value} не время, пишите, например, 2026-04-21T10:00",
        "--to: {value} is not a time, write it as in 2026-04-21T10:00",
    ),
    "backwards": (
        "Сағат тек алға жылжиды: қазір {time}",
        "Часы идут только вперёд: сейчас {time}",
        "The clock moves forward only: it is {time} now",
    ),
    "not_a_number": (
        "--hours: {value} сағат қолданылмайды",
        "--hours: {value} часов не подходит",
        "--hours: {value} hours cannot be used",
    ),
}
SETTINGS: Texts = {
    "opens": ("ашылуы", "открытие", "opens"),
    "closes": ("жабылуы", "закрытие", "closes"),
    "break_from": ("үзіліс басы", "перерыв с", "break from"),
    "break_until": ("үзіліс соңы", "перерыв до", "break until"),
    "provider_name": ("Көрсетілетін қызметті берушінің атауы", "Наименование услугодателя", "Name of the provider"),
    "provider_details": ("Деректемелері", "Реквизиты услугодателя", "Details of the provider"),
    "reviewing_body": ("Шағымды қарайтын орган", "Орган, рассматривающий жалобу", "Reviewing body"),
    "working_hours": ("Жұмыс уақыты", "Рабочие часы", "Working hours"),
    "now": (
        "{name} ({key}): {value} | {since} күнінен бастап | негізі: {basis}",
        "{name} ({key}): {value} | с {since} | основание: {basis}",
        "{name} ({key}): {value} | since {since} | basis: {basis}",
    ),
    "by_edition": (
        "{name} ({key}): {value} | редакция бойынша, {since} күнінен бастап | негізі: {basis}",
        "{name} ({key}): {value} | по редакции, с {since} | основание: {basis}",
        "{name} ({key}): {value} | by the edition, since {since} | basis: {basis}",
    ),
    "entered": ("Енгізілгендер:", "Введено:", "Entered:"),
    "nothing_entered": (
        "Әлі ештеңе енгізілмеген: редакциядағы мәндер қолданылады.",
        "Ничего ещё не введено: действуют значения редакции.",
        "Nothing was entered yet: the values of the edition hold.",
    ),
    "no_edition": (
        "Бүгін күшінде редакция жоқ: `ruqsat deploy` енгізеді.",
        "Сегодня не действует ни одна редакция: её вводит `ruqsat deploy`.",
        "No edition is in force today: `ruqsat deploy` makes one.",
    ),
    "break": (
        "№ {number} үзіліс: {span}, {reason}: {by} жариялады",
        "Перерыв № {number}: {span}, {reason}: объявил(а) {by}",
        "Break {number}: {span}, {reason}: announced by {by}",
    ),
    "withdrawn": ("кері алынды", "отменён", "withdrawn"),
    "set": (
        "{name}: {since} күнінен бастап қолданылады.",
        "{name}: действует с {since}.",
        "{name}: holds from {since}.",
    ),
    "hours_set": (
        "Жұмыс уақыты {since} күнінен бастап қолданылады; жылжыған мерзімдер: {n}.",
        "Рабочие часы действуют с {since}; сдвинуто сроков: {n}.",
        "The working hours hold from {since}; deadlines moved: {n}.",
    ),
    "ask_hours": ("Осы уақытты енгізу керек пе?", "Ввести эти часы?", "Enter these hours?"),
    "announced": (
        "№ {number} үзіліс жарияланды: {span}.",
        "Перерыв № {number} объявлен: {span}.",
        "Break {number} is announced: {span}.",
    ),
    "taken_back": (
        "№ {number} үзіліс кері алынды.",
        "Перерыв № {number} отменён.",
        "Break {number} is withdrawn.",
    ),
}
MIGRATION: Texts = {
    "editions": (
        "Барлары: {numbers}.",
        "Есть редакции: {numbers}.",
        "There are the editions: {numbers}.",
    ),
    "could": ("{number}: көшуі мүмкін", "{number}: можно перевести", "{number}: could move"),
    "moved": ("{number}: көшірілді", "{number}: переведено", "{number}: moved"),
    "stays": ("{number}: көшпейді: {why}", "{number}: не переводится: {why}", "{number}: stays: {why}"),
    "total": ("Істер: {n}.", "Дел: {n}.", "Cases: {n}."),
    "gone": (
        "{element}: жаңа сызбада жоқ",
        "{element}: в новой схеме этого элемента нет",
        "{element}: is not in the new drawing",
    ),
    "other_kind": (
        "{element}: жаңа сызбада басқа түрдегі элемент",
        "{element}: в новой схеме это элемент другого вида",
        "{element}: is another kind of element in the new drawing",
    ),
    "other_lane": (
        "{element}: жаңа сызбада басқа рөлде",
        "{element}: в новой схеме у другой роли",
        "{element}: is in another lane of the new drawing",
    ),
    "elsewhere": (
        "{element}: жаңа сызбада басқа жерде",
        "{element}: в новой схеме стоит в другом месте",
        "{element}: stands elsewhere in the new drawing",
    ),
    "other_surroundings": (
        "{element}: айналасы өзгерген",
        "{element}: изменилось то, что его окружает",
        "{element}: what surrounds it has changed",
    ),
    "other_event": ("{element}: басқа оқиға", "{element}: другое событие", "{element}: is another event"),
    "other_structure": (
        "{element}: құрылымы өзгерген",
        "{element}: строение изменилось",
        "{element}: its structure has changed",
    ),
    "ended": ("іс аяқталған", "дело завершено", "the case has ended"),
    "other_process": ("басқа рәсімнің ісі", "дело другой процедуры", "it is a case of another procedure"),
}
CHECKING: Texts = {
    "note": ("ескерту", "заметка", "note"),
    "found": ("Табылған кемшіліктер: {n}.", "Найдено недостатков: {n}.", "{n} found"),
    "nothing": ("Кемшілік жоқ.", "Недостатков нет.", "nothing is wrong"),
    "deployed": (
        "{act} актісінің № {number} редакциясы: {since} күнінен бастап {until} күшінде.",
        "Редакция № {number} акта {act}: действует с {since} {until}.",
        "edition {number} of {act}: in force from {since} {until}",
    ),
    "until": ("{day} күніне дейін", "по {day}", "until {day}"),
    "further": ("өзгертілгенше", "до изменения", "until further notice"),
    "unchanged": (
        "Бұл редакция енгізілген: {act} актісінің № {number} редакциясы, {day}. Ештеңе өзгерген жоқ.",
        "Эта редакция уже введена: № {number} акта {act}, {day}. Ничего не изменено.",
        "this edition is already deployed: edition {number} of {act}, on {day}; nothing changed",
    ),
    "duty": ("  {law} {name}: мерзімі {day}", "  {law} {name}: до {day}", "  {law} {name}: due {day}"),
}
