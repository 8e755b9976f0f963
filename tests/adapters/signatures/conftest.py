"""Fixtures for signatures: the sandbox plays the certification authority."""

from tests.sandbox.world import impostor, listening, world

__all__ = ["impostor", "listening", "world"]
