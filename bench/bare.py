"""The bare SpiffWorkflow on the same diagram: load, run and save a case as one JSON row, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from io import BytesIO
from typing import Any
from unittest.mock import patch

from lxml import etree
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import Column, Engine, Integer, MetaData, Table, Text, insert, select, update

from service.domain.calendar import WorkCalendar
from service.domain.timers import diagram_functions
from service.domain.worktime import closing

metadata = MetaData()
bare_case = Table("bare_case", metadata, Column("id", Integer, primary_key=True), Column("state", Text, nullable=False))


@contextmanager
def told_the_time(now: Callable[[], datetime]) -> Iterator[None]:
    """The library's timers ask the machine for the time: here they are told the same as our program."""

    class Told(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no Told is needed
            return now().astimezone(tz)

    with patch("SpiffWorkflow.bpmn.specs.event_definitions.timer.datetime", Told):
        yield


class BareEngine:
    """Cases of one diagram, each a JSON text in a row of its own; operations answer what the path needs.

    `called` are the operations that were called, by which both sides are seen to do the same.
    """

    def __init__(self, diagram: bytes, process: str, engine: Engine, calendar: WorkCalendar, answers: Answers) -> None:
        parser = SpiffBpmnParser()
        parser.add_bpmn_xml(etree.parse(BytesIO(diagram)))
        self._spec, self._parts = parser.get_spec(process), parser.get_subprocess_specs(process)
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))
        self.called: list[str] = []
        self._scripts = _Scripts(calendar, answers, self.called)
        self._engine = engine
        metadata.create_all(engine)

    def start(self, data: Mapping[str, Any]) -> int:
        """Open a case, run it to where a person or a term is waited for, save it; its key."""
        case = BpmnWorkflow(self._spec, dict(self._parts), script_engine=self._scripts)
        case.data.update(data)
        case.task_tree.data.update(data)
        _to_rest(case)
        with self._engine.begin() as connection:
            state = self._serializer.serialize_json(case)
            return int(connection.execute(insert(bare_case).values(state=state).returning(bare_case.c.id)).scalar_one())

    def complete(self, key: int, element: str, answers: Mapping[str, Any]) -> None:
        """Load the case, complete its open task of this element, run on, save."""
        with self._engine.begin() as connection:
            row = bare_case.c
            text = connection.scalar(select(row.state).where(row.id == key))
            case = self._serializer.deserialize_json(str(text))
            case.script_engine = self._scripts
            task = next(case.get_tasks_iterator(spec_name=element, state=TaskState.READY))
            task.data.update(answers)
            task.run()
            _to_rest(case)
            state = self._serializer.serialize_json(case)
            connection.execute(update(bare_case).where(row.id == key).values(state=state))

    def waiting(self, key: int) -> list[str]:
        """The user tasks of the case that wait for somebody."""
        with self._engine.begin() as connection:
            text = connection.scalar(select(bare_case.c.state).where(bare_case.c.id == key))
        case = self._serializer.deserialize_json(str(text))
        tasks = case.get_tasks_iterator(state=TaskState.READY)
        return [task.task_spec.name for task in tasks if task.task_spec.manual]


def _to_rest(case: BpmnWorkflow) -> None:
    """Until only people and terms are waited for; a due timer is left ready by one round and run by the next."""
    while True:
        case.refresh_timers()
        case.do_engine_steps()
        if not any(not task.task_spec.manual for task in case.get_tasks_iterator(state=TaskState.READY)):
            return


NOT_YET_SAID = ("signature", "signature_checked_on", "reopened", "notified_on", "completeness_on")
"""What the diagram may read before anybody has said it: the bare engine knows no name that is not in its data."""
Answers = Mapping[str, Mapping[str, Any]]
"""What each operation adds to the data of a case."""


class _Scripts(PythonScriptEngine):  # type: ignore[misc]  # SpiffWorkflow has no types
    """Knows the diagram's functions; a term is given as the text that the library's timers take."""

    def __init__(self, calendar: WorkCalendar, answers: Answers, called: list[str]) -> None:
        functions = {name: _told(function) for name, function in diagram_functions(calendar).items()}
        super().__init__(environment=TaskDataEnvironment(functions))
        self._answers, self._calendar, self._called = answers, calendar, called

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        known = dict.fromkeys(NOT_YET_SAID) | task.data
        value = self.environment.evaluate(expression, known, external_context)
        if isinstance(value, str) and len(value) == len("2026-04-21") and value[4:5] == "-":
            value = date.fromisoformat(value)
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat()
        return closing(self._calendar, value).isoformat() if isinstance(value, date) else value

    def call_service(self, task: Any, operation_name: str = "", **_more: Any) -> str:
        self._called.append(operation_name)
        answer = self._answers.get(operation_name, {})
        task.data.update(answer)
        return json.dumps(answer)


def _told(function: Callable[..., Any]) -> Callable[..., Any]:
    """Days of the data are texts: they are read before they are counted."""

    def tell(*given: Any) -> Any:
        return function(*(date.fromisoformat(one) if _is_day(one) else one for one in given))

    return tell


def _is_day(text: Any) -> bool:
    return isinstance(text, str) and len(text) == len("2026-04-21")
