"""The table of what the reference demands: requirements.toml, read."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

PATH = Path(__file__).with_name("requirements.toml")

OPEN = "open"
"""Stands where a proof would: nothing proves the line yet."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A line of the reference, the tests that prove it, and how ours differs, if it does."""

    id: str
    line: int
    text: str
    proofs: tuple[str, ...]
    """Tests, `tests/FILE.py::test_name`; none where the proof is open."""
    divergence: str | None


def _proofs(written: str | list[str]) -> tuple[str, ...]:
    if written == OPEN:
        return ()
    return (written,) if isinstance(written, str) else tuple(written)


def requirements() -> tuple[Requirement, ...]:
    """The whole table, in the order of the reference's lines."""
    rows = tomllib.loads(PATH.read_text("utf-8"))["rows"]
    return tuple(
        Requirement(
            row["id"], row["line"], row["text"], _proofs(row["proof"]), row.get("divergence")
        )
        for row in rows
    )
