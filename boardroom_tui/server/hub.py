"""Every connection and every meeting: what each message of a client does."""

import secrets
from collections import Counter
from functools import partial

from boardroom_tui.clock import read_clocks
from boardroom_tui.heads import HeadSigner
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.errors import CloseCode, ErrorCode
from boardroom_tui.protocol.identifiers import Kind, channel, same
from boardroom_tui.protocol.messages.collaboration import CursorMove, Typing
from boardroom_tui.protocol.messages.connection import AuthRefresh, Ping
from boardroom_tui.protocol.messages.decision import DecisionCommentsGet
from boardroom_tui.protocol.messages.electorate import DecisionRemind
from boardroom_tui.protocol.messages.history import ChatHistoryGet
from boardroom_tui.protocol.messages.meeting import MeetingJoin, MeetingLeave
from boardroom_tui.protocol.messages.minutes import MinutesGet
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge
from boardroom_tui.protocol.messages.presence import PresenceSubscribe, PresenceUpdate
from boardroom_tui.protocol.messages.private import PrivateSend
from boardroom_tui.protocol.messages.receipt import ReceiptGet
from boardroom_tui.protocol.messages.record import RecordHeadGet
from boardroom_tui.protocol.messages.subscription import Subscribe, Unsubscribe
from boardroom_tui.record.journal import Journal
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.server.admission import Admission
from boardroom_tui.server.channels import Channels
from boardroom_tui.server.collaboration import Collaboration
from boardroom_tui.server.correspondence import Correspondence, Private
from boardroom_tui.server.drafts import Drafts
from boardroom_tui.server.history import tell_history
from boardroom_tui.server.joining import Joining
from boardroom_tui.server.metrics import Metrics
from boardroom_tui.server.notifications import Notifications
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.presence import PresenceBoard
from boardroom_tui.server.proceedings import Lasting, Proceedings
from boardroom_tui.server.receipts import Receipts
from boardroom_tui.server.requests import Requests
from boardroom_tui.server.rooms import Rooms
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.signed_heads import SignedHeads
from boardroom_tui.server.subscriptions import Subscriptions
from boardroom_tui.server.tokens import TokenProblem, Tokens

Passing = (
    Ping
    | AuthRefresh
    | MeetingJoin
    | MeetingLeave
    | PresenceUpdate
    | PresenceSubscribe
    | NotificationAcknowledge
    | DecisionRemind
    | CursorMove
    | Typing
    | Subscribe
    | Unsubscribe
    | Private
)
"""What a client asks for that does not go on record under its id."""


class Hub:
    """Puts each message into the hands of its subject."""

    def __init__(
        self,
        settings: Settings,
        rooms: Rooms,
        *,
        journal: Journal,
        mailbox: Mailbox,
        tokens: Tokens,
        admission: Admission,
        signer: HeadSigner,
        metrics: Metrics,
    ) -> None:
        self._rooms = rooms
        self._tokens = tokens
        self._admission = admission
        self._channels = Channels(f"event_{secrets.token_hex(6)}", metrics)
        self._requests = Requests(journal)
        self._presence = PresenceBoard(rooms, self._channels)
        self._notifications = Notifications(self._channels, settings.warning_seconds)
        self._collaboration = Collaboration(rooms, self._channels)
        self._subscriptions = Subscriptions(rooms, self._channels)
        self._joining = Joining(
            rooms, self._channels, self._presence, self._notifications, settings.grace_seconds
        )
        self._proceedings = Proceedings(
            rooms,
            self._channels,
            self._notifications,
            presence=self._presence,
            requests=self._requests,
            journal=journal,
        )
        self._signed_heads = SignedHeads(rooms, self._channels, journal, signer)
        self._drafts = Drafts(rooms, journal)
        self._receipts = Receipts(rooms, journal)
        self._correspondence = Correspondence(rooms, self._channels, self._requests, mailbox)
        self._peers: set[Peer] = set()
        self._connections: Counter[str] = Counter()
        """How many each user has."""
        self._by_client: dict[tuple[str, str], Peer] = {}
        self._stopping = False

    @property
    def peers(self) -> frozenset[Peer]:
        """Every connection that is in."""
        return frozenset(self._peers)

    def resume(self) -> None:
        """Take up what the meetings were doing when the server went down."""
        for room in self._rooms:
            self._notifications.resume(room)
            self._joining.resume(room)

    def welcome(self, peer: Peer) -> None:
        """Take in a connection; an older one of the same client gives way.

        It does so once the newer one has shown that somebody is there: a handshake may be late,
        and its client in on a connection that it made since.
        """
        self._peers.add(peer)
        self._connections[peer.user] += 1
        peer.start()
        if peer.client_id is not None:
            key = (peer.user, peer.client_id)
            if key in self._by_client:
                peer.when_alive(partial(self._displace, key, peer))
            else:
                self._by_client[key] = peer

    def _displace(self, key: tuple[str, str], newer: Peer) -> None:
        older = self._by_client.get(key)
        self._by_client[key] = newer
        if older is not None:
            older.end(CloseCode.DISPLACED)

    async def handle(self, peer: Peer, request: ClientMessage) -> None:
        """Do what a client asks, or tell it why not."""
        if not peer.has_spoken:
            # Before a client speaks it is sent nothing; from now on it hears what is for its user.
            peer.has_spoken = True
            self._channels.add(peer, [channel(Kind.USER, peer.user)])
        if isinstance(request, Lasting):
            refusal = await self._proceedings.handle(peer, request)
        elif isinstance(request, PrivateSend):
            refusal = await self._correspondence.send(peer, request)
        elif isinstance(request, DecisionCommentsGet):
            refusal = self._proceedings.tell_comments(peer, request)
        elif isinstance(request, ChatHistoryGet):
            refusal = tell_history(self._rooms, peer, request)
        elif isinstance(request, MinutesGet):
            refusal = await self._drafts.tell(peer, request)
        elif isinstance(request, ReceiptGet):
            refusal = await self._receipts.tell(peer, request)
        elif isinstance(request, RecordHeadGet):
            refusal = await self._signed_heads.tell(peer, request)
        else:
            refusal = await self._do_once(peer, request)
        if refusal is not None:
            peer.refuse(request, refusal)

    def gone(self, peer: Peer, *, for_good: bool) -> None:
        """A connection is gone; `for_good` if its client took its leave."""
        peer.stop_watching()
        self._peers.discard(peer)
        self._connections[peer.user] -= 1
        is_last = not self._connections[peer.user]
        if is_last:
            del self._connections[peer.user]
        if peer.client_id is not None and self._by_client.get((peer.user, peer.client_id)) is peer:
            del self._by_client[peer.user, peer.client_id]
        self._channels.forget(peer)
        self._correspondence.gone(peer)
        if self._stopping:
            return
        self._collaboration.gone(peer)
        self._joining.gone(peer, for_good=for_good)
        if is_last:
            self._presence.vanished(peer.session.identity.user_id)

    def drain(self) -> None:
        """From now on nobody who goes has left, and nothing comes but what was asked for."""
        self._stopping = True
        self._joining.stop()
        self._notifications.stop()
        self._correspondence.stop()

    async def stop(self) -> None:
        """Tell every client that the server goes away; nobody has left by that."""
        self.drain()
        peers = tuple(self._peers)
        for peer in peers:
            peer.end(CloseCode.GOING_AWAY)
        for peer in peers:
            await peer.connection.closed()

    async def _do_once(self, peer: Peer, request: Passing) -> Refusal | None:
        again = self._requests.is_known(peer.user, request)
        known = await self._requests.admit(peer.user, request)
        if isinstance(known, Refusal):
            return known
        refusal = await self._do(peer, request, again=again)
        self._requests.finish(peer.user, request, accepted=refusal is None)
        return refusal

    async def _do(  # noqa: PLR0912  (a branch for each message is the point of it)
        self, peer: Peer, request: Passing, *, again: bool
    ) -> Refusal | None:
        match request:
            case MeetingJoin():
                return await self._joining.join(peer, request)
            case MeetingLeave():
                return await self._joining.leave(peer, request)
            case PresenceUpdate():
                return self._presence.update(peer, request, again=again)
            case PresenceSubscribe():
                return self._presence.subscribe(peer, request)
            case DecisionRemind():
                return self._proceedings.remind(peer, request)
            case CursorMove():
                return self._collaboration.move_cursor(peer, request)
            case Typing():
                return self._collaboration.type(peer, request)
            case Subscribe():
                return self._subscriptions.subscribe(peer, request)
            case Unsubscribe():
                return self._subscriptions.unsubscribe(peer, request)
            case NotificationAcknowledge():
                return self._notifications.acknowledge(peer, request)
            case AuthRefresh():
                return self._renew(peer, request)
            case Ping():
                return None  # The session has answered it.
            case _:
                return await self._correspondence.do(peer, request, again=again)

    def _renew(self, peer: Peer, request: AuthRefresh) -> Refusal | None:
        """Let a connection live on under a new token; a refused one changes nothing."""
        now = read_clocks()
        bearer = self._tokens.verify(request.data.token, now.wall, self._rooms.reached())
        if isinstance(bearer, TokenProblem):
            return Refusal(ErrorCode.AUTH_FAILED, bearer.message)
        if same(Kind.USER, bearer.user_id, peer.session.identity.user_id):
            peer.cap = bearer.role
            self._joining.renewed(peer)
        peer.perform(peer.session.renewed(self._admission.identity(bearer), request, now))
        return None
