"""Finding something by an identifier that may be written in two ways."""

from collections.abc import Mapping
from typing import TypeVar

from boardroom_tui.protocol.identifiers import Kind, bare

T = TypeVar("T")


def key_in(known: Mapping[str, T], kind: Kind, identifier: str) -> str:
    """The key under which `known` has the thing, or the identifier itself where it has not.

    `123` and `user_123` are one user (CONTRACT.md, Identifiers and channels).
    """
    if identifier in known:
        return identifier
    short = bare(kind, identifier)
    other = short if short != identifier else f"{kind}_{identifier}"
    return other if other in known else identifier


def with_entry(known: Mapping[str, T], key: str, entry: T) -> Mapping[str, T]:
    """A copy of `known` in which `key` names `entry`; a new key comes last."""
    return {**known, key: entry}


def without_entry(known: Mapping[str, T], key: str) -> Mapping[str, T]:
    """A copy of `known` without `key`; the very same mapping where it is not in it."""
    if key not in known:
        return known
    return {other: entry for other, entry in known.items() if other != key}
