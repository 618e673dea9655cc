"""Tokens taken out of what is written down: logs, crash reports."""

import re

REDACTED = "[redacted]"

_PARAMETER = re.compile(r"(token=)[^&\s\"'<>]+", re.IGNORECASE)
_MEMBER = re.compile(r'("token"\s*:\s*")[^"]*', re.IGNORECASE)
_WEB_TOKEN = re.compile(r"\beyJ[\w.-]{8,}")


def without_tokens(text: str) -> str:
    """The text without tokens: those in a URL or a frame, and JSON Web Tokens, cut short or not."""
    text = _MEMBER.sub(rf"\1{REDACTED}", _PARAMETER.sub(rf"\1{REDACTED}", text))
    return _WEB_TOKEN.sub(REDACTED, text)
