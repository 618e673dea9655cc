"""Vaults for tests, opened and closed around what is done in them."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from boardroom_tui.client.private.vault import Vault

KEY = bytes(range(32))


@contextmanager
def opened(folder: Path, key: bytes = KEY) -> Generator[Vault]:
    """A vault as a program that was just started sees it."""
    vault = Vault.open(folder, lambda: key)
    assert isinstance(vault, Vault)
    try:
        yield vault
    finally:
        vault.close()
