"""python3 -m service.setup [--for-tests]: prepare this folder, so that .venv/bin/ruqsat runs."""

import argparse
import sys
import time

from service.setup import places
from service.setup.console import CannotContinue, Progress, Runner
from service.setup.steps import Step, plan


def main() -> int:
    """Do what is not done yet; return 0 when all is ready, 1 when something is missing."""
    parser = argparse.ArgumentParser(prog="python3 -m service.setup", description=__doc__)
    parser.add_argument("--for-tests", action="store_true", help="also what the checks and tests need")
    started = time.monotonic()
    steps = plan(for_tests=parser.parse_args().for_tests)
    carried_out = 0
    try:
        for number, step in enumerate(steps, 1):
            if not step.is_done():
                carry_out(step, f"[{number}/{len(steps)}] {step.title}")
                carried_out += 1
    except CannotContinue as reason:
        print(reason, file=sys.stderr)
        return 1
    work = f"{carried_out} of {len(steps)} steps carried out" if carried_out else "nothing to do"
    print(f"Set up: {work} ({time.monotonic() - started:.1f} s).")
    return 0


def carry_out(step: Step, title: str) -> None:
    """Do one step and remember from which sources it was done.

    Raises CannotContinue when the step ran and what it should make is still missing.
    """
    with Progress(title, step.total) as progress:
        places.STAMPS.mkdir(parents=True, exist_ok=True)
        step.action(Runner(progress, places.LOG, places.ROOT))
        if not step.ready():
            raise CannotContinue(f"{step.title}: carried out, and still not there (see {places.LOG})")
    places.STAMPS.mkdir(parents=True, exist_ok=True)  # again: a new environment begins empty
    step.stamp.write_text(step.sources)


if __name__ == "__main__":
    sys.exit(main())
