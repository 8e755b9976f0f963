"""Named errors: a code and data; the pages make the sentences."""

from __future__ import annotations

from typing import Any


class RuqsatError(Exception):
    """A refusal with a code and its data; `code` is what the pages translate."""

    code = "error"

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code, data)
        self.data = data

    def __reduce__(self) -> tuple[object, ...]:
        """What one process has refused is told in another with its data."""
        return _unsaid, (type(self), self.args), self.__dict__

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.data.items())
        return f"{self.code}: {details}" if details else self.code


def _unsaid(kind: type[RuqsatError], args: tuple[object, ...]) -> RuqsatError:
    return kind.__new__(kind, *args)


class NotFound(RuqsatError):
    """What was asked for does not exist, or is not for this person to know."""

    code = "not_found"


class Forbidden(RuqsatError):
    """The person's role does not allow this."""

    code = "forbidden"


class CaseChanged(RuqsatError):
    """Somebody else has moved the case meanwhile: look again."""

    code = "case_changed"


class TaskClosed(CaseChanged):
    """The task is done already; `by` and `at` say by whom and when."""

    code = "task_closed"


class DraftChanged(CaseChanged):
    """Another tab has kept something else in the draft meanwhile: both are laid beside each other."""


class NobodyWaits(RuqsatError):
    """The case does not wait for this message or timer now."""

    code = "nobody_waits"


class InvalidAnswers(RuqsatError):
    """Answers that the form refuses; `errors` maps a field to codes."""

    code = "invalid_answers"


class NotLawful(RuqsatError):
    """The law forbids this act now; `law` is the point, the code says why."""

    code = "not_lawful"

    def __init__(self, code: str, law: str, **data: Any) -> None:
        super().__init__(reason=code, law=law, **data)
        self.code = code


class SignatureRefused(RuqsatError):
    """The signature does not meet the policy; `reasons` holds the codes."""

    code = "signature_refused"


class NoEdition(NotLawful):
    """No edition of the rules is in force on that day (O2)."""

    def __init__(self, day: object) -> None:
        super().__init__("no_edition", "O2", day=str(day))


class TooMany(RuqsatError):
    """There are as many of these already as anybody needs; `limit` says how many."""

    code = "too_many"


class OperationFailed(RuqsatError):
    """A service task could not do its work; the whole step was undone."""

    code = "operation_failed"


class Unavailable(RuqsatError):
    """An outside system gave no answer; try again later."""

    code = "unavailable"


class Unreadable(RuqsatError):
    """The database holds a value that is none of its kind, as somebody has typed it in; `value` is how it begins."""

    code = "unreadable"

    def __init__(self, value: object) -> None:
        super().__init__(value=str(value)[:80])


class AuditCutShort(RuqsatError):
    """A process that looked through a part of the cases has ended before its work; nothing is proved."""

    code = "audit_cut_short"
