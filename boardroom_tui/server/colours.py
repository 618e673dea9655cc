"""A colour for each member, theirs throughout the meeting and after a restart."""

import colorsys
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache

from boardroom_tui.protocol.identifiers import Kind, bare

GOLDEN_ANGLE = 0.618033988749895
"""Steps of this part of a turn spread hues evenly, however many there are."""

HUES = 48
SHADES = ((0.60, 0.62), (0.52, 0.75), (0.58, 0.48), (0.65, 0.70))
"""Lightness and saturation; each in turn as the hues run out."""


@cache
def _colour(place: int) -> str:
    lap, step = divmod(place, HUES)
    lightness, saturation = SHADES[(step + lap) % len(SHADES)]
    # Each lap is put between the hues of the one before.
    hue = (step * GOLDEN_ANGLE + lap * 0.0137) % 1.0
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return f"#{round(red * 255):02X}{round(green * 255):02X}{round(blue * 255):02X}"


def colours(user_ids: Iterable[str]) -> Mapping[str, str]:
    """Each user's colour by the bare form of their id: all different, the same every time.

    A user's place comes from their id; who finds it taken moves on to the next free one, so that
    a new member at the end of a list changes nobody's colour.
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for user_id in user_ids:
        user = bare(Kind.USER, user_id)
        if user in given:
            continue
        place = hashlib.sha256(user.encode()).digest()[0] % HUES
        while (colour := _colour(place)) in taken:
            place += 1
        taken.add(colour)
        given[user] = colour
    return given
