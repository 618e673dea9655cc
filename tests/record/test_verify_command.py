"""`boardroom verify`: says what it checked and what is wrong, and leaves the folder as it is."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from boardroom_tui.cli import main
from boardroom_tui.heads import KEY_FILE, HeadSigner, head_code
from boardroom_tui.protocol.fields import Method
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.record.chain import event_of
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.schema import JOURNAL
from boardroom_tui.server.keys import signing_key
from tests.meeting.room import NO, NOON, YES, Room, charter
from tests.record.examples import open_journal
from tests.record.honest import MEETING, held, linked, record
from tests.record.test_chain import tamper

HELD = held()
LINKS = linked(HELD.events)
LAST = len(LINKS)

HOLDS = f"""\
meeting_1, Board
  {LAST} events in one chain of hashes
  not signed by anybody: whoever holds the folder could have written it anew
  Motion open (decision_open): Carried, 2 for, 0 against
  Motion secret (decision_secret): Carried, 2 for, 0 against, 1 abstained
  Motion dead (decision_dead): withdrawn
  Motion unsettled (decision_unsettled): still open, 1 member voted so far
  It fits together, but its results are not signed.
"""


def recorded(folder: Path, *meetings: str) -> None:
    for meeting_id in meetings or (MEETING,):
        asyncio.run(record(folder, HELD.events, meeting_id))


def verified(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """The exit code, the lines printed, and the one line of the error."""
    code = main(["verify", *arguments])
    out, err = capfd.readouterr()
    assert err.count("\n") == (code != 0)
    return code, out.splitlines(), err.removeprefix("boardroom verify: ").rstrip("\n")


def wrong(lines: Sequence[str]) -> list[str]:
    return [line.removeprefix("  WRONG: ") for line in lines if line.startswith("  WRONG: ")]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_a_record_that_holds_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    recorded(tmp_path)
    assert main(["verify", "--data", str(tmp_path)]) == 0
    assert capfd.readouterr() == (HOLDS, "")


def seen_of(*heads: SignedHead) -> Callable[[str], Iterator[SignedHead]]:
    """What clients saw of whichever meeting."""

    def heads_of(_: str) -> Iterator[SignedHead]:
        yield from heads

    return heads_of


def test_what_a_client_saw_under_another_key_may_be_another_server_s_meeting(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(tmp_path)
    own = HeadSigner(signing_key(tmp_path / KEY_FILE))
    another = HeadSigner(Ed25519PrivateKey.generate())
    seen = [signer.sign(MEETING, LAST + 1, "ab" * 32, NOON) for signer in (own, another)]
    monkeypatch.setattr("boardroom_tui.cli.verify.heads_of", seen_of(*seen))
    _, lines, _ = verified(capfd, "--data", str(tmp_path))
    code = head_code(LAST + 1, "ab" * 32)
    ends = f"{code}, and the record ends at event {LAST}"
    missing = f"event {LAST + 1}: is missing: a client on this machine saw"
    key = "signed with another key than this record's"
    where = "at another server with a meeting of this id?"
    assert wrong(lines) == [f"{missing} {ends}", f"{missing}, {key} ({where}), {ends}"]


def test_it_leaves_a_folder_as_it_is(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    recorded(tmp_path)
    before = contents(tmp_path)
    assert verified(capfd, "--data", str(tmp_path))[0] == 0
    assert contents(tmp_path) == before


async def test_it_checks_while_the_record_is_in_use_and_a_copy_made_meanwhile(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, copy = tmp_path / "data", tmp_path / "copy"
    async with open_journal(folder) as journal:
        await journal.append(MEETING, 0, [Entry(tuple(HELD.events[:-1]))])
        await journal.append(MEETING, LAST - 1, [Entry(tuple(HELD.events[-1:]))])
        assert (folder / f"{JOURNAL.file}-wal").stat().st_size > 0
        assert verified(capfd, "--data", str(folder))[0] == 0
        shutil.copytree(folder, copy)
    code, lines, _ = verified(capfd, "--data", str(copy))
    assert (code, "\n".join(lines) + "\n") == (0, HOLDS)


def test_each_meeting_is_checked_or_the_one_that_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    recorded(tmp_path)
    with closing(sqlite3.connect(tmp_path / JOURNAL.file)) as database, database:
        database.execute(
            "INSERT INTO events VALUES ('meeting_2', 2, '', 'user_1', 'member.left', '{}', '')"
        )
    code, lines, err = verified(capfd, "--data", str(tmp_path))
    assert (code, err) == (1, "the record does not hold: 2 problems")
    assert wrong(lines) == [
        "event 1: is missing: the record begins with event 2, , member.left",
        "event 2, , member.left: cannot be read: it is no event that this version knows",
    ]
    assert verified(capfd, "1", "--data", str(tmp_path))[0] == 0
    assert verified(capfd, "meeting_9", "--data", str(tmp_path))[2] == (
        "there is no meeting meeting_9; there is meeting_1, meeting_2"
    )


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("DELETE FROM events WHERE sequence = 3", "event 3: is missing"),
        ("UPDATE events SET actor = 'user_bob' WHERE sequence = 3", "event 3, 2027-01-15 12:00:"),
        ("UPDATE events SET sequence = 99 WHERE sequence = 3", "event 3: is missing"),
        ("UPDATE events SET meeting = 'meeting_0' WHERE sequence = 3", "event 3: is missing"),
        ("DELETE FROM ballots", "decision_unsettled: 0 sealed ballots are kept"),
        (
            "UPDATE events SET payload = CAST(x'7bff' AS TEXT) WHERE sequence = 3",
            "event 3, 2027-01-15 12:00:00 UTC, member.joined: was altered",
        ),
        (
            "UPDATE events SET type = char(27) || '[2J' WHERE sequence = 3",
            "event 3, 2027-01-15 12:00:00 UTC, [2J: was altered",
        ),
    ],
)
def test_what_was_done_to_the_file_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], change: str, found: str
) -> None:
    recorded(tmp_path)
    tamper(tmp_path, change)
    code, lines, err = verified(capfd, "--data", str(tmp_path))
    assert code == 1
    assert err.startswith("the record does not hold: ")
    assert any(line.startswith(found) for line in wrong(lines)), lines
    assert all(line.isprintable() for line in lines)


def test_a_vote_is_looked_up_by_its_id(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    recorded(tmp_path)
    votes = {link.sequence: event_of(link).what for link in LINKS if link.type == "vote.recorded"}
    said: list[str] = []
    for vote_id in ("vote_1", "vote_2", "vote_4"):
        code, lines, _ = verified(capfd, "--data", str(tmp_path), "--vote", vote_id)
        assert code == 0
        [line] = [line.strip() for line in lines if line.strip().startswith(f"{vote_id}: ")]
        sequence = next(n for n, what in votes.items() if getattr(what, "vote_id", "") == vote_id)
        assert line.endswith(f", code {head_code(sequence, LINKS[sequence - 1].hash)}")
        said.append(line.split(", event")[0] + line[line.index("; ") : line.index(", code")])
    assert said == [
        "vote_1: reject, on Motion open (decision_open); replaced by vote_2",
        "vote_2: approve, on Motion open (decision_open); it counts",
        "vote_4: secret, on Motion secret (decision_secret); it counts",
    ]
    assert verified(capfd, "--data", str(tmp_path), "--vote", "vote_99")[::2] == (
        1,
        "there is no vote vote_99 in the record",
    )


@pytest.mark.parametrize("column", ["sequence", "time", "payload", "hash"])
def test_what_is_not_even_text_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], column: str
) -> None:
    recorded(tmp_path)
    tamper(tmp_path, f"UPDATE events SET {column} = x'00ff' WHERE sequence = 3")
    code, lines, _ = verified(capfd, "--data", str(tmp_path))
    assert code == 1
    assert lines[0].startswith("an event of meeting_1 numbered ")
    assert wrong(lines)[0].startswith("event 3: is missing")


def test_a_byte_turned_in_the_file_itself_does_not_pass(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    recorded(tmp_path)
    content = bytearray((tmp_path / JOURNAL.file).read_bytes())
    place = content.index("Grüße".encode())
    content[place] ^= 0x20
    (tmp_path / JOURNAL.file).write_bytes(content)
    code, lines, _ = verified(capfd, "--data", str(tmp_path))
    assert code == 1
    assert [line.split(",")[0] for line in wrong(lines)] == ["event 6"]


def test_what_is_no_record_is_said_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    nothing = tmp_path / "nothing"
    assert verified(capfd, "--data", str(nothing)) == (
        1,
        [],
        f"no meeting is recorded in {nothing}",
    )
    assert not nothing.exists()
    file = tmp_path / JOURNAL.file
    file.write_bytes(b"")
    assert verified(capfd, "--data", str(tmp_path))[2] == f"no meeting is recorded in {tmp_path}"
    file.write_text("Dear diary, " * 100)
    assert (
        verified(capfd, "--data", str(tmp_path))[2] == f"cannot open {file}: file is not a database"
    )


def test_a_record_without_a_meeting_is_said_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def create() -> None:
        async with open_journal(tmp_path):
            pass

    asyncio.run(create())
    assert verified(capfd, "--data", str(tmp_path))[2] == f"no meeting is recorded in {tmp_path}"


def test_a_straw_poll_is_told_as_no_decision(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    room = Room(charter())
    room.join("chair", "ann", "bob", "cy")
    room.open(method=Method.STRAW)
    for name, vote in (("ann", YES), ("bob", YES), ("cy", NO)):
        room.vote(name, vote)
    asyncio.run(record(tmp_path, room.events))
    code, lines, _ = verified(capfd, "--data", str(tmp_path))
    assert code == 0
    assert "  Motion 1 (decision_1): Straw poll, 2 for, 1 against" in lines
