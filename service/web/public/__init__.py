"""The public door: the service, its rules, the register, the check of a document; nobody has to sign in."""

from __future__ import annotations

from service.web.public import exports, health, pages, procedure, proof, register, verification
from service.web.public.door import public

__all__ = ["exports", "health", "pages", "procedure", "proof", "public", "register", "verification"]
