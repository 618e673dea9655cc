"""What a client asks of every new connection: to be joined, subscribed and present as before."""

from collections.abc import Iterable, Iterator
from itertools import islice

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.identifiers import Kind, bare, parse_channel
from boardroom_tui.protocol.limits import CHANNELS_PER_MESSAGE
from boardroom_tui.protocol.messages.meeting import MeetingJoin, MeetingLeave
from boardroom_tui.protocol.messages.presence import PresenceSubscribe, PresenceUpdate
from boardroom_tui.protocol.messages.subscription import Subscribe, Unsubscribe


def is_state(message: ClientMessage) -> bool:
    """Whether a request sets state that ends with the connection.

    Such a request is not repeated after a reconnect; the state as it is by then is asked for.
    """
    return isinstance(message, MeetingJoin | Subscribe | PresenceUpdate | PresenceSubscribe)


class Standing:
    """The state that a client has asked for, from its own requests."""

    def __init__(self, meeting_id: str | None, role: Role | None) -> None:
        self._joins: dict[str, MeetingJoin] = {}
        self._channels: dict[str, str] = {}
        self._muted: dict[str, str] = {}
        self._presence: PresenceUpdate | None = None
        self._rooms: dict[str, PresenceSubscribe] = {}
        if meeting_id is not None:
            self.note(MeetingJoin(data=MeetingJoin.Data(meeting_id=meeting_id, role=role)))

    def note(self, request: ClientMessage) -> None:
        """Remember what a request changes; most change nothing that lasts a connection."""
        match request:
            case MeetingJoin(data=data):
                self._joins[bare(Kind.MEETING, data.meeting_id)] = request
                # Joining subscribes to the meeting and to its decisions, muted before or not.
                self._muted.clear()
            case MeetingLeave(data=data):
                self._joins.pop(bare(Kind.MEETING, data.meeting_id), None)
            case Subscribe(data=data):
                for key, name in _keyed(data.channels):
                    self._channels[key] = name
                    self._muted.pop(key, None)
            case Unsubscribe(data=data):
                for key, name in _keyed(data.channels):
                    self._channels.pop(key, None)
                    self._muted[key] = name
            case PresenceUpdate():
                self._presence = request
            case PresenceSubscribe(data=data):
                self._rooms[bare(Kind.MEETING, data.room_id)] = request
            case _:
                pass

    def requests(self) -> list[ClientMessage]:
        """What to ask of a new connection, in order; without ids and metadata."""
        muted = self._muted.values() if self._joins else ()
        asked: list[ClientMessage] = [
            *self._joins.values(),
            *(Unsubscribe(data=Unsubscribe.Data(channels=some)) for some in _portions(muted)),
            *(
                Subscribe(data=Subscribe.Data(channels=some))
                for some in _portions(self._channels.values())
            ),
            *(() if self._presence is None else (self._presence,)),
            *self._rooms.values(),
        ]
        return [request.model_copy(update={"id": None, "metadata": None}) for request in asked]


def covers(request: ClientMessage, earlier: ClientMessage) -> bool:
    """Whether the answer to `request` also answers `earlier`, which it stands for."""
    match request, earlier:
        case MeetingJoin(data=now), MeetingJoin(data=then):
            return bare(Kind.MEETING, now.meeting_id) == bare(Kind.MEETING, then.meeting_id)
        case Subscribe(data=now), Subscribe(data=then):
            asked = {key for key, _ in _keyed(now.channels)}
            return any(key in asked for key, _ in _keyed(then.channels))
        case PresenceUpdate(), PresenceUpdate():
            return True
        case PresenceSubscribe(data=now), PresenceSubscribe(data=then):
            return bare(Kind.MEETING, now.room_id) == bare(Kind.MEETING, then.room_id)
        case _:
            return False


def _keyed(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each channel's name with the form in which two names are compared."""
    return ((str(parse_channel(name) or name), name) for name in names)


def _portions(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The names in as many portions as messages are needed for them."""
    left = iter(names)
    return iter(lambda: tuple(islice(left, CHANNELS_PER_MESSAGE)), ())
