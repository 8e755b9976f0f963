"""A case of the applicant who asks: routed, read, and for nobody else (A1.11.3)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask.typing import ResponseReturnValue

from service.domain.errors import Forbidden
from service.domain.views import CaseView
from service.web.cabinet.door import cabinet, me, program, signed_in

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[CaseView, Parameters], ResponseReturnValue]


def own_case(case_id: int) -> CaseView:
    """Everything of the applicant's own case; a legal entity's is seen by all who may sign for it.

    `NotFound`; `Forbidden` for another's, which leaves a line in the journal.
    """
    view = program().queries.case(case_id)
    if view.case.identifier != me().identifier:
        raise Forbidden(what="case")
    return view


def of_case(rule: str, *methods: str) -> Callable[[View[Parameters]], View[Parameters]]:
    """Route a page of a case."""

    def decorate(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        @signed_in
        def guarded(case_id: int, *args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
            return view(own_case(case_id), *args, **kwargs)

        cabinet.add_url_rule(f"/cases/<int:case_id>{rule}", view.__name__, guarded, methods=list(methods) or ["GET"])
        return view

    return decorate
