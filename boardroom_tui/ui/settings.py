"""What a user sets in their file: its tables, and what the program makes of them.

Each table is a class whose keys say what they expect. What the program remembers by itself is
not here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import BeforeValidator, Field

from boardroom_tui.toml_lines import Lines
from boardroom_tui.toml_tables import (
    Complaint,
    Mistake,
    Reading,
    Table,
    read_document,
    shown,
    suggestion,
    unknown_tables,
)
from boardroom_tui.ui.attention.notify import Notify
from boardroom_tui.ui.attention.own_status import Presence
from boardroom_tui.ui.command import Command, CommandId, display_of, is_letter
from boardroom_tui.ui.commands import COMMANDS, DECLARED, Commands
from boardroom_tui.ui.keys.names import EXPECTED, read_key
from boardroom_tui.ui.look.theme_names import ThemeName

_KEYS = "keys"
_SLASHES = [one.slash for one in COMMANDS]


def _theme(written: object) -> ThemeName:
    named = ThemeName.named(written) if isinstance(written, str) else None
    if named is None:
        raise ValueError("no theme of ours")
    return named


class Look(Table):
    """`[look]`."""

    theme: Annotated[ThemeName | None, BeforeValidator(_theme)] = Field(
        default=None, description=ThemeName.expected()
    )
    """The theme of each start; None is the one that was chosen last."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's settings, or ours where they have none."""

    commands: Commands = field(default=DECLARED)
    look: Look = field(default_factory=Look)
    notify: Notify = field(default_factory=Notify)
    presence: Presence = field(default_factory=Presence)
    memory: Path | None = None
    """Where the program keeps what it remembers of the screen by itself; None nowhere."""
    mistakes: tuple[str, ...] = ()
    """What is wrong in the user's file, by line; there it is as if the file said nothing."""


def read_settings(text: str, name: str) -> Settings:
    """The settings in `text`, with all its mistakes; `name` is what they call the file."""
    document = read_document(text, name)
    if isinstance(document, Mistake):
        return Settings(mistakes=(str(document),))
    reading = _Reading(document.tables)
    settings = Settings(
        reading.commands(document.lines),
        reading.table("look", Look),
        reading.table("notify", Notify),
        reading.table("presence", Presence),
    )
    known = (_KEYS, "look", "notify", "presence")
    reading.complaints.extend(unknown_tables(document.tables, known))
    mistakes = document.mistakes(reading.complaints)
    return replace(settings, mistakes=tuple(map(str, mistakes)))


class _Reading(Reading):
    """One pass over the settings."""

    def commands(self, lines: Lines) -> Commands:
        """The commands with the keys of `[keys]`."""
        entries: object = self.document.get(_KEYS, {})
        if not isinstance(entries, dict):
            message = f"expected [keys] to be a table, not {shown(entries)}"
            self.complaints.append(Complaint((_KEYS,), message))
            return DECLARED
        own: dict[CommandId, tuple[str, ...]] = {}
        for name, value in cast("dict[str, Any]", entries).items():
            if name not in _SLASHES:
                message = f'[keys]: there is no command "{name}"; {suggestion(name, _SLASHES)}'
                self.complaints.append(Complaint((_KEYS, name), message))
                continue
            try:
                own[CommandId(name)] = _keys(value, DECLARED[CommandId(name)])
            except ValueError as error:
                self.complaints.append(Complaint((_KEYS, name), f"{name}: {error}"))
        self.complaints.extend(_clashes(Commands(own), own, lines))
        # What is not taken gets its own keys back, and they may clash in turn.
        while clashes := [*_clashes(Commands(own), own, lines)]:
            for clash in clashes:
                own.pop(CommandId(clash.path[-1]), None)
        return Commands(own)


def _keys(value: object, command: Command) -> tuple[str, ...]:
    """A command's keys; raises ValueError, whose words say what was expected."""
    written = cast("list[object]", value) if isinstance(value, list) else [value]
    keys: list[str] = []
    for one in written:
        if not isinstance(one, str):
            raise ValueError(f"expected {EXPECTED}, or an array of such, not {shown(one)}")
        keys.append(one if one in command.all_keys else read_key(one))
    letters = [display_of(key) for key in keys if is_letter(key)]
    if len(letters) > 1:
        raise ValueError(
            f"expected at most one key that is text while one writes, not {' and '.join(letters)}"
        )
    return tuple(dict.fromkeys(keys))


def _clashes(
    commands: Commands, own: Mapping[CommandId, tuple[str, ...]], lines: Lines
) -> Iterator[Complaint]:
    """Two commands with one key; it is said of the last one that the file gives it to."""
    owners: dict[str, CommandId] = {}
    for command in sorted(commands, key=lambda one: (one.id in own, lines.of((_KEYS, one.id)))):
        for key in command.all_keys:
            other = owners.setdefault(key, command.id)
            if other is not command.id:
                yield Complaint(
                    (_KEYS, command.id),
                    f"{command.id}: {display_of(key)} is the key of {other} too; "
                    f"expected one for each",
                )
