"""A diagram with nothing wrong in it, and the changes by which tests spoil it."""

from __future__ import annotations

from collections.abc import Callable

from service.domain.operations import OperationSignature
from service.engine.check import Finding, check
from tests.engine.drawing import Drawing
from tests.engine.walker import FUNCTIONS

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


def edited(old: str, new: str) -> dict[str, bytes]:
    text = good().xml().decode()
    assert old in text
    return {"test.bpmn": text.replace(old, new).encode(), "forms/decide.form": FORM}
