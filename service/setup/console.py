"""Shows what setting up does, how far it is and how long it took."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


class CannotContinue(Exception):
    """Something is missing that setting up cannot get by itself; the text says in one line what, and how to get it."""


@dataclass
class Progress:
    """One step's line on the screen: rewritten in place on a terminal, repeated now and then in a log."""

    title: str
    total: int = 0
    count: int = 0
    item: str = ""
    started: float = field(default_factory=time.monotonic)
    _finished: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Progress":
        print(f"{self.title} ...", end="" if sys.stdout.isatty() else "\n", flush=True)
        threading.Thread(target=self._keep_showing, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._finished.set()
        verdict = "done" if kind is None else "stopped"
        self._show(f"{self.title}: {verdict} in {self._seconds():.1f} s", last=True)

    def advance(self, item: str) -> None:
        """Counts one more thing that has been dealt with."""
        self.count, self.item = min(self.count + 1, self.total or self.count + 1), item

    def _seconds(self) -> float:
        return time.monotonic() - self.started

    def _keep_showing(self) -> None:
        while not self._finished.wait(0.5 if sys.stdout.isatty() else 15):
            counted = f"{self.count}/{self.total} " if self.total else f"{self.count} " if self.count else ""
            self._show(f"{self.title}: {counted}{self.item} ({self._seconds():.0f} s)")

    def _show(self, text: str, *, last: bool = False) -> None:
        if sys.stdout.isatty():
            width = os.get_terminal_size().columns - 1
            print(f"\r\033[K{text[:width]}", end="\n" if last else "", flush=True)
        else:
            print(text, flush=True)


@dataclass(frozen=True)
class Runner:
    """Runs other programs for one step; what they print goes to the log and, counted, to the screen."""

    progress: Progress
    log: Path
    folder: Path

    def run(
        self,
        command: Sequence[str | Path],
        *,
        counting: str = "",
        environment: Mapping[str, str] | None = None,
        advice: str = "",
    ) -> None:
        """Run `command`; lines that match `counting` advance the progress, named by what their group matched.

        Raises CannotContinue when the command fails, with the `advice` of one line and the last lines of its output.
        """
        words = [str(word) for word in command]
        lines: list[str] = []
        with (
            self.log.open("a", encoding="utf-8") as log,
            subprocess.Popen(
                words,
                cwd=self.folder,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            ) as process,
        ):
            log.write(f"\n$ {' '.join(words)}\n")
            for line in process.stdout or ():
                log.write(line)
                lines.append(line.rstrip())
                if counting and (found := re.match(counting, line)):
                    self.progress.advance(found.group(found.lastindex or 0))
        if process.returncode:
            said = "\n".join(f"    {line}" for line in lines[-15:])
            told = f"{advice}\n" if advice else ""
            raise CannotContinue(f"{told}{Path(words[0]).name} failed (all it said: {self.log}):\n{said}")
