"""Whom somebody means by a name that they typed."""

from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.state.model import Meeting, Person


def addressed(meeting: Meeting, words: str) -> tuple[Person, str] | str:
    """The member whose name or id a text begins with, and the rest of it; or why there is none.

    `@ana hello`, `Ana Duarte hello` and `user_ana hello` address the same member.
    """
    text = words.strip().removeprefix("@").removeprefix(f"{Kind.USER}_")
    if not text:
        return "Name somebody."
    spoken = text.casefold()
    for depth in (_whole_name, _id, _first_name):
        found = {
            name: someone
            for someone in meeting.people.values()
            if (name := depth(someone)) and _begins_with(spoken, name)
        }
        if not found:
            continue
        longest = max(found, key=len)
        meant = [one for one in meeting.people.values() if depth(one) == longest]
        if len(meant) > 1:
            ids = " or ".join(bare(Kind.USER, one.user_id) for one in meant)
            return f"There are several of this name: write {ids}."
        rest = text[len(longest) :].removeprefix(":").removeprefix(",")
        return meant[0], rest.strip()
    return f"There is nobody here called {text.split()[0]}."


def all_addressed(meeting: Meeting, words: str) -> tuple[Person, ...] | str:
    """The members whose names stand one after the other, with or without commas; or why not."""
    people: list[Person] = []
    rest = words.strip(" ,")
    while rest:
        found = addressed(meeting, rest)
        if isinstance(found, str):
            return found
        someone, rest = found[0], found[1].strip(" ,")
        people.append(someone)
    return tuple(dict.fromkeys(people)) or "Name somebody."


def _whole_name(someone: Person) -> str:
    return someone.name.casefold()


def _id(someone: Person) -> str:
    return bare(Kind.USER, someone.user_id).casefold()


def _first_name(someone: Person) -> str:
    return someone.name.split()[0].casefold() if someone.name.split() else ""


def _begins_with(text: str, name: str) -> bool:
    """Whether a text begins with a name, and not with a longer word."""
    end = text[len(name) :][:1]
    return text.startswith(name) and (not end or not (end.isalnum() or end in "_-"))
