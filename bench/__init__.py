"""Benchmarks: what a step, a sweep and a page cost, beside the bare SpiffWorkflow in the same run."""
