"""Text as it is compared with what somebody types: without case and accents."""

import unicodedata


def folded(text: str) -> str:
    """`Tomás` as `tomas`."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))
