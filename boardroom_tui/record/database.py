"""A database of ours: how its file is made, recognised, brought up to date and opened."""

import errno
import logging
import os
import sqlite3
import tempfile
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from boardroom_tui.private_files import create_private, is_open_to_others, make_private_folder
from boardroom_tui.record.problems import DamagedError, DiskFullError, JournalError

_log = logging.getLogger(__name__)

_BUSY_SECONDS = 10.0
_LEAST_BYTES = 512
"""SQLite's smallest page."""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Schema:
    """A kind of database: its file's name, how it is told from others, and what is in it."""

    file: str
    application: int
    """Written into the file's head, so that nobody else's database is taken for this one."""
    migrations: tuple[str, ...]
    """What takes it from one version to the next; PRAGMA user_version says how many ran."""


def prepare(folder: Path, schema: Schema) -> bool:
    """Make the folder and the database if they are missing, and bring them to this version.

    What is there is checked before anything in it changes. Returns whether the last program that
    used it did not close it, or has not yet: then it is as its last whole commit left it.

    Raises:
        DamagedError: What is there is not whole.
        JournalError: It cannot be made, written or understood.
    """
    file = folder / schema.file
    log = log_of(file)
    try:
        make_private_folder(folder)
        was_open = log.is_file()
        if not file.exists() and not was_open:
            create_private(file, _empty(schema))
        if file.exists():
            # What is no file, or not to be written, is named as that.
            os.close(os.open(file, os.O_RDWR))
        # Ours is made whole or not at all; SQLite would take what is left for a new one.
        if not file.exists() or file.stat().st_size < _LEAST_BYTES:
            raise DamagedError(f"{file} is damaged: it is cut off before its first page ends")
        # SQLite gives the files beside it the same mode.
        if is_open_to_others(file.stat()):
            file.chmod(0o600)
    except OSError as error:
        raise JournalError(f"cannot write {error.filename or folder}: {error.strerror}") from error
    check_whole(file, "mode=ro" if was_open else "mode=rw")
    try:
        with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)) as plain:
            _migrate(plain, file, schema)
    except sqlite3.Error as error:
        raise problem(f"cannot open {file}", error) from error
    return was_open


def check_whole(file: Path, how: str) -> None:
    """Check that a database is whole, opened as SQLite's URI parameter `how` says.

    With `mode=ro` it and its log stay as they are; one that nobody else uses is `immutable=1`.

    Raises:
        DamagedError: It is not.
        JournalError: It cannot be read.
    """
    address = f"{file.resolve().as_uri()}?{how}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)) as database:
            (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise problem(f"cannot open {file}", error) from error
    if found != "ok":
        where = " ".join(found.replace("*** in database main ***", "").split())
        raise DamagedError(f"{file} is damaged: {where}")


def log_of(file: Path) -> Path:
    """Where SQLite keeps what is not yet in a database's file; gone once all have closed it."""
    return file.with_name(f"{file.name}-wal")


def problem(what: str, error: sqlite3.Error | OSError) -> JournalError:
    """What failed and why, in one line; a full disk and a damaged file are told from the rest."""
    said = f"{what}: {error}"
    code = getattr(error, "sqlite_errorcode", None)
    if code in _DAMAGED:
        return DamagedError(said)
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) in _NO_ROOM:
        return DiskFullError(said)
    return JournalError(said)


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
        raise problem(f"cannot open {file}", error) from error
    return database


def connect_read_only(folder: Path, schema: Schema, *, damaged: bool = False) -> sqlite3.Connection:
    """A connection that leaves the folder as it is, be it in use, a copy, or on a disk for reading.

    With `damaged` a file that was cut off is read as far as it goes, not refused at once. Text that
    is none is read with its bytes escaped, as Python does with file names.

    Raises:
        JournalError: There is no such database of this version, or it cannot be read.
    """
    file = folder / schema.file
    if not file.is_file():
        raise JournalError(f"no meeting is recorded in {folder}")
    # Without a log beside it nobody has it open, and SQLite need not make files to lock it.
    beside = log_of(file).exists()
    address = f"{file.resolve().as_uri()}?{'mode=ro' if beside else 'immutable=1'}"
    with ExitStack() as undo:
        try:
            database = sqlite3.connect(
                address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None
            )
            undo.callback(database.close)
            database.text_factory = _as_stored
            if damaged:
                database.execute("PRAGMA writable_schema = ON")
            if _recognise(database, file, schema) == 0:
                raise JournalError(f"no meeting is recorded in {folder}")
        except sqlite3.Error as error:
            raise problem(f"cannot open {file}", error) from error
        undo.pop_all()
    return database


def _as_stored(text: bytes) -> str:
    return text.decode(errors="surrogateescape")


@cache
def _empty(schema: Schema) -> bytes:
    """A new database's file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / schema.file
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous = OFF")
            # Set from the start: to change to it would leave another moment to be cut off in.
            database.execute("PRAGMA journal_mode = WAL")
            _migrate(database, file, schema)
        return file.read_bytes()


def _migrate(database: sqlite3.Connection, file: Path, schema: Schema) -> None:
    known = len(schema.migrations)
    database.execute("BEGIN IMMEDIATE")
    version = _recognise(database, file, schema)
    for migration in schema.migrations[version:]:
        for statement in _statements(migration):
            database.execute(statement)
    if 0 < version < known:
        _log.info("%s is brought from version %d to version %d", file, version, known)
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
