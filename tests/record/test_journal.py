"""The journal on real files: what was acknowledged is there, in order, and nothing else."""

import asyncio
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardroom_tui.meeting.events import Event, Said
from boardroom_tui.record.chain import BEGINNING
from boardroom_tui.record.entry import Append, Entry, RememberedRequest
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.record.mailbox_schema import MAILBOX
from boardroom_tui.record.problems import JournalError, RequestConflict, SequenceConflict
from boardroom_tui.record.schema import JOURNAL
from boardroom_tui.record.writing import Outcome, Writer
from tests.record.examples import MEETING, convened, numbered, open_journal, opened, said


async def test_what_was_appended_is_read_back_as_it_was(tmp_path: Path) -> None:
    events = numbered([convened(), opened()])
    async with open_journal(tmp_path) as journal:
        await journal.append(MEETING, 0, [Entry(events)])
        assert await journal.read(MEETING) == list(events)


async def test_a_reopened_journal_holds_what_the_first_one_held(tmp_path: Path) -> None:
    async with open_journal(tmp_path / "new" / "folder") as journal:
        await journal.append(MEETING, 0, [said(1), said(2)])
        await journal.append("meeting_other", 0, [said(1)])
        recorded = await journal.record(MEETING)
    async with open_journal(tmp_path / "new" / "folder") as journal:
        assert await journal.record(MEETING) == recorded
        assert len(recorded[0]) == 2
        assert await journal.meetings() == [MEETING, "meeting_other"]
        await journal.append(MEETING, 2, [said(3)])
        assert [event.sequence for event in await journal.read(MEETING)] == [1, 2, 3]


async def test_reading_after_a_number_gives_what_came_later(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await journal.append(MEETING, 0, [said(1), said(2), said(3)])
        assert [event.sequence for event in await journal.read(MEETING, 2)] == [3]
        assert await journal.read(MEETING, 3) == []
        assert await journal.read(MEETING, 9) == []


async def test_a_meeting_that_has_not_begun_is_at_the_beginning(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        assert await journal.read("meeting_unknown") == []
        assert await journal.record("meeting_unknown") == ([], BEGINNING)
        assert await journal.meetings() == []


async def test_whoever_appends_second_is_told_and_writes_nothing(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await journal.append(MEETING, 0, [said(1, "first")])
        with pytest.raises(SequenceConflict) as conflict:
            await journal.append(MEETING, 0, [said(1, "second"), said(2)])
        assert (conflict.value.expected, conflict.value.found) == (0, 1)
        [event] = await journal.read(MEETING)
        assert isinstance(event.what, Said)
        assert event.what.text == "first"


async def test_two_journals_on_one_folder_cannot_both_append(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as one, open_journal(tmp_path) as other:
        await one.append(MEETING, 0, [said(1)])
        with pytest.raises(SequenceConflict):
            await other.append(MEETING, 0, [said(1)])
        await other.append(MEETING, 1, [said(2)])
        assert len(await one.read(MEETING)) == 2


async def test_events_out_of_order_are_never_written(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        with pytest.raises(ValueError, match="event 3 where 2 is due"):
            await journal.append(MEETING, 0, [said(1), said(3)])
        with pytest.raises(ValueError, match="without events"):
            await journal.append(MEETING, 0, [Entry(())])
        assert await journal.read(MEETING) == []


async def test_a_thousand_at_once_share_a_few_commits_and_keep_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    commit = Writer.commit

    def counting(writer: Writer, appends: Sequence[Append]) -> list[Outcome]:
        sizes.append(len(appends))
        return commit(writer, appends)

    monkeypatch.setattr(Writer, "commit", counting)
    async with open_journal(tmp_path) as journal:
        await asyncio.gather(
            *(journal.append(MEETING, n, [said(n + 1)]) for n in range(500)),
            *(journal.append(f"meeting_x{n}", 0, [said(1)]) for n in range(500)),
        )
        assert sum(sizes) == 1000
        assert len(sizes) < 10
        assert [e.sequence for e in await journal.read(MEETING)] == list(range(1, 501))
        assert len(await journal.meetings()) == 501


async def test_a_conflict_leaves_the_others_in_its_commit_alone(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        outcomes = await asyncio.gather(
            journal.append(MEETING, 0, [said(1)]),
            journal.append(MEETING, 0, [said(1)]),
            journal.append(MEETING, 1, [said(2)]),
            return_exceptions=True,
        )
        assert [type(outcome) for outcome in outcomes] == [type(None), SequenceConflict, type(None)]
        assert len(await journal.read(MEETING)) == 2


async def test_who_waits_no_longer_does_not_stop_the_commit(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await journal.append(MEETING, 0, [said(1)])
        await journal.append(MEETING, 1, [said(2)])
        assert len(await journal.read(MEETING)) == 2


async def test_a_request_is_remembered_with_its_effect_for_good(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await journal.append(MEETING, 0, [said(1), Entry(said(2).events, ("r1", "digest"))])
    async with open_journal(tmp_path) as journal:
        remembered = await journal.find_request("user_1", "r1")
        assert remembered == RememberedRequest("user_1", "r1", "digest", MEETING, 2)
        assert await journal.find_request("user_1", "r2") is None
        assert await journal.find_request("user_2", "r1") is None


@pytest.mark.parametrize("again", [1, 2])
async def test_a_remembered_request_has_no_second_effect(tmp_path: Path, again: int) -> None:
    async with open_journal(tmp_path) as journal:
        entries = [Entry(said(n + 1).events, ("r1", "digest")) for n in range(again)]
        if again == 1:
            await journal.append(MEETING, 0, entries)
            entries = [Entry(said(2).events, ("r1", "digest"))]
        before = len(await journal.read(MEETING))
        with pytest.raises(RequestConflict):
            await journal.append(MEETING, before, entries)
        assert len(await journal.read(MEETING)) == before


async def test_a_follower_hears_what_was_and_what_comes_until_the_close(tmp_path: Path) -> None:
    journal = await Journal.open(tmp_path)
    await journal.append(MEETING, 0, [said(1), said(2)])
    heard: asyncio.Queue[Event] = asyncio.Queue()

    async def listen() -> None:
        async for event in journal.follow(MEETING, 1):
            heard.put_nowait(event)

    listening = asyncio.create_task(listen())
    async with asyncio.timeout(10):
        assert (await heard.get()).sequence == 2
        await journal.append("meeting_other", 0, [said(1)])
        for number in range(3, 8):
            await journal.append(MEETING, number - 1, [said(number)])
            assert (await heard.get()).sequence == number
        await journal.close()
        await listening
    assert heard.empty()


@pytest.mark.parametrize("store", [Journal, Mailbox])
async def test_one_whose_opening_is_given_up_is_closed_before_that_ends(
    store: type[Journal | Mailbox], tmp_path: Path
) -> None:
    opening = asyncio.create_task(store.open(tmp_path))
    for _ in range(3):
        await asyncio.sleep(0)
    while not opening.done():  # also while it closes
        opening.cancel()
        await asyncio.sleep(0.0001)
    with pytest.raises(asyncio.CancelledError):
        await opening
    [file] = tmp_path.iterdir()  # with no log beside it
    assert file.name in (JOURNAL.file, MAILBOX.file)


async def test_closing_writes_what_still_waits_and_then_refuses(tmp_path: Path) -> None:
    journal = await Journal.open(tmp_path)
    await asyncio.gather(journal.append(MEETING, 0, [said(1)]), journal.close())
    await journal.close()
    with pytest.raises(JournalError, match="the journal is closed"):
        await journal.append(MEETING, 1, [said(2)])
    with pytest.raises(JournalError, match="the journal is closed"):
        await journal.read(MEETING)
    async with open_journal(tmp_path) as reopened:
        assert len(await reopened.read(MEETING)) == 1


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
async def test_only_their_owner_may_read_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with open_journal(folder) as journal:
        await journal.append(MEETING, 0, [said(1)])
        assert folder.stat().st_mode & 0o777 == 0o700
        files = list(folder.iterdir())
        assert len(files) == 3
        assert [file.stat().st_mode & 0o077 for file in files] == [0, 0, 0]
    database = folder / "journal.sqlite"
    database.chmod(0o644)
    async with open_journal(folder):
        assert database.stat().st_mode & 0o077 == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.text()), max_size=12))
@settings(max_examples=25)
def test_any_order_of_appends_reads_back_without_a_gap(plan: list[tuple[str, int, str]]) -> None:
    async def play(folder: Path) -> None:
        written: dict[str, list[Event]] = {}
        async with open_journal(folder) as journal, asyncio.TaskGroup() as group:
            for meeting_id, length, text in plan:
                before = written.setdefault(meeting_id, [])
                entries = [said(len(before) + n + 1, text) for n in range(length)]
                group.create_task(journal.append(meeting_id, len(before), entries))
                before.extend(event for entry in entries for event in entry.events)
        async with open_journal(folder) as journal:
            assert await journal.meetings() == sorted(written)
            for meeting_id, events in written.items():
                assert await journal.read(meeting_id) == events

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder)))
