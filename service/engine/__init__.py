"""Walks the diagram: the only package that imports SpiffWorkflow."""
