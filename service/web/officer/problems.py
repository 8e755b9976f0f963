"""Why a step was not taken, in sentences: answers, the law's conditions, a failed operation, a refused signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from service.domain.dated import HOURS
from service.domain.errors import InvalidAnswers, NotLawful, RuqsatError, SignatureRefused
from service.domain.forms import Field, Form, Options, Problem, Raw, Result
from service.usecases.evidence import SignatureUnchecked
from service.web import formats
from service.web.forms import FormView, named
from service.web.languages import language
from service.web.messages import sentence
from service.web.officer import failed
from service.web.officer.complaint_words import claim_faults, complaint_problems, complaint_trouble
from service.web.officer.reading import Words
from service.web.officer.words import reason_of_own_signature

TOP = "main-content"
"""Where the link of a problem leads that belongs to no field of the page."""


def answered(form: Form, raw: Raw, problem: RuqsatError, words: Words, options: Options) -> FormView:
    """The form again with everything that was typed and every problem, each at its field where it has one."""
    if not isinstance(problem, InvalidAnswers):
        return FormView(form, raw=raw, options=options, extra=[(TOP, text) for text in told(problem, words)])
    errors: Mapping[str, Problem] = problem.data["errors"]
    fields = {asked.key: asked for asked in form.walk()}
    ours = {name: found for name, found in errors.items() if name.rpartition("-")[2] in fields}
    special = {name: office_sentence(found) for name, found in ours.items() if office_sentence(found)}
    plain = {name: found for name, found in ours.items() if name not in special}
    extra = list(special.items())
    extra += [(TOP, named(words.label(name), _sentence(found))) for name, found in errors.items() if name not in ours]
    return FormView(form, raw=raw, result=Result({}, plain), options=options, extra=extra)


def _sentence(problem: Problem) -> str:
    return office_sentence(problem) or sentence(problem)


def _told_moment(instant: object) -> str:
    return formats.moment(datetime.fromisoformat(str(instant))) if instant else ""


def office_sentence(problem: Problem) -> str:
    """What is wrong with an answer that only the procedure can know; empty for what every form knows."""
    sentences = {
        **_of_answers(problem),
        **_of_hearings(problem),
        **_of_days(problem),
        **complaint_problems(),
        **claim_faults(problem),
    }
    return sentences.get(problem.code, "")


def _of_answers(problem: Problem) -> Mapping[str, str]:
    """What does not fit the other answers, the case, or what is known here."""
    return {
        "grounds_though_conforms": _(
            "Grounds are chosen although the documents conform. Change one of the two answers."
        ),
        "guarantee_letter_does_not_conform": _(
            "The letter shows neither 5 nodes nor a lease, or no algorithm: with these answers it does not conform."
        ),
        "nothing_missing": _("No missing or expired document is named, so there is nothing to notify of."),
        "of_another_case": _("This act is not of the case that you named. Check both numbers."),
        "no_such_number": _("Nothing of ours bears this number. Check how it is written."),
        "no_such_act": _("This case holds no such act. Choose what it holds, or leave the case out."),
        "wrong_password": _("The present password is wrong."),
        "not_the_same": _("The new password was written in two ways. Write it again."),
        "nothing_changed": _("Nothing is changed."),
        "own_act": _("This officer's own act is challenged. Choose another officer."),
        "track_is_act": _(
            "The complaint challenges an act, an action or an inaction, or is addressed to the reviewing body: it is"
            " satisfied fully, or forwarded when its term ends."
        ),
        "track_is_service": _("A matter of the service, addressed to the provider, is answered by it."),
        "others_act": _(
            "Others act for the head on these days: %(names)s. End their order first, or say that they act together.",
            names=problem.data.get("names", ""),
        ),
    }


def _of_hearings(problem: Problem) -> Mapping[str, str]:
    """What cannot be in an invitation, a result of a hearing, or its minutes (R8.1, L73.2, L73.3, L74.1)."""
    appointed = _told_moment(problem.data.get("appointed"))
    return {
        "hearing_to_come": _(
            "The hearing is appointed for %(moment)s: it is held, and its minutes begin, not before.", moment=appointed
        ),
        "before_the_hearing": _(
            "The hearing was appointed for %(moment)s: it cannot have begun before.", moment=appointed
        ),
        "same_person": _("The chair and the secretary are two people."),
        "oral_asked_for": _("The holder of the permit asked for an oral hearing in time: hold it by word of mouth.")
        if problem.data.get("holder")
        else _("The applicant asked for an oral hearing in time: hold it by word of mouth."),
        "not_favourable": _("A refusal is not favourable to the applicant, so this basis does not hold."),
        "not_simplified": _("This service is neither simplified nor fully automated, so this basis does not hold."),
        "outside_hours": _(
            "A hearing begins in working hours, also a written one, which is held orally if that is asked for:"
            " %(opens)s-%(break_from)s and %(break_until)s-%(closes)s.",
            **{name: problem.data.get(name, "") for name in HOURS},
        ),
        "silence_not_over": _(
            "The holder of the permit may still answer: silence counts only when the term for it is over."
        )
        if problem.data.get("holder")
        else _("The applicant may still answer: silence counts only when the term for it is over."),
        "no_position": _("The holder of the permit has sent no answer. Choose another result.")
        if problem.data.get("holder")
        else _("The applicant has sent no answer. Choose another result."),
        "letter_on_its_way": _(
            "The invitation has not reached the person yet: say first when the letter was handed over or came back."
        ),
        "applicant_has_spoken": _("The holder of the permit has stated a position: see it on this page.")
        if problem.data.get("holder")
        else _("The applicant has stated a position: see it on this page."),
    }


def _of_days(problem: Problem) -> Mapping[str, str]:
    """Which days and hours cannot be, and which can."""
    earliest, latest, first, last = (
        formats.date(str(problem.data.get(name) or "")) for name in ("earliest", "latest", "first", "last")
    )
    return {
        "before_start": _("The last day cannot be before the first."),
        "ends_before_it_begins": _("It cannot end before it begins."),
        "in_the_future": _("This day has not come yet."),
        "hour_to_come": _("This hour has not come yet."),
        "in_the_past": _("This hour has passed. Choose a later one."),
        "day_in_the_past": _("This day has passed. Choose a later one."),
        "not_a_working_day": _("This is not a working day. Choose a working day."),
        "beyond_calendar": _("The calendar of working days ends on %(day)s. Choose an earlier day.", day=latest),
        "before_calendar": _("The calendar of working days begins on %(day)s. Check the year.", day=earliest),
        "outside_extension": _("Choose a working day from %(first)s to %(last)s.", first=first, last=last),
        "change_ahead": _(
            "The register holds an entry that takes effect on %(day)s. Choose that day or a later one, or withdraw that"
            " entry first if it was made by mistake.",
            day=earliest,
        ),
        "after_last_day": _("The last day of the permit is %(day)s. Choose that day or an earlier one.", day=latest),
        "not_before": _("Choose a day from %(day)s on.", day=earliest),
        "in_force_before_act": _(
            "The court act is of %(day)s: it cannot enter into force before that day. Check both days.", day=earliest
        ),
        "not_earlier": _("The order ends on %(day)s anyway. Choose an earlier day.", day=latest),
        "hours_out_of_order": _("Opening, break and closing must follow each other."),
        "hours_too_short": _("A working day has at least one hour of work without its break."),
        "hours_of_the_past": _("Working hours of days that are past cannot be changed."),
    }


def told(problem: RuqsatError, words: Words) -> Sequence[str]:
    """What stands in the way of a step, in sentences for the person who tried it."""
    if isinstance(problem, SignatureRefused):
        return [reason_of_own_signature(str(reason)) for reason in problem.data.get("reasons") or ()]
    if isinstance(problem, SignatureUnchecked):
        again = _("The signature could not be checked just now. It is not refused: try again in a minute.")
        return [again, *(reason_of_own_signature(str(reason)) for reason in problem.data.get("reasons") or ())]
    if isinstance(problem, NotLawful):
        return [not_lawful(problem)]
    if isinstance(problem, failed.FAILED):
        return failed.told(problem, words)
    return [_("The document cannot be made yet: something that it must say is missing in the case.")]


def not_lawful(problem: NotLawful) -> str:
    """Why the law forbids the step now, in a sentence."""
    sentences = {**_of_decisions(problem), **_of_papers(), **_of_permits_and_times(problem)}
    return sentences.get(problem.code) or complaint_trouble(problem) or str(_("The rules do not allow this now"))


def _of_decisions(problem: NotLawful) -> Mapping[str, str]:
    """Why the case does not come to this decision, hearing or longer term now (R8.4, L73.1, L73.3, L76.3)."""
    earliest, latest = (formats.date(str(problem.data.get(name) or "")) for name in ("earliest", "latest"))
    return {
        "refusal_without_hearing": _("A refusal cannot be signed before a hearing is held or lawfully skipped."),
        "oral_hearing_owed": _(
            "An oral hearing was asked for in time, and the result was recorded without one. "
            "Send the case back: the invitation to that hearing follows."
        ),
        "refusal_too_early": _("A refusal can be signed from %(day)s only.", day=earliest)
        if earliest
        else _("A refusal cannot be signed yet: first days must pass after the notice of the preliminary decision."),
        "refusal_without_ground": _("A refusal needs a ground of the closed list."),
        "hearing_without_notice": _("There is no hearing without a notice of the preliminary decision."),
        "case_closed": _("The case is closed."),
        "no_extension": _("This procedure knows no longer term, so its term is not extended."),
        "extension_over": _(
            "The term can no longer be extended: %(day)s is the last day to which the law allows it.", day=latest
        ),
    }


def _of_papers() -> Mapping[str, str]:
    """Why this paper is not signed, corrected or opened now (R9.1, L74.1, L75.1, L82.1)."""
    return {
        "signature_missing": _("The document must be signed first."),
        "number_taken": _("Another document has taken this number meanwhile. Prepare the document again."),
        "certificate_changed": _(
            "You have signed with another certificate than the document names. Prepare the document again."
        ),
        "minutes_are_signed": _("The minutes are signed: nothing in them changes any more."),
        "not_a_signer_of_minutes": _("Only the chair and the secretary of the hearing sign its minutes."),
        "signed_meanwhile": _(
            "The other signer has signed meanwhile. Prepare the minutes again and add your signature."
        ),
        "other_signer_left": _("The other signer has left: let the two signers be named again."),
        "other_signers_meanwhile": _(
            "Other signers of the minutes were named meanwhile. Prepare the minutes again and sign them."
        ),
        "remark_is_answered": _("This remark was answered before."),
        "not_correctable": _("This document is not corrected as a clerical error."),
        "corrected_already": _("This document was corrected before. Correct its newest version."),
        "content_not_kept": _("What this document says was not kept, so it cannot be made again."),
        "access_was_given": _("Access was given before."),
        "consent_was_withdrawn": _("The consent was withdrawn before."),
    }


def _of_permits_and_times(problem: NotLawful) -> Mapping[str, str]:
    """Why a change of a permit, an order, a calendar or a duty cannot be entered or taken back (R11.2, A1.8.2)."""
    return {
        "permit_cannot": _("The state of the permit on that day does not allow this."),
        "change_in_effect": _(
            "An entry that has taken effect is not withdrawn. A suspension ends when the permit is resumed by an order;"
            " a cancellation is undone only by a decision on a complaint or by a court act."
        ),
        "change_withdrawn": _("This entry was withdrawn before."),
        "change_by_decision": _(
            "This entry was made by a complaint or a court act: it ends with their decision, not here."
        ),
        "change_followed": _(
            "A later entry, of %(day)s, rests on this one. Only the last entry can be withdrawn.",
            day=formats.date(str(problem.data.get("from_on") or "")),
        ),
        "order_is_over": _("This order is over."),
        "break_has_begun": _("A break that has begun cannot be withdrawn."),
        "calendar_unchanged": _("This calendar is in force already."),
        "notice_was_told": _("It is recorded already how the person was told."),
        "duty_is_done": _("This duty was done before."),
        "duty_has_an_act": _("This duty is done by its own act in the case, not here."),
    }


AGAIN = frozenset({"number_taken", "certificate_changed", "signed_meanwhile", "other_signers_meanwhile"})
"""With these a paper is prepared anew and can then be signed."""


def sentences_of(problem: InvalidAnswers) -> dict[str, str]:
    """What is wrong in a small form, field by field."""
    errors: Mapping[str, Problem] = problem.data["errors"]
    return {name: _sentence(found) for name, found in errors.items()}


def law_of(problem: RuqsatError) -> str:
    """The point of the law behind a problem; empty where there is none."""
    return str(problem.data.get("law") or "")


def without_files(form: Form) -> Form:
    """The form without its files: each of those is handed in by itself, so that none is lost."""
    return replace(form, fields=_no_files(form.fields))


def files_of(form: Form) -> list[Field]:
    """The files that a form asks for."""
    return [asked for asked in form.walk() if asked.type == "filepicker"]


def _no_files(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(replace(asked, fields=_no_files(asked.fields)) for asked in fields if asked.type != "filepicker")


def as_typed(form: Form, raw: Raw, offered: Options) -> list[tuple[str, str]]:
    """What a person had typed, label by label, for a page where the form itself has no place any more.

    What was chosen among values that the case `offered` is told by its name.
    """
    found = []
    for asked in form.walk():
        texts = [text for text in raw.get(asked.key, ()) if text.strip()]
        options = {**asked.text(language()).options, **dict(offered.get(asked.values_key, ()))}
        if texts:
            found.append((asked.text(language()).label, "; ".join(options.get(text, text) for text in texts)))
    return found
