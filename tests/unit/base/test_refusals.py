"""What is refused says what to do now: read out of the program, so that none is forgotten."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3] / "tracker"
PARTS = 3
"""What happened, why, what to do."""


def refusals(package):
    """The calls of UserError in a package: where, and what they say."""
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "UserError":
                yield f"{path.name}:{node.lineno}", node


@pytest.mark.parametrize("package", ["ops", "ui"])
def test_each_refusal_says_what_to_do(package):
    found = list(refusals(package))
    assert len(found) > 10
    silent = []
    for place, call in found:
        whole = any(isinstance(argument, ast.Starred) for argument in call.args)
        says = len(call.args) >= PARTS or any(word.arg == "do" for word in call.keywords)
        asks = "请" in ast.unparse(call.args[0])
        if not (whole or says or asks):
            silent.append((place, ast.unparse(call)))
    assert silent == []
