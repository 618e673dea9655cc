"""Tokens that this server never gave out, or that say what they must not."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization

from boardroom_tui.server.keys import private_key
from boardroom_tui.server.tokens import KEY_FILE
from tests.server.running import RunningServer


def claims(**changed: Any) -> dict[str, Any]:
    """What a good token of Ada's says, but for what is changed; None leaves it out."""
    now = int(datetime.now(UTC).timestamp())
    said: dict[str, Any] = {
        "sub": "user_ada",
        "name": "Ada",
        "iss": "boardroom",
        "aud": "boardroom",
        "iat": now,
        "nbf": now,
        "exp": now + 3600,
        "jti": "abc",
        **changed,
    }
    return {name: value for name, value in said.items() if value is not None}


def signed(said: Mapping[str, Any], key: Any, algorithm: str = "ES256", **header: Any) -> str:
    """A token with these claims, whatever they are."""
    return jwt.PyJWS().encode(json.dumps(said).encode(), key, algorithm, header)


def own_key(server: RunningServer) -> Any:
    """The key that the server itself signs with."""
    return private_key(server.settings.data / KEY_FILE)


def public_keys(server: RunningServer) -> dict[str, bytes]:
    """The server's public key in the forms in which somebody may know it."""
    public = own_key(server).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    point = serialization.PublicFormat.UncompressedPoint
    return {
        "PEM": public.public_bytes(serialization.Encoding.PEM, form),
        "DER": public.public_bytes(serialization.Encoding.DER, form),
        "point": public.public_bytes(serialization.Encoding.X962, point),
    }


def by_hand(header: Mapping[str, Any], said: Mapping[str, Any], secret: bytes | None) -> str:
    """A token as no library makes it: with this header, HMAC-SHA256 under `secret` or nothing."""
    signing = f"{_part(json.dumps(header).encode())}.{_part(json.dumps(said).encode())}"
    if secret is None:
        return f"{signing}."
    return f"{signing}.{_part(hmac.digest(secret, signing.encode(), hashlib.sha256))}"


def reheaded(token: str, header: Mapping[str, Any]) -> str:
    """A good token under another header."""
    return ".".join([_part(json.dumps(header).encode()), *token.split(".")[1:]])


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
