"""Making a database anew as an earlier version left it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from boardroom_tui.record.database import Schema

BESIDE = "-- beside it: "
"""A file of the data folder that belongs to the database: its name, and what is in it."""


def written(schema: Schema, version: int) -> Path:
    """Where a version of a database is kept."""
    return Path(__file__).with_name(f"{Path(schema.file).stem}-{version}.sql")


def make(schema: Schema, version: int, folder: Path) -> None:
    """The database of that version, in this folder, with the keys that belong to it."""
    script = written(schema, version).read_text("utf-8")
    with closing(sqlite3.connect(folder / schema.file)) as database:
        database.executescript(script)
    for line in script.splitlines():
        if line.startswith(BESIDE):
            name, content = line.removeprefix(BESIDE).split()
            (folder / name).parent.mkdir(mode=0o700, exist_ok=True)
            (folder / name).write_bytes(bytes.fromhex(content))
