"""From what a program gives to the conversation it gets."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from boardroom_tui.client.address import Address
from boardroom_tui.client.link import Link
from boardroom_tui.protocol.fields import Identifier, Role
from boardroom_tui.sdk.access import Token, given, tokens_of, trust_in
from boardroom_tui.sdk.conversation import Conversation
from boardroom_tui.sdk.debugging import log_frame, show_frames
from boardroom_tui.sdk.handlers import Perform

_IDENTIFIER = TypeAdapter[str](Identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """A client's settings, as `BoardroomWebSocket` documents them."""

    reconnect: bool
    debug: bool
    ca: str | Path | None
    meeting: str | None
    role: str | None
    client_id: str | None


def conversation(url: str, token: Token | None, wishes: Wishes, perform: Perform) -> Conversation:
    """A conversation that has not begun.

    Raises:
        ValueError: The address, the token or a setting is none; it says which and why.
    """
    address = given(Address.parse(url))
    meeting_id = wishes.meeting or address.meeting_id
    for name, identifier in (("meeting", meeting_id), ("client_id", wishes.client_id)):
        if identifier is not None:
            _check_identifier(name, identifier)
    if wishes.debug:
        show_frames()
    link = Link(
        address,
        tokens_of(address, token),
        meeting_id=meeting_id,
        role=None if wishes.role is None else Role(wishes.role),
        trust=trust_in(address, wishes.ca),
        client_id=wishes.client_id,
        reconnect=wishes.reconnect,
        watch=log_frame if wishes.debug else None,
    )
    return Conversation(link, perform, reconnect=wishes.reconnect)


def _check_identifier(name: str, identifier: str) -> None:
    try:
        _IDENTIFIER.validate_python(identifier)
    except ValidationError:
        raise ValueError(f"{name}: no identifier: visible ASCII without blanks") from None
