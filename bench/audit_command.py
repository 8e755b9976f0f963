"""`python -m bench.audit_command URL FOLDER TRUST`: audits a database as the command does, by its own clock."""

from __future__ import annotations

import sys
from pathlib import Path

from service.bootstrap import build
from service.cli.audit_hands import hands, processors
from service.settings import Settings
from service.usecases.audit import audit


def main(url: str, folder: str, trust: str) -> None:
    """End with 1, and with the first thing that does not agree, if there is one."""
    settings = Settings(env="demo", instance=Path(folder), database_url=url, trust=Path(trust), secret="s" * 32)
    for found in audit(build(settings), hands=hands(settings, processors())):
        sys.exit(str(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
