"""Where a vault is, and where its key rests: in the keyring, else in the user's head.

A folder with a file `passphrase.json` is protected by a passphrase, one without it by a key in
the keyring; a folder never changes from one to the other.
"""

import hashlib
import secrets
import unicodedata
from pathlib import Path
from typing import Annotated, Literal

import keyring
import platformdirs
from keyring.errors import KeyringError
from pydantic import Field

from boardroom_tui.client.address import Address
from boardroom_tui.client.private.vault import holds_sealed_files
from boardroom_tui.client.private_text import read_private
from boardroom_tui.client.problem import Problem
from boardroom_tui.client.stored_tokens import SERVICE
from boardroom_tui.private_files import create_private, make_private_folder
from boardroom_tui.protocol.correspondents import PASSPHRASE_CHARACTERS
from boardroom_tui.protocol.fields import PUBLIC_KEY, Model
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.unpadded import decoded, encoded

NO_KEYRING = Problem("this machine has no usable keyring: a passphrase has to protect the keys")
WRONG_PASSPHRASE = Problem("this is not the passphrase that protects the keys: try again")

_KEY_BYTES = 32
_FILE = "passphrase.json"
_MOST_BYTES = 4096
_CHECK = b"boardroom passphrase check 1"


def vault_folder(address: Address, user_id: str, base: Path | None = None) -> Path:
    """Where a user's keys for a server are; within `base`, which is the user's data folder."""
    base = base or platformdirs.user_data_path("boardroom", appauthor=False)
    name = f"{address.name}\n{bare(Kind.USER, user_id)}"
    return base / "devices" / hashlib.sha256(name.encode()).hexdigest()[:32]


def keyring_key(address: Address, user_id: str) -> bytes | Problem:
    """The key that the keyring holds for a user at a server, made on first use.

    It may block: a keyring may ask its user. NO_KEYRING where it cannot hold one.
    """
    account = f"private messages of {bare(Kind.USER, user_id)} at {address.name}"
    try:
        kept = keyring.get_password(SERVICE, account)
        if kept is None:
            made = encoded(secrets.token_bytes(_KEY_BYTES))
            keyring.set_password(SERVICE, account, made)
            # Some keyrings take everything and keep nothing.
            kept = keyring.get_password(SERVICE, account)
            if kept is None or kept != made:
                return NO_KEYRING
    except (KeyringError, OSError, RuntimeError):
        return NO_KEYRING
    key = decoded(kept)
    if key is None or len(key) != _KEY_BYTES:
        return Problem(f'the keyring\'s entry "{account}" of {SERVICE} is damaged')
    return key


class _Passphrase(Model):
    """How a key is made from a passphrase, and how one knows that it was the right one."""

    kdf: Literal["scrypt"] = "scrypt"
    # 128 MiB and about a second; the bounds keep a strange file from taking all memory.
    n: Annotated[int, Field(ge=2**14, le=2**18)] = 2**17
    r: Literal[8] = 8
    p: Literal[1] = 1
    salt: Annotated[str, Field(pattern=PUBLIC_KEY)]
    check: Annotated[str, Field(pattern=PUBLIC_KEY)] = ""

    def key(self, passphrase: str) -> bytes:
        """The key. Raises ValueError where the parameters are none that scrypt takes."""
        # However a keyboard composes an accent, it is the same passphrase.
        secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        return hashlib.scrypt(
            secret,
            salt=self.salt.encode(),
            n=self.n,
            r=self.r,
            p=self.p,
            maxmem=256 * self.n * self.r,
            dklen=_KEY_BYTES,
        )


def has_passphrase(folder: Path) -> bool:
    """Whether a passphrase protects a folder, and not the keyring."""
    return (folder / _FILE).exists()


def passphrase_key(folder: Path, passphrase: str) -> bytes | Problem:
    """The key that a passphrase makes; the first one that is given is the folder's from then on.

    It computes for about a second, so call it in a thread. WRONG_PASSPHRASE where it is another.
    """
    if not has_passphrase(folder):
        return _first_key(folder, passphrase)
    path = folder / _FILE
    content = read_private(path, at_most=_MOST_BYTES)
    if isinstance(content, Problem):
        return content
    try:
        kept = _Passphrase.model_validate_json(content.text)
        key = kept.key(passphrase)
    except ValueError:
        return Problem(f"{path} is damaged")
    return key if secrets.compare_digest(_check(key), kept.check) else WRONG_PASSPHRASE


def _first_key(folder: Path, passphrase: str) -> bytes | Problem:
    if len(passphrase) < PASSPHRASE_CHARACTERS:
        return Problem(f"a passphrase has at least {PASSPHRASE_CHARACTERS} characters")
    made = _Passphrase(salt=encoded(secrets.token_bytes(_KEY_BYTES)))
    try:
        make_private_folder(folder)
        if holds_sealed_files(folder):
            return Problem("the keyring holds the key of these private messages: unlock it")
        key = made.key(passphrase)
        kept = made.model_copy(update={"check": _check(key)})
        create_private(folder / _FILE, kept.model_dump_json().encode())
    except OSError as error:
        return Problem(f"cannot write {folder / _FILE}: {error.strerror}")
    return key


def _check(key: bytes) -> str:
    """What tells the right key from another, and nothing else about it."""
    return encoded(hashlib.sha256(_CHECK + key).digest())
