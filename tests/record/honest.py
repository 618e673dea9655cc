"""A meeting that the rules themselves held: what its record says is right in every number."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from boardroom_tui.meeting.commands import Leave, MoveAgenda, Say, WithdrawDecision
from boardroom_tui.meeting.events import BallotSealed, Event
from boardroom_tui.protocol.fields import Base, ItemStatus, Role, Threshold
from boardroom_tui.record.chain import BEGINNING, Link, forge
from boardroom_tui.record.entry import Entry
from tests.meeting.room import ABSTAIN, CHAIR, NO, YES, Room, charter, prepared, voter
from tests.record.examples import open_journal

MEETING = "meeting_1"


def held() -> Room:
    """Three vote in the open, again and again, and in secret; one decision is still open."""
    room = Room(
        charter(
            voters=(voter("ann"), voter("bob"), voter("cy")),
            decisions=(
                prepared("open", threshold=Threshold.TWO_THIRDS, base=Base.PRESENT),
                prepared("secret", secret=True),
                prepared("dead"),
                prepared("gone"),
                prepared("unsettled", secret=True),
            ),
            quorum=2,
        )
    )
    room.join("chair", "ann", "bob", "cy")
    room.later(minutes=1)
    room.do(Say("user_ann", Role.PARTICIPANT, "msg_1", "Grüße an alle\u2028 — 👋"))
    room.do(MoveAgenda(CHAIR, Role.FACILITATOR, "item_1", ItemStatus.IN_PROGRESS))
    room.open("decision_open")
    room.vote("ann", NO, "decision_open")
    room.vote("ann", YES, "decision_open")
    room.do(Leave("user_cy"))
    room.vote("bob", YES, "decision_open")
    room.close("decision_open")
    room.later(minutes=1)
    room.open("decision_secret")
    for name, vote in (("ann", YES), ("bob", NO), ("bob", YES), ("cy", ABSTAIN)):
        room.vote(name, vote, "decision_secret")
    room.open("decision_dead", duration_seconds=60)
    room.later(seconds=30)
    room.vote("cy", NO, "decision_dead")
    room.do(WithdrawDecision(CHAIR, Role.FACILITATOR, "decision_dead"))
    room.do(WithdrawDecision(CHAIR, Role.FACILITATOR, "decision_gone"))
    room.open("decision_unsettled")
    room.vote("ann", NO, "decision_unsettled")
    room.do(MoveAgenda(CHAIR, Role.FACILITATOR, "item_2", ItemStatus.IN_PROGRESS))
    return room


def linked(events: Sequence[Event], meeting_id: str = MEETING) -> tuple[Link, ...]:
    """The events in a chain, as the journal would have them."""
    links: list[Link] = []
    before = BEGINNING
    for event in events:
        if not isinstance(event.what, BallotSealed):
            links.append(forge(before, meeting_id, event))
            before = links[-1].hash
    return tuple(links)


def renumbered(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events numbered anew: what somebody forges who knows how records are made."""
    kept = (event for event in events if not isinstance(event.what, BallotSealed))
    return tuple(replace(event, sequence=n) for n, event in enumerate(kept, start=1))


async def record(folder: Path, events: Sequence[Event], meeting_id: str = MEETING) -> None:
    """Write the events into a journal."""
    async with open_journal(folder) as journal:
        await journal.append(meeting_id, 0, [Entry(tuple(events))])
