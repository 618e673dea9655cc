"""The mailbox's database: what is in it."""

from boardroom_tui.record.database import Schema

_MIGRATIONS = (
    """
    -- Users are in the form in which two of them are compared.
    CREATE TABLE devices (
        user TEXT NOT NULL,
        device TEXT NOT NULL,
        keys TEXT NOT NULL,
        fallback TEXT,
        seen TEXT NOT NULL,
        PRIMARY KEY (user, device)
    ) WITHOUT ROWID;

    -- A key that was claimed is gone; its id stays, so that it is not taken in a second time.
    CREATE TABLE one_time_keys (
        user TEXT NOT NULL,
        device TEXT NOT NULL,
        id TEXT NOT NULL,
        key TEXT,
        PRIMARY KEY (user, device, id)
    ) WITHOUT ROWID;
    CREATE INDEX one_time_keys_left ON one_time_keys (user, device) WHERE key IS NOT NULL;

    CREATE TABLE messages (
        message TEXT NOT NULL PRIMARY KEY,
        meeting TEXT NOT NULL,
        sender TEXT NOT NULL,
        device TEXT NOT NULL,
        body TEXT NOT NULL,
        time TEXT NOT NULL
    );

    -- The one order in which all devices are told; no number is given twice.
    CREATE TABLE envelopes (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        message TEXT NOT NULL,
        user TEXT NOT NULL,
        device TEXT NOT NULL,
        kind INTEGER NOT NULL,
        key TEXT NOT NULL
    );
    CREATE INDEX envelopes_waiting ON envelopes (user, device, sequence);
    CREATE UNIQUE INDEX envelopes_of_message ON envelopes (message, user, device);
    CREATE TRIGGER body_goes_with_the_last_envelope AFTER DELETE ON envelopes
        WHEN NOT EXISTS (SELECT 1 FROM envelopes WHERE message = OLD.message)
        BEGIN DELETE FROM messages WHERE message = OLD.message; END;

    CREATE TABLE requests (
        user TEXT NOT NULL,
        request TEXT NOT NULL,
        digest TEXT NOT NULL,
        message TEXT NOT NULL,
        time TEXT NOT NULL,
        PRIMARY KEY (user, request)
    ) WITHOUT ROWID;
    """,
)

MAILBOX = Schema("mailbox.sqlite", 0x4D61696C, _MIGRATIONS)  # "Mail"
