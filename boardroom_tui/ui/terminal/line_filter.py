"""The last line of defence: no control character of anybody's text reaches the terminal.

Text is cleaned where it comes in (protocol/text.py); Textual 8.2 would pass on what is not.
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


class NoControls(LineFilter):
    """Drops control and direction characters from what is drawn, and terminal hyperlinks.

    All of them take no cell, so nothing moves.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without them; the very same list where there are none."""
        if not any(_is_unsafe(segment) for segment in segments):
            return segments
        return [_safe(segment) for segment in segments]


def _is_unsafe(segment: Segment) -> bool:
    if segment.control is not None:
        return False
    style = segment.style
    return _CONTROLS.search(segment.text) is not None or (
        style is not None and style.link is not None
    )


def _safe(segment: Segment) -> Segment:
    if segment.control is not None:
        return segment
    style = segment.style
    if style is not None and style.link is not None:
        style = style.update_link(None)
    return Segment(_CONTROLS.sub("", segment.text), style)
