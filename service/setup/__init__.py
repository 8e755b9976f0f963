"""Prepares a machine: everything `make run` and `make test` stand on.

Runs on the system's Python before anything of ours is installed, so it imports the standard library only.
Each step knows from what it is made; a step whose sources have not changed is not repeated.
"""
