"""A setting, a key or a database that cannot be used is told in one sentence, in the person's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main, settings_text
from service.demo.world import World
from service.settings import ROOT, Settings
from tests.cli.codes import made_in


def test_every_setting_that_is_refused_has_its_sentence() -> None:
    files = list((ROOT / "service").rglob("*.py"))
    codes = made_in(files, "SettingsError", 0) | made_in(files, "KeyUnusable", 0)
    assert codes | {"no_int", "no_float"} == settings_text.SETTINGS.keys()


@pytest.mark.parametrize(
    ("lang", "wrong", "said"),
    [
        ("kk", {"PORT": "x"}, "RUQSAT_PORT: бүтін сан болуы керек, ал онда «x» тұр"),
        ("ru", {"OCSP_SECONDS": "x"}, "RUQSAT_OCSP_SECONDS: нужно число, а там «x»"),
        ("en", {"PORT": "99999"}, "RUQSAT_PORT must be from 0 to 65535, not 99999"),
        (
            "kk",
            {"ENV": "prod"},
            "RUQSAT_ENV: мыналардың бірі болуы керек: production, development, demo, ал онда «prod» тұр",
        ),
        (
            "ru",
            {"ENV": "production", "SECRET": "s"},
            "RUQSAT_SECRET: в рабочей системе нужно не менее 32 случайных знаков",
        ),
        ("ru", {"HOST": "a b"}, "RUQSAT_HOST: нужен адрес или имя этой машины без порта, а там «a b»"),
    ],
)
@pytest.mark.parametrize("command", [["run"], ["run", "--lang"]])
def test_a_setting_that_cannot_be_is_told_in_the_language_of_the_command(
    tmp_path: Path, command: list[str], lang: str, wrong: dict[str, str], said: str
) -> None:
    asked, machine = ([*command, lang], "C") if command[1:] else (command, f"{lang}_KZ.UTF-8")
    told = {f"RUQSAT_{name}": value for name, value in wrong.items()}
    ended = CliRunner().invoke(main, asked, env={"RUQSAT_INSTANCE": str(tmp_path), "LC_ALL": machine, **told})
    assert (ended.exit_code, ended.stderr) == (2, f"ruqsat: {said}\n")


@pytest.mark.one_database("an address that leads to none")
@pytest.mark.parametrize(("lang", "said"), [("kk", "Дерекқор жарамсыз"), ("ru", "База данных не подходит")])
def test_a_database_that_cannot_be_reached_is_told_in_the_language_of_the_command(
    world: World, tmp_path: Path, lang: str, said: str
) -> None:
    surroundings = {
        "RUQSAT_INSTANCE": str(tmp_path), "RUQSAT_TRUST": str(world.settings(Settings()).trust),
        "RUQSAT_DATABASE_URL": "postgresql://127.0.0.1:1/none",
    }  # fmt: skip
    ended = CliRunner().invoke(main, ["worker", "--lang", lang], env=surroundings)
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1), ended.output
    assert ended.stderr.startswith(f"ruqsat: {said} (RUQSAT_DATABASE_URL): ")
