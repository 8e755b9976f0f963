"""What `ruqsat audit` says of records that do not agree, in three languages: Kazakh, Russian, English."""

from __future__ import annotations

from service.cli.terms_text import Texts

AUDIT: Texts = {
    "of_case": ("{number} ісі", "дело {number}", "case {number}"),
    "of_office": ("кеңсе", "ведомство", "office"),
    "found": (
        "Келіспейтін жерлер: {n}.",
        "Расхождений найдено: {n}.",
        "{n} disagreements found.",
    ),
    "agrees": ("Бәрі сәйкес келеді.", "Всё согласуется.", "Everything agrees."),
    "journal": ("журнал", "журнал", "journal"),
    "seals": ("журнал мөрлері", "печати журнала", "seals of the journal"),
    "state": ("істің сақталған күйі", "сохранённое состояние дела", "saved state of the case"),
    "tasks": ("тапсырмалар", "задачи", "tasks"),
    "deadlines": ("мерзімдер", "сроки", "deadlines"),
    "files": ("файлдар", "файлы", "files"),
    "register": ("тізілім", "реестр", "register"),
    "documents": ("құжаттар", "документы", "documents"),
    "outcome": ("істің нәтижесі", "исход дела", "outcome of the case"),
    "complaint": ("шағым", "жалоба", "complaint"),
    "counter": ("нөмірлер санауышы", "счётчик номеров", "counter of numbers"),
    "rows": ("жолдар", "строки", "rows"),
    "breaches": ("өтіп кеткен мерзімдер", "пропущенные сроки", "missed terms"),
}
"""Where something does not agree, and the outcome of the audit."""

AUDIT_FOUND: Texts = {
    "chain_broken": (
        "{line}-жазба ({action}, {at}) тізбекті жалғастырмайды",
        "запись {line} ({action}, {at}) не продолжает цепочку",
        "line {line} ({action}, {at}) does not continue the chain",
    ),
    "chain_end": (
        "соңғы жазба {line}, ал сақталған соңы {kept}-жазбада",
        "последняя запись {line}, а сохранённый конец на записи {kept}",
        "it ends with line {line}, kept is an end at line {kept}",
    ),
    "no_line": ("бірде-бір жазба жоқ", "нет ни одной записи", "it has no line"),
    "case_gone": (
        "{case} кілтті іс жоқ, журналының соңы сақталған",
        "дела с ключом {case} нет, а конец его журнала сохранён",
        "the case with the key {case} is gone; the end of its journal is kept",
    ),
    "counted": (
        "{element}: жолдар {rows}, журналда {action} {lines}",
        "{element}: строк {rows}, в журнале {action} {lines}",
        "{element}: rows {rows}, {action} in the journal {lines}",
    ),
    "permits": (
        "рұқсаттар {permits}, тізілім жазбалары {entries}, журнал бойынша енгізілгені {lines}",
        "разрешения {permits}, записи реестра {entries}, внесено по журналу {lines}",
        "permits {permits}, entries {entries}, entered by the journal {lines}",
    ),
    "papers": (
        "{kind} {papers}, журнал бойынша {lines}",
        "{kind} {papers}, по журналу {lines}",
        "{kind} {papers}, by the journal {lines}",
    ),
    "corrected": (
        "түзетілген {papers}, журнал бойынша {lines}",
        "исправлено {papers}, по журналу {lines}",
        "corrected {papers}, by the journal {lines}",
    ),
    "outcome_entries": (
        "нәтиже {outcome}, осы кезеңдегі тізілім жазбалары {entries}",
        "исход {outcome}, записи реестра этого рассмотрения {entries}",
        "outcome {outcome}, entries of this round {entries}",
    ),
    "outcome_state": (
        "күйі {state}, нәтиже {outcome}",
        "состояние {state}, исход {outcome}",
        "state {state}, outcome {outcome}",
    ),
    "complaint_outcome": (
        "нәтиже {outcome}, журнал бойынша {line}",
        "исход {outcome}, по журналу {line}",
        "outcome {outcome}, by the journal {line}",
    ),
    "paper_not_cancelled": (
        "шағым жасалған құжаттың күші жойылды деп белгіленбеген",
        "обжалуемый документ не отмечен как отменённый",
        "the contested paper is not marked as cancelled",
    ),
    "permit_not_cancelled": (
        "шағым жасалған рұқсаттың күші тізілімде жойылмаған",
        "обжалуемое разрешение в реестре не аннулировано",
        "the contested permit stands in the register uncancelled",
    ),
    "row_put_in": ("{row}-жол қосылған", "строка {row} вставлена", "row {row} was put in"),
    "row_changed": ("{row}-жол өзгертілген", "строка {row} изменена", "row {row} was changed"),
    "row_taken_away": ("{row}-жол алып тасталған", "строка {row} удалена", "row {row} was taken away"),
    "row_changed_before": (
        "{row}-жол {line}-жазбаға дейін өзгертілген, қосылған немесе алып тасталған",
        "строка {row} изменена, вставлена или удалена до записи {line}",
        "row {row} was changed, put in or taken away before line {line}",
    ),
    "counter": (
        "{series} {year}: санауыш {value}, берілген нөмірлер {used}",
        "{series} {year}: счётчик {value}, номеров выдано {used}",
        "{series} {year}: the counter says {value}, numbers given are {used}",
    ),
    "seal_gone": ("{seal}-мөр дерекқорда жоқ", "печати {seal} нет в базе", "seal {seal} is gone from the database"),
    "seal_other": (
        "{seal}-мөр жазып алынғаннан басқа",
        "печать {seal} не та, что была записана",
        "seal {seal} is not the one that was written down",
    ),
    "seals_unlisted": (
        "seals.jsonl тізімі кейбір мөрлерді жоғалтқан: саны {number}, {first}-мөрден {last}-мөрге дейін",
        "список seals.jsonl утратил печати: числом {number}, с {first} по {last}",
        "the list seals.jsonl has lost seals: {number}, from {first} to {last}",
    ),
    "seal_broken": (
        "{seal}-мөр {before}-мөрді жалғастырмайды",
        "печать {seal} не продолжает печать {before}",
        "seal {seal} does not continue seal {before}",
    ),
    "seal_unsigned": (
        "{seal}-мөрге біздің кілтпен қол қойылмаған",
        "печать {seal} подписана не нашим ключом",
        "seal {seal} is not signed by a key of ours",
    ),
    "line_gone": (
        "{case} кілтті істің {line}-жазбасы жоқ, ол {seal}-мөрде бар",
        "записи {line} дела с ключом {case} нет, в печати {seal} она есть",
        "line {line} of the case with the key {case} is gone; seal {seal} has it",
    ),
    "line_other": (
        "{case} кілтті істің {line}-жазбасы {seal}-мөрдегіден басқа",
        "запись {line} дела с ключом {case} не та, что в печати {seal}",
        "line {line} of the case with the key {case} is another than in seal {seal}",
    ),
    "office_line_gone": (
        "кеңсенің {line}-жазбасы жоқ, ол {seal}-мөрде бар",
        "записи {line} ведомства нет, в печати {seal} она есть",
        "line {line} of the office is gone; seal {seal} has it",
    ),
    "office_line_other": (
        "кеңсенің {line}-жазбасы {seal}-мөрдегіден басқа",
        "запись {line} ведомства не та, что в печати {seal}",
        "line {line} of the office is another than in seal {seal}",
    ),
    "unsealed": (
        "{case} кілтті істің журналы {line}-жазбаға дейін мөрленген деп белгіленген, бірақ ондай мөр жоқ",
        "журнал дела с ключом {case} отмечен как скреплённый печатью до записи {line}, а такой печати нет",
        "the journal of the case with the key {case} is marked as sealed up to line {line}; there is no such seal",
    ),
    "office_unsealed": (
        "кеңсенің журналы {line}-жазбаға дейін мөрленген деп белгіленген, бірақ ондай мөр жоқ",
        "журнал ведомства отмечен как скреплённый печатью до записи {line}, а такой печати нет",
        "the journal of the office is marked as sealed up to line {line}; there is no such seal",
    ),
    "engine_tasks": (
        "жолдар {rows}, қозғалтқышта {engine}",
        "строки {rows}, в движке {engine}",
        "rows {rows}, engine {engine}",
    ),
    "engine_timer": (
        "жол {row}, қозғалтқышта {engine}",
        "строка {row}, в движке {engine}",
        "row {row}, engine {engine}",
    ),
    "not_fired": (
        "{row}-жол ({element}): мерзім {due_at} сәтінде аяқталды, бірақ одан кейінгі әрекет жасалмаған",
        "строка {row} ({element}): срок истёк {due_at}, а того, что за ним следует, программа не сделала",
        "row {row} ({element}): the term ended at {due_at} and has not fired",
    ),
    "tried_too_late": (
        "{row}-жол ({element}): {due_at} сәтіндегі мерзім ең ұзақ кідірістен кейінге, {retry_at} сәтіне қалдырылған",
        "строка {row} ({element}): срок {due_at} отложен до {retry_at}, дольше самой длинной паузы",
        "row {row} ({element}): the term of {due_at} is put off until {retry_at}, longer than the longest pause",
    ),
    "unreadable": (
        "оқылмайтын мән бар: {fault}",
        "есть значение, которое не читается: {fault}",
        "a value that cannot be read: {fault}",
    ),
    "value_unreadable": (
        "{row}-жол, {column} бағаны: мән оқылмайды",
        "строка {row}, столбец {column}: значение не читается",
        "row {row}, column {column}: the value cannot be read",
    ),
    "fault": ("{fault}", "{fault}", "{fault}"),
}
"""What was found, by the code of a `Disagreement`."""
