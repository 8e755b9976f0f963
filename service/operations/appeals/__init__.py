"""Complaints: filing, the provider's three days, the reviewing body, and what a decision does (points 13-15)."""

from service.operations.appeals import outcomes, provider, review

__all__ = ["outcomes", "provider", "review"]
