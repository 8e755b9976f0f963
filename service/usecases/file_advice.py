"""The advice of the check of forms, lists, documents and the act, in three languages: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.languages import LANGUAGES
from service.usecases.act_advice import ACT_ADVICE
from service.usecases.list_advice import LIST_ADVICE

ADVICE: Mapping[str, tuple[str, str, str]] = {
    **ACT_ADVICE,
    **LIST_ADVICE,
    "file_missing": (
        "Файл жоқ. Оны жазыңыз.",
        "Файла нет. Напишите его.",
        "The file is missing. Write it.",
    ),
    "file_not_json": (
        "Файл JSON емес: {detail}. Жақшалар мен үтірлерді тексеріңіз.",
        "Это не JSON: {detail}. Проверьте скобки и запятые.",
        "This is not JSON: {detail}. Check the brackets and commas.",
    ),
    "file_too_large": (
        "Файл тым үлкен: {size} байт, ең көбі {most}. Оны қысқартыңыз.",
        "Файл слишком велик: {size} байт, а можно не более {most}. Сократите его.",
        "The file is too large: {size} bytes, at most {most} are allowed. Shorten it.",
    ),
    "check_too_long": (
        "Тексеру {seconds} секундтан кейін тоқтатылды, бұл файл тексерілмеді. Файлдарды қысқартыңыз немесе азайтыңыз.",
        "Проверка остановлена через {seconds} секунд, этот файл не проверен. Сократите файлы или их число.",
        "The check was stopped after {seconds} seconds and did not reach this file. Shorten the files or their number.",
    ),
    "file_no_object": (
        "Файлда бір JSON object болуы керек: бәрін {{ }} ішіне жазыңыз.",
        "В файле должен быть один JSON object: заключите всё в {{ }}.",
        "The file must hold one JSON object. Put everything into {{ }}.",
    ),
    "form_shape": (
        "Бұл форма емес (shaped like a form): {detail}. Файлды формалар редакторында ашып, қайта сақтаңыз.",
        "Это не похоже на форму: {detail}. Откройте файл в редакторе форм и сохраните снова.",
        "This is not shaped like a form: {detail}. Open it in the editor of forms and save it again.",
    ),
    "form_unreadable": (
        "Форма оқылмайды: {detail}. Осы өрісті түзетіңіз.",
        "Форму нельзя прочитать: {detail}. Исправьте это поле.",
        "The form cannot be read: {detail}. Correct this field.",
    ),
    "schema_version": (
        "schemaVersion {first} мен {last} аралығында болуы керек. Файлды формалар редакторында қайта сақтаңыз.",
        "schemaVersion должна быть от {first} до {last}. Сохраните файл в редакторе форм снова.",
        "schemaVersion must be from {first} to {last}. Save the file again in the editor of forms.",
    ),
    "component_id_twice": (
        "Бұл id екі рет қолданылған. Әрқайсысына өз id-ін беріңіз.",
        "Этот id использован дважды. Дайте каждому свой.",
        "This id is used twice. Give each its own.",
    ),
    "component_without_id": (
        "{type} түріндегі компоненттің id-і жоқ. Оған id беріңіз.",
        "У компонента типа {type} нет id. Дайте ему id.",
        "A component of type {type} has no id. Give it one.",
    ),
    "component_id_taken": (
        "Бұл id форманың атауына тиесілі (taken). Басқасын таңдаңыз.",
        "Этот id занят названием формы. Выберите другой.",
        "This id is taken by the title of the form. Choose another.",
    ),
    "key_twice": (
        "{key} кілті екі рет қолданылған. Кілттер әртүрлі болуы керек.",
        "Ключ {key} использован дважды. Ключи должны различаться.",
        "The key {key} is used twice. Keys must differ.",
    ),
    "key_style": (
        "Кілт (key) кіші латын әріптерінен, цифрлар мен _ белгісінен тұрып, әріптен басталуы керек. Атын өзгертіңіз.",
        "Ключ (key) должен состоять из малых латинских букв, цифр и _ и начинаться с буквы. Измените его.",
        "The key must be small Latin letters, digits and _, and begin with a letter. Change it.",
    ),
    "key_taken": (
        "{key} кілтін беттердің өзі қолданады. Басқасын таңдаңыз.",
        "Ключ {key} занят самими страницами. Выберите другой.",
        "The key {key} is taken by the pages. Choose another.",
    ),
    "type_unknown": (
        "{type} түріне рұқсат жоқ. Мыналардың бірін қолданыңыз: {known}.",
        "Тип {type} не разрешён. Используйте один из: {known}.",
        "Type {type} is not allowed. Use one of {known}.",
    ),
    "type_html": (
        "html түріне рұқсат жоқ. text қолданыңыз.",
        "Тип html не разрешён. Используйте text.",
        "Type html is not allowed. Use a text.",
    ),
    "type_iframe": (
        "iframe түріне рұқсат жоқ. Мекенжайды мәтінде беріңіз.",
        "Тип iframe не разрешён. Дайте адрес в тексте.",
        "Type iframe is not allowed. Give an address in a text.",
    ),
    "type_table": (
        "table түріне рұқсат жоқ. Өрістерді немесе мәтінді қолданыңыз.",
        "Тип table не разрешён. Используйте поля или текст.",
        "Type table is not allowed; use fields or a text.",
    ),
    "type_expression": (
        "expression түріне рұқсат жоқ. Шешімді сызба қабылдасын.",
        "Тип expression не разрешён. Пусть решает диаграмма.",
        "Type expression is not allowed. Let the diagram decide.",
    ),
    "type_dynamiclist": (
        "dynamiclist түріне рұқсат жоқ. repeat қасиеті бар топты қолданыңыз.",
        "Тип dynamiclist не разрешён. Используйте группу со свойством repeat.",
        "Type dynamiclist is not allowed. Use a group with the property repeat.",
    ),
    "type_image": (
        "image түріне рұқсат жоқ. Суреттің орны формада емес, бетте.",
        "Тип image не разрешён. Место картинки на странице, а не в форме.",
        "Type image is not allowed. Pictures belong on the page, not in a form.",
    ),
    "type_taglist": (
        "taglist түріне рұқсат жоқ. checklist қолданыңыз.",
        "Тип taglist не разрешён. Используйте checklist.",
        "Type taglist is not allowed. Use a checklist.",
    ),
    "validate_unknown": (
        "validate.{name} белгісіз. Оны алып тастаңыз.",
        "validate.{name} неизвестно. Уберите его.",
        "validate.{name} is not known. Remove it.",
    ),
    "without_effect": (
        "{name} мұнда ешнәрсе өзгертпейді. Оны алып тастаңыз.",
        "{name} здесь ничего не меняет. Уберите его.",
        "{name} would have no effect here. Remove it.",
    ),
    "conditional_unknown": (
        "conditional.{name} белгісіз. Тек hide қолданылады.",
        "conditional.{name} неизвестно. Есть только hide.",
        "conditional.{name} is not known. Only hide is.",
    ),
    "options_or_key": (
        "values немесе valuesKey: екеуінің бірін ғана беріңіз.",
        "Дайте либо values, либо valuesKey.",
        "Give either values or a valuesKey.",
    ),
    "option_twice": (
        "Екі нұсқаның мәні бірдей. Біреуін өзгертіңіз.",
        "У двух вариантов одно значение. Измените одно из них.",
        "Two options have the same value. Change one of them.",
    ),
    "subtype": (
        "subtype date немесе time болуы керек. Күн мен сағатты екі өрісте сұраңыз.",
        "subtype должен быть date или time. Спрашивайте день и час в двух полях.",
        "subtype must be date or time. Ask a day and an hour in two fields.",
    ),
    "format_unknown": (
        "{format} пішімі белгісіз. Мыналардың бірін қолданыңыз: {known}.",
        "Формат {format} неизвестен. Используйте один из: {known}.",
        "Format {format} is not known. Use one of {known}.",
    ),
    "property_number": (
        "properties.{name} 1 мен 99 арасындағы бүтін сан болуы керек. Оны түзетіңіз.",
        "properties.{name} должно быть целым числом от 1 до 99. Исправьте его.",
        "properties.{name} must be a whole number from 1 to 99. Correct it.",
    ),
    "repeat_group": (
        "Тек топ қайталана алады. Өрісті топтың ішіне салыңыз.",
        "Повторяться может только группа. Поместите поле в группу.",
        "Only a group can be repeated. Put the field into a group.",
    ),
    "attachments_filepicker": (
        "Қоса берілетін құжаттар тобына filepicker керек. Оны қосыңыз.",
        "Группе приложений нужен filepicker. Добавьте его.",
        "A group of attachments needs a filepicker. Add one.",
    ),
    "pattern_wrong": (
        "Үлгі тұрақты өрнек емес: {detail}. Оны түзетіңіз.",
        "Шаблон не является регулярным выражением: {detail}. Исправьте его.",
        "The pattern is not a regular expression: {detail}. Correct it.",
    ),
    "pattern_involved": (
        "Үлгі тым күрделі. Оны қысқартыңыз, * пен + ең көбі төртеу болсын.",
        "Шаблон слишком сложный. Сократите его; знаков * и + не больше четырёх.",
        "The pattern is too involved. Keep it short, with at most four of * and +.",
    ),
    "pattern_back": (
        "Үлгі кері сілтемей және айналасына қарамай жазылуы керек.",
        "Шаблон не может ссылаться назад и заглядывать вокруг. Напишите его без этого.",
        "The pattern may not refer back or look around. Write it without.",
    ),
    "pattern_nested": (
        "Үлгіде ішінде қайталау не таңдау бар жақша қайталанады. Онсыз жазыңыз.",
        "Шаблон повторяет скобку, в которой есть повтор или выбор. Напишите без этого.",
        "The pattern repeats a bracket that itself repeats or chooses. Write it without.",
    ),
    "pattern_length": (
        "Үлгісі бар мәтіннің ұзындығы ең көбі {most} таңба. maxLength мәнін азайтыңыз.",
        "Текст с шаблоном может иметь не больше {most} знаков. Уменьшите maxLength.",
        "A text with a pattern may have at most {most} characters. Lower maxLength.",
    ),
    "condition_field": (
        "Шарт {key} туралы айтады, бірақ бұл өріс осыдан бұрын сұралмайды. Шартты немесе ретін өзгертіңіз.",
        "Условие говорит о {key}, но такое поле раньше не спрашивается. Измените условие или порядок.",
        "The condition speaks of {key}, which is not a field asked before this one. Change the condition or the order.",
    ),
    "condition_contains": (
        "list contains үшін checklist керек, ал {key} – {type}. Шартты өзгертіңіз.",
        "Для list contains нужен checklist, а {key} – это {type}. Измените условие.",
        "list contains needs a checklist; {key} is a {type}. Change the condition.",
    ),
    "condition_checklist": (
        '{key} – checklist: list contains({key}, "...") деп жазыңыз.',
        '{key} – это checklist: напишите list contains({key}, "...").',
        '{key} is a checklist: write list contains({key}, "...").',
    ),
    "condition_value": (
        "{key} ешқашан {value} мәнін алмайды. Шартты түзетіңіз.",
        "{key} никогда не имеет значения {value}. Исправьте условие.",
        "{key} never has the value {value}. Correct the condition.",
    ),
    "title_missing": (
        'Форманың атауы жоқ. Жазыңыз: {{"form": {{"title": "..."}}}}.',
        'Нет названия формы. Напишите: {{"form": {{"title": "..."}}}}.',
        'The title is missing. Write {{"form": {{"title": "..."}}}}.',
    ),
    "text_for_nothing": (
        "Мұндай id-і бар компонент жоқ. Мәтінді алып тастаңыз немесе id-ді түзетіңіз.",
        "Компонента с таким id нет. Уберите текст или исправьте id.",
        "No component has this id. Remove the text or mend the id.",
    ),
    "label_missing": (
        "Мәтін жоқ. label жазыңыз.",
        "Нет текста. Напишите label.",
        "The text is missing. Write a label.",
    ),
    "outside_pages": (
        "Бұл форма беттермен толтырылады, ал бұл компонент ешбір бетте емес: оны ешкім сұрамайды. "
        "Оны беті бар топтың (properties.page) ішіне салыңыз.",
        "Эта форма заполняется по страницам, а этот компонент ни на одной не стоит: его никто не спросит. "
        "Поместите его в группу, у которой есть страница (properties.page).",
        "This form is filled in page by page, and this component stands on none: nobody is asked it. "
        "Put it into a group that has a page (properties.page).",
    ),
    "option_text_missing": (
        "{value} нұсқасының мәтіні жоқ. Оны жазыңыз.",
        "У варианта {value} нет текста. Напишите его.",
        "The option {value} has no text. Write it.",
    ),
    "option_text_for_nothing": (
        "{value} деген нұсқа жоқ. Оның мәтінін алып тастаңыз.",
        "Варианта {value} нет. Уберите его текст.",
        "There is no option {value}. Remove its text.",
    ),
    "pattern_message_missing": (
        'Үлгі не талап ететінін айтыңыз: "messages": {{"pattern": "..."}}.',
        'Скажите, чего требует шаблон: "messages": {{"pattern": "..."}}.',
        'Say what the pattern wants: "messages": {{"pattern": "..."}}.',
    ),
    "hint_missing": (
        "Түсіндірме жоқ. description жазыңыз.",
        "Нет подсказки. Напишите description.",
        "The hint is missing. Write a description.",
    ),
    "place_unknown": (
        "{{{name}}} орнына ештеңе қойылмайды. Сағат сұралатын өрістің түсіндірмесінде ғана мыналар қойылады: {known}.",
        "Вместо {{{name}}} ничего не подставляется. Только в подсказке к полю для часа подставляются: {known}.",
        "Nothing stands in for {{{name}}}. Only in the hint of a field that asks for an hour are filled in: {known}.",
    ),
    "file_not_toml": (
        "Файл TOML емес: {detail}. Осы жолды түзетіңіз.",
        "Это не TOML: {detail}. Исправьте эту строку.",
        "This is not TOML: {detail}. Correct this line.",
    ),
    "term_unknown": (
        "{term} деген мерзім жоқ. Мыналардың бірін жазыңыз: {known}.",
        "Срока {term} нет. Напишите один из этих: {known}.",
        "There is no term {term}. Write one of these: {known}.",
    ),
    "term_unnamed": (
        '"{text}" мәтіні {said} күн дейді, бірақ тапсырмада күн санайтын мерзім жоқ. Оны properties.term-ге жазыңыз.',
        "Текст «{text}» говорит о {said} днях, но ни один срок задачи не считает дни. Напишите срок в properties.term.",
        'The text "{text}" says {said} days, but no term of its task counts days. Write the term into properties.term.',
    ),
    "term_differs": (
        '"{text}" мәтіні {said} күн дейді, бірақ мерзім ({term}) бойынша {counted}. Екеуін сәйкестендіріңіз.',
        "Текст «{text}» говорит о {said} днях, но срок ({term}) считает {counted}. Приведите их в соответствие.",
        'The text "{text}" says {said} days, but the term ({term}) counts {counted}. Make them agree.',
    ),
    "document_unusable": (
        "Құжаттың үлгісін қолдану мүмкін емес: {problem}. Үлгіні түзетіңіз.",
        "Шаблон документа нельзя использовать: {problem}. Исправьте шаблон.",
        "The template of the document cannot be used: {problem}. Correct the template.",
    ),
}
"""By the code of a fault: Kazakh, Russian, English."""


def advice(code: str, data: Mapping[str, Any]) -> Mapping[str, str]:
    """The fault in words, by language."""
    return {language: text.format_map(dict(data)) for language, text in zip(LANGUAGES, ADVICE[code], strict=True)}
