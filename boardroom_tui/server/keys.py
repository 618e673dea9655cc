"""Private P-256 keys of this installation, each in a file of its own."""

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from boardroom_tui.private_files import create_private


def private_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """The key in this file, made if there is none. Raises OSError, ValueError."""
    pem = path.read_bytes() if path.exists() else create_private(path, _new_key())
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path} holds no key") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path} holds no P-256 key")
    return key


def _new_key() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
