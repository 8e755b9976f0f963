"""What the service tasks of `small.bpmn` do: as good as nothing, like a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.case import Case
from service.operations import Work, operation


@operation(returns=("prepared",))
def prepare(work: Work, case: Case) -> Mapping[str, Any]:
    """Count a little, as a script would."""
    return {"prepared": len(case.number) * 2}


@operation()
def finish(work: Work, case: Case) -> None:
    """Write down that the case is over."""
    work.note(case, "task_completed", result="done")
