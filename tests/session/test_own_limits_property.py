"""Our server, with the reference's limits, never refuses our client for its rate.

Whatever is asked of the client and whenever, however often the connection is lost, and however
long frames are on their way: up to the ten seconds after which the client takes them for counted.
"""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.codec import encode
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Status
from boardroom_tui.protocol.messages.collaboration import CursorMove, Position, Typing
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.meeting import ChatSend, MeetingJoin
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge
from boardroom_tui.protocol.messages.presence import PresenceUpdate
from boardroom_tui.protocol.messages.subscription import Subscribe
from boardroom_tui.session.allowance import COUNTED_SECONDS
from boardroom_tui.session.client_output import ClientOutput, Hangup, Settled, Write
from boardroom_tui.session.rates import Buckets
from boardroom_tui.session.server import ServerSession
from boardroom_tui.session.server_output import Close, Deliver, Send, ServerOutput
from tests.session.asking import (
    correlated,
    joined,
    presence,
    recorded,
    said,
    subscribe,
    subscribed,
    vote,
)
from tests.session.dialogue import chat, client
from tests.session.script import at, frame
from tests.session.test_both_ends import identity

MANY = st.integers(1, 45)


def answer(request: ClientMessage) -> str | None:
    """What a server answers."""
    correlation = request.correlation
    match request:
        case ChatSend(data=data):
            return said(data.message, answering=correlation)
        case VoteCast(data=data):
            return recorded(data.decision_id, answering=correlation)
        case MeetingJoin():
            return joined(answering=correlation)
        case Subscribe(data=data):
            return subscribed(*data.channels, answering=correlation)
        case PresenceUpdate():
            changed = {"userId": "user_456", "status": "away", "lastSeen": "2027-01-15T12:00:00Z"}
            return frame("presence.changed", changed, **correlated(correlation))
        case _:
            return None


class UnderItsLimits(RuleBasedStateMachine):
    """A client, a server, and a line on which frames take as long as the test likes."""

    def __init__(self) -> None:
        super().__init__()
        self.client = client("meeting_123")
        self.user_buckets = Buckets()
        self.server: ServerSession | None = None
        self.seconds = 0.0
        self.to_server: list[tuple[float, str]] = []
        """By when they were written."""
        self.to_client: list[str] = []
        self.refused: list[Refused] = []
        self.said = 0
        self.taken: list[int] = []
        """What the client has not refused at once, since too much waited already."""
        self.heard: list[int] = []

    @precondition(lambda self: self.server is None)
    @rule()
    def connect(self) -> None:
        self.seconds += 1
        now = at(self.seconds)
        self.server = ServerSession(
            "session_1", identity(self.seconds + 1e6), Buckets(), self.user_buckets, now
        )
        self.client.connecting(now)
        self.client.opened(now)
        self.of_the_server(self.server.start(now))
        self.answers_come(1)

    @rule(count=MANY)
    def say(self, count: int) -> None:
        for _ in range(count):
            if self.ask(chat(str(self.said))):
                self.taken.append(self.said)
            self.said += 1

    @rule(count=MANY)
    def ask_for_all_else(self, count: int) -> None:
        cursor = CursorMove.Data(document_id="doc_1", position=Position(line=1, column=1))
        for number in range(count):
            self.ask(vote(f"decision_{number}"))
            self.ask(subscribe(f"decision:{number}"))
            self.ask(presence(Status.AWAY if number % 2 else Status.BUSY))
            self.ask(Typing(data=Typing.Data(room_id="meeting_123", is_typing=number % 2 == 0)))
            self.ask(CursorMove(data=cursor))
            seen = NotificationAcknowledge.Data(notification_id=f"n_{number}")
            self.ask(NotificationAcknowledge(data=seen))

    @rule(count=st.integers(1, 8))
    def join(self, count: int) -> None:
        for number in range(count):
            self.ask(MeetingJoin(data=MeetingJoin.Data(meeting_id=f"meeting_{number}")))

    @rule(count=MANY)
    def frames_come(self, count: int) -> None:
        for _ in range(count):
            if self.server is not None and self.to_server:
                self.next_frame_comes(self.server)

    @rule(count=MANY)
    def answers_come(self, count: int) -> None:
        for _ in range(count):
            if self.to_client:
                self.perform(self.client.received(self.to_client.pop(0), at(self.seconds)))

    @rule(seconds=st.floats(0, 8))
    def time_passes(self, seconds: float) -> None:
        late = self.seconds + seconds - COUNTED_SECONDS
        while self.server is not None and self.to_server and self.to_server[0][0] <= late:
            self.next_frame_comes(self.server)
        self.seconds += seconds
        if self.server is not None:
            self.of_the_server(self.server.tick(at(self.seconds)))
        self.perform(self.client.tick(at(self.seconds)))

    @precondition(lambda self: self.server is not None)
    @rule()
    def drop(self) -> None:
        self.server = None
        self.to_server.clear()
        self.to_client.clear()
        self.client.lost(1006, "", 0.0, at(self.seconds))

    @invariant()
    def nothing_is_refused_for_its_rate(self) -> None:
        assert self.refused == []

    @invariant()
    def words_come_in_the_order_in_which_they_were_said(self) -> None:
        first_times = list(dict.fromkeys(self.heard))
        assert first_times == sorted(first_times)

    def next_frame_comes(self, server: ServerSession) -> None:
        _, frame = self.to_server.pop(0)
        self.of_the_server(server.receive(frame, at(self.seconds)))

    def ask(self, message: ClientMessage) -> bool:
        """Ask the client; whether it takes it."""
        outputs = self.client.send(message, at(self.seconds))[1]
        self.perform(outputs)
        settled = [one.request.data for one in outputs if isinstance(one, Settled)]
        return message.data not in settled

    def perform(self, outputs: list[ClientOutput]) -> None:
        for output in outputs:
            if isinstance(output, Write):
                self.to_server.append((self.seconds, output.frame))
            elif isinstance(output, Hangup) and self.server is not None:
                self.drop()

    def of_the_server(self, outputs: list[ServerOutput]) -> None:
        assert self.server is not None
        for output in outputs:
            match output:
                case Send(message):
                    if isinstance(message, Refused) and message.data.code is ErrorCode.RATE_LIMITED:
                        self.refused.append(message)
                    self.to_client.append(encode(message))
                case Deliver(message):
                    if isinstance(message, ChatSend):
                        self.heard.append(int(message.data.message))
                    answered = answer(message)
                    if answered is not None:
                        self.to_client.append(answered)
                case Close():
                    self.drop()
                    return

    def teardown(self) -> None:
        """On a line that lasts, all that was said and taken is heard in the end."""
        for _ in range(4_000):  # of 2 s each: at ten votes a minute all the votes take two hours
            if self.client.connection.waiting == 0:
                break
            if self.server is None:
                self.connect()
            self.frames_come(200)
            self.answers_come(1_000)
            self.time_passes(2.0)
        self.nothing_is_refused_for_its_rate()
        assert sorted(set(self.heard)) == self.taken


def test_our_server_never_refuses_our_client_for_its_rate():
    often = settings(max_examples=15, stateful_step_count=25)
    run_state_machine_as_test(UnderItsLimits, settings=often)  # pyright: ignore[reportUnknownMemberType]
