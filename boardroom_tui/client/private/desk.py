"""What this device has for private messages, kept in its vault: keys, acquaintances, letters."""

from collections import deque
from collections.abc import Sequence

from pydantic import ValidationError

from boardroom_tui.client.private.device import Device
from boardroom_tui.client.private.history import Entry, History
from boardroom_tui.client.private.in_thread import in_thread
from boardroom_tui.client.private.known_devices import KnownDevices
from boardroom_tui.client.private.vault import Vault
from boardroom_tui.client.problem import Problem

_DEVICE = "device"
_KNOWN = "known-devices"


class Desk:
    """Keys, acquaintances and letters; what changed is on disk before anything follows from it."""

    def __init__(self, vault: Vault, device: Device, known: KnownDevices, history: History) -> None:
        self.device = device
        self.known = known
        self._history = history
        self._vault = vault
        self._unkept = deque[Entry]()
        """What was said and is not on disk yet, where the disk was full for a while."""

    @classmethod
    def open(cls, vault: Vault, user_id: str) -> "Desk | Problem":
        """What the vault holds; a new device where it holds none."""
        device = _device(vault, user_id)
        known = _known(vault)
        if isinstance(device, Problem):
            return device
        return known if isinstance(known, Problem) else cls(vault, device, known, History(vault))

    async def save(self) -> Problem | None:
        """Put the keys and the acquaintances on disk, after all that was said."""
        device, known = self.device.dump(), self.known.model_dump_json().encode()
        return await in_thread(lambda: self._write(device, known))

    async def remember(self, entry: Entry) -> Problem | None:
        """Put what was said on disk, then the keys that have read or written it.

        What could not be put there is the first that any later `save` puts there: keys that have
        read a letter never rest without it.
        """
        self._unkept.append(entry)
        return await self.save()

    async def remembered(self) -> Sequence[Entry] | Problem:
        """What was said before."""
        return await in_thread(self._history.entries)

    def close(self) -> None:
        """Let another program use the device."""
        self._vault.close()

    def _write(self, device: bytes, known: bytes) -> Problem | None:
        while self._unkept:
            problem = self._history.append(self._unkept[0])
            if problem is not None:
                return problem
            self._unkept.popleft()
        return self._vault.write(_DEVICE, device) or self._vault.write(_KNOWN, known)


def _device(vault: Vault, user_id: str) -> Device | Problem:
    content = vault.read(_DEVICE)
    if isinstance(content, Problem):
        return content
    return Device.new(user_id) if content is None else Device.load(content)


def _known(vault: Vault) -> KnownDevices | Problem:
    content = vault.read(_KNOWN)
    if isinstance(content, Problem):
        return content
    if content is None:
        return KnownDevices()
    try:
        return KnownDevices.model_validate_json(content)
    except ValidationError:
        return Problem("what is kept of others’ devices cannot be understood")
