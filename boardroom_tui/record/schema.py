"""The journal's database: where it is, how it is opened, what is in it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from boardroom_tui.private_files import is_open_to_others, make_private_folder, sync_folder
from boardroom_tui.record.problems import JournalError

DATABASE = "journal.sqlite"
BALLOT_KEYS = "ballot-keys"

_APPLICATION = 0x426F6172
"""Written into the file's head ("Boar"), so that nobody else's database is taken for a journal."""

_BUSY_SECONDS = 10.0

_MIGRATIONS = (
    """
    CREATE TABLE events (
        meeting TEXT NOT NULL,
        sequence INTEGER NOT NULL CHECK (sequence > 0),
        time TEXT NOT NULL,
        actor TEXT NOT NULL,
        type TEXT NOT NULL,
        payload TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (meeting, sequence)
    );
    CREATE TRIGGER events_stay BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

    -- digest is NULL where the request was a vote in a secret ballot; then sealed_digest holds
    -- it until the decision closes.
    CREATE TABLE requests (
        user TEXT NOT NULL,
        request TEXT NOT NULL,
        digest TEXT,
        sealed_digest BLOB,
        decision TEXT,
        meeting TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (user, request)
    ) WITHOUT ROWID;
    CREATE INDEX requests_sealed ON requests (meeting, decision) WHERE decision IS NOT NULL;

    -- No rowid: rows lie in the order of names that only the decision's key can compute.
    CREATE TABLE ballots (
        meeting TEXT NOT NULL,
        decision TEXT NOT NULL,
        name BLOB NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (meeting, decision, name)
    ) WITHOUT ROWID;

    -- Keys of decisions that have closed, until their files are destroyed.
    CREATE TABLE spent_keys (
        meeting TEXT NOT NULL,
        decision TEXT NOT NULL,
        PRIMARY KEY (meeting, decision)
    ) WITHOUT ROWID;
    """,
)
"""What takes the database from one version to the next; PRAGMA user_version says how many ran."""


def prepare(folder: Path) -> None:
    """Make the folder and the database if they are missing, and bring them to this version.

    Raises:
        JournalError: One of them cannot be made, written or understood.
    """
    file = folder / DATABASE
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
            _migrate(plain, file)
    except sqlite3.Error as error:
        raise JournalError(f"cannot open {file}: {error}") from error


def connect(folder: Path) -> sqlite3.Connection:
    """A connection of which every commit is on disk when it returns; for one thread.

    Raises:
        JournalError: The file is no database, or cannot be read.
    """
    file = folder / DATABASE
    try:
        database = sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA fullfsync = ON")  # macOS: past the disk's own cache
        database.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error as error:
        raise JournalError(f"cannot open {file}: {error}") from error
    return database


def _migrate(database: sqlite3.Connection, file: Path) -> None:
    database.execute("BEGIN IMMEDIATE")
    version = _number(database, "user_version")
    application = _number(database, "application_id")
    if version == 0 and database.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise JournalError(f"{file} is another program's database")
    if version > 0 and application != _APPLICATION:
        raise JournalError(f"{file} is another program's database")
    if version > len(_MIGRATIONS):
        raise JournalError(
            f"{file} was written by a newer Boardroom: its version is {version}, "
            f"this one knows {len(_MIGRATIONS)}"
        )
    for migration in _MIGRATIONS[version:]:
        for statement in _statements(migration):
            database.execute(statement)
    if version < len(_MIGRATIONS):
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
    database.execute("COMMIT")


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
