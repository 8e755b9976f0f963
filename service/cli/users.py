"""`ruqsat user`: accounts of officers."""

from __future__ import annotations

from datetime import datetime

import click

from service.cli.common import program, told
from service.cli.reports import PEOPLE
from service.cli.speech import spoken
from service.cli.terms_text import text
from service.domain.deadlines import local
from service.domain.identifiers import IdentifierError, is_iin, normalise
from service.domain.people import ROLES, Officer, RoleAssignment
from service.usecases.accounts import close_account, end_role, give_role, set_password
from service.usecases.people import add_officer, appoint_acting

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def user() -> None:
    """Accounts of officers and their roles."""


@user.command()
@click.argument("login")
@click.option("--surname", required=True)
@click.option("--given", required=True, help="Given name.")
@click.option("--patronymic", default="")
@click.option("--iin", required=True, help="IIN: the officer's signature must bear it.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be repeated.")
@click.option("--position-kk", required=True, help="Position in Kazakh, printed on what the officer signs.")
@click.option("--position-ru", default="")
@click.option("--position-en", default="")
@click.password_option(help="At least 12 characters; asked for when not given.")
@spoken
def add(
    login: str,
    surname: str,
    given: str,
    patronymic: str,
    iin: str,
    roles: tuple[str, ...],
    position_kk: str,
    position_ru: str,
    position_en: str,
    password: str,
    lang: str,
) -> None:
    """Open an account with its roles, from today."""
    number = _checked(iin, lang)
    position = {"kk": position_kk, "ru": position_ru or position_kk, "en": position_en or position_kk}
    with told(lang):
        ready = program()
        # An officer can be saved only if the program, which maps the classes to their tables, was built before.
        officer = Officer(login, "", surname, given, patronymic, number, position)
        add_officer(ready, ready.passwords, officer, password, roles)
    click.echo(text(PEOPLE, "added", lang, login=login, roles=", ".join(roles)))


@user.command()
@click.argument("login")
@click.option("--from", "since", type=DAY, required=True, help="First day, YYYY-MM-DD.")
@click.option("--until", type=DAY, required=True, help="Last day, YYYY-MM-DD.")
@click.option("--order", required=True, help="Number of the order.")
@click.option("--together", is_flag=True, help="Also where somebody else acts on one of these days.")
@spoken
def acting(login: str, since: datetime, until: datetime, order: str, lang: str, together: bool) -> None:
    """Let an officer act for the head for a period, by an order (R9.1)."""
    with told(lang):
        appoint_acting(program(), login, since.date(), until.date(), order, together=together)
    period = {"since": f"{since:%Y-%m-%d}", "until": f"{until:%Y-%m-%d}"}
    click.echo(text(PEOPLE, "acting", lang, login=login, order=order, **period))


def _checked(iin: str, lang: str) -> str:
    try:
        number = normalise(iin)
    except IdentifierError:
        number = ""
    if not is_iin(number):
        raise click.UsageError(text(PEOPLE, "iin", lang, iin=iin))
    return number


@user.command()
@click.argument("login")
@click.option("--reason", required=True, help="Why, for example the order of dismissal.")
@spoken
def close(login: str, reason: str, lang: str) -> None:
    """Close the account of who leaves: sessions end, tasks go back to their lane."""
    with told(lang):
        returned = close_account(program(), login, reason)
    click.echo(text(PEOPLE, "closed", lang, login=login, n=returned))


@user.command("role")
@click.argument("login")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--until", type=DAY, required=True, help="Last day, YYYY-MM-DD; yesterday ends the role at once.")
@click.option("--reason", required=True, help="Why, for example the number of the order.")
@spoken
def end(login: str, role: str, until: datetime, reason: str, lang: str) -> None:
    """Give a role of an officer its last day."""
    with told(lang):
        end_role(program(), login, role, until.date(), reason)
    click.echo(text(PEOPLE, "role_ended", lang, login=login, role=role, until=f"{until:%Y-%m-%d}"))


@user.command()
@click.argument("login")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--from", "since", type=DAY, required=True, help="First day, YYYY-MM-DD: today or later.")
@click.option("--until", type=DAY, help="Last day, YYYY-MM-DD, where there is one.")
@click.option("--reason", required=True, help="Why, for example the number of the order.")
@spoken
def give(login: str, role: str, since: datetime, until: datetime | None, reason: str, lang: str) -> None:
    """Give an account another role."""
    with told(lang):
        give_role(program(), login, role, since.date(), until.date() if until else None, reason)
    click.echo(text(PEOPLE, "role_given", lang, login=login, role=role, since=f"{since:%Y-%m-%d}"))


@user.command("password")
@click.argument("login")
@click.password_option(help="At least 12 characters; asked for when not given.")
@spoken
def another_password(login: str, password: str, lang: str) -> None:
    """Give an account another password; its open sessions end."""
    with told(lang):
        ready = program()
        set_password(ready, ready.passwords, login, password)
    click.echo(text(PEOPLE, "password_set", lang, login=login))


@user.command("list")
@spoken
def list_all(lang: str) -> None:
    """Every account with its roles of today; a closed one says so."""
    with told(lang):
        ready = program()
        officers = ready.queries.officers()
        with ready.reading() as uow:
            today = local(uow.now).date()
            for officer in officers:
                roles = (_role(assignment, lang) for assignment in uow.people.roles(officer.id, today))
                held = ", ".join(roles) if officer.active else text(PEOPLE, "is_closed", lang)
                click.echo(f"{officer.login:20} {officer.full_name:40} {held}")
    if not officers:
        click.echo(text(PEOPLE, "none", lang))


def _role(held: RoleAssignment, lang: str) -> str:
    return text(PEOPLE, "role_acting", lang, role=held.role, basis=held.basis) if held.acting else held.role
