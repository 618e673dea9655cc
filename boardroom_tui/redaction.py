"""Tokens taken out of what is written down: logs, crash reports."""

import re

REDACTED = "[redacted]"

_PARAMETER = re.compile(r"(token=)[^&\s\"'<>]+", re.IGNORECASE)
_WEB_TOKEN = re.compile(r"\beyJ[\w.-]{8,}")


def without_tokens(text: str) -> str:
    """The text without the tokens in it: those in a URL, and JSON Web Tokens, cut short or not."""
    return _WEB_TOKEN.sub(REDACTED, _PARAMETER.sub(rf"\1{REDACTED}", text))
