"""Passwords of officers, hashed with Argon2."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$aQCSPxy0cuqIhUzR+Y6xjA$xFhqEvoQ9zQuYaRDLGsCdCdIGgDm/ZbNQIYDFcpUoBo"
"""What the password of an unknown login is compared with: nobody knows its password, and it is as dear to check."""


class Argon2Passwords:
    """Hashes and checks; an unknown login costs the same time as a wrong password."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hash(self, password: str) -> str:
        """A hash to be stored."""
        return self._hasher.hash(password)

    def verify(self, stored: str, password: str) -> bool:
        """Whether the password is right."""
        try:
            return self._hasher.verify(stored or NOBODY, password) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False
