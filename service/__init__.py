"""Ruqsat: the state service that issues permits to issue and circulate secured digital assets."""
