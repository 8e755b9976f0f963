"""Fixtures of the sandbox."""

from tests.sandbox.world import impostor, listening, world

__all__ = ["impostor", "listening", "world"]
