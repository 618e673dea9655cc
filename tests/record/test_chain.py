"""The chain: a change to what was recorded shows, and anybody can compute it."""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import astuple, replace
from pathlib import Path

import pytest

from boardroom_tui.record.chain import BEGINNING, canonical, forge
from boardroom_tui.record.database import prepare
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.problems import JournalError
from boardroom_tui.record.schema import JOURNAL
from tests.record.examples import MEETING, closed, convened, numbered, open_journal, opened, said


async def record(folder: Path) -> None:
    async with open_journal(folder) as journal:
        await journal.append(MEETING, 0, [said(n) for n in range(1, 6)])


def tamper(folder: Path, statement: str) -> None:
    """Do what the journal itself refuses to do."""
    with closing(sqlite3.connect(folder / JOURNAL.file)) as database, database:
        database.execute("DROP TRIGGER events_stay")
        database.execute("DROP TRIGGER events_stay_as_they_are")
        database.execute(statement)


async def test_an_untouched_record_reads_to_its_end(tmp_path: Path) -> None:
    await record(tmp_path)
    async with open_journal(tmp_path) as journal:
        assert len(await journal.read(MEETING)) == 5


@pytest.mark.parametrize(
    "change",
    [
        "payload = replace(payload, 'hello', 'goodbye')",
        "payload = replace(payload, ',', ', ')",
        "actor = 'user_2'",
        "time = '2027-01-15T12:00:00.000000Z'",
        "hash = (SELECT hash FROM events WHERE sequence = 2)",
    ],
)
async def test_an_altered_event_is_named(tmp_path: Path, change: str) -> None:
    await record(tmp_path)
    tamper(tmp_path, f"UPDATE events SET {change} WHERE sequence = 3")
    async with open_journal(tmp_path) as journal:
        with pytest.raises(JournalError, match="meeting_123 is broken: event 3 was altered"):
            await journal.read(MEETING)
        # A reader who has seen the first three trusts them; the fourth follows from the third.
        if change.startswith("hash"):
            with pytest.raises(JournalError, match="event 4 was altered"):
                await journal.read(MEETING, 3)


async def test_a_missing_event_is_named(tmp_path: Path) -> None:
    await record(tmp_path)
    tamper(tmp_path, "DELETE FROM events WHERE sequence = 2")
    async with open_journal(tmp_path) as journal:
        with pytest.raises(JournalError, match="event 2 is missing"):
            await journal.read(MEETING)


async def test_an_event_of_an_unknown_type_is_named(tmp_path: Path) -> None:
    await record(tmp_path)
    link = forge(BEGINNING, MEETING, said(1).events[0])
    text = json.dumps(
        {
            "actor": link.actor,
            "meeting": link.meeting_id,
            "payload": json.loads(link.payload),
            "sequence": 1,
            "time": link.time,
            "type": "chat.sung",
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    changed = hashlib.sha256((BEGINNING + text).encode()).hexdigest()
    tamper(tmp_path, f"UPDATE events SET type = 'chat.sung', hash = '{changed}' WHERE sequence = 1")
    async with open_journal(tmp_path) as journal:
        with pytest.raises(JournalError, match=r"cannot be read: event 1, chat\.sung"):
            await journal.read(MEETING)


async def test_the_database_itself_refuses_to_change_an_event(tmp_path: Path) -> None:
    await record(tmp_path)
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database:
        for statement in ("UPDATE events SET actor = 'user_2'", "DELETE FROM events"):
            with pytest.raises(sqlite3.IntegrityError, match="the journal only grows"):
                database.execute(statement)


async def test_the_head_follows_from_what_is_stored_by_the_documented_rule(tmp_path: Path) -> None:
    events = numbered(
        [convened(), opened(), ("user_1", said(3, "Grüße,\n\x1b\u2028").events[0].what)]
    )
    async with open_journal(tmp_path) as journal:
        await journal.append(MEETING, 0, [Entry(events)])
        _, head = await journal.record(MEETING)
    running = "0" * 64
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database:
        for sequence, time, actor, kind, payload in database.execute(
            "SELECT sequence, time, actor, type, payload FROM events ORDER BY sequence"
        ):
            event = {
                "meeting": MEETING,
                "sequence": sequence,
                "time": time,
                "actor": actor,
                "type": kind,
                "payload": json.loads(payload),
            }
            text = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            running = hashlib.sha256((running + text).encode()).hexdigest()
    assert head == running


async def test_a_record_of_an_earlier_version_still_verifies(tmp_path: Path) -> None:
    prepare(tmp_path, replace(JOURNAL, migrations=JOURNAL.migrations[:1]))
    previous = BEGINNING
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database, database:
        for event in numbered([convened(), opened(secret=True), closed()]):
            link = forge(previous, MEETING, event)
            payload = json.loads(link.payload)
            payload.pop("comments", None)  # there were none then
            link = replace(link, payload=canonical(payload))
            previous = link.hash_after(previous)
            database.execute(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)",
                astuple(replace(link, hash=previous)),
            )
    async with open_journal(tmp_path) as journal:
        events, head = await journal.record(MEETING)
        assert events == list(numbered([convened(), opened(secret=True), closed()]))
        assert head == previous
        await journal.append(MEETING, 3, [said(4)])
        assert len(await journal.read(MEETING)) == 4
