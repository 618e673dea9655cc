"""What the correspondence tells the screen, among what the link tells."""

from collections.abc import Mapping
from dataclasses import dataclass

from boardroom_tui.protocol.correspondents import Conversation, Correspondent, Readiness
from boardroom_tui.protocol.messages.meeting import ChatLine


@dataclass(frozen=True, slots=True)
class PrivateStands:
    """Whether private messages can be read and written, and whom one can write to."""

    readiness: Readiness
    reason: str | None
    correspondents: Mapping[str, Correspondent]
    """By bare user id."""


@dataclass(frozen=True, slots=True)
class LetterSent:
    """One's own message is on the server's disk; `line` is how it reads from now on."""

    conversation: Conversation
    local_id: str
    line: ChatLine


@dataclass(frozen=True, slots=True)
class LetterRefused:
    """One's own message was not sent, and why."""

    conversation: Conversation
    local_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class LetterHeard:
    """Somebody wrote, or something written earlier is shown again."""

    conversation: Conversation
    line: ChatLine
    accepted: bool = True
    """Whether the sender's device has been looked at."""
    earlier: bool = False
    """Whether it is from what was kept here, not new."""


@dataclass(frozen=True, slots=True)
class CommentsRead:
    """What was commented in a secret ballot, for whoever may read it."""

    decision_id: str
    comments: tuple[str, ...]


PrivateUpdate = PrivateStands | LetterSent | LetterRefused | LetterHeard | CommentsRead
