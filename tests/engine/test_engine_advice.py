"""What the check says: of a right diagram nothing, of a wrong one where, what and what to do."""

from __future__ import annotations

from string import Formatter

import pytest

from service.engine.texts import TEXTS
from service.engine.texts.en import ADVICE as EN
from service.engine.texts.kk import ADVICE as KK
from service.engine.texts.ru import ADVICE as RU
from tests.engine.drawing import timer
from tests.engine.mutants import (
    FORM,
    call,
    edited,
    files,
    found,
    good,
    hold,
    say,
)


def test_a_good_diagram_has_no_findings() -> None:
    assert found(files(good())) == []
    assert found(files(good()), "test") == []


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
