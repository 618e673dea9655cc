"""What comes of a line that was typed."""

from collections.abc import Callable
from dataclasses import dataclass

from boardroom_tui.plain.words import plain
from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.correspondents import Conversation
from boardroom_tui.ui.requests import Asked

YES = frozenset({"yes", "y"})
_NO = frozenset({"no", "n", ""})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before something is done; the next line is the answer, whatever it is."""

    words: str
    answer: "Callable[[str], Outcome]"


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to write in private."""

    conversation: Conversation
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said to the user, asked of them, sent and done."""

    says: tuple[str, ...] = ()
    sends: tuple[ClientMessage, ...] = ()
    asks: Question | None = None
    letter: Letter | None = None
    leaves: bool = False
    retries: bool = False
    """Whether to connect now."""


def said(*sentences: str) -> Outcome:
    """Nothing is done but to say this."""
    return Outcome(says=sentences)


def sent(*messages: ClientMessage) -> Outcome:
    """This is sent; what comes of it is told when it is known."""
    return Outcome(sends=messages)


def sent_or_said(request: Asked) -> Outcome:
    """A request is sent; why there can be none is said."""
    if request is None:
        return Outcome()
    return said(plain(request)) if isinstance(request, str) else sent(request)


def asked(words: str, deed: str, done: Outcome, *, otherwise: str = "to leave it") -> Outcome:
    """A question of yes or no; `deed` is what yes does, as in `to vote`, `otherwise` a no."""

    def answer(line: str) -> Outcome:
        text = line.strip()
        if text.casefold() in YES:
            return done
        # It may have been meant for everybody, by somebody who had not heard the question yet.
        unsent = () if text.casefold() in _NO else (f"Not sent: {plain(text)}",)
        return said("Nothing was done.", *unsent)

    return Outcome(asks=Question(f"{words} Type yes {deed}, anything else {otherwise}.", answer))
