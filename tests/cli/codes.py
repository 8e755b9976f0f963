"""Which codes the program has, read from its own text: each has its sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path


def made_in(files: Iterable[Path], of: str, place: int) -> set[str]:
    """The words that stand in these files at a place of what makes one of its kind."""
    trees = [ast.walk(ast.parse(file.read_text("utf-8"))) for file in files]
    calls = [node for tree in trees for node in tree if isinstance(node, ast.Call) and len(node.args) > place]
    made = [call.args[place] for call in calls if isinstance(call.func, ast.Name) and call.func.id == of]
    return {str(code.value) for code in made if isinstance(code, ast.Constant)}
