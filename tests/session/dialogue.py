"""A client in a conversation with a server that the test plays."""

from collections.abc import Sequence

from boardroom_tui.protocol.catalogue import EXTENSIONS
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.session.client import ClientSession
from boardroom_tui.session.client_output import ClientOutput
from tests.session.script import at, frame


def client(meeting_id: str | None = None) -> ClientSession:
    """A client at noon, before its first attempt."""
    return ClientSession(meeting_id, None, "run", at(0))


def ready(*, user: str = "user_456", extensions: Sequence[str] | None = EXTENSIONS) -> str:
    """The server's first frame; without `extensions` it knows only the reference."""
    data: dict[str, object] = {
        "sessionId": "session_1",
        "userId": user,
        "permissions": ["read", "write"],
        "serverTime": "2027-01-15T12:00:00Z",
    }
    if extensions is not None:
        data["extensions"] = list(extensions)
    return frame("connection.ready", data)


def connect(
    session: ClientSession, seconds: float = 0, first: str | None = None
) -> list[ClientOutput]:
    """An attempt that succeeds; what the client does about `connection.ready`."""
    session.connecting(at(seconds))
    session.opened(at(seconds))
    return session.received(first or ready(), at(seconds))


def chat(text: str = "Hello") -> ChatSend:
    """Something to say."""
    return ChatSend(data=ChatSend.Data(meeting_id="meeting_123", message=text))


def pong() -> str:
    """The answer to the client's heartbeat."""
    data = {"timestamp": "2027-01-15T12:00:00Z", "latency": 1}
    return frame("connection.heartbeat.pong", data)
