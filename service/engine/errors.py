"""What can go wrong with a diagram or a saved case, by name."""

from __future__ import annotations

from service.domain.errors import OperationFailed, RuqsatError


class XmlRefused(RuqsatError):
    """A file that is not read: malformed, out of bounds, or with a document type; `reason`, `line`, `detail`."""

    code = "xml_refused"


class DiagramRefused(RuqsatError):
    """A diagram that the engine does not walk; `reason`, `element` and `detail` say why. `ruqsat check` says more."""

    code = "diagram_refused"


class ExpressionFailed(OperationFailed):
    """An expression had no answer when a case reached it: `element`, `expression` and `reason`."""

    code = "expression_failed"


class EndlessLoop(OperationFailed):
    """A case moved on without ever coming to rest; `element` is where it was stopped.

    `steps` says after how many elements, `timers` after how many terms at once.
    """

    code = "endless_loop"


class TooSlow(OperationFailed):
    """A move of a case took too long; `element` is where it was given up after `seconds`, and nothing of it is kept."""

    code = "too_slow"


class NotStorable(OperationFailed):
    """A value that cannot be kept in the process data: `key` and `kind`; only JSON values can."""

    code = "not_storable"


class UnknownStateFormat(RuqsatError):
    """A saved case in a format that this program does not read: `version`."""

    code = "unknown_state_format"


class StateDamaged(RuqsatError):
    """A saved case whose bytes are not what was saved, or that belongs to another diagram: `detail`."""

    code = "state_damaged"


class NotMovable(RuqsatError):
    """A running case that cannot go on under another version of its diagram; `obstacles` say why."""

    code = "not_movable"
