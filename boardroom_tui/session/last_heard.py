"""How far a client has heard of its meeting: when it comes back, it is told what came after."""

from datetime import datetime

from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind, bare
from boardroom_tui.protocol.messages.meeting import LastHeard, MeetingJoin, MeetingState


class Hearing:
    """What was heard of the meeting that was joined last.

    Of two at once it cannot be told which one's decisions are heard of: then an event has not the
    time that the server knows of it, and the server tells everything.
    """

    def __init__(self) -> None:
        self._meeting = ""
        self._role: Role | None = None
        self._last: tuple[int, datetime, Role] | None = None
        """The event that was heard of last, when it happened, and who one was."""
        self._follows = False
        """Whether this connection was told how things stand, so that it misses nothing since."""

    def joined(self, role: Role) -> None:
        """A meeting is joined in this role; how it stands is told next."""
        self._role = role

    def heard(self, message: ServerMessage) -> None:
        """Something was said by the server."""
        if isinstance(message, MeetingState):
            self._begin(message.data)
        elif self._follows and self._last is not None and message.metadata is not None:
            sequence, at = message.metadata.sequence, message.metadata.timestamp
            if sequence is not None and at is not None and sequence > self._last[0]:
                self._last = sequence, at, self._last[2]

    def disconnected(self) -> None:
        """Nothing more is heard until a meeting is joined again."""
        self._follows = False
        self._role = None

    def resumed(self, join: MeetingJoin) -> MeetingJoin:
        """The request to join again, after what was heard of the same meeting."""
        if self._last is None or bare(Kind.MEETING, join.data.meeting_id) != self._meeting:
            return join
        sequence, at, role = self._last
        last = LastHeard(sequence=sequence, at=at, role=role)
        data = join.data.model_copy(update={"last_heard": last})
        return join.model_copy(update={"data": data})

    def _begin(self, data: MeetingState.Data) -> None:
        self._meeting = bare(Kind.MEETING, data.meeting_id)
        self._follows = True
        self._last = None
        if self._role is not None and data.recorded_at is not None:
            self._last = data.sequence, data.recorded_at, self._role
