"""How long the package of an administrative case takes to build, and to check without our server (L69.1)."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Figure, Stopwatch
from bench.said import COMPLAINS, HEARD_ON, LIVES, SILENT
from bench.town import OFFICE, Town
from service.bootstrap import offline
from service.demo.people import Cast
from service.demo.seed import DOES_NOT, HEARING, LETTER, TITLE, TRADE
from service.usecases.case_package import package_of
from service.usecases.verify_package import verify_package

PACKED = "The package of a contested case"
ROUNDS = 5
MOST_SECONDS = 5.0
"""In seconds, as the law's file has to be at hand when it is asked for."""


def measured(town: Town, database: str) -> Iterator[Figure]:
    """A case refused after a hearing, with the complaint against it: every paper printed, every signature real."""
    people = Cast(town.real, town.world.pki)
    case = people.file(COMPLAINS, {**TRADE, **OFFICE}, [TITLE, LETTER])
    people.work("chancellery", case, "task_assign", executor=town.officers["unit"].officer_id)
    people.work("unit", case, "task_check_completeness", complete="yes")
    people.work("unit", case, "task_examine", **DOES_NOT)
    people.work("unit", case, "task_invite_hearing", **HEARING, hearing_on=HEARD_ON)
    town.pass_days(3)
    people.work("unit", case, "task_hold_hearing", **SILENT)
    town.pass_days(3)
    people.work("head", case, "task_sign_refusal", decision="sign")
    people.complain(COMPLAINS, case, "refusal", residence=LIVES, postal_address=LIVES)
    town.real.sweep()
    built, checked, ours = Stopwatch(), Stopwatch(), offline(town.real.settings)
    for _ in range(ROUNDS):
        package = built.run(package_of, town.real, case.id)
        found = checked.run(verify_package, package.content, ours.keys.verify, ours.engine_for)
        if not (found.genuine and found.signatures_hold):
            raise RuntimeError(f"{case.number}: {found.faults}")
    for what, watch in (("build it", built), (f"check its {found.files} files", checked)):
        yield Figure(PACKED, what, database, watch.typical / 1000, "s", MOST_SECONDS, runs=watch.runs)
