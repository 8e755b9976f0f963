"""`ruqsat user`: accounts of officers."""

from __future__ import annotations

from datetime import datetime

import click

from service.cli.common import program, told
from service.domain.deadlines import local
from service.domain.identifiers import is_valid, normalise
from service.domain.people import ROLES, Officer
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
) -> None:
    """Open an account with its roles, from today."""
    number = normalise(iin)
    if not is_valid(number):
        raise click.UsageError(f"--iin: {iin} is not a valid IIN")
    position = {"kk": position_kk, "ru": position_ru or position_kk, "en": position_en or position_kk}
    with told():
        ready = program()
        # An officer can be saved only if the program, which maps the classes to their tables, was built before.
        officer = Officer(login, "", surname, given, patronymic, number, position)
        add_officer(ready, ready.passwords, officer, password, roles)
    click.echo(f"{login}: {', '.join(roles)}")


@user.command()
@click.argument("login")
@click.option("--from", "since", type=DAY, required=True, help="First day, YYYY-MM-DD.")
@click.option("--until", type=DAY, required=True, help="Last day, YYYY-MM-DD.")
@click.option("--order", required=True, help="Number of the order.")
def acting(login: str, since: datetime, until: datetime, order: str) -> None:
    """Let an officer act for the head for a period, by an order (R9.1)."""
    with told():
        appoint_acting(program(), login, since.date(), until.date(), order)
    click.echo(f"{login}: acting head from {since:%Y-%m-%d} until {until:%Y-%m-%d}, order {order}")


@user.command("list")
def list_all() -> None:
    """Every account with its roles of today."""
    ready = program()
    with ready.reading() as uow:
        today = local(uow.now).date()
        for officer in ready.queries.officers():
            held = ", ".join(
                f"{assignment.role} (acting, {assignment.basis})" if assignment.acting else assignment.role
                for assignment in uow.people.roles(officer.id, today)
            )
            click.echo(f"{officer.login:20} {officer.full_name:40} {held}")
