import tomllib

import pytest

from boardroom_tui.toml_lines import Lines, Path

DOCUMENT = '''\
top = 1
"quoted key" . 'inner' = 2

[one] # [[not]] a = header
text = """
key = "no key"
[[no.table]]
"""
raw = \'\'\'
also = 'none' \'\'\'
list = [
  "a]", # ]
  [1, 2],
  { in = "line" },
]
after = true
[[many]]
id = 1
[[many]]
  id = 2
  [many.inner]
  deep = "a \\" # b"
[[many.rows]]
x = 1
[[many.rows]]
x = 2
[one.two]
last = "yes"'''


def line_in_text(needle: str) -> int:
    return DOCUMENT[: DOCUMENT.index(needle)].count("\n") + 1


def test_the_document_is_one_that_tomllib_reads() -> None:
    assert len(tomllib.loads(DOCUMENT)["many"]) == 2


@pytest.mark.parametrize(
    ("path", "needle"),
    [
        (("top",), "top ="),
        (("quoted key", "inner"), '"quoted key"'),
        (("one",), "[one]"),
        (("one", "text"), "text ="),
        (("one", "raw"), "raw ="),
        (("one", "list"), "list ="),
        (("one", "list", 2, "in"), "list ="),
        (("one", "after"), "after ="),
        (("many",), "[[many]]"),
        (("many", 0, "id"), "id = 1"),
        (("many", 1, "id"), "id = 2"),
        (("many", 1, "inner", "deep"), "deep ="),
        (("many", 1, "rows", 0, "x"), "x = 1"),
        (("many", 1, "rows", 1, "x"), "x = 2"),
        (("one", "two", "last"), "last ="),
        (("one", "missing"), "[one]"),
    ],
)
def test_a_value_is_found_where_it_stands(path: Path, needle: str) -> None:
    assert Lines(DOCUMENT).of(path) == line_in_text(needle)


@pytest.mark.parametrize("path", [("one", "key"), ("no",), ("not",), ("one", "also")])
def test_what_is_only_text_is_no_key(path: Path) -> None:
    assert Lines(DOCUMENT).of(path) in {1, line_in_text("[one]")}


def test_what_is_nowhere_is_told_of_the_first_line() -> None:
    assert Lines("").of(("x",)) == 1
