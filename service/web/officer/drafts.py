"""What is typed into a task and not sent yet: kept letter by letter, beside what another tab has kept (R8.3, L74.1)."""

from __future__ import annotations

from dataclasses import dataclass

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import Task
from service.domain.forms import Form, Options, Raw
from service.domain.rights import Right
from service.domain.views import CaseView
from service.usecases.drafts import SAVED_BY
from service.usecases.tasks import require_lane, save_task_draft
from service.web import tabs, typed
from service.web.autosave import saved
from service.web.forms import FormView
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view, task_of
from service.web.officer.reading import Words
from service.web.officer.task_forms import RAW, filled, task_form


@dataclass(frozen=True)
class Sheet:
    """The form of a task, and what a page says in it laid beside what is kept of the task by now."""

    form: Form
    options: Options
    met: tabs.Met

    def keep(self, task: Task) -> bool:
        """Keep what was typed in the fields of the form; False where a colleague has the task, whose words stay.

        `DraftChanged` where another tab has kept something else in the same moment.
        """
        known, own = task.draft or {}, {leaf.key for leaf in self.form.walk()}
        texts = {name: list(said) for name, said in self.met.raw.items() if name.rpartition("-")[2] in own}
        by = {**known.get(SAVED_BY, {}), **self.met.by}
        return save_task_draft(program(), task.id, me(), {RAW: texts, SAVED_BY: by}, known=known)

    def shown(self) -> FormView:
        """The form with what is kept by now; where another tab has changed something, each field says so."""
        told = [*self.met.both, *self.met.taken]
        return FormView(self.form, raw=self.met.raw, options=self.options, extra=told)


def sheet(form: Form, options: Options, task: Task, view: CaseView, said: Raw) -> Sheet:
    """Lay what a page of this task says beside what is kept of it."""
    saved_by = {SAVED_BY: (task.draft or {}).get(SAVED_BY)}
    stood = tabs.Stood.read(typed.raw())
    return Sheet(form, options, tabs.meet(form, said, filled(form, task, view), saved_by, stood, options))


def sent(task_id: int) -> tuple[CaseView, Task, Sheet | None]:
    """A task and what the page that was sent says in its form; nothing where the task is closed or has no form."""
    view = case_view(program().queries.case_of_task(task_id))
    task = task_of(view, task_id)
    require_lane(task, me())
    form, options = task_form(view, task, Words.of(view.case))
    if form is None or not task.is_open:
        return view, task, None
    return view, task, sheet(form, options, task, view, typed.raw())


@officer.post("/tasks/<int:task_id>/draft")
@open_to(Right.WORK)
def save_draft(task_id: int) -> ResponseReturnValue:
    """Keep what is typed so far; asked by a script, which is told when, or why it was not kept."""
    view, task, said = sent(task_id)
    if said is None:
        return _not_saved(_("Not saved: this task is closed. Press the button below to see what has happened."))
    if said.met.both:
        return _not_saved(tabs.told_apart())
    if not said.keep(task):
        name = view.officers.get(task.assignee_id or 0, "")
        return _not_saved(_("Not saved: %(name)s has this task. Your text is still on this page.", name=name))
    return saved(stood=said.met.on.text)


def _not_saved(told: str) -> ResponseReturnValue:
    return {"saved": False, "told": told}, 409
