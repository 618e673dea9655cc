"""The Olm sessions with one device of somebody.

There can be several: both sides may begin one at the same time, and a new one is begun where an
old one no longer works. Which of them is written in follows Olm's own advice: the one in which
the other side was last heard.
"""

from collections.abc import Iterable

from vodozemac import Account, AnyOlmMessage, Curve25519PublicKey, Session

_KEPT = 5
"""How many sessions stay open; the one that was not used for the longest time is ended."""

_REMEMBERED = 1000
"""How many ended sessions are remembered; more than honest devices ever begin."""


class Sessions:
    """Open sessions, the one to write in first, and the ids of those that were ended.

    An ended one is never opened again: a fallback key serves many times, so a server could
    otherwise have its first message read twice.
    """

    def __init__(self, opened: Iterable[Session] = (), ended: Iterable[str] = ()) -> None:
        """Sessions as they were kept."""
        self.opened = list(opened)
        self.ended = list(ended)

    def prefer(self, session: Session) -> None:
        """Write in this session from now on."""
        self.opened = [session, *(one for one in self.opened if one is not session)]
        for unused in self.opened[_KEPT:]:
            self._end(unused)

    def encrypt(self, plaintext: bytes) -> tuple[int, bytes] | None:
        """Olm's kind and ciphertext, None where no session works."""
        for session in tuple(self.opened):
            try:
                return session.encrypt(plaintext).to_parts()
            except ValueError:  # the other side chose a ratchet key that makes no secret
                self._end(session)
        return None

    def decrypt(
        self, message: AnyOlmMessage, account: Account, identity_key: Curve25519PublicKey
    ) -> bytes | None:
        """What the message says, None where no session decrypts it and it begins none."""
        first = message.to_pre_key()
        if first is None:
            return self._decrypt_in(self.opened, message)
        matching = [session for session in self.opened if session.session_matches(first)]
        if matching:
            return self._decrypt_in(matching, message)
        if first.session_id() in self.ended:
            return None
        try:
            session, plaintext = account.create_inbound_session(identity_key, first)
        except ValueError:
            return None
        self.prefer(session)
        return plaintext

    def _decrypt_in(self, sessions: Iterable[Session], message: AnyOlmMessage) -> bytes | None:
        for session in tuple(sessions):
            try:
                plaintext = session.decrypt(message)
            except ValueError:
                continue
            self.prefer(session)
            return plaintext
        return None

    def _end(self, session: Session) -> None:
        self.opened.remove(session)
        self.ended = [*self.ended, session.session_id][-_REMEMBERED:]
