"""Watching over the record: what the server says of it now against what was seen before."""

from dataclasses import dataclass

from boardroom_tui.client.kept_heads import KeptHeads
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.messages.meeting import MeetingState
from boardroom_tui.protocol.messages.record import RecordHead, RecordHeadGet


@dataclass(frozen=True, slots=True)
class Watched:
    """What a message says of the record."""

    warning: str | None = None
    question: RecordHeadGet | None = None
    """What to ask, so that the server commits itself on what was seen."""


def watch(heads: KeptHeads, message: ServerMessage) -> Watched:
    """Compare what a message tells of the record with what was seen, and keep what is new."""
    match message:
        case RecordHead():
            return Watched(heads.see(message.data))
        case MeetingState():
            return _joined(heads, message.data)
        case _:
            return Watched()


def _joined(heads: KeptHeads, data: MeetingState.Data) -> Watched:
    seen = heads.newest
    warning = heads.ends_at(data.sequence, data.head)
    if warning is None and data.head is not None:
        warning = heads.see(data.head)
    if warning is not None or seen is None:
        return Watched(warning)
    asked = RecordHeadGet.Data(meeting_id=data.meeting_id, sequence=seen.sequence)
    return Watched(question=RecordHeadGet(data=asked))
