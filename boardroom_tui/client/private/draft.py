"""Something that somebody writes in private, before there are the keys to write it with."""

from dataclasses import dataclass

from boardroom_tui.protocol.correspondents import Conversation


@dataclass(frozen=True, slots=True)
class Draft:
    """Something that is to be written."""

    local_id: str
    conversation: Conversation
    text: str
    reply_to: str | None
