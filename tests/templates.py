"""Templates of pages and papers, compiled once for all tests of a worker: that is the dearest part of showing one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from types import CodeType

import pytest
from flask import Flask
from jinja2 import Environment, meta, nodes
from jinja2.bccache import Bucket, BytecodeCache

from service.adapters import pdf_templates


class CompiledTemplates(BytecodeCache):
    """Templates as Python, found again by their name and content."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


def parsed_once(parse: Callable[..., nodes.Template]) -> Callable[..., nodes.Template]:
    """Takes a template apart only when it has not been before."""
    trees = dict[tuple[str, str], nodes.Template]()

    def remembered(sandbox: Environment, source: str, name: str) -> nodes.Template:
        if (source, name) not in trees:
            trees[source, name] = parse(sandbox, source, name)
        return trees[source, name]

    return remembered


@pytest.fixture(scope="session", autouse=True)
def compiled_templates() -> Iterator[None]:
    """Every application and every press that a test makes takes its templates from one place."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": CompiledTemplates()})
        sandbox = pdf_templates._Sandbox
        patch.setattr(sandbox, "parse", parsed_once(sandbox.parse))
        patch.setattr(meta, "find_undeclared_variables", cache(meta.find_undeclared_variables))
        patch.setattr(pdf_templates, "_Sandbox", partial(sandbox, bytecode_cache=CompiledTemplates()))
        yield
