"""A colour for each name: the same one everywhere, today and tomorrow.

Colour only helps the eye; the name itself always stands beside it.
"""

from zlib import crc32

_ON_DARK = (
    "#8fb4ff", "#9ece6a", "#e0af68", "#ff9bae", "#c7aaff", "#7dcfff",
    "#73daca", "#ff9e64", "#e79cc8", "#c3cf6b", "#9db8d9", "#d8a9f0",
)  # fmt: skip
_ON_LIGHT = (
    "#1f55b5", "#33690f", "#7a5000", "#a82239", "#6435bd", "#00628a",
    "#096553", "#9a3c08", "#97256a", "#585f08", "#3c5a7d", "#7d359f",
)  # fmt: skip


def colour_of(user_id: str, dark: bool) -> str:
    """The colour of a user's name on a dark or a light ground, readable on either (4.5 : 1).

    Those on a dark one can be read in the theme of high contrast, too (7 : 1).
    """
    colours = _ON_DARK if dark else _ON_LIGHT
    return colours[crc32(user_id.removeprefix("user_").encode()) % len(colours)]
