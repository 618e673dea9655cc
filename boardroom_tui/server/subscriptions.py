"""Channels that clients subscribe to by name."""

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.protocol.authorisation import CHANNEL_WORDS, Resource
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.identifiers import Channel, Kind, parse_channel
from boardroom_tui.protocol.messages.subscription import (
    Subscribe,
    SubscriptionUpdate,
    Unsubscribe,
)
from boardroom_tui.server.channels import Channels, Watch
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.rooms import Rooms

UNKNOWN = CHANNEL_WORDS[ErrorCode.RESOURCE_NOT_FOUND]


class Subscriptions:
    """Who may hear what."""

    def __init__(self, rooms: Rooms, channels: Channels) -> None:
        self._rooms = rooms
        self._channels = channels

    def subscribe(self, peer: Peer, request: Subscribe) -> None:
        """Grant what may be granted and say why the rest is not."""
        failed: dict[str, str] = {}
        for name in request.data.channels:
            wanted = parse_channel(name)
            reason = UNKNOWN if wanted is None else self._objection(peer, wanted)
            if wanted is None or reason is not None:
                failed[name] = reason or UNKNOWN
                continue
            peer.subscriptions[wanted] = name
            self._channels.add(peer, [wanted])
        self._answer(peer, request, failed)

    def unsubscribe(self, peer: Peer, request: Unsubscribe) -> None:
        """Stop what goes to these channels, joined or not."""
        failed: dict[str, str] = {}
        for name in request.data.channels:
            unwanted = parse_channel(name)
            if unwanted is None:
                failed[name] = UNKNOWN
                continue
            peer.subscriptions.pop(unwanted, None)
            self._channels.remove(peer, [unwanted])
            room = self._rooms.find(unwanted.identifier)
            if unwanted.kind is Kind.MEETING and room is not None:
                self._channels.remove(peer, [Watch(room.id)])
        self._answer(peer, request, failed)

    def _objection(self, peer: Peer, wanted: Channel) -> str | None:
        """Why a peer may not hear of this, or None if it may."""
        match wanted.kind:
            case Kind.USER if wanted.identifier == peer.user:
                return None
            case Kind.USER:
                found = self._rooms.refused(peer, Resource.USER, wanted.identifier, exists=True)
            case Kind.MEETING:
                found = self._rooms.seat(peer, wanted.identifier)
            case Kind.DECISION:
                found = self._rooms.seat_at_decision(peer, wanted.identifier)
        return CHANNEL_WORDS[found.code] if isinstance(found, Refusal) else None

    def _answer(self, peer: Peer, request: Subscribe | Unsubscribe, failed: dict[str, str]) -> None:
        """What the client is subscribed to now, in its own words."""
        subscribed = tuple(peer.subscriptions.values())
        data = SubscriptionUpdate.Data(subscribed=subscribed, failed=failed)
        peer.answer(request, SubscriptionUpdate(data=data))
