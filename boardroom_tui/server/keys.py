"""Private keys of this installation, each in a file of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from boardroom_tui.private_files import create_private

_Key = TypeVar("_Key", ec.EllipticCurvePrivateKey, Ed25519PrivateKey)


def private_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """The P-256 key in this file, made if there is none. Raises OSError, ValueError."""
    return _kept(path, ec.EllipticCurvePrivateKey, _new_p256, "P-256")


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The Ed25519 key in this file, made if there is none. Raises OSError, ValueError."""
    return _kept(path, Ed25519PrivateKey, Ed25519PrivateKey.generate, "Ed25519")


def _kept(path: Path, kind: type[_Key], new: Callable[[], _Key], name: str) -> _Key:
    pem = path.read_bytes() if path.exists() else create_private(path, _written(new()))
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path} holds no key") from error
    if not isinstance(key, kind):
        raise ValueError(f"{path} holds no {name} key")
    return key


def _new_p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _written(key: PrivateKeyTypes) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
