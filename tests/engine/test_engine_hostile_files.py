"""No file, however large, deep or mangled, keeps the check busy or brings it down."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.errors import RuqsatError
from service.engine.definition import Procedure
from service.engine.runner import Runner
from service.engine.texts import TEXTS
from service.engine.walking import MOST_STEPS
from tests.engine.drawing import Drawing
from tests.engine.mutants import (
    FORM,
    call,
    edited,
    files,
    found,
    good,
    say,
)
from tests.engine.walker import FUNCTIONS, clock


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
