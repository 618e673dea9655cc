"""A client's requests: posted, written, answered; over as many connections as it takes."""

from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.codec import encode
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.collaboration import CursorMove, Typing
from boardroom_tui.protocol.messages.connection import AuthRefresh, ConnectionReady, Ping, Refused
from boardroom_tui.protocol.messages.meeting import MeetingJoin, MeetingState, ParticipantJoined
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge
from boardroom_tui.protocol.messages.presence import PresenceSubscribe
from boardroom_tui.protocol.messages.private import PrivateReceived
from boardroom_tui.protocol.moment import Moment
from boardroom_tui.session.allowance import Allowance
from boardroom_tui.session.client_output import ClientOutput, Settled, Write
from boardroom_tui.session.doubtful import Doubtful, is_doubtful, unanswered
from boardroom_tui.session.fleeting import Fleeting
from boardroom_tui.session.last_heard import Hearing
from boardroom_tui.session.outbox import Hold, Outbox, Pending
from boardroom_tui.session.refusal import limit_of, refusal, wait_before_retry
from boardroom_tui.session.stamp import stamped
from boardroom_tui.session.standing import Standing, covers, is_state

CAPACITY = 1_000
"""More unanswered requests than this are refused by the client itself."""


_STATE = MeetingState.model_fields["type"].default
_ONLY_NOW = (Ping, AuthRefresh, NotificationAcknowledge, CursorMove, Typing, PrivateReceived)


def matters_only_now(message: ClientMessage) -> bool:
    """Whether a message is sent at once or never, and nobody waits for its answer."""
    return isinstance(message, _ONLY_NOW)


class Requests:
    """What was asked of the server, and what of it has no answer yet."""

    def __init__(
        self, meeting_id: str | None, role: Role | None, run_id: str, *, resumes: bool = False
    ) -> None:
        self.server: ConnectionReady.Data | None = None
        """What the server last said of itself and of the user."""
        self.online = False
        """Whether something may be written now."""
        self.over = False
        """Whether nothing will ever be written again."""
        self._run_id = run_id
        self._count = 0
        self._allowance = Allowance()
        self._outbox = Outbox(self._allowance)
        self._fleeting = Fleeting(self._allowance)
        self._standing = Standing(meeting_id, role)
        self._hearing = Hearing() if resumes else None
        self._doubtful = Doubtful()
        self._unsettled: list[ClientMessage] = []
        """Requests for state whose connection went before the answer came."""

    def __len__(self) -> int:
        """How many requests have no answer yet, of those that survive a connection."""
        return len(self._outbox) + len(self._doubtful)

    @property
    def holds(self) -> tuple[Hold, ...]:
        """What a rate limit holds back."""
        return self._outbox.holds

    @property
    def release_at(self) -> float | None:
        """When `due` has something to write again, in monotonic seconds; None if never."""
        times = (self._outbox.release_at, self._fleeting.release_at, self._doubtful.until)
        return min((at for at in times if at is not None), default=None)

    def post(self, message: ClientMessage, now: Moment) -> tuple[str, list[ClientOutput]]:
        """Send a message as soon as that is possible; its id, and what comes of it now.

        A message that has an id keeps it, and while that id waits it is not sent again.
        """
        request_id = message.id or self._new_id()
        request = self._stamped(message, request_id, now)
        if request_id in self._outbox:
            return request_id, []
        problem = self._obstacle(request) or self._unknown(request)
        if problem is not None:
            return request_id, [Settled(request, problem)]
        if matters_only_now(request):
            if not self.online:
                return request_id, []
            self._fleeting.add(request)
            return request_id, self.due(now)
        self._standing.note(request)
        if is_state(request) and not self.online:
            self._unsettled.append(request)
            return request_id, []
        self._outbox.add(Pending(request_id, request, [request], is_state(request)))
        return request_id, self.due(now)

    def resume(self, server: ConnectionReady.Data, now: Moment) -> list[ClientOutput]:
        """A connection is ready: restore the state, then repeat what has no answer."""
        self.server = server
        self.online = True
        self._allowance.connected(server)
        outputs: list[ClientOutput] = []
        for pending in self._outbox.pending:
            problem = self._unknown(pending.message)
            if problem is not None:
                self._outbox.remove(pending, now.monotonic)
                outputs += self._settled(pending, problem)
        if not server.extensions:
            doubtful = [one for one in self._outbox.pending if is_doubtful(one)]
            for one in doubtful:
                self._outbox.remove(one, now.monotonic)
            self._doubtful.add(doubtful, now.monotonic)
        for request in self._standing.requests():
            request_id = self._new_id()
            asked = [earlier for earlier in self._unsettled if covers(request, earlier)]
            self._unsettled = [other for other in self._unsettled if other not in asked]
            stamped_request = self._stamped(self._resumed(request), request_id, now)
            self._outbox.add(Pending(request_id, stamped_request, asked, state=True))
        for overtaken in self._unsettled:
            reason = "A later request undid this one before it was answered."
            outputs.append(Settled(overtaken, _refused(overtaken, reason)))
        self._unsettled = []
        return [*outputs, *self.due(now)]

    def answer(self, message: ServerMessage, now: Moment) -> list[ClientOutput]:
        """Settle what a message answers, if it answers something."""
        if self.server is None:
            return []
        if self._hearing is not None:
            self._hearing.heard(message)
        if self._outbox.is_empty and not self._doubtful:
            return []
        pending = self._outbox.answered_by(
            message, self.server.user_id, correlates=bool(self.server.extensions)
        )
        if pending is None:
            repeated = self._doubtful.answered_by(message, self.server.user_id)
            return [] if repeated is None else self._settled(repeated, message)
        if isinstance(message, Refused) and message.data.code is ErrorCode.RATE_LIMITED:
            until = now.monotonic + wait_before_retry(message)
            self._outbox.hold(pending, until, limit_of(message))
            return self.due(now)
        if self._hearing is not None and isinstance(message, ParticipantJoined):
            self._hearing.joined(message.data.participant.role)
        self._outbox.remove(pending, now.monotonic)
        self._ask_who_is_here(pending.message, message, now)
        return [*self._settled(pending, message), *self.due(now)]

    def due(self, now: Moment) -> list[ClientOutput]:
        """What to write now."""
        if not self.online:
            return []
        lasting = self._outbox.due(now.monotonic)
        outputs: list[ClientOutput] = [
            _write(message) for message in (*lasting, *self._fleeting.due(now.monotonic))
        ]
        for pending in self._doubtful.given_up(now.monotonic):
            outputs += self._settled(pending, unanswered(pending))
        return outputs

    def disconnected(self, now: Moment) -> None:
        """The connection is gone, and with it all state."""
        self.online = False
        self._unsettled += self._outbox.disconnected(now.monotonic)
        self._fleeting.disconnected()
        if self._hearing is not None:
            self._hearing.disconnected()

    def _new_id(self) -> str:
        self._count += 1
        return f"{self._run_id}-{self._count}"

    def _stamped(self, message: ClientMessage, request_id: str, now: Moment) -> ClientMessage:
        # A server may repeat only this, or only the id: both are the same unless a caller chose.
        correlation = message.correlation or request_id
        user_id = None if self.server is None else self.server.user_id
        return stamped(message, request_id, now, user_id=user_id, correlation_id=correlation)

    def _ask_who_is_here(self, request: ClientMessage, answer: ServerMessage, now: Moment) -> None:
        """A server that does not tell how a meeting stands says on asking who is in it."""
        if self._hearing is None or self._is_told or not isinstance(request, MeetingJoin):
            return
        if isinstance(answer, ParticipantJoined):
            data = PresenceSubscribe.Data(room_id=request.data.meeting_id)
            request_id = self._new_id()
            asked = self._stamped(PresenceSubscribe(data=data), request_id, now)
            self._outbox.add(Pending(request_id, asked, [], state=True))

    def _resumed(self, request: ClientMessage) -> ClientMessage:
        """A request for the state of before, as it goes to a server that may know the rest."""
        if self._hearing is None or not isinstance(request, MeetingJoin):
            return request
        return self._hearing.resumed(request) if self._is_told else request

    @property
    def _is_told(self) -> bool:
        """Whether the server tells who joins how the meeting stands."""
        return self.server is not None and _STATE in (self.server.extensions or ())

    def _obstacle(self, request: ClientMessage) -> Refused | None:
        """Why nothing more can be sent, if so."""
        if self.over:
            return _refused(request, "The connection has ended.")
        waiting = (self._outbox, self._doubtful, self._unsettled, self._fleeting)
        if sum(map(len, waiting)) >= CAPACITY:
            return _refused(request, f"{CAPACITY} requests wait already.")
        return None

    def _unknown(self, request: ClientMessage) -> Refused | None:
        """Whether the request is ours and not the reference's, and this server knows it not."""
        if self.server is None or not request.extension:
            return None
        if request.type in (self.server.extensions or ()):
            return None
        reason = f"This server does not know {request.type}."
        return _refused(request, reason, ErrorCode.INVALID_MESSAGE)

    def _settled(self, pending: Pending, answer: ServerMessage) -> list[ClientOutput]:
        return [Settled(request, answer) for request in pending.asked]


def _write(message: ClientMessage) -> Write:
    return Write(encode(message), compressible=message.compressible)


def _refused(
    request: ClientMessage, reason: str, code: ErrorCode = ErrorCode.CONNECTION_ERROR
) -> Refused:
    """A refusal by this end itself."""
    return refusal(code, reason, correlation=request.correlation)
