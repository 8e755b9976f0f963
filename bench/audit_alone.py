"""`python -m bench.audit_alone URL FOLDER TRUST`: audits a database alone in a process, by its own clock."""

from __future__ import annotations

import sys
from pathlib import Path

from service.bootstrap import build
from service.settings import Settings
from service.usecases.audit import audit


def main(url: str, folder: str, trust: str) -> None:
    """End with 1, and with the first thing that does not agree, if there is one."""
    settings = Settings(env="demo", instance=Path(folder), database_url=url, trust=Path(trust), secret="s" * 32)
    for found in audit(build(settings)):
        sys.exit(str(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
