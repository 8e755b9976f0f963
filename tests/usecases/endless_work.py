"""Files and grants applications without end, so that a test can kill it at any moment; prints each receipt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from service.bootstrap import build
from service.cli.serve import ensure_edition
from service.demo.accounts import add_accounts
from service.demo.people import Cast
from service.demo.seed import CONFORMS, LETTER, TITLE, TRADE
from service.demo.world import World
from service.domain.case import CaseState
from service.settings import Settings
from tests.program import TUESDAY

ANSWERS = {
    "task_assign": ("chancellery", {}),
    "task_check_completeness": ("unit", {"complete": "yes"}),
    "task_examine": ("unit", CONFORMS),
    "task_sign_permit": ("head", {"decision": "sign"}),
}


def say(*words: str) -> None:
    """Tell the test that listens, at once."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def main(folder: Path, url: str) -> None:
    """Go on where the last process was killed."""
    with World(folder / "world") as world:
        program = build(world.settings(Settings(env="demo", instance=folder, database_url=url, secret="s" * 32)))
        world.clock = program.clock.now
        ensure_edition(program)
        if not program.queries.officers():
            program.set_clock(TUESDAY)
        if len(program.queries.officers()) < 4:
            add_accounts(program, world.pki)
        cast = Cast(program, world.pki)
        say("ready")
        while True:
            say("receipt", cast.file("company_head", TRADE, [TITLE, LETTER]).number)
            for case in program.queries.cases(state=CaseState.OPEN).rows:
                for task in program.queries.case(case.id).open_tasks():
                    login, answers = ANSWERS[task.element]
                    more = {"executor": str(cast.officer("unit").officer_id)} if task.element == "task_assign" else {}
                    cast.work(login, case, task.element, **answers, **more)
            program.sweep()


if __name__ == "__main__":
    os.environ.pop("RUQSAT_DATABASE_URL", None)
    main(Path(sys.argv[1]), sys.argv[2])
