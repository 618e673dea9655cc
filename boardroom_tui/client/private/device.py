"""A device: one installation's keys, with which it writes and reads in private.

Olm (vodozemac) for what goes from device to device, X25519 for what is sealed without a session.
A device changes with each message that it encrypts or decrypts: dump it to disk before the
message goes out or is acknowledged, for no ratchet may turn back.
"""

import secrets
from typing import Annotated, Any, Self, cast

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import ConfigDict, Field
from vodozemac import Account, AnyOlmMessage, Curve25519PublicKey, Session

from boardroom_tui.client.private.genuine import is_genuine_key
from boardroom_tui.client.private.sealing import unseal
from boardroom_tui.client.private.sessions import Sessions
from boardroom_tui.client.private.unreadable import Reason, Unreadable
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.fields import Identifier, Model
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.device import DeviceKeys, OneTimeKey
from boardroom_tui.protocol.statements import device_statement, one_time_key_statement
from boardroom_tui.protocol.unpadded import decoded, encoded

_PICKLE_KEY = bytes(32)
"""Olm's pickles want a key; it protects nothing here, for the vault seals the whole dump."""

_NO_SIGNATURE = "A" * 86
_DAMAGED = Problem("what is kept of this device's keys is damaged")


class _KeptSessions(Model):
    peer: str
    opened: Annotated[tuple[str, ...], Field(repr=False)]
    ended: tuple[str, ...]


class _Kept(Model):
    """Everything there is to a device: secrets, so it is never shown."""

    model_config = ConfigDict(hide_input_in_errors=True)

    user_id: Identifier
    device_id: Identifier
    account: Annotated[str, Field(repr=False)]
    sealing_key: Annotated[str, Field(repr=False)]
    sessions: tuple[_KeptSessions, ...]


class Device:
    """One installation's keys and its sessions with others' devices; see `new` and `load`."""

    def __init__(
        self,
        user_id: str,
        device_id: str,
        account: Account,
        sealing_key: X25519PrivateKey,
        sessions: dict[str, Sessions],
    ) -> None:
        """A device with these keys, signed by its own."""
        self._account = account
        self._sealing_key = sealing_key
        self._sessions = sessions
        unsigned = DeviceKeys(
            user_id=user_id,
            device_id=device_id,
            identity_key=account.curve25519_key.to_base64(),
            signing_key=account.ed25519_key.to_base64(),
            sealing_key=encoded(sealing_key.public_key().public_bytes_raw()),
            signature=_NO_SIGNATURE,
        )
        signature = account.sign(device_statement(unsigned)).to_base64()
        self.keys = unsigned.model_copy(update={"signature": signature})
        """What everybody may know."""

    @classmethod
    def new(cls, user_id: str) -> Self:
        """A device of a user's that nobody has seen yet."""
        device_id = f"device_{secrets.token_hex(8)}"
        return cls(user_id, device_id, Account(), X25519PrivateKey.generate(), {})

    @classmethod
    def load(cls, dumped: bytes) -> Self | Problem:
        """The device that `dump` kept."""
        try:
            kept = _Kept.model_validate_json(dumped)
            return cls(
                kept.user_id,
                kept.device_id,
                Account.from_pickle(kept.account, _PICKLE_KEY),
                X25519PrivateKey.from_private_bytes(decoded(kept.sealing_key) or b""),
                {
                    one.peer: Sessions(
                        (Session.from_pickle(pickle, _PICKLE_KEY) for pickle in one.opened),
                        one.ended,
                    )
                    for one in kept.sessions
                },
            )
        except ValueError:
            return _DAMAGED

    def dump(self) -> bytes:
        """All of the device, its secrets unprotected: it goes into a vault and nowhere else."""
        kept = _Kept(
            user_id=self.keys.user_id,
            device_id=self.keys.device_id,
            account=self._account.pickle(_PICKLE_KEY),
            sealing_key=encoded(self._sealing_key.private_bytes_raw()),
            sessions=tuple(
                _KeptSessions(
                    peer=peer,
                    opened=tuple(session.pickle(_PICKLE_KEY) for session in sessions.opened),
                    ended=tuple(sessions.ended),
                )
                for peer, sessions in self._sessions.items()
                if sessions.opened or sessions.ended
            ),
        )
        return kept.model_dump_json().encode()

    def new_one_time_keys(self, count: int) -> tuple[OneTimeKey, ...]:
        """So many keys that others begin a session with; each is handed out once."""
        self._account.generate_one_time_keys(count)
        return self._signed(self._account.one_time_keys)

    def new_fallback_key(self) -> OneTimeKey:
        """The key for when all one-time keys are used up; the one before it still works."""
        account = cast("Any", self._account)  # its stubs leave the fallback key out
        account.generate_fallback_key()
        (key,) = self._signed(account.fallback_key)
        return key

    def has_session(self, peer: DeviceKeys) -> bool:
        """Whether something can be encrypted for a device without a one-time key of its."""
        sessions = self._sessions.get(_name(peer))
        return sessions is not None and bool(sessions.opened)

    def begin(self, peer: DeviceKeys, key: OneTimeKey) -> Problem | None:
        """Begin a session with a device and write in it from now on."""
        whose = f"{peer.user_id}'s device {peer.device_id}"
        if not is_genuine_key(peer, key):
            return Problem(f"the server gave a key for {whose} that it did not sign")
        try:
            session = self._account.create_outbound_session(
                Curve25519PublicKey.from_base64(peer.identity_key),
                Curve25519PublicKey.from_base64(key.key),
            )
        except ValueError:
            return Problem(f"no session can be begun with {whose}")
        self._sessions_with(peer).prefer(session)
        return None

    def encrypt(self, peer: DeviceKeys, plaintext: bytes) -> tuple[int, str] | Problem:
        """Olm's kind and the ciphertext, in the session begun or heard in most recently."""
        parts = self._sessions_with(peer).encrypt(plaintext)
        if parts is None:
            return Problem(f"there is no session with {peer.user_id}'s device {peer.device_id}")
        kind, ciphertext = parts
        return kind, encoded(ciphertext)

    def decrypt(self, peer: DeviceKeys, kind: int, ciphertext: str) -> bytes | Unreadable:
        """What a device encrypted for this one, once; its first message begins a session."""
        try:
            message = AnyOlmMessage.from_parts(kind, decoded(ciphertext) or b"")
            identity_key = Curve25519PublicKey.from_base64(peer.identity_key)
        except ValueError:
            return Unreadable(Reason.NO_SESSION)
        plaintext = self._sessions_with(peer).decrypt(message, self._account, identity_key)
        return Unreadable(Reason.NO_SESSION) if plaintext is None else plaintext

    def unseal(self, sealed: str, purpose: str) -> str | Unreadable:
        """What `seal_to` sealed to this device for a purpose."""
        return unseal(self._sealing_key, sealed, purpose)

    def _sessions_with(self, peer: DeviceKeys) -> Sessions:
        return self._sessions.setdefault(_name(peer), Sessions())

    def _signed(self, keys: dict[str, Curve25519PublicKey]) -> tuple[OneTimeKey, ...]:
        """Keys that were just made, signed; from now on they count as published."""
        signed = tuple(self._sign(key_id, key.to_base64()) for key_id, key in keys.items())
        self._account.mark_keys_as_published()
        return signed

    def _sign(self, key_id: str, key: str) -> OneTimeKey:
        unsigned = OneTimeKey(key_id=key_id, key=key, signature=_NO_SIGNATURE)
        statement = one_time_key_statement(self.keys.user_id, self.keys.device_id, unsigned)
        signature = self._account.sign(statement).to_base64()
        return unsigned.model_copy(update={"signature": signature})


def _name(peer: DeviceKeys) -> str:
    """Which device sessions are with: other keys under its id are another device."""
    user_id = bare(Kind.USER, peer.user_id)
    return f"{user_id} {peer.device_id} {peer.identity_key} {peer.signing_key}"
