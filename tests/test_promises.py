"""SECURITY.md and README.md name a test for each promise and fault, and each of them exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
SURVIVES = re.split(r"^##.*\n", README.partition("### What it survives\n")[2], flags=re.M)[0]


def rows(page: str) -> list[str]:
    """The lines of its tables, without their headings."""
    return [line for line in page.splitlines() if re.match(r"\| (?!promised|fault|-)", line)]


def test_every_promise_and_every_fault_names_its_proof() -> None:
    assert len(rows(SECURITY)) > 20
    assert len(rows(SURVIVES)) > 15
    named = re.compile(r"`[\w/]+\.py::test_\w+`")
    assert [row for row in rows(SECURITY + SURVIVES) if not named.search(row)] == []


def test_every_proof_is_a_test_that_exists() -> None:
    for path, name in re.findall(r"`([\w/]+\.py)::(test_\w+)`", SECURITY + SURVIVES):
        tree = ast.parse((ROOT / "tests" / path).read_text("utf-8"))
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        assert name in {node.name for node in tree.body if isinstance(node, functions)}, name
