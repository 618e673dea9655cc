"""An invitation as people paste it: the line of `boardroom invite`, however it came through.

Mail and terminals break it into lines, at blanks or within words; some quote marks and dashes are
made prettier; a prompt may stand before it, and the comment that says whose it is.
"""

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from itertools import product

_PRETTY = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
_DASHES = re.compile(r"(?<!\S)[–—](?=[a-z])")
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_COMMAND = re.compile(r"^.*?\bboardroom\s+join(?:\s+|$)", re.DOTALL)
_BREAK = re.compile(r"[ \t]*\\?\n+[ \t]*")

MOST_CHARACTERS = 16_384
_MOST_BREAKS = 8
"""With more lines than these, either all were broken at blanks or all within words."""

Fit = Callable[[Sequence[str]], int | None]
"""How many of the files that some words name are there; None where `boardroom join` takes no such
words.
"""


def words_of(text: str, fit: Fit) -> tuple[str, ...] | None:
    """The words after `boardroom join`, or an address alone; None where nothing makes sense.

    Where it can be read in several ways, the one whose files are there is meant.
    """
    if len(text) > MOST_CHARACTERS:
        return None
    # A terminal pastes line ends as carriage returns.
    text = "\n".join(text.translate(_PRETTY).splitlines())
    text = _COMMENT.sub("", text).strip()
    widths = {len(line.strip()) for line in text.splitlines()[:-1]}
    # Lines as long as each other were broken by a terminal at its edge, wherever that was.
    at_the_edge = bool(widths) and max(widths) - min(widths) <= 1
    lines = _BREAK.split(_COMMAND.sub("", text))
    best, best_fit = None, -1
    for split in (_quoted, _unquoted):
        for line in _joined(lines, at_the_edge=at_the_edge):
            words = split(line)
            how_well = fit(words) if words else None
            if how_well is not None and how_well > best_fit:
                best, best_fit = tuple(words), how_well
    return best


def _joined(lines: Sequence[str], *, at_the_edge: bool) -> Iterator[str]:
    """The lines as one: at each break was a blank, or nothing within a word."""
    breaks = len(lines) - 1
    joints = ("", " ") if at_the_edge else (" ", "")
    if breaks <= _MOST_BREAKS:
        chosen = product(joints, repeat=breaks)
    else:
        chosen = ((joint,) * breaks for joint in joints)
    for between in chosen:
        yield "".join(part for pair in zip(lines, (*between, ""), strict=True) for part in pair)


def _quoted(line: str) -> list[str]:
    """The words as a shell reads them; none where a quote mark is left open."""
    try:
        return shlex.split(_DASHES.sub("--", line))
    except ValueError:
        return []


def _unquoted(line: str) -> list[str]:
    """The words where the quote marks are lost: what follows an option's value belongs to it."""
    words: list[str] = []
    for word in _DASHES.sub("--", line).replace("'", "").replace('"', "").split():
        inside_a_value = len(words) > 1 and words[-2].startswith("--")
        if inside_a_value and not word.startswith("--") and "://" not in word:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words
