"""`make soak`: races, kills and faults in great number on both databases; their counts go to `docs/reliability.md`.

`ROUNDS` and `KILLS` in the environment say how many rounds each race has, which is how many towns are lived through in
any order in all, and how many processes are killed in all.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from service.demo.world import World
from service.program import Program
from service.sandbox.weather import Weather
from tests.complaints import Complaints
from tests.databases import PostgresDatabases, SQLiteDatabases, own_postgres
from tests.machine import machine
from tests.program import build_program, furnish
from tests.soak import faults
from tests.soak.any_order import live, missing
from tests.soak.backward import Backward
from tests.soak.busy import Busy
from tests.soak.crowd import Crowd
from tests.soak.kills import Kills
from tests.soak.operations import Operations
from tests.soak.places import ENDINGS, Fresh, Place
from tests.soak.quick import hurry
from tests.soak.races import ORDERS, Races
from tests.soak.report import Count, write_report
from tests.soak.sweeps import Sweeps

ROUNDS, KILLS = (int(os.environ.get(name) or "200") for name in ("ROUNDS", "KILLS"))
DUE, SWEEPS, CASES, RESTARTS = 5 * ROUNDS, -(-ROUNDS // 20), -(-ROUNDS // 10), -(-ROUNDS // 20)
ACTS, ENOUGH = 40, 200
"""Acts of a life; and in how many rounds everything rare must have come about."""
"""Terms due at once, kills among them; cases under a clock that steps back; restarts of the server under load."""

SQLITE, POSTGRES = "sqlite", "postgresql"
Part = Callable[[Complaints], Iterator[Count]]


def races(story: Complaints) -> Iterator[Count]:
    """Everybody who comes together, `ROUNDS` times; of two who may both be the first each must have been it often."""
    hurry(story)
    run = Races(story)
    run.run(ROUNDS)
    seldom = sorted(first for first in ORDERS if run.firsts[first] < ROUNDS // 20)
    for name, rounds in run.rounds.items():
        came = {what.removeprefix(f"{name}: "): times for what, times in run.told.items() if what.startswith(name)}
        never = ", ".join(
            f"{first} was seldom first" for first in sorted(seldom) if any(first in what for what in came)
        )
        yield Count(name, "", rounds, _listed(came), never)


def crowd(story: Complaints) -> Iterator[Count]:
    """Twenty people at the pages at once."""
    hurry(story)
    run = Crowd(story, ROUNDS // 5 or 1)
    run.run()
    yield Count(
        "20 people at the pages at once, a worker beside them: requests", "", run.answers.total(),
        f"answered {_listed(run.answers)}; no failure, nothing locked",
    )  # fmt: skip


def kills(story: Complaints) -> Iterator[Count]:
    """Half of the kills, since both databases have them."""
    run = Kills(story.program, story.world)
    run.run((KILLS + 1) // 2)
    yield Count(
        "SIGKILL of the web process, the worker, or both in one, under load", "", run.killed.total(),
        f"{_listed(run.killed)}; {len(set(run.receipts))} receipts, all there; acts: {_listed(run.told)}",
    )  # fmt: skip


def failing_operations(story: Complaints) -> Iterator[Count]:
    """Each operation of a permit, a refusal and a complaint raises once."""
    hurry(story)
    run = Operations(story)
    run.permit()
    run.complaint(run.refusal())
    kinds = len(set(run.points))
    yield Count("an operation raises: a permit, a refusal, a complaint", "", len(run.points),
                f"{kinds} operations; each time undone, the officer told which and why, taken again")  # fmt: skip


def failing_steps(story: Complaints) -> Iterator[Count]:
    """A step fails at its every statement."""
    hurry(story)
    points = faults.raise_at_each_point(story)
    yield Count("a statement of a step fails, from filing to the permit", "", points, "undone, told, taken again")


def killed_sweeps(story: Complaints) -> Iterator[Count]:
    """The worker is killed among terms that are due."""
    run = Sweeps(story, hurry(story), DUE)
    run.run(SWEEPS)
    after = ", ".join(str(each) for each in run.killed_after)
    yield Count(
        "cases with a term due at once, while workers are killed",
        "",
        DUE,
        f"{SWEEPS} kills, after {after}; each fired once",
    )


def poisoned(story: Complaints) -> Iterator[Count]:
    """One case of many cannot be read."""
    hurry(story)
    fired = faults.fire_beside_a_poisoned(story, DUE)
    told = f"{fired:,} terms and reminders fired, those of the healed case an hour later"
    yield Count("cases with terms due at once, one of them poisoned", "", DUE, told)


def clock(story: Complaints) -> Iterator[Count]:
    """The clock steps back an hour behind the ends of terms."""
    hurry(story)
    backward = Backward(story)
    backward.run(CASES)
    steps = backward.counted.pop("steps back of an hour")
    yield Count("the clock steps back an hour behind the end of a term", "", steps, _listed(backward.counted))


def full_disk(story: Complaints) -> Iterator[Count]:
    """There is no room for files, nor in the database."""
    hurry(story)
    found = faults.fill_the_disk(story)
    told = Counter(answer or "done" for answer in found.told.values())
    broken = ", ".join(act for act, answer in found.afterwards.items() if answer)
    yield Count("an act while the disk is full", "", len(found.told), f"{_listed(told)}; then all done", broken)


def any_order(fresh: Fresh, world: World) -> Iterator[Count]:
    """Half of the lives, since both databases have them; of these every second is one of an office that gets on."""
    place = Place(fresh, world)
    half = (ROUNDS + 1) // 2
    live(place, half - half // 2, ACTS)
    live(place, half // 2, ACTS, of=Busy)
    left = missing(place) if ROUNDS >= ENOUGH else set()
    seen = f"{len(place.reached & ENDINGS)} of {len(ENDINGS)} endings"
    told = f"{place.told.total():,} acts: {_listed(place.told)}; {seen}"
    broken = f"no life came to {', '.join(sorted(left))}" if left else ""
    yield Count("anything done in any order while anything breaks, life after life", "", place.lives, told, broken)


PARTS: tuple[Part, ...] = (
    failing_steps,
    failing_operations,
    clock,
    full_disk,
    races,
    crowd,
    kills,
    killed_sweeps,
    poisoned,
)


@dataclass
class Soak:
    """The run so far."""

    world: World
    folder: Path
    counts: list[Count] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    @contextmanager
    def story(self, url: str, name: str) -> Iterator[Complaints]:
        """People before a fresh program on this database, in fine weather."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        program = build_program(url, self.world, folder)
        self.world.clock, self.world.shep.weather = program.clock.now, Weather.FINE
        self.world.forget()
        try:
            yield Complaints(program, self.world)
        finally:
            program.database.engine.dispose()

    @contextmanager
    def fresh(self, address: Callable[[Path], AbstractContextManager[str]]) -> Iterator[Program]:
        """A program in which nothing has happened yet; nothing of it is left afterwards."""
        with (
            tempfile.TemporaryDirectory(dir=self.folder) as folder,
            address(Path(folder)) as url,
            self.story(url, Path(folder).name) as story,
        ):
            yield story.program

    def run(self, part: Callable[[], Iterator[Count]], name: str, database: str) -> None:
        """Do a part; what it breaks is written down beside what the others hold."""
        try:
            found = [Count(each.what, database, each.times, each.came_to, each.broken) for each in part()]
        except Exception as fault:
            traceback.print_exc()
            told = str(fault).split("\n", maxsplit=1)[0][:200].replace("|", "/")
            found = [Count(name.replace("_", " "), database, 0, "", f"{type(fault).__name__} {told}")]
        for count in found:
            print(count.line, flush=True)
        self.counts += found
        minutes = (time.monotonic() - self.begun) / 60
        asked = f"ROUNDS={ROUNDS} and KILLS={KILLS}"
        write_report(self.counts, datetime.now(UTC).date().isoformat(), machine(), minutes, asked)


def main() -> None:
    """Do every part on both databases; exit 1 if anything was broken."""
    logging.getLogger().addHandler(logging.NullHandler())  # what is broken on purpose is not told
    with tempfile.TemporaryDirectory() as name, World(Path(name) / "world") as world, ExitStack() as stack:
        soak = Soak(world, Path(name))
        files = SQLiteDatabases(soak.folder, lambda url: furnish(url, world, soak.folder))
        server, restart = stack.enter_context(own_postgres("soak"))
        servers = PostgresDatabases(server, "soak", lambda url: furnish(url, world, soak.folder))
        for part in PARTS:
            place = soak.folder / f"{SQLITE}-{part.__name__}"
            place.mkdir()
            with soak.story(files.create(place), place.name) as story:
                soak.run(partial(part, story), part.__name__, SQLITE)
            with servers.create(again=False) as url, soak.story(url, f"{POSTGRES}-{part.__name__}") as story:
                soak.run(partial(part, story), part.__name__, POSTGRES)
        for database, address in (
            (SQLITE, lambda folder: nullcontext(files.create(folder))),
            (POSTGRES, lambda _folder: servers.create()),
        ):
            fresh = partial(soak.fresh, address)
            soak.run(partial(any_order, fresh, world), any_order.__name__, database)
        with servers.create(again=False) as url, soak.story(url, "restarts") as story:
            soak.run(lambda: restarts(story, restart), "restarts", POSTGRES)
        servers.close()
    sys.exit(any(count.broken for count in soak.counts))


def restarts(story: Complaints, restart: Callable[[], None]) -> Iterator[Count]:
    """The server is restarted under load."""
    hurry(story)
    told = faults.restart_under_load(story, restart, RESTARTS)
    yield Count("the database server is restarted under load", "", RESTARTS, f"acts: {_listed(told)}")


def _listed(counted: dict[str, int] | Counter[str]) -> str:
    return ", ".join(f"{what}: {times:,}" for what, times in sorted(counted.items()))


if __name__ == "__main__":
    main()
