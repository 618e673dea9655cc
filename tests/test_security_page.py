"""SECURITY.md names a test for each promise, and each of them exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
PROMISES = [line for line in PAGE.splitlines() if re.match(r"\| (?!promised|-)", line)]


def test_every_promise_names_its_proof() -> None:
    assert len(PROMISES) > 20
    assert [line for line in PROMISES if not re.search(r"`[\w/]+\.py::test_\w+`", line)] == []


def test_every_proof_is_a_test_that_exists() -> None:
    for path, name in re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE):
        tree = ast.parse((ROOT / "tests" / path).read_text("utf-8"))
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        assert name in {node.name for node in tree.body if isinstance(node, functions)}, name
