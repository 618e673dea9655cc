"""Secret ballots: they survive a restart, and nobody can read them, least of all afterwards."""

import hashlib
import hmac
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from boardroom_tui.meeting.events import BallotSealed, DecisionClosed, VoteRecorded
from boardroom_tui.meeting.evolve import fold
from boardroom_tui.protocol.fields import Vote
from boardroom_tui.protocol.messages.decision import SealedComment, SealedCopy
from boardroom_tui.record.ballots import BallotKey, BallotKeys
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import JournalError
from boardroom_tui.record.schema import BALLOT_KEYS, JOURNAL
from tests.record.examples import (
    MEETING,
    closed,
    convened,
    numbered,
    open_journal,
    opened,
    secret_vote,
)

VOTES = {"user_1": Vote.APPROVE, "user_2": Vote.APPROVE, "user_3": Vote.REJECT}


def digest(user_id: str) -> str:
    return hashlib.sha256(f"{user_id} {VOTES[user_id]}".encode()).hexdigest()


async def vote(journal: Journal) -> None:
    """Open a secret decision and vote on it: events 1 to 5."""
    await journal.append(MEETING, 0, [Entry(numbered([convened(), opened(secret=True)]))])
    for place, (user_id, choice) in enumerate(VOTES.items(), start=2):
        cast = numbered(secret_vote(user_id, choice), after=place)
        await journal.append(MEETING, place, [Entry(cast, (f"r-{user_id}", digest(user_id)))])


async def close(journal: Journal) -> None:
    await journal.append(MEETING, 5, [Entry(numbered([closed()], after=5))])


async def test_words_are_kept_as_secretly_as_the_vote_and_make_no_ballot_longer(
    tmp_path: Path,
) -> None:
    async with open_journal(tmp_path) as journal:
        await journal.append(MEETING, 0, [Entry(numbered([convened(), opened(secret=True)]))])
        for place, words in enumerate(("ψ" * 40, None, "zebra"), start=2):
            recorded, (user_id, what) = secret_vote(f"user_{place - 1}", Vote.REJECT)
            sealed = what.model_copy(update={"words": words})
            cast = numbered([recorded, (user_id, sealed)], after=place)
            await journal.append(MEETING, place, [Entry(cast)])
        assert b"zebra" not in stored(tmp_path)
        assert len({len(sealed) for _, sealed in ballots(tmp_path)}) == 1
        read = [e.what for e in await journal.read(MEETING) if isinstance(e.what, BallotSealed)]
        assert [one.words for one in read] == ["ψ" * 40, None, "zebra"]


def test_a_ballot_that_was_sealed_before_there_were_words_opens() -> None:
    key = BallotKey(bytes(32))
    nonce = bytes(12)
    seal = AESGCM(hmac.digest(bytes(32), b"seal", "sha256"))
    sealed = nonce + seal.encrypt(nonce, b"\x01", key.name("user_1"))
    assert key.open_vote("user_1", sealed) == (Vote.REJECT, None)


def stored(folder: Path) -> bytes:
    """Every byte in the folder, the keys' own files left out."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.suffix != ".key"]
    assert files
    return b"".join(file.read_bytes() for file in files)


def keys(folder: Path) -> list[Path]:
    return list((folder / BALLOT_KEYS).iterdir())


def ballots(folder: Path) -> list[tuple[bytes, bytes]]:
    with closing(sqlite3.connect(folder / JOURNAL.file)) as database:
        return database.execute("SELECT name, sealed FROM ballots").fetchall()


async def test_open_ballots_come_back_after_a_restart(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
    async with open_journal(tmp_path) as journal:
        events = await journal.read(MEETING)
        later = await journal.read(MEETING, 4)
    assert [event.sequence for event in events] == [1, 2, 3, 3, 4, 4, 5, 5]
    decision = fold(events).decisions["decision_1"]
    assert {voter: ballot.vote for voter, ballot in decision.ballots.items()} == VOTES
    assert [(event.sequence, type(event.what)) for event in later] == [
        (5, VoteRecorded),
        (5, BallotSealed),
    ]


async def test_only_the_latest_ballot_of_a_voter_is_kept(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        again = numbered(secret_vote("user_1", Vote.REJECT), after=5)
        await journal.append(MEETING, 5, [Entry(again)])
        events = await journal.read(MEETING)
    of_user_1 = [event for event in events if event.actor == "user_1"][1:]
    assert [type(event.what) for event in of_user_1] == [VoteRecorded, VoteRecorded, BallotSealed]
    assert fold(events).decisions["decision_1"].ballots["user_1"].vote is Vote.REJECT
    assert len(ballots(tmp_path)) == 3


async def test_followers_hear_of_no_ballot(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        heard: list[int] = []
        async for event in journal.follow(MEETING):
            assert not isinstance(event.what, BallotSealed)
            heard.append(event.sequence)
            if event.sequence == 5:
                break
    assert heard == [1, 2, 3, 4, 5]


async def test_without_the_key_file_the_open_vote_cannot_be_read(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        everything = stored(tmp_path)
        assert b'"approve"' not in everything
        assert b'"reject"' not in everything
        # Three guesses would find the vote behind an open digest.
        assert not any(digest(user_id).encode() in everything for user_id in VOTES)
        assert len({len(sealed) for _, sealed in ballots(tmp_path)}) == 1
        [key] = keys(tmp_path)
        assert key.read_bytes() not in everything
        key.unlink()
        with pytest.raises(JournalError, match="key of the secret ballot on decision_1 is missing"):
            await journal.read(MEETING)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
async def test_only_their_owner_may_read_the_keys(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        [key] = keys(tmp_path)
        assert key.stat().st_mode & 0o777 == 0o600
        assert key.parent.stat().st_mode & 0o777 == 0o700


async def test_after_the_close_nothing_tells_who_voted_how(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        [key] = [file.read_bytes() for file in keys(tmp_path)]
        rows = ballots(tmp_path)
        await close(journal)
        everything = stored(tmp_path)
        assert keys(tmp_path) == []
        assert ballots(tmp_path) == []
        for secret in (key, *(part for row in rows for part in row)):
            assert secret not in everything
        events = await journal.read(MEETING)
    assert not any(isinstance(event.what, BallotSealed) for event in events)
    assert stored(tmp_path).count(b'"vote":null') == 3


async def test_nothing_stored_tells_the_order_of_the_ballots(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        names = [name for name, _ in ballots(tmp_path)]
        assert names == sorted(names)
    with (
        closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database,
        pytest.raises(sqlite3.OperationalError, match="no such column"),
    ):
        database.execute("SELECT rowid FROM ballots")


async def test_the_last_vote_may_close_the_decision_in_one_commit(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await journal.append(MEETING, 0, [Entry(numbered([convened(), opened(secret=True)]))])
        events = numbered([*secret_vote("user_1", Vote.APPROVE), closed()], after=2)
        await journal.append(MEETING, 2, [Entry(events, ("r1", digest("user_1")))])
        assert keys(tmp_path) == []
        assert ballots(tmp_path) == []
        assert digest("user_1").encode() not in stored(tmp_path)
        assert [event.sequence for event in await journal.read(MEETING)] == [1, 2, 3, 4]


async def test_a_voting_request_is_compared_while_open_and_known_by_its_id_afterwards(
    tmp_path: Path,
) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        remembered = await journal.find_request("user_2", "r-user_2")
        assert remembered is not None
        assert (remembered.digest, remembered.sequence) == (digest("user_2"), 4)
        await close(journal)
        remembered = await journal.find_request("user_2", "r-user_2")
        assert remembered is not None
        assert (remembered.digest, remembered.sequence) == (None, 4)


async def test_a_key_that_outlives_its_vote_is_destroyed_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: BallotKeys, __: str, ___: str) -> None:
        raise OSError("the disk is away")

    async with open_journal(tmp_path) as journal:
        await vote(journal)
        with monkeypatch.context() as patch:
            patch.setattr(BallotKeys, "destroy", fail)
            await close(journal)
        assert "cannot destroy the key of a secret ballot" in caplog.text
        assert len(keys(tmp_path)) == 1
        assert ballots(tmp_path) == []
    async with open_journal(tmp_path):
        assert keys(tmp_path) == []


async def test_an_altered_ballot_is_noticed(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database, database:
            database.execute("UPDATE ballots SET sealed = (SELECT min(sealed) FROM ballots)")
        with pytest.raises(JournalError, match="a secret ballot of meeting_123 was altered"):
            await journal.read(MEETING)


COMMENT = (SealedCopy(user_id="user_1", device_id="dev_1", sealed="COMMENT" * 100),)
OTHER = (SealedCopy(user_id="user_1", device_id="dev_1", sealed="REMARK" * 10),)


def comments(folder: Path) -> list[tuple[bytes, bytes]]:
    with closing(sqlite3.connect(folder / JOURNAL.file)) as database:
        return database.execute("SELECT name, sealed FROM ballot_comments").fetchall()


async def comment(journal: Journal, user_id: str, said: SealedComment | None) -> None:
    """Vote once more: event 6."""
    cast = numbered(secret_vote(user_id, VOTES[user_id], comment=said), after=5)
    await journal.append(MEETING, 5, [Entry(cast)])


async def test_a_comment_comes_back_with_its_ballot_after_a_restart(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        await comment(journal, "user_2", COMMENT)
    async with open_journal(tmp_path) as journal:
        ballots = fold(await journal.read(MEETING)).decisions["decision_1"].ballots
    assert {voter: ballot.sealed_comment for voter, ballot in ballots.items()} == {
        "user_1": None,
        "user_2": COMMENT,
        "user_3": None,
    }


async def test_only_the_latest_comment_of_a_voter_is_kept(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        await comment(journal, "user_2", COMMENT)
        again = numbered(secret_vote("user_2", Vote.REJECT, comment=OTHER), after=6)
        await journal.append(MEETING, 6, [Entry(again)])
        ballots = fold(await journal.read(MEETING)).decisions["decision_1"].ballots
        assert ballots["user_2"].sealed_comment == OTHER
        without = numbered(secret_vote("user_2", Vote.REJECT), after=7)
        await journal.append(MEETING, 7, [Entry(without)])
        assert comments(tmp_path) == []


async def test_a_stored_comment_tells_neither_its_ballot_nor_its_length(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        await comment(journal, "user_2", COMMENT)
        other = numbered(secret_vote("user_3", Vote.REJECT, comment=OTHER), after=6)
        await journal.append(MEETING, 6, [Entry(other)])
        everything = stored(tmp_path)
        kept = comments(tmp_path)
    assert b"COMMENT" not in everything
    assert len({len(sealed) for _, sealed in kept}) == 1
    assert {name for name, _ in kept}.isdisjoint(name for name, _ in ballots(tmp_path))
    assert "user" not in str(kept)


async def test_after_the_close_nothing_stored_tells_who_commented(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        await comment(journal, "user_2", COMMENT)
        [(name, sealed)] = comments(tmp_path)
        await journal.append(MEETING, 6, [Entry(numbered([closed(comments=COMMENT)], after=6))])
        everything = stored(tmp_path)
        events = await journal.read(MEETING)
        assert comments(tmp_path) == []
    assert name not in everything
    assert sealed not in everything
    what = events[-1].what
    assert isinstance(what, DecisionClosed)
    assert what.comments == COMMENT
    assert not any("COMMENT" in repr(event) for event in events[:-1])


async def test_an_altered_comment_is_noticed(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await vote(journal)
        await comment(journal, "user_2", COMMENT)
        with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database, database:
            database.execute("UPDATE ballot_comments SET sealed = randomblob(length(sealed))")
        with pytest.raises(JournalError, match="a secret ballot of meeting_123 was altered"):
            await journal.read(MEETING)
