"""Every row of the requirements that the permit procedure carries out is cited by at least one test."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parent

CARRIED_OUT = """
O1 O2 O3
R1.1 R2.1 R2.4 R2.5 R3.1 R3.2 R3.3 R4.1 R4.2 R5.1 R5.2 R5.3 R6.1 R6.2 R6.3 R7.1 R7.2 R7.3
R8.1 R8.2 R8.3 R8.4 R9.1 R9.2 R10.1 R10.2 R11.1 R11.2 R15.1
A1.1 A1.2 A1.3 A1.4 A1.5 A1.6 A1.7 A1.8.1 A1.8.2 A1.9.1 A1.9.2 A1.9.3
A1.10.1 A1.10.2 A1.10.3 A1.10.4 A1.10.5 A1.10.6 A1.11.1 A1.11.2 A1.11.3 A1.11.4 A1.11.5
A2.1 A2.2 A2.3 A2.4 A2.5 A3.1 A3.2 A3.3 A3.4 A3.5 A4.1 A4.2 A4.3 A4.4
L64.1 L66.1 L69.1 L73.1 L73.2 L73.3 L73.4 L74.1 L76.1 L76.3 L80.1 L80.5
D1 D2 D3 D4 D5 D7 D9 D10 D20 D21 D22 D23 D24 D25 D26 D27 D28
"""
"""The rows of the requirements, by their numbers."""


def cited() -> set[str]:
    """Every row named by a `law` mark of a test."""
    rows: set[str] = set()
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "law":
                rows |= {str(value.value) for value in node.args if isinstance(value, ast.Constant)}
    return rows


def test_every_row_that_is_carried_out_is_cited_by_a_test() -> None:
    found = cited()
    missing = [row for row in CARRIED_OUT.split() if row not in found]
    assert missing == [], f"no test cites {', '.join(missing)}"
