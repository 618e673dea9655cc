"""What a member wrote to everybody and did not send, kept over a restart: one for each meeting.

Nothing depends on it: what cannot be read is no draft, and what cannot be written is not kept.
"""

import hashlib
import threading
from pathlib import Path

import platformdirs

from boardroom_tui.client.address import Address
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.text import clean
from boardroom_tui.state_file import StateFile

_MOST_BYTES = 256 * 1024


class KeptDraft:
    """The draft of one meeting in its file, which only its owner may read."""

    def __init__(self, path: Path) -> None:
        self._file = StateFile(path, _MOST_BYTES)
        self._lock = threading.Lock()
        self._kept: str | None = None
        """What the file holds; None before it was read."""
        self._wanted = ""

    @classmethod
    def of(
        cls, address: Address, meeting_id: str, user_id: str, base: Path | None = None
    ) -> "KeptDraft":
        """A member's draft at this server's meeting; within `base`, the user's state folder."""
        meeting, user = bare(Kind.MEETING, meeting_id), bare(Kind.USER, user_id)
        name = f"{address.name}\n{meeting}\n{user}"
        folder = (base or platformdirs.user_state_path("boardroom")) / "drafts"
        return cls(folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.txt")

    def read(self) -> str:
        """What was not sent last time; empty where there is nothing."""
        try:
            found = self._file.read().decode()
        except UnicodeDecodeError:
            found = ""
        self._kept = self._wanted = clean(found, lines=True)
        return self._kept

    def note(self, text: str) -> bool:
        """Take what is written now; whether it has to be put on disk, which `write` does.

        Nothing is taken before the file was read: it may hold what is not on the screen yet.
        """
        if self._kept is None:
            return False
        self._wanted = text if text.strip() else ""
        return self._wanted != self._kept

    def write(self) -> None:
        """Put on disk what was noted last; a text that is empty leaves no file. Takes a while."""
        with self._lock:
            text = self._wanted
            if self._kept is None or text == self._kept:
                return
            if self._file.write(text.encode()):
                self._kept = text
