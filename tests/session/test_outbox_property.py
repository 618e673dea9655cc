"""Whatever the connection does, each request is answered once or still waits, under one id.

A server with a memory of ids plays the other side: it may be lost at any moment, before or after
it acted on a message, and may refuse for a while.
"""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.session.client_output import ClientOutput, Hangup, Settled
from boardroom_tui.session.connection import Phase
from tests.session.dialogue import chat, client, connect
from tests.session.script import at, frame, only, written


class LossyConversation(RuleBasedStateMachine):
    """A client that says things, and a server that hears some of them."""

    def __init__(self) -> None:
        super().__init__()
        self.session = client("meeting_123")
        self.seconds = 0.0
        self.asked: dict[str, str] = {}
        self.answers: dict[str, int] = {}
        self.recorded: dict[str, str] = {}
        self.order: list[str] = []
        self.on_the_wire: list[ChatSend] = []

    def perform(self, outputs: list[ClientOutput]) -> None:
        self.on_the_wire += [m for m in written(outputs) if isinstance(m, ChatSend)]
        for output in only(Settled, outputs):
            assert output.request.id is not None
            self.answers[output.request.id] = self.answers.get(output.request.id, 0) + 1
        if only(Hangup, outputs):
            self.drop()

    def answer(self, message: ChatSend) -> str:
        data = {
            "meetingId": "meeting_123",
            "messageId": f"msg_{self.order.index(message.data.message)}",
            "userId": "user_456",
            "userName": "John Doe",
            "message": message.data.message,
            "timestamp": "2027-01-15T12:00:00Z",
        }
        return frame("meeting.chat.message", data, metadata={"correlationId": message.id})

    @initialize()
    def first_connection(self) -> None:
        self.perform(connect(self.session))

    @rule()
    def say(self) -> None:
        text = f"words {len(self.asked)}"
        request_id, outputs = self.session.send(chat(text), at(self.seconds))
        assert request_id not in self.asked
        self.asked[request_id] = text
        self.perform(outputs)

    @precondition(lambda self: self.on_the_wire)
    @rule(answer_arrives=st.booleans(), limited=st.booleans())
    def server_acts(self, answer_arrives: bool, limited: bool) -> None:
        message = self.on_the_wire.pop(0)
        assert message.id is not None
        if limited and message.id not in self.recorded:
            refused = frame(
                "error",
                {
                    "code": "RATE_LIMITED",
                    "message": "Rate limit exceeded",
                    "correlationId": message.id,
                    "retryAfter": 500,
                },
            )
            self.perform(self.session.received(refused, at(self.seconds)))
            return
        if message.id not in self.recorded:
            self.recorded[message.id] = message.data.message
            self.order.append(message.data.message)
        if answer_arrives:
            self.perform(self.session.received(self.answer(message), at(self.seconds)))
        else:
            self.drop()

    @rule()
    def drop(self) -> None:
        if self.session.connection.phase is Phase.READY or self.on_the_wire:
            self.on_the_wire.clear()
        self.session.lost(1006, "", 0.0, at(self.seconds))

    @precondition(lambda self: self.session.connection.phase is Phase.WAITING)
    @rule()
    def come_back(self) -> None:
        self.perform(connect(self.session, self.seconds))

    @rule(seconds=st.floats(0, 5))
    def time_passes(self, seconds: float) -> None:
        self.seconds += seconds
        self.perform(self.session.tick(at(self.seconds)))

    @invariant()
    def every_request_is_answered_once_or_still_waits(self) -> None:
        assert all(count == 1 for count in self.answers.values())
        assert self.session.connection.waiting == len(self.asked) - len(self.answers)

    @invariant()
    def nothing_goes_out_under_two_ids_or_with_two_contents(self) -> None:
        for message in self.on_the_wire:
            assert message.id is not None
            assert self.asked[message.id] == message.data.message
        assert len(self.order) == len(set(self.order))

    def teardown(self) -> None:
        """With a server that stays, everything is answered in the end."""
        if self.session.connection.phase is not Phase.READY:
            self.on_the_wire.clear()
            self.perform(connect(self.session, self.seconds))
        for _ in range(2 * len(self.asked) + 2):
            while self.on_the_wire:
                self.server_acts(answer_arrives=True, limited=False)
            self.seconds += 2.1
            self.perform(self.session.tick(at(self.seconds)))
        assert set(self.answers) == set(self.asked)


TestLossyConversation = LossyConversation.TestCase
