"""The advice of the check of `edition.toml`, in three languages: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

ACT_ADVICE: Mapping[str, tuple[str, str, str]] = {
    "act_key_missing": (
        "{key} жоқ. Оны жазыңыз.",
        "Нет {key}. Напишите его.",
        "{key} is missing. Write it.",
    ),
    "act_key_unknown": (
        "{key} дегенді ешкім оқымайды. Мыналардың бірін жазыңыз: {known}.",
        "{key} никто не читает. Напишите одно из этих: {known}.",
        "Nobody reads {key}. Write one of these: {known}.",
    ),
    "act_no_table": (
        "{key} кесте болуы керек. Оның кілттерін [{key}] деген жолдың астына жазыңыз.",
        "{key} должно быть таблицей. Напишите её ключи под строкой [{key}].",
        "{key} is not a table. Write its keys below the line [{key}].",
    ),
    "act_no_list": (
        "{key} тізім болуы керек. Мәндерін [ ] ішіне жазыңыз.",
        "{key} должно быть списком. Заключите значения в [ ].",
        "{key} is not a list. Write its values within [ ].",
    ),
    "act_no_text": (
        "{key} мәтін болуы керек: бос емес, ең көбі {most} таңба, көрінбейтіндерінсіз. Оны тырнақшаға алып жазыңыз.",
        "{key} должно быть текстом: не пустым, не длиннее {most} знаков, без невидимых. Напишите его в кавычках.",
        "{key} is not a text: not empty, of at most {most} characters, none invisible. Write it in quotes.",
    ),
    "act_no_day": (
        "{key} күн болуы керек. Оны тырнақшасыз жазыңыз, мысалы 2027-01-15.",
        "{key} должно быть днём. Напишите его без кавычек, например 2027-01-15.",
        "{key} is not a day. Write it without quotes, such as 2027-01-15.",
    ),
    "act_no_hour": (
        "{key} толық минуттары бар сағат болуы керек. Оны тырнақшасыз жазыңыз, мысалы 09:00:00.",
        "{key} должно быть временем в целых минутах. Напишите его без кавычек, например 09:00:00.",
        "{key} is not an hour with whole minutes. Write it without quotes, such as 09:00:00.",
    ),
    "act_no_term": (
        "{key} 1 мен {most} арасындағы бүтін сан болуы керек. Оны тырнақшасыз жазыңыз.",
        "{key} должно быть целым числом от 1 до {most}. Напишите его без кавычек.",
        "{key} is not a whole number from 1 to {most}. Write it without quotes.",
    ),
    "act_start_without_basis": (
        "Акт {proposed} күні күшіне енбейді. act.in_force_basis ішіне неге екенін жазыңыз (O6).",
        "Акт вступает в силу не {proposed}. Напишите в act.in_force_basis, почему (O6).",
        "The act does not come into force on {proposed}. Write into act.in_force_basis why (O6).",
    ),
    "act_ends_first": (
        "{key} басталған күнінен бұрын. Екі күнді тексеріңіз.",
        "{key} раньше дня начала. Проверьте оба дня.",
        "{key} lies before the first day. Check both days.",
    ),
    "act_twice": (
        "{number} актісі екі рет жазылған. Біреуін қалдырыңыз.",
        "Акт {number} записан дважды. Оставьте его один раз.",
        "The act {number} is written twice. Leave it once.",
    ),
    "act_not_counted": (
        "{key} күнінен мерзім санауға болмайды: күнтізбе {first} мен {last} аралығын қамтиды. Күнді тексеріңіз.",
        "От дня {key} нельзя считать срок: календарь охватывает {first} – {last}. Проверьте день.",
        "No term can be counted from {key}: the calendar covers {first} to {last}. Check the day.",
    ),
    "form_terms_unchecked": (
        "Формалардың мәтіндеріндегі мерзімдер тексерілмеді, өйткені олардың ұзақтығын айтатын {act} қате: {forms}."
        " Оны түзетіп, қайта тексеріңіз.",
        "Сроки в текстах форм не проверены, так как {act}, где указана их длительность, содержит ошибки: {forms}."
        " Исправьте его и проверьте снова.",
        "The terms in the texts of forms were not checked, since {act}, which says how long they are, is wrong:"
        " {forms}. Correct it and check again.",
    ),
    "act_hours_disagree": (
        "Жұмыс сағаттары opens, break_from, break_until, closes ретімен төртеуі де болуы керек. Оларды түзетіңіз.",
        "Часы работы должны быть все четыре и идти по порядку opens, break_from, break_until, closes. Исправьте их.",
        "The hours must be all four, in the order opens, break_from, break_until, closes. Correct them.",
    ),
    "act_hours_too_short": (
        "Жұмыс күнінде үзіліссіз кемінде бір сағат жұмыс уақыты болуы керек. Сағаттарды түзетіңіз.",
        "В рабочем дне должен быть хотя бы один час работы без перерыва. Исправьте часы.",
        "A working day has at least one hour of work without its break. Correct the hours.",
    ),
}
"""By the code of a fault: Kazakh, Russian, English."""
