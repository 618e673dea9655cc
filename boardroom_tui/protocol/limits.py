"""What the protocol allows, in one place: sizes, times and rates."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

FRAME_BYTES = 256 * 1024
"""A larger frame closes the connection with 1009 (CONTRACT.md, close codes)."""

IDENTIFIER_CHARACTERS = 128
MESSAGE_ID_CHARACTERS = 256
TOKEN_CHARACTERS = 8_192
TITLE_CHARACTERS = 300
TEXT_CHARACTERS = 8_000
COMMENT_CHARACTERS = 1_000
BALLOT_WORDS_CHARACTERS = 40
CHAT_CHARACTERS = 4_000
CHAT_LINES = 200
CHAT_BYTES = 128 * 1024
"""So much of what was said and done is told at once: the newest that fits."""
PROCEEDINGS = 200
"""So many announcements are told at once."""
CHANNELS_PER_MESSAGE = 100
DEVICES_PER_MESSAGE = 200
ONE_TIME_KEYS_PER_MESSAGE = 100
RECEIPTS_PER_MESSAGE = 100
CIPHERTEXT_CHARACTERS = 32_768
WRAPPED_KEY_CHARACTERS = 4_096
SEALED_CHARACTERS = 8_192
READERS_PER_COMMENT = 20
ROOM_MEMBERS = 50

NOT_VOTED_TOLD = 30
"""So many of those who have not voted yet are named, those who are present first."""
DRAFT_CHARACTERS = 120_000
"""Of a draft of the minutes; with its line ends and in any script it fits into a frame as long as
it takes at most `DRAFT_BYTES`."""

DRAFT_BYTES = 200_000

COMMENTS_CHARACTERS = 200_000
"""What the sealed comments in one message take, so that a frame holds them."""

USERS_PER_QUERY = 40
"""So that a frame holds all devices of so many users."""

DEVICES_PER_USER = 10
"""One more is refused: an old one has to be removed first."""

HEARTBEAT_SECONDS = 25.0
"""A client sends a heartbeat at least every 30 s (CONTRACT.md, Envelope); ours leaves a margin."""

SILENCE_SECONDS = 60.0
"""A connection from which nothing was received for so long is closed with 4408."""

GRACE_SECONDS = 10.0
"""How long a dropped connection may come back before its member has left."""

UNDECODABLE_FRAMES = 30
UNDECODABLE_WINDOW_SECONDS = 60.0
"""So many undecodable frames within the window close a connection with 4500."""

EXPIRY_WARNING_SECONDS = 60.0
"""`connection.auth.expiring` comes so long before the end, or at half of a shorter life."""


OBJECTION_SECONDS = 60
"""How long there is to object where nobody says how long."""


class Rate(StrEnum):
    """The actions of the reference's table (websocket-api.md:534-540)."""

    CONNECTION = "messages per connection"
    JOIN = "join meeting"
    CHAT = "send chat message"
    VOTE = "cast vote"
    CURSOR = "cursor updates"


@dataclass(frozen=True, slots=True)
class Limit:
    """A token bucket: `count` messages at once, refilled over `seconds`."""

    count: int
    seconds: int


LIMITS: Mapping[Rate, Limit] = MappingProxyType(
    {
        Rate.CONNECTION: Limit(100, 60),
        Rate.JOIN: Limit(5, 60),
        Rate.CHAT: Limit(30, 60),
        Rate.VOTE: Limit(10, 60),
        Rate.CURSOR: Limit(60, 1),
    }
)

RATE_NAMES: Mapping[str, Rate] = MappingProxyType(
    {
        "messages": Rate.CONNECTION,
        "joins": Rate.JOIN,
        "chat": Rate.CHAT,
        "votes": Rate.VOTE,
        "cursors": Rate.CURSOR,
    }
)
"""What `boardroom serve --limit` and `connection.ready` call them."""

PER_USER: frozenset[Rate] = frozenset({Rate.JOIN, Rate.CHAT, Rate.VOTE})
"""The user's buckets, whatever the number of connections; the others are a connection's own."""
