"""Our client and our server, frame by frame, with no socket between them."""

from datetime import timedelta

from boardroom_tui.protocol.codec import encode
from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.connection import AuthRefresh
from boardroom_tui.protocol.messages.meeting import ChatMessage, ChatSend, MeetingJoin
from boardroom_tui.session.client import ClientSession
from boardroom_tui.session.client_output import (
    ClientOutput,
    Ended,
    Hangup,
    NewTokenWanted,
    Retry,
    Settled,
    Write,
)
from boardroom_tui.session.connection import Phase
from boardroom_tui.session.identity import Identity
from boardroom_tui.session.rates import Buckets
from boardroom_tui.session.server import ServerSession
from boardroom_tui.session.server_output import Close, Deliver, Send, ServerOutput
from tests.session.dialogue import chat, client
from tests.session.script import NOON, at


def identity(life: float) -> Identity:
    return Identity("user_456", "John Doe", Role.PARTICIPANT, NOON + timedelta(seconds=life))


class Line:
    """A perfect line: what one end says, the other hears at once; answers to chat are given."""

    def __init__(self, session: ClientSession, life: float = 3600) -> None:
        self.client = session
        self.user_buckets = Buckets()
        self.life = life
        self.renews = True
        self.delivered: list[object] = []
        self.heard: list[ClientOutput] = []
        self.server: ServerSession | None = None

    def connect(self, seconds: float) -> None:
        self.server = ServerSession(
            "session_1", identity(seconds + self.life), Buckets(), self.user_buckets, at(seconds)
        )
        self.client.connecting(at(seconds))
        self.client.opened(at(seconds))
        self.to_client(self.server.start(at(seconds)), seconds)

    def pass_time(self, seconds: float) -> None:
        self.to_server(self.client.tick(at(seconds)), seconds)
        if self.server is not None:
            self.to_client(self.server.tick(at(seconds)), seconds)

    def to_server(self, outputs: list[ClientOutput], seconds: float) -> None:
        self.heard += outputs
        for output in outputs:
            if isinstance(output, Write) and self.server is not None:
                self.to_client(self.server.receive(output.frame, at(seconds)), seconds)
            elif isinstance(output, NewTokenWanted) and self.renews:
                self.to_server(self.client.new_token("new", at(seconds)), seconds)

    def to_client(self, outputs: list[ServerOutput], seconds: float) -> None:
        for output in outputs:
            match output:
                case Send(message):
                    self.to_server(self.client.received(encode(message), at(seconds)), seconds)
                case Close(code, reason):
                    self.server = None
                    self.to_server(self.client.lost(code, reason, 0.0, at(seconds)), seconds)
                case Deliver(message):
                    self.delivered.append(message)
                    self.act(message, seconds)

    def act(self, message: object, seconds: float) -> None:
        assert self.server is not None
        if isinstance(message, ChatSend):
            said = ChatMessage.Data(
                meeting_id="meeting_123",
                message_id="msg_1",
                user_id="user_456",
                user_name="John Doe",
                message=message.data.message,
                timestamp=at(seconds).wall,
            )
            answer = self.server.answer(message, ChatMessage(data=said), at(seconds))
            self.to_client([Send(answer)], seconds)
        elif isinstance(message, AuthRefresh):
            new = identity(seconds + self.life)
            self.to_client(self.server.renewed(new, message, at(seconds)), seconds)

    def of(self, kind: type[ClientOutput]) -> list[ClientOutput]:
        return [output for output in self.heard if isinstance(output, kind)]


def test_a_quiet_connection_lives_for_hours_with_heartbeats_and_renewals():
    line = Line(client("meeting_123"), life=600)
    line.connect(0)
    for seconds in range(1, 4 * 3600):
        line.pass_time(seconds)
    assert line.client.connection.phase is Phase.READY
    assert line.client.connection.since == NOON
    assert line.client.connection.latency_ms == 0.0
    assert sum(isinstance(message, AuthRefresh) for message in line.delivered) == 26
    assert isinstance(line.delivered[0], MeetingJoin)


def test_a_client_without_a_new_token_is_told_to_get_one_at_the_end():
    line = Line(client(), life=40)
    line.renews = False
    line.connect(0)
    for seconds in range(1, 60):
        line.pass_time(seconds)
    assert line.of(Retry) == [
        Retry(at(41).monotonic, "the token ran out and was not renewed in time", fresh_token=True)
    ]


def test_a_burst_over_the_limit_arrives_in_the_end_whole_and_in_order():
    line = Line(client())
    line.connect(0)
    texts = [f"words {number}" for number in range(40)]
    for text in texts:
        line.to_server(line.client.send(chat(text), at(1))[1], 1)
    assert len(line.of(Settled)) == 30
    for tenth in range(10, 400):
        line.pass_time(tenth / 10)
    assert len(line.of(Settled)) == 40
    assert [m.data.message for m in line.delivered if isinstance(m, ChatSend)] == texts
    assert line.client.connection.held == ()


def test_a_displaced_client_does_not_come_back():
    line = Line(client())
    line.connect(0)
    assert line.server is not None
    line.to_client(
        line.server.end(CloseCode.DISPLACED, at(5), reason="You are connected elsewhere."), 5
    )
    assert line.of(Ended) == [Ended(4509, "You are connected elsewhere")]
    assert line.of(Hangup) == []
