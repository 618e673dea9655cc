"""What is fuzzed, each as a function of bytes that raises where a promise is broken."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from cryptography.hazmat.primitives.asymmetric import ec

from boardroom_tui.protocol.cleaning import cleaned, cleaned_data
from boardroom_tui.protocol.codec import (
    Spoken,
    Undecodable,
    UnknownType,
    decode_client,
    decode_server,
    decode_spoken,
    encode,
)
from boardroom_tui.protocol.errors import CloseCode, ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.limits import IDENTIFIER_CHARACTERS, MESSAGE_ID_CHARACTERS
from boardroom_tui.protocol.messages.connection import AuthRefresh, ConnectionFailed, Refused
from boardroom_tui.server.tokens import Tokens
from boardroom_tui.session.client import ClientSession
from boardroom_tui.session.client_output import ClientOutput, Ended, Heard, Settled, Write
from boardroom_tui.session.identity import Identity
from boardroom_tui.session.rates import Buckets
from boardroom_tui.session.requests import CAPACITY
from boardroom_tui.session.server import ServerSession
from boardroom_tui.session.server_output import Close, Deliver, Send, ServerOutput
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.reduce import reduce
from tests.fuzz.choices import Choices
from tests.fuzz.frames import frame, refusal
from tests.session.script import NOON, at

MOVES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What must not reach a terminal; a newline may."""


STATE_BYTES = 4_096
"""A server's end of a connection is no larger than this, whatever came over it."""


def client_decoder(data: bytes) -> None:
    """A server's decoder: a message that survives the wire, or a refusal that can be sent."""
    outcome = decode_spoken(frame(Choices(data), "client"))
    if isinstance(outcome, Spoken):
        assert decode_client(encode(outcome.message)) == outcome.message
    else:
        _sayable(outcome)


def server_decoder(data: bytes) -> None:
    """A client's decoder: a message that can be drawn once it is cleaned, or a refusal."""
    outcome = decode_server(frame(Choices(data), "server"))
    if isinstance(outcome, UnknownType):
        assert not MOVES.search(json.dumps(cleaned_data(outcome.data), ensure_ascii=False))
    if isinstance(outcome, Undecodable | UnknownType):
        _sayable(outcome)
        return
    assert decode_server(encode(outcome)) == outcome
    shown = cleaned(outcome)
    assert cleaned(shown) == shown
    for text in _texts(shown.model_dump(mode="json")):
        assert not MOVES.search(text)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        members = cast("dict[str, Any] | list[Any]", value)
        for member in members.values() if isinstance(members, dict) else members:
            yield from _texts(member)


def _sayable(refused: Undecodable | UnknownType) -> None:
    """Whatever is repeated to its sender is short, and valid UTF-8."""
    if isinstance(refused, Undecodable):
        assert len(refused.reason) < 2_000
        refused.reason.encode()
    else:
        assert len(refused.type.encode()) <= 4 * IDENTIFIER_CHARACTERS
    if refused.correlation is not None:
        assert 0 < len(refused.correlation) <= MESSAGE_ID_CHARACTERS
        refused.correlation.encode()


def server_session(data: bytes) -> None:
    """A server's end: every output can be sent, each refusal is of a known code, the end is one."""
    choices = Choices(data)
    role = tuple(Role)[choices.number(3)]
    life = choices.number(256) * 20.0
    session = ServerSession("fuzz", _identity(role, life), Buckets(), Buckets(), at(0))
    watch = _ServerWatch()
    watch.see(session.start(at(0)))
    seconds = 0.0
    while choices:
        seconds += choices.number(16) ** 3 / 100
        now = at(seconds)
        match choices.number(12):
            case 0:
                watch.see(session.tick(now))
            case 1:
                session.heard(now, choices.number(256) / 10)
            case 2:
                other = Identity("user_457", "Jane", role, NOON + timedelta(days=1))
                fresh = _identity(role, seconds + 100)
                asked = AuthRefresh(id="fuzz-1", data=AuthRefresh.Data(token="t"))
                watch.see(session.renewed((other, fresh)[choices.number(2)], asked, now))
            case 3 if choices.number(8) == 1:
                close = tuple(CloseCode)[choices.number(len(CloseCode))]
                watch.see(session.end(close, now))
            case _:
                watch.see(session.receive(frame(choices, "client"), now))
        assert session.next_tick(now) >= 0


def _identity(role: Role, life: float) -> Identity:
    return Identity("user_456", "John Doe", role, NOON + timedelta(seconds=life))


class _ServerWatch:
    """Checks what a server's end asks for, up to the end and not beyond."""

    def __init__(self) -> None:
        self._over = False

    def see(self, outputs: Sequence[ServerOutput]) -> None:
        assert len(outputs) <= 3
        for output in outputs:
            assert not self._over, output
            match output:
                case Send(message=message):
                    heard = decode_server(encode(message))
                    assert heard == message, heard
                    if isinstance(message, Refused | ConnectionFailed):
                        code = ErrorCode(message.data.code)
                        assert message.data.retryable is code.retryable
                case Close(code=code, reason=reason):
                    assert len(reason.encode()) <= 123
                    self._over = True
                case Deliver(message=message):
                    assert message.metadata is None or message.metadata.user_id in (
                        *(None, "user_456", "456"),
                    )


def client_session(data: bytes) -> None:
    """A client's end and what it draws: no server breaks either, or makes it ask without end."""
    choices = Choices(data)
    session = ClientSession("meeting_123", None, "fuzz", at(0), reconnect=choices.number(8) != 1)
    watch = _ClientWatch()
    seconds = 0.0
    while choices:
        seconds += choices.number(16) ** 3 / 100
        now = at(seconds)
        match choices.number(16):
            case 0:
                session.connecting(now)
                session.opened(now)
            case 1:
                codes = (None, 1000, 1006, *CloseCode, 4400, 4999, 65_535)
                code = codes[choices.number(len(codes))]
                watch.see(session.lost(code, choices.text(), choices.number(256) / 256, now))
            case 2:
                watch.see(session.tick(now))
            case 3 | 4:
                message = decode_client(frame(choices, "client"))
                if not isinstance(message, Undecodable | UnknownType):
                    watch.see(session.send(message, now)[1])
            case 5 if choices.number(16) == 1:
                watch.see(session.close(now))
            case 6:
                watch.see(session.new_token("t", now))
            case 7:
                watch.see(session.received(refusal(choices, "fuzz"), now))
            case _:
                watch.see(session.received(frame(choices, "server"), now))
        assert (session.next_tick(now) or 0) >= 0
        assert session.connection.waiting <= CAPACITY + watch.asked_by_itself


class _ClientWatch:
    """Checks what a client's end asks for, and draws what it hears."""

    asked_by_itself = 10

    def __init__(self) -> None:
        self._over = False
        self._meeting = Meeting("meeting_123")

    def see(self, outputs: Sequence[ClientOutput]) -> None:
        for output in outputs:
            assert not self._over or isinstance(output, Settled), output
            match output:
                case Write(frame=text):
                    written = decode_client(text)
                    assert not isinstance(written, Undecodable | UnknownType), written
                case Heard(message=message):
                    self._meeting = reduce(self._meeting, cleaned(message), NOON)
                case Settled(answer=answer):
                    cleaned(answer)
                case Ended():
                    self._over = True
                case _:
                    pass


_TOKENS = Tokens(ec.generate_private_key(ec.SECP256R1()))
_GOOD = _TOKENS.issue("user_456", "John Doe", None, timedelta(hours=1), NOON)


def token(data: bytes) -> None:
    """A token of anybody's: refused with a reason, and never by an error."""
    choices = Choices(data)
    parts = _GOOD.split(".")
    for _ in range(1 + choices.number(3)):
        parts[choices.number(len(parts))] = choices.text()
    text = ".".join(parts)
    outcome = _TOKENS.verify(text, datetime.now(UTC))
    if text != _GOOD:
        assert not hasattr(outcome, "user_id"), text


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "client-decoder": client_decoder,
    "server-decoder": server_decoder,
    "server-session": server_session,
    "client-session": client_session,
    "token": token,
}
