"""The advice of the check in English; what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

ADVICE: Mapping[str, str] = {
    "xml_malformed": "The file cannot be read as XML: {detail}. Save it again in the modeller, or correct this line.",
    "xml_too_large": "The file is too large ({detail} bytes). Divide the procedure into several files.",
    "xml_too_many": "The file has too many elements ({detail}). Divide the procedure into several files.",
    "xml_too_deep": "The elements are nested too deeply ({detail}). Remove sub-processes within sub-processes.",
    "xml_not_utf8": "The file is not in UTF-8. Save it in UTF-8.",
    "xml_document_type": "The file has a DOCTYPE or an ENTITY, which is not read. Delete this line.",
    "no_process": "The file has no BPMN process. Draw a bpmn:process within bpmn:definitions.",
    "no_such_process": 'There is no process "{element}". There are: {known}. Check the id of the process.',
    "process_twice": 'The process "{element}" is in {first} as well. Delete one of them or give it another id.',
    "too_many_elements": (
        "The file has {count} elements and flows; at most {most} are allowed. Divide the procedure into "
        "several processes."
    ),
    "check_too_long": (
        "The check was stopped after {seconds} seconds: there is too much to compare. Divide the procedure into "
        "several processes, and shorten the forms that its tasks name."
    ),
    "id_twice": 'The id "{id}" is used more than once (first on line {first}). Give each element its own.',
    "id_missing": "This {tag} has no id. Give it one.",
    "id_reserved": 'The id "{id}" belongs to the engine. Give another one, for example start_filed or end_granted.',
    "id_style": (
        'The id "{id}" is not in our style. Use small Latin letters, digits and underscores, beginning with: '
        "{prefixes}."
    ),
    "not_executable": "The process is marked as not executable. Set isExecutable to true.",
    "element_not_allowed": (
        "The engine does not walk elements of the kind {tag}. Use a userTask for people's work, a serviceTask for the "
        "system's, an exclusiveGateway for a choice."
    ),
    "repetition_not_allowed": (
        "The task is marked as repeated (loop or multi-instance). Remove the mark and draw the way back as a flow."
    ),
    "data_not_allowed": "A {tag} is not read: data comes from the keys of forms and from operations. Delete it.",
    "event_not_allowed": (
        "An event of kind {events} is not allowed here; allowed: {allowed}. Use a timer with a date for a "
        "term, a message for news from outside."
    ),
    "event_without_definition": "The event does not say what it waits for. Make it a timer or a message.",
    "timer_not_a_date": (
        "The timer uses {tag}, which does not count working days. Choose timeDate and write an expression "
        "such as working_days_after(registered_on, 2)."
    ),
    "timer_without_date": (
        "The timer has no expression. Write one into timeDate, such as working_days_after(registered_on, 2)."
    ),
    "message_unknown": (
        'The message "{message}" is not declared. Add a bpmn:message to the diagram and choose it in the event.'
    ),
    "message_name": (
        '"{message}" cannot be the name of a message: programs send it. Use small Latin letters, for example '
        "message_withdrawn."
    ),
    "message_unused": (
        'No event waits for the message "{message}": it could be sent and nobody would hear it. Draw the '
        "event, or delete the message."
    ),
    "start_missing": "There is no start event. Draw one startEvent.",
    "start_twice": '"{scope}" has more than one start event (the first is {first}). Keep one.',
    "end_missing": "There is no end event. Draw at least one endEvent.",
    "event_sub_process_nested": (
        'The event sub-process stands within "{scope}". Move it to the process itself: elsewhere it would never begin.'
    ),
    "event_sub_process_with_flow": (
        "A flow leads to or from the event sub-process. Delete the flow: its own start event begins it."
    ),
    "edge_of_nothing": (
        'The element "{attached}" to which the event is attached is not here. Put the event on the edge of a task.'
    ),
    "edge_of_what_does_not_wait": (
        'The event stands on the edge of "{attached}", which does not wait, so it would never happen. Put it '
        "on a userTask."
    ),
    "no_default": (
        "The gateway has no default flow: where no condition holds the case would stop. Mark one of these as "
        "default: {flows}."
    ),
    "default_elsewhere": 'The default flow "{flow}" does not leave this gateway. Choose one of: {flows}.',
    "no_condition": (
        'The flow from gateway "{gateway}" to "{target}" has no condition. Write one, or make it the default.'
    ),
    "condition_on_default": (
        'The default flow of gateway "{gateway}" has a condition, which nobody looks at. Delete the condition.'
    ),
    "condition_ignored": (
        'The flow from "{source}" has a condition, which nobody looks at. Put an exclusiveGateway between, or'
        " delete the condition."
    ),
    "parallel_pairs": (
        "A second parallel pair in one process (the first is {first}). Such pairs in a row make a case grow "
        "without measure: keep one, or move the second into a sub-process."
    ),
    "parallel_not_joined": (
        "The parallel gateway splits, but its branches never join. Draw a parallelGateway where they come together."
    ),
    "parallel_not_split": (
        "The parallel gateway joins branches that no gateway split: it would wait for ever. Draw the "
        "parallelGateway that splits."
    ),
    "parallel_both": "One parallel gateway both joins and splits. Divide it into two.",
    "two_timers": (
        "There is more than one timer after the event gateway: {timers}. Keep one; they would share one due time."
    ),
    "same_message_twice": "After the event gateway one message is waited for twice: {messages}. Keep one.",
    "event_gateway_alone": "At least two events must follow an event gateway. Add a second one, or remove the gateway.",
    "event_gateway_target": (
        'After event gateway "{gateway}" there must be an intermediate timer or message that is reached from '
        "this gateway alone."
    ),
    "flow_to_nowhere": (
        'The flow leads from "{source}" to "{target}", one of which is not in this process. Draw the flow again.'
    ),
    "flow_across": (
        'The flow crosses the border of a sub-process ("{source}" to "{target}"). Draw it to the sub-process itself.'
    ),
    "no_incoming": "No flow leads to this element, so no case would reach it. Draw a flow, or delete the element.",
    "kept_when_elsewhere": "kept_when stands only on a term at the edge of a task that goes on. Delete it here.",
    "incoming_not_allowed": "No flow may lead to this event. Delete the flow.",
    "no_outgoing": (
        "No flow leaves this element: the case would stop without a word. Draw a flow onwards or to an endEvent."
    ),
    "outgoing_not_allowed": "No flow may leave an end event. Delete the flow.",
    "more_than_one_outgoing": (
        "More than one flow leaves this element: {flows}. Use an exclusiveGateway for a choice, a "
        "parallelGateway for work side by side."
    ),
    "never_ends": "The path from here never ends. Draw a flow that leads to an endEvent.",
    "unreachable": "This element cannot be reached from the start. Draw a way to it, or delete it.",
    "loop_without_rest": (
        "Nothing in this loop waits for a person, a date or a message; it would turn without end: {elements}."
        " Add a task or an event."
    ),
    "loop_of_terms": (
        "Only terms are waited for in this loop; once they have passed it would turn by itself without end: {elements}."
        " Add a person's task or a message."
    ),
    "extension_foreign": (
        'The engine overlooks the extension "{name}" ({namespace}). Delete it and put its value into '
        "spiffworkflow:properties."
    ),
    "extension_unknown": (
        '"{name}" is not known here. Check the spelling: properties/property or '
        "serviceTaskOperator/parameters/parameter."
    ),
    "extension_attributes": "{name}: unknown attributes: {unknown}; missing: {missing}. Correct them.",
    "script_not_allowed": (
        "A {name} is not allowed: a diagram runs no programs. Delete it and use an operation in a serviceTask."
    ),
    "property_twice": 'The property "{name}" is written twice. Delete one.',
    "language_missing": "The name is missing in: {languages}. Write the names kk, ru, en into the properties.",
    "text_too_long": (
        "The text of {name} is too long: {length} characters, at most {most}. Shorten it, or move it into a form."
    ),
    "law_missing": "The point of the rules is missing. Write it into the property law, for example 6 or L73.1.",
    "law_unknown": (
        "There is no point {point} among the rows of requirements.toml (near: {near}). "
        "Correct the property law, or write the row."
    ),
    "not_drawn": "The element is in the file but not on the drawing. Put it on the drawing, or delete it.",
    "label_differs": (
        'The label ({where}: "{label}") says {said} days, but the expression counts {counted}: {expression}. '
        "Make them agree."
    ),
    "lane_without_role": "The lane names no role. Write one of these into its property role: {roles}.",
    "role_unknown": 'There is no role "{role}": nobody would see the tasks of this lane. Write one of: {roles}.',
    "task_without_lane": "The task stands in no lane and belongs to nobody. Put it into a lane with a role.",
    "form_missing": "The task has no form. Write the name of a form in forms/ into its property form.",
    "form_not_found": 'There is no form "{form}". There are: {detail}. Add forms/{form}.form, or correct the name.',
    "form_not_json": 'The form "{form}" cannot be read as JSON: {detail}. Save it again in the form editor.',
    "form_not_a_form": (
        'The file "{form}" is not a form: it has no list of {detail}. Open and save it in the form editor.'
    ),
    "document_not_found": (
        'There is no template for the document "{document}". There are: {detail}. Correct the property document.'
    ),
    "operation_missing": "The service task has no operation. Choose one in serviceTaskOperator.",
    "operation_twice": (
        "The service task has more than one operation: {operations}. Keep one and draw another task for the other."
    ),
    "operation_elsewhere": (
        "The operation does not stand on a service task and would never be called. Move it to a serviceTask."
    ),
    "operation_unknown": 'There is no operation "{operation}". Similar ones: {near}. Correct the name.',
    "parameter_missing": (
        'The operation "{operation}" needs the parameter "{parameter}". Add it and give its value as an expression.'
    ),
    "parameter_unknown": (
        'The operation "{operation}" takes no parameter "{parameter}". It takes: {known}. Correct the name, '
        "or delete it."
    ),
    "expression_empty": "The expression is empty. Write one; put text in quotes.",
    "expression_too_long": "The expression is too long ({detail}). Shorten it, or make it an operation.",
    "expression_too_large": "The number at character {position} is too large. Write a smaller one.",
    "expression_too_deep": "The expression is nested too deeply (character {position}). Make it simpler.",
    "expression_not_understood": (
        "The expression is not understood at character {position}: {expression} ({detail}). Example: decision"
        ' == "sign" and number > 2.'
    ),
    "expression_not_allowed": (
        "The expression holds something that is not allowed, at character {position}: {expression} "
        "({detail}). Names, numbers, text in quotes, comparisons, and, or, not, in, + − and calls of "
        "functions are."
    ),
    "function_unknown": 'There is no function "{function}": {expression}. Use: {known}.',
    "function_arguments": (
        'The function "{function}" is given {given} arguments, which it does not take: {expression}. Correct '
        "their number."
    ),
    "name_unknown": (
        'Nobody produces the name "{name}": {expression}. Check the keys of the form, what the operation '
        "returns, or the payload of the message; similar: {near}. If it is text, put it in quotes."
    ),
    "window_impossible": (
        'On the way to "{ending}" the terms cannot be kept: the term of this element contradicts those before'
        " it. Change the terms or the order of the steps. Path: {path}."
    ),
    "name_differs": ("The drawing says “{drawn}”, the property kk says “{told}”. Write the same Kazakh name in both."),
    "argument_no_number": (
        'The function "{function}" takes a whole number of days, at least 1, as argument {number}; '
        "{given} is none: {expression}. Write a number without quotation marks, for example 2."
    ),
    "argument_no_day": (
        'The function "{function}" takes a day as argument {number}; {given} is none: {expression}. Write '
        'a name such as registered_on, a day such as "2026-01-31", or a function that gives a day.'
    ),
    "term_no_day": (
        "The timer waits for a day, but this gives none: {expression}. Write for example "
        "working_days_after(registered_on, 2)."
    ),
    "sum_of_days": (
        "Only numbers can be added or subtracted, and {part} has something else: {expression}. Count days "
        "with working_days_after or working_days_before."
    ),
    "lines_cross": (
        "Its line crosses that of {other} at {x}, {y}. Nothing is wrong with the procedure; lead one of "
        "the lines around so that the drawing can be followed."
    ),
}
