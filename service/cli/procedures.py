"""`ruqsat check`, `show`, `deploy`, `migrate`: the analysts' commands."""

from __future__ import annotations

from pathlib import Path

import click

from service import operations
from service.bootstrap import letter_press
from service.calendar_file import load_calendar
from service.cli import law
from service.cli.common import program, told
from service.cli.files import DiskFile
from service.cli.proof_text import page_words
from service.cli.reports import CHECKING, MIGRATION
from service.cli.speech import sentence, spoken
from service.cli.terms_text import text
from service.domain.calendar_ahead import with_years_ahead
from service.domain.deadlines import local
from service.domain.errors import NotFound
from service.domain.forms_values import read_text
from service.domain.languages import LANGUAGES
from service.domain.messages import Edition
from service.domain.people import LANE_ROLES
from service.domain.terms import is_preliminary
from service.domain.timers import diagram_functions
from service.engine.findings import Finding
from service.program import Program
from service.settings import Settings, from_environment
from service.usecases.check_edition import check_documents, check_files, drawing_notes
from service.usecases.deploy_edition import Refusal, deploy_edition, refuse_edition
from service.usecases.duties import open_duties
from service.usecases.editions import collect
from service.usecases.migrate_cases import migrate_cases
from service.usecases.people import ADMINISTRATOR
from service.usecases.requirements_map import titles
from service.usecases.show_procedure import show_procedure
from service.usecases.wording import MARKS
from service.web.duty_names import duty_name

LAW = "law"


@click.command()
@click.argument("files", nargs=-1, type=DiskFile())
@spoken
def check(files: tuple[Path, ...], lang: str) -> int:
    """What is wrong with diagrams and forms, in plain words.

    Without FILES everything in the folders of processes and forms is checked. A FILE (.bpmn, .form, or the .json of a
    form's texts) is checked together with the forms and lists of those folders and the texts beside it; of a diagram,
    lines that cross are noted, too. Exit 1 when something is wrong.
    """
    settings = from_environment()
    with told(lang):
        bundle = collect(settings.processes, settings.forms)
        calendar = load_calendar(settings.processes / "calendar" / "kz.csv")
    if any(path.suffix == ".bpmn" for path in files):
        bundle = {name: content for name, content in bundle.items() if not name.endswith(".bpmn")}
    names = list(dict.fromkeys(name for path in files for name in _into(bundle, path)))
    functions, counted = diagram_functions(calendar), with_years_ahead(calendar)
    bundle |= titles(settings.processes)
    findings = check_files(bundle, functions, operations.catalogue(), LANE_ROLES, only=names, calendar=counted)
    if not files:
        with told(lang):
            findings += check_documents(letter_press(), bundle)
    for finding in findings:
        click.echo(_line(finding, lang))
    for note in drawing_notes(bundle, names):
        click.echo(f"{text(CHECKING, 'note', lang)}: {_line(note, lang)}")
    click.echo(text(CHECKING, "found", lang, n=len(findings)) if findings else text(CHECKING, "nothing", lang))
    return 1 if findings else 0


def _line(finding: Finding, lang: str) -> str:
    """Where, of which element by name and id, what is wrong, and how to mend it; nothing in it steers a terminal."""
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    return read_text(f"{place}: {finding.called(lang)}: {finding.message.get(lang, finding.code)}", lines=False)


def _into(bundle: dict[str, bytes], path: Path) -> list[str]:
    """Put a file in the place of its namesake, a form with the texts beside it; the names of what is to be checked.

    Diagrams are checked instead of those of the folder.
    """
    if path.suffix == ".bpmn":
        bundle[path.name] = path.read_bytes()
        return [path.name]
    form = path.name.split(".")[0]
    for beside in (f"{form}.form", *(f"{form}.{language}.json" for language in LANGUAGES)):
        if (found := path.parent / beside).is_file():
            bundle[f"forms/{beside}"] = found.read_bytes()
    return [f"forms/{form}.form"]


@click.command()
@click.argument("process", default="permit")
@click.option("--write", is_flag=True, help="Renew PROCESS.md beside the diagram.")
def show(process: str, write: bool) -> None:
    """The procedure in words, read from its diagram; `law` shows what carries out each requirement of the law.

    `ruqsat show law --write` renews `docs/requirements.md` and `processes/requirements.json`.
    """
    settings = from_environment()
    if process == LAW:
        _show_law(settings, write)
        return
    with told():
        functions = diagram_functions(load_calendar(settings.processes / "calendar" / "kz.csv"))
        words = show_procedure(collect(settings.processes, settings.forms), process, functions)
    if write:
        target = settings.processes / f"{process}.md"
        target.write_text(words)
        click.echo(f"{target.name} is written")
    else:
        click.echo(words)


def _show_law(settings: Settings, renew: bool) -> None:
    with told():
        for path in law.write(settings) if renew else ():
            click.echo(f"{path.name} is written")
        if not renew:
            click.echo(law.law_map(settings)[0])


@click.command()
@spoken
def deploy(lang: str) -> int:
    """Freeze the diagrams, forms and documents as a new edition, in force by `edition.toml`.

    Refused while `ruqsat check` finds anything. Running cases finish on their own edition. The files of the newest
    edition are not deployed twice.
    """
    ready = program()
    with told(lang):
        files = collect(ready.settings.processes, ready.settings.forms)
        asked = files | titles(ready.settings.processes)
        counted = ready.calendar
    catalogue = operations.catalogue()
    findings = check_files(asked, ready.editions.functions, catalogue, LANE_ROLES, calendar=counted)
    with told(lang):
        findings += check_documents(ready.press, files)
    for finding in findings:
        click.echo(_line(finding, lang), err=True)
    if findings:
        first = findings[0]
        refusal = Refusal(first.code, first.file, first.line, first.message)
        with told(lang):
            refuse_edition(ready, files, ADMINISTRATOR, refusal, len(findings))
        return 1
    with told(lang):
        newest = ready.queries.newest_edition()
        edition = deploy_edition(ready, files, ADMINISTRATOR)
    if newest is not None and newest.id == edition.id:
        deployed = local(edition.deployed_at).date()
        click.echo(text(CHECKING, "unchanged", lang, number=edition.number, act=edition.act, day=deployed))
    else:
        _tell_deployed(ready, edition, lang)
    return 0


def _tell_deployed(ready: Program, edition: Edition, lang: str) -> None:
    """From when until when a new edition is in force, and which duties it opens (R12.1, O4)."""
    last = edition.in_force_until
    until = text(CHECKING, "until", lang, day=last) if last else text(CHECKING, "further", lang)
    facts = {"number": edition.number, "act": edition.act, "since": edition.in_force_from, "until": until}
    click.echo(text(CHECKING, "deployed", lang, **facts))
    for duty in open_duties(ready):
        if duty.edition_id == edition.id:
            due = local(duty.due_at).date()
            day = f"{due} ({MARKS[lang]})" if is_preliminary(ready.calendar, due) else str(due)
            click.echo(text(CHECKING, "duty", lang, law=duty.law, name=page_words(duty_name(duty.kind), lang), day=day))


@click.command()
@click.argument("process", default="permit")
@click.option("--to", "number", type=int, required=True, help="Number of the edition.")
@click.option("--dry-run", is_flag=True, help="Only list who could move, and why not.")
@spoken
def migrate(process: str, number: int, dry_run: bool, lang: str) -> int:
    """Move running cases to another edition; each case in its own transaction, its deadlines unchanged."""
    with told(lang):
        ready = program()
        try:
            results = migrate_cases(ready, process, number, ADMINISTRATOR, dry_run=dry_run)
        except NotFound as missing:
            raise click.UsageError(f"{sentence(missing, lang)} {_editions(ready, lang)}".strip()) from missing
    for result in results:
        why = "; ".join(text(MIGRATION, each.code, lang, element=each.element) for each in result.obstacles)
        said = "stays" if why else "could" if dry_run else "moved"
        click.echo(text(MIGRATION, said, lang, number=result.number, why=why))
    click.echo(text(MIGRATION, "total", lang, n=len(results)))
    return 1 if any(result.obstacles for result in results) else 0


def _editions(ready: Program, lang: str) -> str:
    """Which editions there are to move to."""
    with ready.reading() as uow:
        numbers = ", ".join(str(edition.number) for edition in uow.list(Edition))
    return text(MIGRATION, "editions", lang, numbers=numbers) if numbers else ""
