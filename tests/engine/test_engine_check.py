"""Every fault of a diagram is found at its element and answered with advice in three languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.errors import RuqsatError
from service.domain.operations import OperationSignature
from service.engine.check import Finding, check
from service.engine.definition import Procedure
from service.engine.runner import Runner
from service.engine.texts import TEXTS
from service.engine.texts.en import ADVICE as EN
from service.engine.texts.kk import ADVICE as KK
from service.engine.texts.ru import ADVICE as RU
from service.engine.walking import MOST_STEPS
from tests.engine.drawing import Drawing, timer
from tests.engine.walker import FUNCTIONS, clock

OPERATIONS = {
    "register.insert_permit": OperationSignature(
        "register.insert_permit", frozenset({"permit_number"}), frozenset({"remark"}), ("entry",), "Enter."
    ),
    "notices.send": OperationSignature("notices.send", frozenset(), frozenset(), (), "Send."),
}
ROLES = ("chancellery", "unit", "head", "reviewing_body")
FORM = b"""{"type": "default", "components": [
  {"key": "decision", "type": "radio"}, {"type": "group", "components": [{"key": "remark"}]}
]}"""


def good() -> Drawing:
    """A diagram with everything in it and nothing wrong."""
    drawing = Drawing()
    drawing.start()
    drawing.parallel("gateway_split")
    drawing.user("task_check", form="decide")
    drawing.user("task_look", form="decide")
    drawing.parallel("gateway_join")
    drawing.exclusive("gateway_decided", default="flow_gateway_decided_gateway_first")
    drawing.operation("operation_enter", "register.insert_permit", permit_number="number + 1", remark="remark")
    drawing.end("end_granted")
    drawing.first_event("gateway_first")
    drawing.message("message_answer", "answer").properties["payload"] = "verdict, reason"
    drawing.timer("deadline_answer", "days_after(registered_on, 2)")
    drawing.end("end_refused")
    drawing.timer_on("task_check", "deadline_check", "days_after(registered_on, 2)", interrupting=False)
    drawing.node("deadline_check").properties |= {
        "kk": "2 (екі) жұмыс күні",
        "ru": "2 (два) рабочих дня",
        "en": "2 working days",
    }
    drawing.operation("operation_tell", "notices.send")
    drawing.end("end_told")
    drawing.flow("start_filed", "gateway_split", "task_check", "gateway_join", "gateway_decided")
    drawing.flow("gateway_split", "task_look", "gateway_join")
    drawing.flow("gateway_decided", "gateway_first", "message_answer", "task_look")
    drawing.flow("gateway_first", "deadline_answer", "end_refused")
    drawing.flow_if('decision == "sign" and verdict != 5', "gateway_decided", "operation_enter")
    drawing.flow("operation_enter", "end_granted")
    drawing.flow("deadline_check", "operation_tell", "end_told")
    with drawing.event_sub("event_withdrawal"):
        drawing.start_by("message_withdrawn", drawing.about("withdrawn"))
        drawing.operation("operation_withdraw", "notices.send")
        drawing.end("end_withdrawn")
        drawing.flow("message_withdrawn", "operation_withdraw", "end_withdrawn")
    return drawing


def files(drawing: Drawing) -> dict[str, bytes]:
    return {"test.bpmn": drawing.xml(), "forms/decide.form": FORM}


def found(given_files: dict[str, bytes], process: str | None = None) -> list[Finding]:
    return check(
        given_files,
        process,
        operations=OPERATIONS,
        roles=ROLES,
        functions=FUNCTIONS,
        start_data=("registered_on", "number"),
    )


def test_a_good_diagram_has_no_findings() -> None:
    assert found(files(good())) == []
    assert found(files(good()), "test") == []


Change = Callable[[Drawing], None]


def on(node: str, **attributes: str) -> Change:
    def change(drawing: Drawing) -> None:
        drawing.node(node).attributes |= attributes

    return change


def without(node: str, name: str) -> Change:
    def change(drawing: Drawing) -> None:
        del drawing.node(node).attributes[name]

    return change


def say(node: str, **properties: str) -> Change:
    def change(drawing: Drawing) -> None:
        drawing.node(node).properties |= properties

    return change


def become(node: str, tag: str) -> Change:
    def change(drawing: Drawing) -> None:
        drawing.node(node).tag = tag

    return change


def hold(node: str, content: str) -> Change:
    def change(drawing: Drawing) -> None:
        drawing.node(node).content = content

    return change


def extend(node: str, extension: str) -> Change:
    def change(drawing: Drawing) -> None:
        drawing.node(node).extension += extension

    return change


def call(node: str, operation: str, **parameters: str) -> Change:
    def change(drawing: Drawing) -> None:
        drawing.node(node).extension = Drawing().operation("x", operation, **parameters).extension

    return change


def condition(text: str | None, of: str = "flow_gateway_decided_operation_enter") -> Change:
    def change(drawing: Drawing) -> None:
        flow = next(flow for flow in drawing.flows if flow["id"] == of)
        flow.pop("condition", None)
        if text is not None:
            flow["condition"] = text

    return change


def renamed(old: str, new: str) -> Change:
    def change(drawing: Drawing) -> None:
        drawing.node(old).id = new
        for flow in drawing.flows:
            for end in ("sourceRef", "targetRef"):
                flow[end] = new if flow[end] == old else flow[end]
        for node in drawing.nodes:
            if node.attributes.get("attachedToRef") == old:
                node.attributes["attachedToRef"] = new

    return change


def cut(source: str, target: str) -> Change:
    def change(drawing: Drawing) -> None:
        drawing.flows = [flow for flow in drawing.flows if (flow["sourceRef"], flow["targetRef"]) != (source, target)]

    return change


def link(*ids: str) -> Change:
    return lambda drawing: drawing.flow(*ids)


def both(*changes: Change) -> Change:
    def change(drawing: Drawing) -> None:
        for one in changes:
            one(drawing)

    return change


def second_timer(drawing: Drawing) -> None:
    drawing.timer("deadline_second", "days_after(registered_on, 3)")
    drawing.flow("gateway_first", "deadline_second", "end_refused")


def second_pair(drawing: Drawing) -> None:
    drawing.parallel("gateway_again")
    drawing.parallel("gateway_together")
    drawing.user("task_left", form="decide")
    drawing.user("task_right", form="decide")
    drawing.flows = [flow for flow in drawing.flows if flow["sourceRef"] != "operation_enter"]
    drawing.flow("operation_enter", "gateway_again", "task_left", "gateway_together", "end_granted")
    drawing.flow("gateway_again", "task_right", "gateway_together")


def nested_event(drawing: Drawing) -> None:
    with drawing.sub("stage_inner"):
        drawing.start("start_inner")
        drawing.end("end_inner")
        drawing.flow("start_inner", "end_inner")
        with drawing.event_sub("event_inner"):
            drawing.start_by("message_inner", drawing.about("inner"))
            drawing.end("end_of_event")
            drawing.flow("message_inner", "end_of_event")
    drawing.flows = [flow for flow in drawing.flows if flow["sourceRef"] != "operation_enter"]
    drawing.flow("operation_enter", "stage_inner", "end_granted")


def turning(drawing: Drawing) -> None:
    drawing.exclusive("gateway_turn", default="flow_gateway_turn_end_granted")
    drawing.flows = [flow for flow in drawing.flows if flow["sourceRef"] != "operation_enter"]
    drawing.flow("operation_enter", "gateway_turn", "end_granted")
    drawing.flow_if("number > 5", "gateway_turn", "operation_enter")


def turning_at_a_term(drawing: Drawing) -> None:
    drawing.exclusive("gateway_turn", default="flow_gateway_turn_deadline_again")
    drawing.timer("deadline_again", "now()")
    drawing.flows = [flow for flow in drawing.flows if flow["sourceRef"] != "operation_enter"]
    drawing.flow("operation_enter", "gateway_turn", "deadline_again", "gateway_turn")
    drawing.flow_if("number > 5", "gateway_turn", "end_granted")


def second_start(drawing: Drawing) -> None:
    drawing.start("start_second")
    drawing.flow("start_second", "task_look")


def lane(node: str, role: str) -> Change:
    def change(drawing: Drawing) -> None:
        drawing.node(node).lane = role

    return change


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


def edited(old: str, new: str) -> dict[str, bytes]:
    text = good().xml().decode()
    assert old in text
    return {"test.bpmn": text.replace(old, new).encode(), "forms/decide.form": FORM}


@pytest.mark.parametrize(
    ("old", "new", "element", "code"),
    [
        ('isExecutable="true"', 'isExecutable="false"', "test", "not_executable"),
        ("</bpmn:process>", "", "", "xml_malformed"),
        ("<bpmn:definitions", "<!DOCTYPE x [<!ENTITY a 'b'>]><bpmn:definitions", "", "xml_document_type"),
        ('<bpmn:endEvent id="end_told">', '<bpmn:endEvent id="task_look">', "task_look", "id_twice"),
        ('<bpmn:endEvent id="end_told">', "<bpmn:endEvent>", "", "id_missing"),
        ('bpmnElement="task_look"', 'bpmnElement="task_gone"', "task_look", "not_drawn"),
        ('bpmnElement="flow_task_look_gateway_join"', 'bpmnElement="x"', "flow_task_look_gateway_join", "not_drawn"),
        ('value="Заявитель"', 'value=""', "pool_applicant", "language_missing"),
        (
            '<bpmn:sequenceFlow id="flow_task_look_gateway_join"',
            '<bpmn:sequenceFlow id="flow_task_look_gateway_join" name="иә"',
            "flow_task_look_gateway_join",
            "language_missing",
        ),
        ('bpmnElement="pool_applicant"', 'bpmnElement="x"', "pool_applicant", "not_drawn"),
        (
            "<bpmn:collaboration",
            '<bpmn:message id="unheard" name="x"/><bpmn:collaboration',
            "unheard",
            "message_unused",
        ),
        ('name="role"', 'name="rolle"', "lane_unit", "lane_without_role"),
        ('<bpmn:lane id="lane_unit"', '<bpmn:lane id="Start"', "Start", "id_reserved"),
        ('name="unit kk"', 'name="Бөлім"', "lane_unit", "name_differs"),
        ('<bpmn:message id="message_ref_answer"', '<bpmn:message id="End"', "End", "id_reserved"),
        ('<bpmn:process id="test"', '<bpmn:process id="End"', "End", "id_reserved"),
        ('name="withdrawn"', 'name="Өтініш"', "message_withdrawn", "message_name"),
        (
            '<spiffworkflow:serviceTaskOperator id="notices.send">',
            "<spiffworkflow:serviceTaskOperator>",
            "operation_tell",
            "operation_missing",
        ),
        ('name="law" value="6"', 'name="kk" value="6"', "task_check", "property_twice"),
    ],
)
def test_a_change_of_the_text_is_found(old: str, new: str, element: str, code: str) -> None:
    assert (element, code) in {(one.element, one.code) for one in found(edited(old, new))}


@pytest.mark.parametrize(
    "term",
    ["closing('2026-01-31')", "closing(days_after(registered_on, 2))", "days_after('2026-01-31T10:00', 1)", "now()"],
)
def test_a_term_that_gives_a_day_is_right(term: str) -> None:
    drawing = good()
    hold("deadline_answer", timer(term))(drawing)
    assert [one.code for one in found(files(drawing)) if one.code.startswith(("argument_", "term_", "sum_"))] == []


def test_a_fault_calls_its_element_by_name_and_id() -> None:
    drawing = good()
    say("task_look", form="nothing")(drawing)
    (only,) = [one for one in found(files(drawing)) if one.code == "form_not_found"]
    assert only.called("ru") == "“task_look ru” (task_look)"
    assert only.called("en") == "“task_look en” (task_look)"


def test_malformed_xml_is_told_with_its_line() -> None:
    text = good().xml().decode().split("\n")
    text[19] += "<bpmn:broken"
    (only,) = found({"test.bpmn": "\n".join(text).encode()})
    assert only.code == "xml_malformed"
    assert 20 <= only.line <= 22


def test_a_process_that_is_not_there_is_told() -> None:
    assert [one.code for one in found(files(good()), "permit")] == ["no_such_process"]


@pytest.mark.parametrize("form", [b"{", b"[]", b'{"components": 5}', b"\xff", b"[" * 100_000])
def test_a_form_that_is_no_form_is_found(form: bytes) -> None:
    findings = found({"test.bpmn": good().xml(), "forms/decide.form": form})
    assert {one.code for one in findings} & {"form_not_json", "form_not_a_form"}
    assert {one.element for one in findings} >= {"task_check", "task_look"}


def test_a_process_in_two_files_is_told() -> None:
    content = good().xml()
    findings = found({"a.bpmn": content, "b.bpmn": content, "forms/decide.form": FORM})
    assert [(one.file, one.element, one.code) for one in findings] == [("b.bpmn", "test", "process_twice")]


def test_findings_come_by_file_and_line() -> None:
    drawing = good()
    for node in drawing.nodes:
        node.properties["law"] = ""
    content = drawing.xml()
    findings = found({"b.bpmn": content, "a.bpmn": content.replace(b'id="test"', b'id="other"')})
    places = [(one.file, one.line) for one in findings]
    assert places == sorted(places)
    assert {one.file for one in findings} == {"a.bpmn", "b.bpmn"}


def test_the_advice_names_the_nearest_operation() -> None:
    drawing = good()
    call("operation_tell", "notices.sned")(drawing)
    (only,) = found(files(drawing))
    assert "notices.send" in only.message["kk"]


def test_all_advice_is_there_in_three_languages_with_the_same_places() -> None:
    assert set(KK) == set(RU) == set(EN)
    for code, texts in TEXTS.items():
        places = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts.values()]
        assert places[0] == places[1] == places[2], code


def test_a_very_large_diagram_is_refused_before_it_costs_time() -> None:
    drawing = Drawing()
    for number in range(500):
        drawing.user(f"task_{number}")
    assert [one.code for one in found({"test.bpmn": drawing.xml()})] == ["too_many_elements"]


def full_of(tag: str) -> bytes:
    return good().xml().replace(b"<bpmn:process", f"<bpmn:{tag}/>".encode() * 10_000 + b"<bpmn:process", 1)


@pytest.mark.parametrize("tag", ["message", "process", "textAnnotation"])
def test_a_file_full_of_anything_is_refused_before_it_costs_time(tag: str) -> None:
    assert [one.code for one in found({"test.bpmn": full_of(tag)})] == ["xml_too_many"]


@pytest.mark.parametrize("what", ["lanes", "parameters"])
def test_many_lanes_or_parameters_are_many_elements(what: str) -> None:
    drawing = good()
    if what == "parameters":
        call("operation_tell", "notices.send", **{f"p{number}": "nobody" for number in range(400)})(drawing)
    for number in range(400 if what == "lanes" else 0):
        drawing.end(f"end_{number}").lane = f"role{number}"
    assert "too_many_elements" in {one.code for one in found(files(drawing))}


@pytest.mark.parametrize("label", ["1" * 100_000, "1(" * 100_000, f"{'9' * 5_000} days"])
def test_no_label_keeps_the_search_for_its_days_busy(label: str) -> None:
    drawing = good()
    say("deadline_check", en=label)(drawing)
    assert "text_too_long" in {one.code for one in found(files(drawing))}


SOURCE = good().xml()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_bytes_bring_the_check_down(data: st.DataObject) -> None:
    content = bytearray(SOURCE)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[start : start + length] = data.draw(st.binary(max_size=20))
    for one in found({"test.bpmn": bytes(content), "forms/decide.form": FORM}):
        assert one.code in TEXTS


TOKENS = re.compile(rb'"[a-z_]+"')


def exchanged(data: st.DataObject) -> bytes:
    """Ids, tags and references exchanged at random: well-formed XML that means anything at all."""
    names = sorted(set(TOKENS.findall(SOURCE)))
    content = SOURCE
    for _ in range(data.draw(st.integers(1, 5))):
        places = list(TOKENS.finditer(content))
        place = data.draw(st.sampled_from(places))
        content = content[: place.start()] + data.draw(st.sampled_from(names)) + content[place.end() :]
    return content


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_exchange_of_names_brings_the_check_down(data: st.DataObject) -> None:
    for one in found({"test.bpmn": exchanged(data), "forms/decide.form": FORM}):
        assert one.code in TEXTS


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_mangled_diagram_is_walked_or_refused_by_name(data: st.DataObject) -> None:
    try:
        procedure = Procedure.load({"test.bpmn": exchanged(data)}, "test", functions=FUNCTIONS, clock=clock)
        step = Runner(procedure).start({"registered_on": "2023-09-12", "number": 1}, lambda asked: {})
        assert len(step.passed) <= MOST_STEPS
    except RuqsatError as refused:
        assert refused.code


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_arbitrary_bytes_are_answered(content: bytes) -> None:
    assert found({"test.bpmn": content})


def test_deep_nesting_is_refused() -> None:
    deep = b"<a>" * 300 + b"</a>" * 300
    assert [one.code for one in found({"test.bpmn": deep})] in (["xml_malformed"], ["xml_too_deep"])
    deep = b"<a>" * 100 + b"</a>" * 100
    assert [one.code for one in found({"test.bpmn": deep})] == ["xml_too_deep"]


def test_entities_are_not_resolved() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    assert [one.code for one in found({"test.bpmn": bomb})] == ["xml_document_type"]
    utf16 = bomb.decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")
    assert [one.code for one in found({"test.bpmn": utf16})] == ["xml_not_utf8"]
    utf7 = bomb.replace(b'"1.0"', b'"1.0" encoding="UTF-7"').replace(b"<!DOCTYPE", b"+ADwAIQ-DOCTYPE", 1)
    utf7 = utf7.replace(b"<!ENTITY", b"+ADwAIQ-ENTITY")
    assert [one.code for one in found({"test.bpmn": utf7})] == ["xml_document_type"]
    unmarked = bomb.decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16-le")
    assert [one.code for one in found({"test.bpmn": unmarked})] == ["xml_document_type"]
    outside = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    assert [one.code for one in found({"test.bpmn": outside})] == ["xml_document_type"]


def test_another_file_is_never_drawn_in() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    (only,) = found(edited("</bpmn:process>", f"{include}</bpmn:process>"))
    assert only.code == "extension_foreign"
