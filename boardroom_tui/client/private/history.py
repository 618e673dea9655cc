"""What was said in private, kept in the vault: a server forgets it once it is delivered."""

from pydantic import ConfigDict, Field, ValidationError

from boardroom_tui.client.private.vault import Vault
from boardroom_tui.client.problem import Problem
from boardroom_tui.protocol.fields import Identifier, Model, Timestamp

_LOG = "history"
_DAMAGED = Problem("what was said in private before was kept in a form that cannot be read")


class Entry(Model):
    """Something that was said in private."""

    model_config = ConfigDict(hide_input_in_errors=True)

    meeting_id: Identifier
    members: tuple[str, ...]
    """The conversation, as `letter.among` gives it."""
    message_id: Identifier
    user_id: Identifier
    """Who said it."""
    text: str = Field(repr=False)
    reply_to: Identifier | None = None
    timestamp: Timestamp
    own: bool
    """Whether it was written on this device."""
    accepted: bool = True
    """Whether the sender's device had been looked at."""


class History:
    """All that was said in private on this device or was read on it."""

    def __init__(self, vault: Vault) -> None:
        """The history in an open vault."""
        self._vault = vault

    def append(self, entry: Entry) -> Problem | None:
        """Keep what was said; it is on disk when this returns."""
        return self._vault.append(_LOG, entry.model_dump_json().encode())

    def entries(self) -> tuple[Entry, ...] | Problem:
        """What was said in the order in which it was kept, each message once."""
        records = self._vault.records(_LOG)
        if isinstance(records, Problem):
            return records
        entries: dict[str, Entry] = {}
        try:
            for record in records:
                entry = Entry.model_validate_json(record)
                entries.setdefault(entry.message_id, entry)
        except ValidationError:
            return _DAMAGED
        return tuple(entries.values())
