"""The doors of the program: one blueprint each, listed here and nowhere else."""

from __future__ import annotations

from flask import Blueprint


def blueprints() -> tuple[Blueprint, ...]:
    """Give every blueprint in the order in which addresses are matched; a new door adds its line here."""
    from service.web.cabinet import cabinet
    from service.web.officer import officer
    from service.web.public import public

    return (public, cabinet, officer)
