"""Where a server is unless told otherwise, and how that is written (websocket-api.md:19-23)."""

import ipaddress
import re

HOST = "127.0.0.1"
PORT = 8765
PATH = "/ws"
VERSION = "1.0"
"""The protocol's; an unknown one is answered as this one (CONTRACT.md, Envelope)."""

ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?")
"""A web page's origin as browsers send it: in small letters, without a path."""


def url(host: str, port: int, *, secure: bool) -> str:
    """The address that clients connect to, without parameters."""
    return f"{'wss' if secure else 'ws'}://{authority(host, port)}{PATH}"


def authority(host: str, port: int) -> str:
    """HOST:PORT, with an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
