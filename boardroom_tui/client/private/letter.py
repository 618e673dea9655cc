"""A letter: what is said in private, closed for the devices of all members of a conversation.

The body is encrypted once, under a key of its own; the key goes to each device in its Olm session.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from typing import Annotated, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from boardroom_tui.client.private.device import Device
from boardroom_tui.client.private.unreadable import Reason, Unreadable
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.fields import PUBLIC_KEY, ChatText, Identifier, Model, Omitted
from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.protocol.limits import (
    CHAT_CHARACTERS,
    CIPHERTEXT_CHARACTERS,
    ROOM_MEMBERS,
)
from boardroom_tui.protocol.messages.device import DeviceKeys
from boardroom_tui.protocol.messages.private import Envelope, PrivateMessage
from boardroom_tui.protocol.text import clean
from boardroom_tui.protocol.unpadded import decoded, encoded

_BLOCK = 512
"""A body is filled with blanks to a multiple of this, so that its length tells little."""

_NONCE = bytes(12)
"""Always the same, for each key encrypts one body only (NIST SP 800-38D, section 8.3)."""


_CHAT_TEXT = TypeAdapter[str](ChatText, config=ConfigDict(hide_input_in_errors=True))


def _cleaned(text: str) -> str:
    """The text as it is shown. Raises ValueError where too little or too much of it is left."""
    return _CHAT_TEXT.validate_python(clean(text, lines=True))


class Letter(Model):
    """What is said in private, and among whom; its text is clean on both ends."""

    model_config = ConfigDict(hide_input_in_errors=True)

    members: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=ROOM_MEMBERS)]
    """Everybody in the conversation, the sender included; as `among` gives them."""
    text: Annotated[Annotated[str, AfterValidator(_cleaned)] | None, Omitted, Field(repr=False)] = (
        None
    )
    reply_to: Annotated[Identifier | None, Omitted] = None
    renewal: bool = False
    """It is there to begin a session that works, and may say nothing."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.members != among(self.members):
            raise ValueError("members must be without prefix, sorted, and each there once")
        if self.text is None and not self.renewal:
            raise ValueError("a letter must say something")
        return self


def written(members: Sequence[str], text: str, reply_to: str | None) -> Letter | Problem:
    """The letter that somebody wrote, or why it cannot be one."""
    if len(members) > ROOM_MEMBERS:
        return Problem(f"not sent: a private conversation has at most {ROOM_MEMBERS} members")
    try:
        return Letter(members=tuple(members), text=text, reply_to=reply_to)
    except ValidationError:
        return Problem(f"not sent: write 1 to {CHAT_CHARACTERS:,} characters that can be seen")


def among(user_ids: Iterable[str]) -> tuple[str, ...]:
    """The members of a conversation in the one order and form that names it."""
    return tuple(sorted({bare(Kind.USER, user_id) for user_id in user_ids}))


class _Enclosure(Model):
    """What an Olm session carries: the body's key, and a digest that says what it is for."""

    model_config = ConfigDict(hide_input_in_errors=True)

    key: Annotated[str, Field(pattern=PUBLIC_KEY, repr=False)]
    binding: Annotated[str, Field(pattern=PUBLIC_KEY)]


def close(
    letter: Letter, sender: Device, receivers: Sequence[DeviceKeys], meeting_id: str
) -> tuple[str, tuple[Envelope, ...]] | Problem:
    """The encrypted body and an envelope for each receiver; a session with each must be there.

    Raises ValueError where a receiver is no member of the conversation.
    """
    if not all(bare(Kind.USER, receiver.user_id) in letter.members for receiver in receivers):
        raise ValueError("a letter goes to members of its conversation only")
    content = letter.model_dump_json().encode()
    key = secrets.token_bytes(32)
    filled = content.ljust(-(-len(content) // _BLOCK) * _BLOCK)
    body = encoded(AESGCM(key).encrypt(_NONCE, filled, None))
    if len(body) > CIPHERTEXT_CHARACTERS:
        return Problem("this is too long to be sent: shorten it")
    envelopes: list[Envelope] = []
    for receiver in receivers:
        binding = _binding(body, meeting_id, sender.keys, receiver)
        enclosure = _Enclosure(key=encoded(key), binding=binding)
        encrypted = sender.encrypt(receiver, enclosure.model_dump_json().encode())
        if isinstance(encrypted, Problem):
            return encrypted
        kind, wrapped = encrypted
        envelopes.append(
            Envelope(user_id=receiver.user_id, device_id=receiver.device_id, kind=kind, key=wrapped)
        )
    return body, tuple(envelopes)


def open_letter(
    message: PrivateMessage, receiver: Device, sender: DeviceKeys
) -> Letter | Unreadable:
    """The letter in a message, its text cleaned for the screen; it opens once."""
    data = message.data
    if (
        not same(Kind.USER, data.user_id, sender.user_id)
        or data.device_id != sender.device_id
        or data.to_device_id != receiver.keys.device_id
    ):
        return Unreadable(Reason.WRONG_DEVICE)
    plaintext = receiver.decrypt(sender, data.kind, data.key)
    if isinstance(plaintext, Unreadable):
        return plaintext
    try:
        enclosure = _Enclosure.model_validate_json(plaintext)
    except ValidationError:
        return Unreadable(Reason.MALFORMED)
    if enclosure.binding != _binding(data.body, data.meeting_id, sender, receiver.keys):
        return Unreadable(Reason.ALTERED)
    letter = _read(enclosure.key, data.body)
    if isinstance(letter, Unreadable):
        return letter
    both = among((sender.user_id, receiver.keys.user_id))
    return letter if set(both) <= set(letter.members) else Unreadable(Reason.STRANGER)


def _read(key: str, body: str) -> Letter | Unreadable:
    try:
        content = AESGCM(decoded(key) or b"").decrypt(_NONCE, decoded(body) or b"", None)
        return Letter.model_validate_json(content)
    except (InvalidTag, ValueError):
        return Unreadable(Reason.MALFORMED)


def _binding(body: str, meeting_id: str, sender: DeviceKeys, receiver: DeviceKeys) -> str:
    """A digest of what a body's key is for.

    It names both devices with their signing keys, as Matrix does in what it sends by Olm, so that
    nobody passes a letter on as his own or as meant for another (unknown key-share). That it is a
    digest keeps an envelope's size the same however long the identifiers are.
    """
    fields = {
        "body": hashlib.sha256(body.encode()).hexdigest(),
        "meeting": bare(Kind.MEETING, meeting_id),
        "from": _names(sender),
        "to": _names(receiver),
    }
    statement = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(f"boardroom private letter 1\n{statement}".encode()).digest()
    return encoded(digest)


def _names(keys: DeviceKeys) -> tuple[str, str, str]:
    return bare(Kind.USER, keys.user_id), keys.device_id, keys.signing_key
