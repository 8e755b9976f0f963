"""Passwords of officers, hashed with Argon2."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


@cache
def _nobody() -> str:
    """What the password of an unknown login is compared with; as dear to check as a real hash."""
    return PasswordHasher().hash("nobody has this password")


class Argon2Passwords:
    """Hashes and checks; an unknown login costs the same time as a wrong password."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = _nobody()

    def hash(self, password: str) -> str:
        """A hash to be stored."""
        return self._hasher.hash(password)

    def verify(self, stored: str, password: str) -> bool:
        """Whether the password is right."""
        try:
            return self._hasher.verify(stored or self._nobody, password) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False
