"""The command `ruqsat`. A command's module is imported only when that command is called."""

import importlib
import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from typing import Any, NoReturn

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "audit": ("service.cli.audit:audit", "Compare journal, cases, deadlines, register and files; name what disagrees."),
    "calendar": ("service.cli.terms:calendar", "Working days of a year and why the others are off; a new calendar."),
    "check": ("service.cli.procedures:check", "What is wrong with diagrams and forms, in plain words."),
    "clean": (
        "service.cli.retention:clean",
        "Stored files that nothing refers to: list them, remove them by a decision.",
    ),
    "clock": ("service.cli.demo:clock", "Show the demo's clock, or move it forward."),
    "demo": ("service.cli.demo:demo", "Start the demo: the program and the outside world in miniature."),
    "deploy": ("service.cli.procedures:deploy", "Freeze the diagrams, forms and documents as a new edition."),
    "migrate": ("service.cli.procedures:migrate", "Move running cases to a newer edition, or show why not."),
    "prove": ("service.cli.proof:prove", "Write what proves a case: its package, or its terms."),
    "run": ("service.cli.serve:run", "Web server and scheduler in one process."),
    "setting": (
        "service.cli.dated:setting",
        "Names, reviewing body, hours and breaks of the portal, each from a day on.",
    ),
    "show": ("service.cli.procedures:show", "The procedure in words, read from its diagram."),
    "user": ("service.cli.users:user", "Accounts of officers and their roles."),
    "verify": (
        "service.cli.proof:verify",
        "Is this paper, package or proof ours, who signed it, is the permit in force?",
    ),
    "worker": ("service.cli.serve:worker", "The scheduler alone, beside web servers that run elsewhere."),
    "deadlines": ("service.cli.terms:deadlines", "Every date of a case or a complaint, and how it is counted."),
}
"""Name of a command -> where it is written ("module:function") and its line in `ruqsat --help`."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports each only when it is needed.

    Bad input ends with one line on stderr and exit 2; a command that returns a number exits with it.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name, in order."""
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.lazy[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.lazy[cmd_name][0]} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands in the help without importing any of them."""
        rows = [(name, self.lazy[name][1]) for name in self.list_commands(ctx) if name in self.lazy]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command; errors become one line on stderr."""
        try:
            result = super().main(args, prog_name or "ruqsat", complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as bare:
            click.echo(bare.format_message())
            result = 0
        except click.ClickException as wrong:
            if not standalone_mode:
                raise
            # The sentences, and what they stand on, are read only when something is wrong: the command starts sooner.
            from service.cli.speech import of_environment
            from service.cli.usage import usage

            told = one_line(usage(wrong, of_environment()))
            click.echo(f"{prog_name or 'ruqsat'}: {told}", err=True)
            sys.exit(wrong.exit_code)
        except click.Abort:
            click.echo("", err=True)
            sys.exit(130)
        except OSError as wrong:
            if not standalone_mode or isinstance(wrong, BrokenPipeError):
                raise
            _end_unheard(wrong)
        if standalone_mode:
            sys.exit(result if isinstance(result, int) else 0)
        return result


def _end_unheard(wrong: OSError) -> NoReturn:
    """What a command says cannot be written, as on a full disk: that is no outcome of it, so the exit is 2."""
    from service.cli.speech import of_environment, sentence

    with suppress(OSError):
        click.echo(f"ruqsat: {one_line(sentence(wrong, of_environment()))}", err=True)
    with suppress(OSError, ValueError):
        # What could not be written is not tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(2)


def one_line(message: str) -> str:
    """A message as one line of an error; it may repeat what a stranger typed, and nothing in it steers the terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in " ".join(message.split()))


SETTINGS: MutableMapping[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 120}


@click.group("ruqsat", cls=LazyGroup, lazy=COMMANDS, context_settings=SETTINGS)
def main() -> None:
    """Ruqsat: the state service that issues permits to issue and circulate secured digital assets."""
