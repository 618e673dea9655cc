"""A recorded meeting, for the commands that make something of it."""

from pathlib import Path

from boardroom_tui.cli import CommandError
from boardroom_tui.cli.loop import in_loop
from boardroom_tui.meeting.events import Event
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.problems import JournalError


def recorded(folder: Path, wanted: str | None) -> tuple[list[Event], str]:
    """The events of the one meeting that is meant, and the hash of the last.

    Raises:
        CommandError: There is no such meeting, there are several, or its record cannot be read.
    """
    return in_loop(lambda: _read(folder, wanted))


async def _read(folder: Path, wanted: str | None) -> tuple[list[Event], str]:
    if not Journal.is_in(folder):
        raise CommandError(f"no meeting is recorded in {folder}")
    try:
        journal = await Journal.open(folder)
        try:
            meeting_id = _choose(await journal.meetings(), wanted, folder)
            return await journal.record(meeting_id)
        finally:
            await journal.close()
    except JournalError as error:
        raise CommandError(str(error)) from error


def _choose(meetings: list[str], wanted: str | None, folder: Path) -> str:
    """The one meeting that is meant."""
    if not meetings:
        raise CommandError(f"no meeting is recorded in {folder}")
    if wanted is None:
        if len(meetings) > 1:
            raise CommandError(f"say which meeting: {', '.join(meetings)}")
        return meetings[0]
    for meeting_id in meetings:
        if same(Kind.MEETING, meeting_id, wanted):
            return meeting_id
    raise CommandError(f"there is no meeting {wanted}; there is {', '.join(meetings)}")
