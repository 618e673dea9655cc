"""Channels that clients subscribe to by name."""

from boardroom_tui.protocol.identifiers import Channel, Kind, parse_channel
from boardroom_tui.protocol.messages.subscription import (
    Subscribe,
    SubscriptionUpdate,
    Unsubscribe,
)
from boardroom_tui.server.channels import Channels, Watch
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.rooms import Rooms

DENIED = "Permission denied"
UNKNOWN = "Not found"


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
            case Kind.USER:
                return None if wanted.identifier == peer.user else DENIED
            case Kind.MEETING:
                room = self._rooms.find(wanted.identifier)
            case Kind.DECISION:
                room = self._rooms.find_decision(wanted.identifier)
        if room is None:
            return UNKNOWN
        return DENIED if room.member(peer) is None else None

    def _answer(self, peer: Peer, request: Subscribe | Unsubscribe, failed: dict[str, str]) -> None:
        """What the client is subscribed to now, in its own words."""
        subscribed = tuple(peer.subscriptions.values())
        data = SubscriptionUpdate.Data(subscribed=subscribed, failed=failed)
        peer.answer(request, SubscriptionUpdate(data=data))
