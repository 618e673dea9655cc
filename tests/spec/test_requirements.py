"""The requirements table is whole, and each of its proofs is a test that exists."""

import ast
import hashlib
from functools import cache
from pathlib import Path

from tests.spec.reference import LINES, blocks, examples, keys, line, listed, table
from tests.spec.reference import PATH as REFERENCE
from tests.spec.requirements import PATH, requirements

ROOT = Path(__file__).parents[2]
ROWS = requirements()
IDS = {row.id for row in ROWS}


@cache
def _tests(path: str) -> frozenset[str]:
    """The names of the test functions in a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(f.name for f in functions if f.name.startswith("test_"))


DIGEST = "671a3977cf6b142a05624d847e8d5838c3489251e9f6333201792e7786a62817"


def test_the_reference_stands_here_letter_for_letter() -> None:
    assert hashlib.sha256(REFERENCE.read_bytes()).hexdigest() == DIGEST


def test_every_id_stands_once_and_every_line_is_one_of_the_reference_s() -> None:
    assert len(IDS) == len(ROWS)
    for row in ROWS:
        assert 1 <= row.line <= len(LINES), row.id
        assert line(row.line).strip(), row.id
    assert [row.line for row in ROWS] == sorted(row.line for row in ROWS)


def test_every_row_has_a_proof_or_says_open() -> None:
    assert all(row.text for row in ROWS)
    for text in PATH.read_text("utf-8").splitlines():
        if text.startswith("  {"):
            assert 'proof = "open"' in text or 'proof = "tests/' in text or "proof = [" in text


def test_every_proof_names_a_test_that_exists() -> None:
    for row in ROWS:
        for proof in row.proofs:
            path, _, name = proof.partition("::")
            assert (ROOT / path).is_file(), f"{row.id}: {path}"
            assert name in _tests(path), f"{row.id}: {proof}"


def test_every_message_type_and_every_field_has_a_row_at_its_line() -> None:
    rows = {(row.line, row.id) for row in ROWS}
    proven: set[str] = set()
    for example in examples():
        if example.type == "message.type":
            continue
        name = f"{example.direction}.{example.type}"
        wanted = [(example.line + 1, f"type.{name}")]
        wanted += [(number, f"field.{name}.{path}") for number, path in keys(example)]
        for number, identifier in wanted:
            if identifier not in proven:
                assert (number, identifier) in rows
                proven.add(identifier)


def test_every_line_of_a_table_or_a_list_has_a_row() -> None:
    lines = {row.line for row in ROWS}
    tables = ("### Connection Parameters", "### Message Fields", "### Error Codes", "### Limits")
    lists = (
        "### Authentication",
        "### Authorization",
        "### Encryption",
        "### Connection Management",
        "### Message Handling",
        "### Performance",
        "### Security",
    )
    tabled = [number for heading in tables for number, _ in table(heading)]
    listed_ = [number for heading in lists for number, _ in listed(heading)]
    assert len(tabled) == 3 + 4 + 8 + 5
    assert len(listed_) == 12 + 16
    assert lines.issuperset(tabled)
    assert lines.issuperset(listed_)


def test_every_code_sample_and_the_address_have_a_row() -> None:
    lines = {row.line for row in ROWS}
    others = [block.line for block in blocks() if block.language != "json"]
    assert len(others) == 1 + 5
    assert lines.issuperset(others)


def test_every_sentence_has_a_row() -> None:
    """A sentence is a line of prose that ends in a full stop; the last one only links."""
    fenced = {n for b in blocks() for n in range(b.line, b.line + len(b.body))}
    sentences = [
        number
        for number, text in enumerate(LINES[:-1], 1)
        if text.endswith(".") and number not in fenced and number > 5
    ]
    assert sentences
    assert {row.line for row in ROWS}.issuperset(sentences)


def test_a_divergence_names_what_it_follows_or_why() -> None:
    for row in ROWS:
        if row.divergence is not None:
            assert len(row.divergence) > 20, row.id
