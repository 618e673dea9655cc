"""A database of ours: how its file is made, recognised, brought up to date and opened."""

import os
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from boardroom_tui.private_files import is_open_to_others, make_private_folder, sync_folder
from boardroom_tui.record.problems import JournalError

_BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Schema:
    """A kind of database: its file's name, how it is told from others, and what is in it."""

    file: str
    application: int
    """Written into the file's head, so that nobody else's database is taken for this one."""
    migrations: tuple[str, ...]
    """What takes it from one version to the next; PRAGMA user_version says how many ran."""


def prepare(folder: Path, schema: Schema) -> None:
    """Make the folder and the database if they are missing, and bring them to this version.

    Raises:
        JournalError: One of them cannot be made, written or understood.
    """
    file = folder / schema.file
    try:
        make_private_folder(folder)
        # SQLite gives the files beside it the same mode.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        if is_open_to_others(file.stat()):
            file.chmod(0o600)
        sync_folder(folder)
    except OSError as error:
        raise JournalError(f"cannot write {error.filename or folder}: {error.strerror}") from error
    try:
        with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)) as plain:
            _migrate(plain, file, schema)
    except sqlite3.Error as error:
        raise JournalError(f"cannot open {file}: {error}") from error


def connect(folder: Path, schema: Schema) -> sqlite3.Connection:
    """A connection of which every commit is on disk when it returns; for one thread.

    Raises:
        JournalError: The file is no database, or cannot be read.
    """
    file = folder / schema.file
    try:
        database = sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA fullfsync = ON")  # macOS: past the disk's own cache
        database.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error as error:
        raise JournalError(f"cannot open {file}: {error}") from error
    return database


def connect_read_only(folder: Path, schema: Schema) -> sqlite3.Connection:
    """A connection that leaves the folder as it is, be it in use, a copy, or on a disk for reading.

    Text that is none is read with its bytes escaped, as Python does with file names.

    Raises:
        JournalError: There is no such database of this version, or it cannot be read.
    """
    file = folder / schema.file
    if not file.is_file():
        raise JournalError(f"no meeting is recorded in {folder}")
    # Without a log beside it nobody has it open, and SQLite need not make files to lock it.
    beside = file.with_name(f"{file.name}-wal").exists()
    address = f"{file.resolve().as_uri()}?{'mode=ro' if beside else 'immutable=1'}"
    with ExitStack() as undo:
        try:
            database = sqlite3.connect(
                address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None
            )
            undo.callback(database.close)
            database.text_factory = _as_stored
            if _recognise(database, file, schema) == 0:
                raise JournalError(f"no meeting is recorded in {folder}")
        except sqlite3.Error as error:
            raise JournalError(f"cannot open {file}: {error}") from error
        undo.pop_all()
    return database


def _as_stored(text: bytes) -> str:
    return text.decode(errors="surrogateescape")


def _migrate(database: sqlite3.Connection, file: Path, schema: Schema) -> None:
    known = len(schema.migrations)
    database.execute("BEGIN IMMEDIATE")
    version = _recognise(database, file, schema)
    for migration in schema.migrations[version:]:
        for statement in _statements(migration):
            database.execute(statement)
    if version < known:
        database.execute(f"PRAGMA application_id = {schema.application}")
        database.execute(f"PRAGMA user_version = {known}")
    database.execute("COMMIT")


def _recognise(database: sqlite3.Connection, file: Path, schema: Schema) -> int:
    """The version of a database; raises JournalError where it is not one that is known here."""
    known = len(schema.migrations)
    version = _number(database, "user_version")
    application = _number(database, "application_id")
    if version == 0 and database.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise JournalError(f"{file} is another program's database")
    if version > 0 and application != schema.application:
        raise JournalError(f"{file} is another program's database")
    if version > known:
        raise JournalError(
            f"{file} was written by a newer Boardroom: its version is {version}, "
            f"this one knows {known}"
        )
    return version


def _statements(script: str) -> list[str]:
    """The script's statements; `executescript` would commit the transaction they run in."""
    statements: list[str] = []
    begun = ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            statements.append(begun)
            begun = ""
    return statements


def _number(database: sqlite3.Connection, pragma: str) -> int:
    return int(database.execute(f"PRAGMA {pragma}").fetchone()[0])
