"""Drafts of the minutes, for members who ask while the meeting runs."""

import asyncio
import json
from collections.abc import Sequence

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.events import Event
from boardroom_tui.meeting.executive import SHUT_OUT, is_shut_out
from boardroom_tui.protocol.limits import DRAFT_BYTES, DRAFT_CHARACTERS
from boardroom_tui.protocol.messages.minutes import MinutesDraft, MinutesGet
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.markdown import markdown
from boardroom_tui.record.minutes import minutes
from boardroom_tui.record.problems import JournalError
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.room import NOT_READ, Room
from boardroom_tui.server.rooms import Rooms


class Drafts:
    """Makes each draft once, away from the loop, however many ask for it."""

    def __init__(self, rooms: Rooms, journal: Journal) -> None:
        self._rooms = rooms
        self._journal = journal
        self._newest: dict[str, MinutesDraft.Data] = {}
        self._making = asyncio.Lock()

    async def tell(self, peer: Peer, request: MinutesGet) -> Refusal | None:
        """Answer with the minutes as they stand."""
        seat = self._rooms.seat(peer, request.data.meeting_id)
        if isinstance(seat, Refusal):
            return seat
        if is_shut_out(seat.room.state, seat.member.id, seat.role):
            return SHUT_OUT
        try:
            draft = await self._draft(seat.room)
        except JournalError:
            return NOT_READ
        peer.answer(request, MinutesDraft(data=draft))
        return None

    async def _draft(self, room: Room) -> MinutesDraft.Data:
        async with self._making:
            known = self._newest.get(room.id)
            if known is None or known.sequence != room.state.sequence:
                events, head = await self._journal.record(room.id)
                known = await asyncio.to_thread(drafted, room.id, events, head)
                self._newest[room.id] = known
            return known


def drafted(meeting_id: str, events: Sequence[Event], head: str) -> MinutesDraft.Data:
    """The minutes in one message, cut at the end of a line if they are too long for a frame."""
    lines = markdown(minutes(events, head)).splitlines(keepends=True)
    characters = octets = kept = 0
    for line in lines:
        characters += len(line)
        octets += len(json.dumps(line, ensure_ascii=False).encode())
        if characters > DRAFT_CHARACTERS or octets > DRAFT_BYTES:
            break
        kept += 1
    return MinutesDraft.Data(
        meeting_id=meeting_id,
        sequence=events[-1].sequence,
        at=events[-1].at,
        text="".join(lines[:kept]),
        cut=kept < len(lines),
    )
