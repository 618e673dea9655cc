"""Emoji by their names, from rich's table, which is read only when somebody writes one."""

from collections.abc import Iterator

from boardroom_tui.protocol.text import clean

_MOST = 40


def emoji_called(begun: str) -> Iterator[tuple[str, str]]:
    """Names that begin so, then those with a word that does, the shortest first; and the emoji.

    Each emoji comes once, and none that would not be the same after it was cleaned for sending.
    """
    from rich._emoji_codes import EMOJI  # noqa: PLC0415

    found = sorted(
        (not name.startswith(begun), len(name), name) for name in EMOJI if _has_word(name, begun)
    )
    told: set[str] = set()
    for _, _, name in found:
        sign = EMOJI[name]
        if sign not in told and clean(sign) == sign:
            told.add(sign)
            yield name, sign
        if len(told) == _MOST:
            return


def _has_word(name: str, begun: str) -> bool:
    return name.startswith(begun) or f"_{begun}" in name
