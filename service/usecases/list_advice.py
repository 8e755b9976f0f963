"""The advice of the check of the shared lists, the rows of the law and what the program reads, in three languages."""

from __future__ import annotations

from collections.abc import Mapping

LIST_ADVICE: Mapping[str, tuple[str, str, str]] = {
    "key_read": (
        "Бағдарлама бұл жауапты {key} кілтімен оқиды. Осы кілті бар өрісті қалдырыңыз; алып тастау үшін "
        "бағдарламашы керек.",
        "Программа читает этот ответ по ключу {key}. Оставьте поле с этим ключом; чтобы убрать его, нужен программист.",
        "The program reads this answer by its key {key}. Keep a field of this key; to leave it out needs a programmer.",
    ),
    "rows_missing": (
        "Заң талаптарының жолдары жоқ. Оларды [row] астына жазыңыз.",
        "Нет строк требований закона. Напишите их под [row].",
        "There are no rows of the law. Write them under [row].",
    ),
    "row_texts": (
        'Қазақша, орысша және ағылшынша үш мәтін болуы керек: ["...", "...", "..."].',
        'Нужны три текста: на казахском, русском и английском: ["...", "...", "..."].',
        'There must be three texts, in Kazakh, Russian and English: ["...", "...", "..."].',
    ),
    "list_no_list": (
        "Файлда тізім болуы керек: жазбаларды [ ] ішіне жазыңыз, ең кемі біреу болсын.",
        "В файле должен быть список: заключите записи в [ ], нужна хотя бы одна.",
        "The file must hold a list. Put its entries into [ ], at least one.",
    ),
    "list_no_notices": (
        "Файлда хабарламалар болуы керек, әрқайсысы өз атымен: оларды {{ }} ішіне жазыңыз.",
        "В файле должны быть уведомления, каждое под своим именем: заключите их в {{ }}.",
        "The file must hold notices, each under its name. Put them into {{ }}.",
    ),
    "list_no_entry": (
        "{key}: жазба емес. Оны кілтімен және мәтіндерімен {{ }} ішіне жазыңыз.",
        "{key}: это не запись. Заключите её в {{ }} с её ключом и текстами.",
        "{key} is no entry. Put it into {{ }} with its key and its texts.",
    ),
    "list_value": (
        "{key} жазбасында {name} жоқ немесе басқа түрде. Оны басқа жазбалардағыдай жазыңыз.",
        "В записи {key} нет {name}, или это другого вида. Напишите его так же, как в других записях.",
        "The entry {key} has no {name}, or one of another kind. Write it as in the other entries.",
    ),
    "list_key_twice": (
        "{key} кілті екі рет қолданылған. Біреуін өзгертіңіз.",
        "Ключ {key} использован дважды. Измените один из них.",
        "The key {key} is used twice. Change one of them.",
    ),
    "list_unknown": (
        "{key} жазбасы {list} тізімін атайды, ол жоқ. Атын түзетіңіз.",
        "Запись {key} называет список {list}, которого нет. Исправьте имя.",
        "The entry {key} names the list {list}, which does not exist. Correct the name.",
    ),
    "notice_missing": (
        "{key} хабарламасы жоқ, бағдарлама оны өзі жібереді. Оны жазыңыз.",
        "Нет уведомления {key}, а программа отправляет его сама. Напишите его.",
        "The notice {key} is missing, and the program sends it by itself. Write it.",
    ),
    "list_braces": (
        "{key} үшін «{language}» тіліндегі мәтінде {{ }} дұрыс емес. Оларға тек белгілі атауды жазыңыз: {{number}}.",
        "В тексте для {key} на языке «{language}» неверны {{ }}. Пишите в них только имя: {{number}}.",
        "The text for {key} in the language {language} has wrong braces {{ }}. Write only a name in them: {{number}}.",
    ),
    "list_text_missing": (
        "{key} үшін «{language}» тілінде мәтін жоқ. Оны жазыңыз.",
        "Для {key} нет текста на языке «{language}». Напишите его.",
        "There is no text for {key} in the language {language}. Write it.",
    ),
}
"""By the code of a fault: Kazakh, Russian, English."""
