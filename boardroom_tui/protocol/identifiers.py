"""Identifiers and channels: `123` and `meeting_123` name the same thing (CONTRACT.md, Channels)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from boardroom_tui.protocol.limits import IDENTIFIER_CHARACTERS

T = TypeVar("T")

IDENTIFIER = r"^[!-~]+$"
"""Visible ASCII without blanks."""


class Kind(StrEnum):
    """What a channel or an identifier names."""

    MEETING = "meeting"
    DECISION = "decision"
    USER = "user"


def is_identifier(text: str) -> bool:
    """Whether a message may name something so."""
    is_visible = re.fullmatch(IDENTIFIER, text) is not None
    return is_visible and len(text) <= IDENTIFIER_CHARACTERS


@lru_cache(maxsize=16_384)
def bare(kind: Kind, identifier: str) -> str:
    """The identifier without its kind's prefix: the form in which two of them are compared."""
    return identifier.removeprefix(f"{kind}_")


def same(kind: Kind, one: str, other: str) -> bool:
    """Whether two identifiers name the same thing."""
    return one == other or bare(kind, one) == bare(kind, other)


def spellings(kind: Kind, identifier: str) -> frozenset[str]:
    """All identifiers that are `same` as this one, to look many others up among them."""
    short = bare(kind, identifier)
    return frozenset(one for one in (short, f"{kind}_{short}") if bare(kind, one) == short)


def key_in(known: Mapping[str, T], kind: Kind, identifier: str) -> str:
    """The key under which `known` has the thing, or the identifier itself where it has not.

    `123` and `user_123` are one user (CONTRACT.md, Identifiers and channels).
    """
    if identifier in known:
        return identifier
    short = bare(kind, identifier)
    other = short if short != identifier else f"{kind}_{identifier}"
    return other if other in known else identifier


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, `KIND:ID`, with its identifier in the bare form."""

    kind: Kind
    identifier: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.identifier}"


def channel(kind: Kind, identifier: str) -> Channel:
    """The channel of something, whichever way its identifier is written."""
    return Channel(kind, bare(kind, identifier))


def parse_channel(name: str) -> Channel | None:
    """The channel that a client named, or None where `name` is not `KIND:ID`."""
    kind, separator, identifier = name.partition(":")
    if not separator or not identifier or kind not in tuple(Kind):
        return None
    return channel(Kind(kind), identifier)
