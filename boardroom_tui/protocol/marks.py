"""What in the conversation is meant for the minutes: messages that begin with a mark.

    /info The boiler was serviced.
    /agreed Odette keeps the archive.
    /action @walter, @odette by Friday: Write to the tenants.
    /correction Page 2 says "accepted"; it was "noted".
    /undo

They are ordinary chat on the wire: a client or server that knows no marks shows what was typed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from boardroom_tui.protocol.identifiers import Kind, bare


class MarkKind(StrEnum):
    """What a mark says of a message; the value is how it is typed, behind a slash."""

    INFO = "info"
    AGREED = "agreed"
    ACTION = "action"
    CORRECTION = "correction"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Mark:
    """A message for the minutes; one that takes back the last has no text."""

    kind: MarkKind
    text: str = ""
    assignees: tuple[str, ...] = ()
    """Whose action it is, as they were called, without the `@`."""
    due: str | None = None
    """When an action is due, in the words that were used."""


_MARKED = re.compile(rf"/(?P<kind>{'|'.join(MarkKind)}):?(?:\s+(?P<rest>.*))?\s*", re.I | re.S)
_ASSIGNEES = re.compile(r"(?:@(?P<name>[^\s,:;@]+)(?:\s*[,;&]?\s*(?:and\s+(?=@))?|(?=:)))")
_DUE = re.compile(r"by\s+(?P<due>[^\n]{1,60}?)\s*:(?=\s|$)\s*", re.I)
_AFTER_NAMES = re.compile(r"\s*:?\s*")


def mark_of(message: str) -> Mark | None:
    """The mark that a chat message begins with; None: it is only said."""
    found = _MARKED.fullmatch(message)
    if found is None:
        return None
    kind, text = MarkKind(found["kind"].lower()), (found["rest"] or "").strip()
    if kind is MarkKind.UNDO:
        return None if text else Mark(kind)
    if kind is not MarkKind.ACTION:
        return Mark(kind, text) if text else None
    return _action(text)


def meant(called: str, people: Iterable[tuple[str, str]]) -> str | None:
    """The id of the one person, of ids and names, whose name or id begins with what was called.

    Where several do, of the one whose first name or id it is in full; None where it stays unclear.
    """
    spoken = bare(Kind.USER, called.casefold())
    begun: list[str] = []
    whole: list[str] = []
    for user_id, name in people:
        own, full = bare(Kind.USER, user_id.casefold()), name.casefold()
        if own.startswith(spoken) or full.startswith(spoken):
            begun.append(user_id)
            if spoken in {own, *full.split()[:1]}:
                whole.append(user_id)
    for found in (begun, whole):
        if len(found) == 1:
            return found[0]
    return None


def _action(text: str) -> Mark | None:
    """Whose it is, when it is due, and what is to be done."""
    assignees: list[str] = []
    while called := _ASSIGNEES.match(text):
        assignees.append(called["name"])
        text = text[called.end() :]
    due = _DUE.match(text)
    text = text[due.end() :] if due else _AFTER_NAMES.sub("", text, count=1)
    if not text.strip():
        return None
    names = tuple(dict.fromkeys(assignees))
    return Mark(MarkKind.ACTION, text.strip(), names, due["due"] if due else None)
