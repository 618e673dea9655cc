"""Base64 as it is on the wire: standard and unpadded (RFC 4648, sections 3.2 and 4)."""

import base64


def encoded(content: bytes) -> str:
    """The one way to write these bytes."""
    return base64.b64encode(content).decode("ascii").rstrip("=")


def decoded(text: str) -> bytes | None:
    """The bytes, None where the text is not exactly what `encoded` makes of any.

    One way to write them means that no character can change without changing what is meant.
    """
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return None
    return content if encoded(content) == text else None
