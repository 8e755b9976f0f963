"""The catalogue and the procedure in words follow the drawing."""

from __future__ import annotations

from service.engine.words import in_words
from tests.engine.mutants import good
from tests.engine.test_engine_edges import with_listeners
from tests.engine.walker import Walker, load


def test_the_catalogue_follows_the_flow_and_tells_what_stands_on_an_element() -> None:
    catalogue = load(good()).catalogue
    ids = [element.id for element in catalogue.elements]
    assert ids[:5] == ["start_filed", "gateway_split", "task_check", "deadline_check", "gateway_join"]
    assert ids[-4:] == ["event_withdrawal", "message_withdrawn", "operation_withdraw", "end_withdrawn"]
    assert len(ids) == len(set(ids)) == len(good().nodes)
    task = catalogue.element("task_check")
    assert (task.kind, task.lane, task.form, task.law) == ("user_task", "unit", "decide", ("6",))
    assert task.names == {"kk": "task_check kk", "ru": "task_check ru", "en": "task_check en"}
    deadline = catalogue.element("deadline_check")
    assert (deadline.kind, deadline.attached_to, deadline.interrupting) == ("timer", "task_check", False)
    assert deadline.expression == "days_after(registered_on, 2)"
    gateway = catalogue.element("gateway_decided")
    assert gateway.conditions == {"operation_enter": 'decision == "sign" and verdict != 5'}
    entering = catalogue.element("operation_enter")
    assert (entering.operation, entering.parameters["permit_number"]) == ("register.insert_permit", "number + 1")
    assert [one.id for one in catalogue.user_tasks()] == ["task_check", "task_look"]
    assert catalogue.element("message_answer").message == "answer"
    assert catalogue.lanes == {"unit": {"kk": "unit kk", "ru": "unit ru", "en": "unit en"}}
    assert catalogue.names["kk"] == "Рәсім"
    assert [one.id for one in catalogue.listeners()] == ["message_withdrawn"]


def test_two_flows_to_one_target_are_one_way_with_either_condition() -> None:
    drawing = good()
    drawing.flow_if("number > 9", "gateway_decided", "operation_enter")
    drawing.flows[-1]["id"] = "flow_second_way"
    case = Walker(drawing).start(number=10, registered_on="2023-09-12").done("task_check").done("task_look")
    assert "operation_enter" in case.passed
    gateway = case.procedure.catalogue.element("gateway_decided")
    assert gateway.conditions["operation_enter"] == '(decision == "sign" and verdict != 5) or (number > 9)'
    assert gateway.flows_to == ("gateway_first", "operation_enter")


def test_the_words_are_the_same_for_the_same_drawing_and_hold_every_element_in_three_languages() -> None:
    text = in_words(load(with_listeners()))
    assert text == in_words(load(with_listeners()))
    for node in with_listeners().nodes:
        for language in ("kk", "ru", "en"):
            assert f"{node.id} {language}" in text
    assert text.count("# Procedure") == 1
    assert text.endswith("\n")


def test_a_changed_term_is_one_changed_line_in_each_language() -> None:
    drawing = good()
    before = in_words(load(drawing)).splitlines()
    drawing.node("deadline_check").content = drawing.node("deadline_check").content.replace("2)", "3)")
    after = in_words(load(drawing)).splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 3
    assert all("days_after(registered_on, 3)" in new for _, new in changed)
