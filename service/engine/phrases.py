"""The words between the names when a procedure is told in three languages."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, Mapping[str, str]] = {
    "language": {"kk": "Қазақша", "ru": "По-русски", "en": "In English"},
    "made": {
        "kk": "Бұл мәтін сызбадан жасалған (`ruqsat show {process} --write`): мәтінді емес, сызбаны өзгертіңіз.",
        "ru": "Этот текст сделан из диаграммы (`ruqsat show {process} --write`): меняйте диаграмму, а не текст.",
        "en": "This text is made from the drawing (`ruqsat show {process} --write`): change the drawing, not the text.",
    },
    "roles": {"kk": "Кім орындайды", "ru": "Кто исполняет", "en": "Who acts"},
    "course": {"kk": "Рәсімнің барысы", "ru": "Ход процедуры", "en": "The course of the procedure"},
    "any_time": {"kk": "Кез келген уақытта", "ru": "В любое время", "en": "At any time"},
    "start_event": {"kk": "басталуы", "ru": "начало", "en": "start"},
    "end_event": {"kk": "аяқталуы", "ru": "окончание", "en": "end"},
    "user_task": {"kk": "тапсырма", "ru": "задача", "en": "task"},
    "service_task": {"kk": "жүйенің әрекеті", "ru": "действие системы", "en": "done by the system"},
    "exclusive_gateway": {"kk": "таңдау", "ru": "выбор", "en": "choice"},
    "parallel_gateway": {"kk": "қатарлас жүру", "ru": "параллельно", "en": "side by side"},
    "event_based_gateway": {"kk": "не болатынын күту", "ru": "ожидание события", "en": "wait for what comes first"},
    "timer": {"kk": "мерзім", "ru": "срок", "en": "term"},
    "message": {"kk": "хабар", "ru": "сообщение", "en": "message"},
    "sub_process": {"kk": "кезең", "ru": "этап", "en": "stage"},
    "event_sub_process": {"kk": "оқиға", "ru": "событие", "en": "event"},
    "form": {"kk": "форма", "ru": "форма", "en": "form"},
    "document": {"kk": "құжат", "ru": "документ", "en": "document"},
    "kept_when": {"kk": "сақталады, егер", "ru": "соблюдён, если", "en": "kept if"},
    "operation": {"kk": "операция", "ru": "операция", "en": "operation"},
    "law": {"kk": "тармақ", "ru": "пункт", "en": "point"},
    "if": {"kk": "егер", "ru": "если", "en": "if"},
    "otherwise": {"kk": "әйтпесе", "ru": "иначе", "en": "otherwise"},
    "then": {"kk": "одан кейін", "ru": "затем", "en": "then"},
    "ends_task": {"kk": "тапсырманы тоқтатады", "ru": "прекращает задачу", "en": "ends the task"},
    "goes_beside": {"kk": "тапсырма жалғасады", "ru": "задача продолжается", "en": "the task goes on"},
    "ends_case": {"kk": "қалғанының бәрін тоқтатады", "ru": "прекращает всё остальное", "en": "ends everything else"},
    "case_goes_on": {"kk": "іс жалғасады", "ru": "дело продолжается", "en": "the case goes on"},
}
