"""Mappings that are never changed in place, with an entry more or less."""

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def with_entry(known: Mapping[str, T], key: str, entry: T) -> Mapping[str, T]:
    """A copy of `known` in which `key` names `entry`; a new key comes last."""
    return {**known, key: entry}


def without_entry(known: Mapping[str, T], key: str) -> Mapping[str, T]:
    """A copy of `known` without `key`; the very same mapping where it is not in it."""
    if key not in known:
        return known
    return {other: entry for other, entry in known.items() if other != key}
