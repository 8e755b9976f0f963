"""Every fault of a diagram is found at its element and answered with advice in three languages."""

from __future__ import annotations

import pytest

from tests.engine.drawing import timer
from tests.engine.mutants import (
    Change,
    become,
    both,
    call,
    condition,
    cut,
    extend,
    files,
    found,
    good,
    hold,
    lane,
    link,
    nested_event,
    on,
    renamed,
    say,
    second_pair,
    second_start,
    second_timer,
    turning,
    turning_at_a_term,
    without,
)

EVENT = "<bpmn:{0}EventDefinition/>"


MUTANTS: dict[str, tuple[Change, str, str]] = {
    "an unknown form": (say("task_check", form="nothing"), "task_check", "form_not_found"),
    "no form": (say("task_check", form=""), "task_check", "form_missing"),
    "an unknown operation": (call("operation_tell", "notices.sned"), "operation_tell", "operation_unknown"),
    "an unknown parameter": (call("operation_tell", "notices.send", to="1"), "operation_tell", "parameter_unknown"),
    "a missing parameter": (call("operation_enter", "register.insert_permit"), "operation_enter", "parameter_missing"),
    "an operation on a task": (call("task_look", "notices.send"), "task_look", "operation_elsewhere"),
    "an unknown role": (lane("task_look", "boss"), "lane_boss", "role_unknown"),
    "a task outside the lanes": (lane("task_look", ""), "task_look", "task_without_lane"),
    "an attribute in an expression": (
        condition("decision.real"),
        "flow_gateway_decided_operation_enter",
        "expression_not_allowed",
    ),
    "another language": (
        condition('= decision = "a"'),
        "flow_gateway_decided_operation_enter",
        "expression_not_understood",
    ),
    "an unknown function": (
        hold("deadline_answer", timer("day_after(registered_on, 2)")),
        "deadline_answer",
        "function_unknown",
    ),
    "a wrong number of arguments": (
        hold("deadline_answer", timer("days_after(registered_on)")),
        "deadline_answer",
        "function_arguments",
    ),
    "an unknown name": (condition("decison == 'sign'"), "flow_gateway_decided_operation_enter", "name_unknown"),
    "text without quotes": (condition("decision == sign"), "flow_gateway_decided_operation_enter", "name_unknown"),
    "a label that says another term": (
        say("deadline_check", ru="3 (три) рабочих дня"),
        "deadline_check",
        "label_differs",
    ),
    "a name that says another term": (
        on("deadline_check", name="5 (бес) жұмыс күні"),
        "deadline_check",
        "label_differs",
    ),
    "a missing language": (say("task_check", kk=" "), "task_check", "language_missing"),
    "a missing law": (say("task_check", law=""), "task_check", "law_missing"),
    "no default flow": (without("gateway_decided", "default"), "gateway_decided", "no_default"),
    "a default of another gateway": (
        on("gateway_decided", default="flow_gateway_join_gateway_decided"),
        "gateway_decided",
        "default_elsewhere",
    ),
    "a flow without condition": (condition(None), "flow_gateway_decided_operation_enter", "no_condition"),
    "a condition on the default": (
        condition("number > 1", "flow_gateway_decided_gateway_first"),
        "flow_gateway_decided_gateway_first",
        "condition_on_default",
    ),
    "a condition after a task": (
        condition("number > 1", "flow_task_look_gateway_join"),
        "flow_task_look_gateway_join",
        "condition_ignored",
    ),
    "a path that never ends": (
        both(cut("operation_tell", "end_told"), link("operation_tell", "operation_tell")),
        "deadline_check",
        "never_ends",
    ),
    "an element nobody reaches": (
        both(cut("gateway_decided", "operation_enter"), link("operation_enter", "operation_enter")),
        "operation_enter",
        "unreachable",
    ),
    "nothing before": (cut("start_filed", "gateway_split"), "gateway_split", "no_incoming"),
    "nothing after": (cut("operation_enter", "end_granted"), "operation_enter", "no_outgoing"),
    "two ways without a gateway": (link("operation_enter", "end_refused"), "operation_enter", "more_than_one_outgoing"),
    "a flow to nowhere": (link("operation_enter", "missing"), "flow_operation_enter_missing", "flow_to_nowhere"),
    "a flow into a sub-process": (
        link("task_check", "operation_withdraw"),
        "flow_task_check_operation_withdraw",
        "flow_across",
    ),
    "a loop of terms alone": (turning_at_a_term, "deadline_again", "loop_of_terms"),
    "a text that nobody reads to its end": (say("task_look", ru="я" * 501), "task_look", "text_too_long"),
    "a loop that never rests": (turning, "operation_enter", "loop_without_rest"),
    "compensation": (hold("deadline_check", EVENT.format("compensate")), "deadline_check", "event_not_allowed"),
    "a conditional event": (hold("deadline_check", EVENT.format("conditional")), "deadline_check", "event_not_allowed"),
    "a signal": (hold("message_answer", EVENT.format("signal")), "message_answer", "event_not_allowed"),
    "a link": (hold("message_answer", EVENT.format("link")), "message_answer", "event_not_allowed"),
    "an error end": (hold("end_told", EVENT.format("error")), "end_told", "event_not_allowed"),
    "a message end": (hold("end_told", EVENT.format("message")), "end_told", "event_not_allowed"),
    "an event without definition": (hold("deadline_check", ""), "deadline_check", "event_without_definition"),
    "a cycle timer": (
        hold(
            "deadline_check",
            "<bpmn:timerEventDefinition><bpmn:timeCycle>R3/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>",
        ),
        "deadline_check",
        "timer_not_a_date",
    ),
    "a duration timer": (
        hold(
            "deadline_check",
            "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>",
        ),
        "deadline_check",
        "timer_not_a_date",
    ),
    "an empty timer": (hold("deadline_check", timer("")), "deadline_check", "timer_without_date"),
    "a kept term that nobody would read": (
        say("task_look", kept_when="now() != now()"),
        "task_look",
        "kept_when_elsewhere",
    ),
    "a kept term by a name that nobody produces": (
        say("deadline_check", kept_when="spoken != True"),
        "deadline_check",
        "name_unknown",
    ),
    "an unknown message": (
        hold("message_answer", '<bpmn:messageEventDefinition messageRef="nothing"/>'),
        "message_answer",
        "message_unknown",
    ),
    "a throwing event": (become("message_answer", "intermediateThrowEvent"), "message_answer", "element_not_allowed"),
    "a script task": (become("operation_tell", "scriptTask"), "operation_tell", "element_not_allowed"),
    "a call activity": (become("operation_tell", "callActivity"), "operation_tell", "element_not_allowed"),
    "an inclusive gateway": (become("gateway_decided", "inclusiveGateway"), "gateway_decided", "element_not_allowed"),
    "a repeated task": (
        hold("task_look", "<bpmn:multiInstanceLoopCharacteristics/>"),
        "task_look",
        "repetition_not_allowed",
    ),
    "a loop task": (hold("task_look", "<bpmn:standardLoopCharacteristics/>"), "task_look", "repetition_not_allowed"),
    "a pre-script": (
        extend("task_look", "<spiffworkflow:preScript>import os</spiffworkflow:preScript>"),
        "task_look",
        "script_not_allowed",
    ),
    "a post-script": (
        extend("task_look", "<spiffworkflow:postScript>x=1</spiffworkflow:postScript>"),
        "task_look",
        "script_not_allowed",
    ),
    "a misspelt extension": (extend("task_look", "<spiffworkflow:propertys/>"), "task_look", "extension_unknown"),
    "a foreign extension": (
        extend("task_look", '<zeebe:formDefinition xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" formId="x"/>'),
        "task_look",
        "extension_foreign",
    ),
    "a foreign attribute": (
        extend(
            "task_look", '<spiffworkflow:properties xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:x="1"/>'
        ),
        "task_look",
        "extension_attributes",
    ),
    "a text instead of a number of days": (
        hold("deadline_answer", timer("days_after(registered_on, '2')")),
        "deadline_answer",
        "argument_no_number",
    ),
    "half a day": (
        hold("deadline_answer", timer("days_after(registered_on, 1.5)")),
        "deadline_answer",
        "argument_no_number",
    ),
    "a term of no days": (
        hold("deadline_answer", timer("days_after(registered_on, 0)")),
        "deadline_answer",
        "argument_no_number",
    ),
    "a day instead of a number of days": (
        hold("deadline_answer", timer("days_after(registered_on, now())")),
        "deadline_answer",
        "argument_no_number",
    ),
    "a number instead of a day": (hold("deadline_answer", timer("closing(5)")), "deadline_answer", "argument_no_day"),
    "a word instead of a day": (
        hold("deadline_answer", timer("closing('soon')")),
        "deadline_answer",
        "argument_no_day",
    ),
    "a day that there is not": (
        hold("deadline_answer", timer("closing('2026-02-30')")),
        "deadline_answer",
        "argument_no_day",
    ),
    "a term that is a number": (hold("deadline_answer", timer("2 + 3")), "deadline_answer", "term_no_day"),
    "a term that is a question": (
        hold("deadline_answer", timer("registered_on == now()")),
        "deadline_answer",
        "term_no_day",
    ),
    "days added with a sign": (
        hold("deadline_answer", timer("days_after(registered_on, 2) + 1")),
        "deadline_answer",
        "sum_of_days",
    ),
    "another name on the drawing": (on("task_look", name="Қарау"), "task_look", "name_differs"),
    "the id Start": (renamed("start_filed", "Start"), "Start", "id_reserved"),
    "the id End": (renamed("end_granted", "End"), "End", "id_reserved"),
    "an id in another style": (renamed("task_look", "Activity_0x1y"), "Activity_0x1y", "id_style"),
    "parallel pairs in a row": (second_pair, "gateway_again", "parallel_pairs"),
    "a split that never joins": (become("gateway_join", "exclusiveGateway"), "gateway_split", "parallel_not_joined"),
    "two timers on one event gateway": (second_timer, "gateway_first", "two_timers"),
    "a task after an event gateway": (link("gateway_first", "task_look"), "task_look", "event_gateway_target"),
    "a nested event sub-process": (nested_event, "event_inner", "event_sub_process_nested"),
    "a second start": (second_start, "start_second", "start_twice"),
    "an edge of nothing": (on("deadline_check", attachedToRef="nothing"), "deadline_check", "edge_of_nothing"),
    "an edge of a service task": (
        on("deadline_check", attachedToRef="operation_enter"),
        "deadline_check",
        "edge_of_what_does_not_wait",
    ),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_is_found_at_its_element_with_advice(mutant: str) -> None:
    change, element, code = MUTANTS[mutant]
    drawing = good()
    change(drawing)
    findings = found(files(drawing))
    assert (element, code) in {(one.element, one.code) for one in findings}
    for one in findings:
        assert one.file == "test.bpmn"
        assert one.line > 1
        assert set(one.message) == {"kk", "ru", "en"}
        assert all(text and "{" not in text for text in one.message.values())
