"""Where a device's keys rest: under the keyring's protection, or under a passphrase."""

import secrets
import threading
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from boardroom_tui.client.address import Address
from boardroom_tui.client.private.vault import Vault
from boardroom_tui.client.problem import Problem


@dataclass(frozen=True, slots=True)
class PassphraseWanted:
    """There is no keyring; `chosen` says whether a passphrase protects the keys already."""

    chosen: bool


class Keeping(Protocol):
    """Something that opens a user's vault. It blocks, so call it in a thread."""

    def open(
        self, user_id: str, passphrase: str | None = None
    ) -> Vault | PassphraseWanted | Problem:
        """The vault, what is missing to open it, or why it cannot be."""
        ...


@dataclass(frozen=True, slots=True)
class OwnKeeping:
    """A user's own machine: a folder for each server and user."""

    address: Address
    base: Path | None = None

    def open(
        self, user_id: str, passphrase: str | None = None
    ) -> Vault | PassphraseWanted | Problem:
        """The vault under the keyring's key, or under the passphrase where there is no keyring.

        A vault that a passphrase protects stays under it, whether there is a keyring by now or not.
        """
        # The keyring is imported by those who need it: it would slow down every start.
        from boardroom_tui.client.private import vault_key  # noqa: PLC0415

        folder = vault_key.vault_folder(self.address, user_id, self.base)
        if passphrase is not None:
            return Vault.open(folder, partial(vault_key.passphrase_key, folder, passphrase))
        if vault_key.has_passphrase(folder):
            return PassphraseWanted(chosen=True)
        vault = Vault.open(folder, partial(vault_key.keyring_key, self.address, user_id))
        return PassphraseWanted(chosen=False) if vault is vault_key.NO_KEYRING else vault


@dataclass(frozen=True, slots=True)
class PassingKeeping:
    """Keys that live no longer than the program: the demo's."""

    folder: Path
    _key: bytes = field(default_factory=partial(secrets.token_bytes, 32), repr=False)
    _opening: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _over: threading.Event = field(default_factory=threading.Event, repr=False)

    def open(
        self, user_id: str, passphrase: str | None = None
    ) -> Vault | PassphraseWanted | Problem:
        """A vault under a key that nobody keeps."""
        del user_id, passphrase
        with self._opening:
            if self._over.is_set():
                return Problem("The keys are gone.")
            return Vault.open(self.folder, lambda: self._key)

    def end(self) -> None:
        """Be in the middle of opening a vault no more, and open none: its folder can be removed."""
        with self._opening:
            self._over.set()


@dataclass(frozen=True, slots=True)
class NoKeeping:
    """No keys at all, where they would not rest with their user."""

    reason: str

    def open(
        self, user_id: str, passphrase: str | None = None
    ) -> Vault | PassphraseWanted | Problem:
        """Why there are none."""
        del user_id, passphrase
        return Problem(self.reason)
