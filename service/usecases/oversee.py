"""The head and the supervisor see the work as a whole: its terms now, and the figures of each month (O5, R8.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from service.domain.case import PERMIT
from service.domain.deadlines import ZONE, local
from service.domain.document_parts import Address, Party, Words
from service.domain.errors import CaseChanged, NotFound
from service.domain.month_lines import Line, lines_of
from service.domain.overview import KeptMonth, MonthFigures, Overview, bounds, following, month_of, preceding
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.proof_documents import MonthPaper, strip_of_the_program
from service.domain.rights import Right, require
from service.engine.catalogue import Catalogue
from service.usecases.letters import provider
from service.usecases.services import Services

NO_NAMES: Mapping[str, Words] = MappingProxyType({})


@dataclass(frozen=True)
class MonthReport:
    """The figures of a month as counted at `at`; those of a month that is over are `final` and stay as they are."""

    month: date
    figures: MonthFigures
    at: datetime
    final: bool
    lines: Sequence[Line]


def overview(services: Services, actor: Actor) -> Overview:
    """The work at this instant; `Forbidden` for other roles."""
    require(actor, Right.OVERVIEW)
    with services.reading() as uow:
        day = local(uow.now)
        return uow.figures.now(uow.now, datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=ZONE))


def months(services: Services, actor: Actor) -> Sequence[date]:
    """The months of which there is a report, the newest first: from the first case to the present one."""
    require(actor, Right.OVERVIEW)
    with services.reading() as uow:
        first, month = uow.figures.first_month(), month_of(uow.now)
    found = [month]
    while first is not None and month > first:
        month = preceding(month)
        found.append(month)
    return found


def month_report(services: Services, actor: Actor, month: date, duties: Mapping[str, Words] = NO_NAMES) -> MonthReport:
    """The report of a month; `NotFound` for one that has not begun, and for one before the first case.

    What was kept is shown, and never counted again.
    `duties` are the names of the duties beside the diagrams; everything else is named by the newest edition.
    """
    require(actor, Right.OVERVIEW)
    with services.reading() as uow:
        present = month_of(uow.now)
        if month.day != 1 or not (uow.figures.first_month() or present) <= month <= present:
            raise NotFound(what="month")
        kept, names, now = uow.figures.kept(month), {**duties, **_names(services, uow)}, uow.now
        if kept is None and bounds(month)[1] > now:
            figures = uow.figures.month(month)
            return MonthReport(month, figures, now, False, lines_of(figures, names))
    if kept is None:
        kept = _keep(services, month)
    figures = MonthFigures.of(kept.figures)
    return MonthReport(month, figures, kept.kept_at, True, lines_of(figures, names))


def keep_last_month(services: Services) -> bool:
    """Keep the figures of the month that has just ended, before anything of it can change; whether they are new."""
    with services.reading() as uow:
        month = preceding(month_of(uow.now))
        first = uow.figures.first_month()
        if first is None or first > month or uow.figures.kept(month) is not None:
            return False
    _keep(services, month)
    return True


def month_paper(
    services: Services, actor: Actor, month: date, language: str, duties: Mapping[str, Words] = NO_NAMES
) -> bytes:
    """The report as PDF, in Kazakh and the reader's language."""
    report = month_report(services, actor, month, duties)
    with services.reading() as uow:
        newest = uow.editions.newest()
        if newest is None:
            raise NotFound(what="edition")
        edition = services.editions.of(uow, newest.id, PERMIT)
    paper = MonthPaper(
        provider=provider(services, edition, local(report.at).date()),
        applicant=Party("", Address()),
        application_number=f"{month:%Y-%m}",
        applied_on=month,
        strip=strip_of_the_program(services.settings.address, report.at, test=not services.settings.production),
        language=language,  # type: ignore[arg-type]  # one of the three
        first_day=month,
        last_day=following(month) - timedelta(days=1),
        counted_at=report.at,
        final=report.final,
        lines=tuple(report.lines),
    )
    return services.press.render(paper, at=report.at, edition=edition.sha256, files=edition.files)


def _keep(services: Services, month: date) -> KeptMonth:
    try:
        with services.unit_of_work() as uow:
            kept = KeptMonth(month, uow.now, uow.figures.month(month).plain())
            uow.add(kept)
            uow.commit()
            return kept
    except CaseChanged:
        with services.reading() as uow:
            # Somebody has asked at the same moment: theirs are the figures.
            found = uow.figures.kept(month)
        if found is None:
            raise
        return found


def step_names(services: Services, uow: UnitOfWork) -> Mapping[str, Mapping[str, str]]:
    """What the steps of every procedure are called in the newest edition; of those called alike also who does them."""
    found = [(step, each.lanes) for each in _catalogues(services, uow).values() for step in each.user_tasks()]
    often = Counter((code, name) for step, _ in found for code, name in step.names.items())
    return {
        step.id: {
            code: f"{name} ({lanes[step.lane][code]})" if often[code, name] > 1 else name
            for code, name in step.names.items()
        }
        for step, lanes in found
    }


def _catalogues(services: Services, uow: UnitOfWork) -> Mapping[str, Catalogue]:
    newest = uow.editions.newest()
    if newest is None:
        return {}
    processes = services.editions.of(uow, newest.id, PERMIT).processes
    return {process: services.editions.of(uow, newest.id, process).catalogue for process in processes}


def _names(services: Services, uow: UnitOfWork) -> Mapping[str, Words]:
    """What steps, terms, endings and procedures are called in the newest edition."""
    found: dict[str, Words] = {}
    steps = step_names(services, uow)
    for process, catalogue in _catalogues(services, uow).items():
        found[process] = Words.of(catalogue.names)
        for element in catalogue.elements:
            owner = element.attached_to or element.within
            names = steps.get(element.id, element.names)
            if owner and element.kind == "timer":
                before = steps.get(owner, catalogue.element(owner).names)
                names = {code: f"{before.get(code, '')}, {text}" for code, text in names.items()}
            found[element.id] = Words.of(names)
    return found
