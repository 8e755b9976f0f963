"""The public door: the service, its rules, the register, the check of a document; nobody has to sign in."""

from __future__ import annotations

from service.web.public import exports, health, law_map, pages, procedure, proof, register, verification
from service.web.public.door import public

__all__ = ["exports", "health", "law_map", "pages", "procedure", "proof", "public", "register", "verification"]
