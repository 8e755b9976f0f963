"""Lets `python -m service.cli` stand for `ruqsat`."""

from service.cli import main

main()
