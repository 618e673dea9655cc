"""Signed heads: who can compute the chain anew still cannot make the record say something else."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from boardroom_tui.cli import main
from boardroom_tui.heads import KEY_FILE, HeadSigner, head_code, is_signed
from boardroom_tui.meeting.events import DecisionClosed, Event, PhaseChanged, Said
from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.record.chain import Link
from boardroom_tui.record.database import prepare
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.schema import JOURNAL
from boardroom_tui.record.verification import verify
from boardroom_tui.server.keys import signing_key
from tests.meeting.room import CHAIR
from tests.record.honest import MEETING, held, linked, record, renumbered

EVENTS = held().events
LINKS = linked(EVENTS)
ENDS = [event.sequence for event in EVENTS if isinstance(event.what, DecisionClosed)]
A_MINUTE_LATER = [6, 14]
"""The first events that came a minute after what was signed before, or after the beginning."""
SETTLED = [event for event in EVENTS if event.sequence <= ENDS[-1] + 1]
"""Until no vote is open, so that no sealed ballot is kept."""
SIGNER = HeadSigner(Ed25519PrivateKey.from_private_bytes(bytes(32)))
HEADS = tuple(
    SIGNER.sign(MEETING, n, LINKS[n - 1].hash, EVENTS[n - 1].at) for n in (*ENDS, len(LINKS))
)


def found(links: Sequence[Link]) -> list[str]:
    return [str(finding) for finding in verify(MEETING, links, HEADS).findings]


def rewritten() -> tuple[Link, ...]:
    """The record with another word in it and every hash computed anew."""

    def other(event: Event) -> Event:
        match event.what:
            case Said() as said:
                return replace(event, what=said.model_copy(update={"text": "I agree."}))
            case _:
                return event

    return linked([other(event) for event in EVENTS])


def test_a_record_is_what_was_signed() -> None:
    assert found(LINKS) == []


def test_a_rewritten_record_holds_by_itself_and_not_against_what_was_signed() -> None:
    links = rewritten()
    assert verify(MEETING, links).findings == ()
    first = found(links)[0]
    before = head_code(ENDS[0], LINKS[ENDS[0] - 1].hash)
    after = head_code(ENDS[0], links[ENDS[0] - 1].hash)
    assert first == (
        f"event {ENDS[0]}, 2027-01-15 12:01:00 UTC, decision.closed: "
        f"the record was rewritten: the server signed {before}, and it is {after}"
    )


def test_a_record_that_was_cut_short_is_noticed() -> None:
    links = LINKS[: ENDS[0]]
    assert found(links)[0].startswith(f"event {ENDS[1]}: is missing: the server signed {ENDS[1]} ")
    assert found(links)[0].endswith(f"and the record ends at event {ENDS[0]}")


def test_a_signature_that_was_altered_or_made_by_another_is_noticed() -> None:
    other = HeadSigner(Ed25519PrivateKey.generate())
    foreign = other.sign(MEETING, len(LINKS), LINKS[-1].hash, EVENTS[-1].at)
    altered = HEADS[0].model_copy(update={"signature": "A" * 86})
    checked = verify(MEETING, LINKS, (altered, *HEADS[1:-1], foreign))
    assert [str(finding) for finding in checked.findings] == [
        f"signed head {ENDS[0]}: its signature does not fit it",
        f"signed head {len(LINKS)}: was signed with another key",
    ]


async def signing(folder: Path, events: Sequence[Event]) -> list[int]:
    """Write each event by itself; the numbers of the heads that were signed."""
    signed: list[int] = []
    journal = await Journal.open(folder, SIGNER)
    try:
        for event in renumbered(events):
            head = await journal.append(MEETING, event.sequence - 1, [Entry((event,))])
            if head is not None:
                assert is_signed(head)
                signed.append(head.sequence)
                assert await journal.newest_head(MEETING) == head
        last = await journal.sign(MEETING)
        assert last is not None
        assert await journal.sign(MEETING) is None
        assert await journal.newest_head(MEETING) == last
        assert await journal.head_at(MEETING, last.sequence) == (last.hash, last.at)
        assert await journal.head_at(MEETING, last.sequence + 1) is None
        return [*signed, last.sequence]
    finally:
        await journal.close()


async def test_a_journal_signs_the_adjournment(tmp_path: Path) -> None:
    journal = await Journal.open(tmp_path, SIGNER)
    try:
        for phase in (MeetingPhase.IN_SESSION, MeetingPhase.ADJOURNED):
            sequence = 1 if phase is MeetingPhase.IN_SESSION else 2
            event = Event(sequence, EVENTS[0].at, CHAIR, PhaseChanged(phase=phase))
            head = await journal.append(MEETING, sequence - 1, [Entry((event,))])
            assert (head is not None) is (phase is MeetingPhase.ADJOURNED)
    finally:
        await journal.close()


async def test_a_journal_signs_once_a_minute_while_something_happens(tmp_path: Path) -> None:
    journal = await Journal.open(tmp_path, SIGNER)
    said = next(event for event in EVENTS if isinstance(event.what, Said))
    signed: list[int] = []
    try:
        for sequence, seconds in enumerate((0, 59, 60, 61, 119, 400, 401), 1):
            at = EVENTS[0].at + timedelta(seconds=seconds)
            event = replace(said, sequence=sequence, at=at)
            if await journal.append(MEETING, sequence - 1, [Entry((event,))]):
                signed.append(seconds)
    finally:
        await journal.close()
    assert signed == [60, 400]


async def test_a_journal_signs_each_result_with_it_and_the_end_when_it_is_told(
    tmp_path: Path,
) -> None:
    assert await signing(tmp_path, EVENTS) == sorted([*ENDS, *A_MINUTE_LATER, len(LINKS)])
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database:
        for statement in ("UPDATE heads SET sequence = 99", "DELETE FROM heads"):
            with pytest.raises(sqlite3.IntegrityError, match="the journal only grows"):
                database.execute(statement)


def test_verify_compares_with_what_was_signed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    last = SETTLED[-1].sequence
    asyncio.run(signing(tmp_path, SETTLED))
    assert main(["verify", "--data", str(tmp_path)]) == 0
    code = head_code(last, LINKS[last - 1].hash)
    out = capfd.readouterr().out
    assert f"  signed by the server up to event {last} of {last}, code {code}\n" in out
    assert "  All of it holds.\n" in out
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database, database:
        database.execute("DROP TRIGGER events_stay")
        database.execute("DELETE FROM events WHERE sequence > 3")
    assert main(["verify", "--data", str(tmp_path)]) == 1
    assert f"WRONG: event {last}: is missing" in capfd.readouterr().out


@pytest.mark.parametrize("kept", [0, 1])
def test_results_whose_heads_were_deleted_do_not_pass_as_signed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], kept: int
) -> None:
    asyncio.run(signing(tmp_path, SETTLED))
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database, database:
        database.execute("DROP TRIGGER heads_stay")
        database.execute("DELETE FROM heads WHERE sequence > ?", (ENDS[0] if kept else 0,))
    assert main(["verify", "--data", str(tmp_path)]) == kept
    out = capfd.readouterr().out
    assert "All of it holds" not in out
    if kept:
        assert f"signed by the server up to event {ENDS[0]} of {SETTLED[-1].sequence}, code " in out
        assert f"WRONG: event {ENDS[1]}, " in out
        assert f"is not signed, and the last signed head is of event {ENDS[0]}\n" in out
    else:
        assert "  not signed by anybody: whoever holds the folder could have written it " in out
        assert "  It fits together, but its results are not signed.\n" in out


def test_heads_that_another_than_the_server_signed_are_noticed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(signing(tmp_path, SETTLED))
    assert main(["verify", "--data", str(tmp_path)]) == 0
    signing_key(tmp_path / KEY_FILE)
    assert main(["verify", "--data", str(tmp_path)]) == 1
    wrong = f"WRONG: signed head {ENDS[0]}: was signed with another key than this server’s\n"
    assert wrong in capfd.readouterr().out
    (tmp_path / KEY_FILE).write_text("no key")
    assert main(["verify", "--data", str(tmp_path)]) == 1
    assert "cannot read the key of the record: " in capfd.readouterr().err


def test_a_code_from_paper_is_compared(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    asyncio.run(record(tmp_path, EVENTS))
    data = ("--data", str(tmp_path))
    code = head_code(5, LINKS[4].hash)
    assert main(["verify", *data, "--head", str(code)]) == 0
    capfd.readouterr()
    wrong = head_code(5, LINKS[5].hash)
    assert main(["verify", *data, "--head", str(wrong).lower()]) == 1
    assert (
        f"the record was rewritten: the code that was given is {wrong}, and it is {code}"
        in capfd.readouterr().out
    )
    assert main(["verify", *data, "--head", str(code).replace("5 ", "500 ")]) == 1
    assert f"and the record ends at event {len(LINKS)}" in capfd.readouterr().out
    assert main(["verify", *data, "--head", "approved"]) == 2
    asyncio.run(record(tmp_path, EVENTS, "meeting_2"))
    capfd.readouterr()
    assert main(["verify", *data, "--head", str(code)]) == 1
    assert "say which meeting the code is of" in capfd.readouterr().err


def test_a_record_of_before_heads_were_signed_is_checked_as_it_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path, replace(JOURNAL, migrations=JOURNAL.migrations[:2]))
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database, database:
        for link in LINKS[:5]:
            row = (link.meeting_id, link.sequence, link.time, link.actor, link.type, link.payload)
            database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, link.hash))
    before = (tmp_path / JOURNAL.file).read_bytes()
    assert main(["verify", "--data", str(tmp_path)]) == 0
    out = capfd.readouterr().out
    assert "  not signed by anybody: whoever holds the folder could have written it anew\n" in out
    assert "WRONG" not in out
    assert (tmp_path / JOURNAL.file).read_bytes() == before
