"""The tokens in the system's keyring, one for each server."""

import keyring
from keyring.errors import KeyringError

from boardroom_tui.client.address import Address
from boardroom_tui.client.problem import Problem

SERVICE = "boardroom"
"""The keyring's service; the account is the server's HOST:PORT."""

NO_KEYRING = (
    "this machine has no usable keyring: give the token with --token-file PATH or BOARDROOM_TOKEN"
)


def stored_token(address: Address) -> str | Problem | None:
    """The token that is kept for a server, None where there is none."""
    try:
        return keyring.get_password(SERVICE, address.name)
    except (KeyringError, OSError, RuntimeError):
        return Problem(NO_KEYRING)


def store_token(address: Address, token: str) -> Problem | None:
    """Keep a token for a server, in place of an earlier one."""
    try:
        keyring.set_password(SERVICE, address.name, token)
    except (KeyringError, OSError, RuntimeError):
        return Problem(NO_KEYRING)
    return None


def forget_token(address: Address) -> bool | Problem:
    """Take a server's token out of the keyring; False where there was none."""
    try:
        if keyring.get_password(SERVICE, address.name) is None:
            return False
        keyring.delete_password(SERVICE, address.name)
    except (KeyringError, OSError, RuntimeError):
        return Problem(NO_KEYRING)
    return True
