"""A certificate that the server's owner brings: what is wrong with it is said, and not shown."""

import os
import stat
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from boardroom_tui.private_files import is_open_to_others, openness
from boardroom_tui.protocol.moment import rfc_3339
from boardroom_tui.server.tls import Shown, load

_HANDED_OVER = 0o440
"""The mode of what systemd lets a service's own user read (`LoadCredential`).

It does so by an access list, which the mode shows as if the group could (systemd/systemd#29435).
"""


def check(given: Shown, now: datetime) -> None:
    """Refuse what no client would take, and a key that others can read. Raises ValueError."""
    certificate = load(given.chain)[0]
    key = _key(given.key)
    try:
        matches = key.public_key() == certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        matches = False
    if not matches:
        raise ValueError(f"{given.key} is not the key of {given.chain}")
    if now < certificate.not_valid_before_utc:
        begin = rfc_3339(certificate.not_valid_before_utc)
        raise ValueError(f"{given.chain} is not valid before {begin}")
    if now >= certificate.not_valid_after_utc:
        end = rfc_3339(certificate.not_valid_after_utc)
        raise ValueError(f"{given.chain} ran out at {end}")


def _is_open_to_others(path: Path) -> bool:
    """Whether others than the server's user can read a key, or write to it."""
    status = path.stat()
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if folder and path.parent == Path(folder) and stat.S_IMODE(status.st_mode) == _HANDED_OVER:
        return False
    return is_open_to_others(status)


def _key(path: Path) -> PrivateKeyTypes:
    try:
        if _is_open_to_others(path):
            raise ValueError(openness(path))
        pem = path.read_bytes()
    except OSError as error:
        raise ValueError(f"cannot read {path}: {error.strerror}") from error
    try:
        return serialization.load_pem_private_key(pem, password=None)
    except TypeError as error:
        raise ValueError(f"{path} is encrypted: give the key without a passphrase") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValueError(f"{path} holds no key") from error
