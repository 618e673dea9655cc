"""A log only grows, and no version of it ever changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.keyed_log import KeyedLog

KEYS = st.lists(st.text(max_size=3))


def log(*keys: str) -> KeyedLog[str]:
    """A log whose entries are their keys in capitals."""
    grown = KeyedLog[str]()
    for key in keys:
        grown = grown.adding(key, key.upper())
    return grown


@given(KEYS)
def test_entries_stand_in_the_order_in_which_they_were_added(keys: list[str]) -> None:
    distinct = list(dict.fromkeys(keys))
    grown = log(*keys)
    assert list(grown) == [key.upper() for key in distinct]
    assert [grown.place(key) for key in distinct] == list(range(len(distinct)))


@given(KEYS, KEYS, KEYS)
def test_two_ways_on_from_one_version_do_not_see_each_other(
    start: list[str], one: list[str], other: list[str]
) -> None:
    base = log(*start)
    before = list(base)
    first, second = base, base
    for key in one:
        first = first.adding(key, key + "1")
    for key in other:
        second = second.adding(key, key + "2")
    assert list(base) == before
    assert len(first) == len(set(start) | set(one))
    assert len(second) == len(set(start) | set(other))
    for key in set(other) - set(start):
        assert second.find(key) == key + "2"
    for key in set(one) - set(start):
        assert first.find(key) == key + "1"
        assert base.find(key) is None
        assert key not in base


def test_the_same_key_again_changes_nothing() -> None:
    one = log("a", "b")
    assert one.adding("a", "other") is one
    assert one.find("a") == "A"


def test_an_older_version_does_not_see_what_came_later() -> None:
    older = log("a")
    newer = older.adding("b", "B")
    assert older.find("b") is None
    assert "b" not in older
    assert list(older) == ["A"]
    with pytest.raises(IndexError):
        older[1]
    assert newer[1] == "B"


@given(KEYS, st.slices(6))
def test_a_slice_and_an_index_are_a_list_s(keys: list[str], cut: slice) -> None:
    grown = log(*keys)
    assert list(grown[cut]) == list(grown)[cut]
    assert all(grown[-place] == list(grown)[-place] for place in range(1, len(grown) + 1))


@given(KEYS, KEYS)
def test_logs_are_equal_when_their_entries_are(one: list[str], other: list[str]) -> None:
    assert (log(*one) == log(*other)) == (list(log(*one)) == list(log(*other)))
    assert log(*one) != list(log(*one))


@given(KEYS, KEYS, KEYS)
def test_what_precedes_a_log_stands_before_it_and_neither_version_sees_the_other(
    before: list[str], start: list[str], after: list[str]
) -> None:
    older = log(*start)
    longer = older.preceded_by((key, key.upper()) for key in before)
    grown = longer
    for key in after:
        grown = grown.adding(key, key.upper())
        older.adding(f"other {key}", "")
    new = [key for key in dict.fromkeys(before) if key not in start]
    expected = list(dict.fromkeys([*new, *start, *after]))
    assert list(grown) == [key.upper() for key in expected]
    assert [grown.place(key) for key in expected] == list(range(len(expected)))
    assert list(older) == list(log(*start))


@given(KEYS, KEYS, KEYS)
def test_what_is_added_at_once_is_added_one_by_one(
    start: list[str], one: list[str], another: list[str]
) -> None:
    older = log(*start)
    grown = older.adding_all((key, key.upper()) for key in one)
    other = older.adding_all((key, key.lower()) for key in another)
    assert grown == log(*start, *one)
    assert list(other) == list(older) + [
        key.lower() for key in dict.fromkeys(another) if key not in start
    ]
    assert list(older) == list(log(*start))
    assert [*grown.since(len(older))] == list(grown)[len(older) :]
    assert older.adding_all((key, "another") for key in start) is older


def test_a_log_continues_what_it_has_grown_from_at_its_end() -> None:
    short = KeyedLog[str]().adding("a", "A")
    grown = short.adding("b", "B")
    assert grown.continues(short)
    assert [*grown.since(len(short))] == ["B"]
    assert not grown.preceded_by([("c", "C")]).continues(short)
    assert not short.adding("d", "D").continues(short), "a copy: the log itself has grown otherwise"
