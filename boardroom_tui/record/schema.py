"""The journal's database: what is in it."""

from boardroom_tui.record.database import Schema

BALLOT_KEYS = "ballot-keys"

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
    """
    -- Sealed comments of open secret ballots, under names that tell nothing of the ballots' own.
    CREATE TABLE ballot_comments (
        meeting TEXT NOT NULL,
        decision TEXT NOT NULL,
        name BLOB NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (meeting, decision, name)
    ) WITHOUT ROWID;
    """,
    """
    -- What the server signed: that this event, and with it all before, has this hash.
    CREATE TABLE heads (
        meeting TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        hash TEXT NOT NULL,
        time TEXT NOT NULL,
        signature TEXT NOT NULL,
        public_key TEXT NOT NULL,
        PRIMARY KEY (meeting, sequence)
    ) WITHOUT ROWID;
    CREATE TRIGGER heads_stay BEFORE DELETE ON heads
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER heads_stay_as_they_are BEFORE UPDATE ON heads
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
    """,
)

JOURNAL = Schema("journal.sqlite", 0x426F6172, _MIGRATIONS)  # "Boar"
