"""Meeting files as they are looked for: what is in a folder, and how a path goes on."""

import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

SUFFIX = ".toml"
_MOST_BYTES = 1024 * 1024
_MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A folder, or a file that may hold a meeting; `path` is how it is typed."""

    path: str
    is_folder: bool = False
    title: str | None = None
    """The meeting's title; None where it holds none that can be read."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        end = os.sep if self.is_folder else ""
        return Path(self.path).name + end


def entries(typed: str) -> tuple[Entry, ...]:
    """What a path that is being typed can become: meetings first, then other files, then folders.

    Hidden ones are left out unless they are asked for.
    """
    folder, separator, beginning = typed.rpartition(os.sep)
    folder += separator
    found: list[Entry] = []
    try:
        with os.scandir(Path(folder).expanduser() if folder else Path()) as there:
            for one in there:
                if one.name.startswith(beginning) and (beginning or one.name[0] != "."):
                    found += _entry(one, folder)
    except OSError:
        return ()
    found.sort(key=lambda entry: (entry.is_folder, entry.title is None, entry.name))
    return tuple(found[:_MOST_ENTRIES])


def completed(typed: str, found: Sequence[Entry]) -> str:
    """The path as far as all that it can become have it in common."""
    if not found:
        return typed
    common = os.path.commonprefix([entry.path for entry in found])  # noqa: RUF071 - by letters
    only = found[0] if len(found) == 1 else None
    return common + os.sep if only is not None and only.is_folder else common


def _entry(one: os.DirEntry[str], folder: str) -> list[Entry]:
    try:
        if not one.name.isprintable():
            return []
        if one.is_dir():
            return [Entry(folder + one.name, is_folder=True)]
        if one.name.endswith(SUFFIX) and one.is_file():
            return [Entry(folder + one.name, title=_title(Path(one.path)))]
    except OSError:
        pass
    return []


def _title(path: Path) -> str | None:
    """The title of the meeting in a file."""
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode()
        table: Any = tomllib.loads(text).get("meeting")
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(table, dict):
        return None
    title: object = cast("dict[str, object]", table).get("title")
    words = " ".join(title.split()) if isinstance(title, str) else ""
    return "".join(one for one in words if one.isprintable()) or None
