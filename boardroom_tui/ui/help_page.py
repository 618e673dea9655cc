"""What the help says: what can be done here and now first, as far as it is looked for. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from boardroom_tui.ui.command import Command, Group, display_of, reason_against
from boardroom_tui.ui.commands import Commands
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.situation import Situation

WRITING = (
    ("Enter", "Sends what you have written."),
    ("⇧Enter Alt+Enter ^J", "Begins a new line of it."),
    ("↑ ↓", "Brings back what you sent; outside of the writing line, selects, as k and j do."),
    ("Page Up, Down", "Reads back in the conversation, and on."),
    (
        "Tab",
        "Ends a name that is begun; takes what is offered; else goes to the next pane.",
    ),
    ("^W ^U ^K ^Y", "Cuts a word or the line; puts it back."),
    ("^Z Alt+Z", "Undoes, and does it again."),
    ("Alt+1 to Alt+9", "Goes to a conversation by its place; the first is everybody’s."),
    ("Alt+letter", "Gives the letter’s command while you write, too."),
)
"""Keys that are no commands."""

SYMBOLS = (
    ("●", "present, connected"),
    ("◐", "away; a slow connection"),
    ("◉", "busy"),
    ("○", "absent; an item to come"),
    ("▸", "the item in progress"),
    ("✓", "done, carried, enough"),
    ("✗", "lost, refused, disconnected"),
    ("»", "deferred"),
    ("◇", "a prepared decision"),
    ("≈", "a straw poll that is over"),
    ("▷", "a motion; a replay"),
    ("◆", "a vote is open; what the meeting itself says"),
    ("◈", "private: encrypted from device to device"),
    ("✋2", "asks for the floor, as the second"),
    ("‖", "a recess"),
    ("■", "an executive session; adjourned"),
    ("!", "something is missing"),
    ("⚑", "a notice that you have not read"),
    ("×3", "a vote that counts three"),
)

_KEYS_WIDTH = 30
_NARROW = 66
"""Below so many columns keys stand above their words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is at the left, and what it means."""

    left: Content
    words: Content

    def says(self, wanted: Sequence[str]) -> bool:
        """Whether all these words stand in it."""
        text = f"{self.left.plain} {self.words.plain}".casefold()
        return all(word in text for word in wanted)


@dataclass(frozen=True, slots=True)
class Section:
    """Entries below a heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """All there is to say in a situation."""

    situation: Situation
    commands: Commands
    heading: str = "Writing and reading"
    keys: Sequence[tuple[str, str]] = WRITING
    """Keys that are no commands, under their heading."""

    def sections(self, query: str = "") -> tuple[Section, ...]:
        """What is looked for, or everything; a section without entries is left out."""
        wanted = query.casefold().split()
        found = (
            Section(one.heading, tuple(entry for entry in one.entries if entry.says(wanted)))
            for one in self._all()
        )
        return tuple(one for one in found if one.entries)

    def _all(self) -> Iterator[Section]:
        keys = Section(self.heading, _entries(self.keys))
        symbols = Section("Symbols", _entries(SYMBOLS))
        possible = [one for one in self.commands if reason_against(one, self.situation) is None]
        others = [one for one in self.commands if one not in possible]
        keys_first = self.situation.typing or self.situation.phase is Phase.REPLAY
        if keys_first:
            yield keys
        for group in Group:
            yield Section(str(group), self._about(one for one in possible if one.group is group))
        if not keys_first:
            yield keys
        yield Section("Not now", self._about(others))
        yield symbols

    def _about(self, commands: Iterable[Command]) -> tuple[Entry, ...]:
        return tuple(Entry(keys_of(one), words_of(one, self.situation)) for one in commands)


def drawn(sections: Sequence[Section], width: int) -> Content:
    """The sections in lines of this width."""
    if not sections:
        return Content("Nothing here is called that.")
    parts: list[Content] = []
    for section in sections:
        parts.append(Content.styled(section.heading, "$accent bold"))
        parts.extend(_beside(entry, width) for entry in section.entries)
        parts.append(Content())
    return Content("\n").join(parts[:-1])


def keys_of(command: Command) -> Content:
    """All ways to give a command."""
    key = display_of(command.keys[0]) if command.keys else ""
    slash = f"/{command.slash}" + (f" [{command.takes}]" if command.takes else "")
    letter = display_of(command.letter)
    keys = f"{key:<5}{letter:<2} " if key or len(letter) == 1 else f"{letter:<8}"
    return Content.assemble((f"  {keys}", "$primary bold"), (slash, "$secondary"))


def words_of(command: Command, situation: Situation) -> Content:
    """What a command does, and why it cannot be done now where that is so."""
    reason = reason_against(command, situation)
    words = Content.assemble((command.title, "bold"), "\n", (command.help, "$dim"))
    if reason is not None:
        words += Content.styled(f"\nNot now: {reason}", "$warning")
    return words


def _entries(pairs: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(Content.styled(f"  {left}", "$primary bold"), Content(right)) for left, right in pairs
    )


def _beside(entry: Entry, width: int) -> Content:
    """What is at the left stands beside what it means, or above it where there is little room."""
    hang = 4 if width < _NARROW else _KEYS_WIDTH
    lines = entry.words.wrap(max(1, width - hang))
    indent = Content(" " * hang)
    if width < _NARROW:
        return Content("\n").join([entry.left, *(indent + line for line in lines)])
    first = entry.left.extend_right(max(1, hang - entry.left.cell_length))
    return Content("\n").join([first + lines[0], *(indent + line for line in lines[1:])])
