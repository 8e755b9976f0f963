"""Web and worker are killed at random moments while people work; afterwards nothing is lost and nothing is twice."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from service.demo.world import World
from service.program import Program
from tests.soak.pages import PATIENCE, Pages
from tests.soak.processes import Mortal, run_worker, serve_and_work, serve_pages
from tests.soak.quick import Remembered
from tests.soak.sound import require_delivered_once, require_sound
from tests.soak.town import Town

ACTS = ("task",) * 14 + ("file",) * 3 + ("complain",) * 2
PEOPLE = 3
LONGEST = 1.5
"""Seconds after which a process dies at the latest, counted from the first answer of the web process."""

APART = {"web": serve_pages, "worker": run_worker}
TOGETHER = {"both in one": serve_and_work}
BREATH = 0.02
"""Seconds between two acts of a person."""


class Hurried(Town):
    """A town in which time jumps to what is due next; the worker process finds it, not we."""

    def move(self, to: datetime) -> None:
        """Set the clock; what has come due waits for the worker."""
        self.program.set_clock(to)


@dataclass
class Kills:
    """The killing of one program, and what came of it."""

    program: Program
    world: World
    seed: int = 20230912
    receipts: list[str] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)

    def run(self, kills: int) -> None:
        """Kill so often, every third time both in one; then let everything be delivered, and look at everything."""
        remembered, chance = Remembered(self.program, self.world.pki), Random(self.seed)
        for works, times in ((APART, kills - kills // 3), (TOGETHER, kills // 3)):
            mortals = {name: Mortal(work, self.program.settings, remembered) for name, work in works.items()}
            self._kill(mortals, times, remembered, chance)
        require_delivered_once(self.program, self.world)
        require_sound(self.program, self.receipts)
        assert not self.told["answered_500"], self.told

    def _kill(self, mortals: Mapping[str, Mortal], kills: int, remembered: Remembered, chance: Random) -> None:
        """Kill one of them so often while people work at the pages of the first; in the end all of them."""
        web = next(iter(mortals.values()))
        with self._people(web, remembered) as (clock, stopped):
            for _ in range(kills):
                web.answered.wait(PATIENCE)
                stopped.wait(chance.uniform(0, LONGEST))
                name = chance.choice(tuple(mortals))
                mortals[name].kill()
                self.killed[name] += 1
                mortals[name].start()
                clock.act("time", chance)
        for mortal in mortals.values():
            mortal.kill()

    @contextmanager
    def _people(self, web: Mortal, remembered: Remembered) -> Iterator[tuple[Town, threading.Event]]:
        """People who work until the block ends; the town that moves the clock, and what says that it has ended."""
        stopped = threading.Event()

        def live(number: int) -> None:
            pages = Pages(self.program, self.world, remembered, web, self.receipts)
            town, chance = Hurried(pages, self._count), Random(self.seed + number)
            while not stopped.wait(BREATH):
                town.act(chance.choice(ACTS), chance)

        with ThreadPoolExecutor(PEOPLE) as pool:
            people = [pool.submit(live, number) for number in range(1, PEOPLE + 1)]
            try:
                yield Hurried(Pages(self.program, self.world, remembered, web, [])), stopped
            finally:
                stopped.set()
            for person in people:
                person.result()

    def _count(self, told: str) -> None:
        self.told[told.partition(": ")[2]] += 1
