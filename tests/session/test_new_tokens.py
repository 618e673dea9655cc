"""A token that runs out: renewed, waited for, asked for; whatever the clocks did meanwhile."""

from datetime import datetime, timedelta

from boardroom_tui.protocol.errors import CloseCode
from boardroom_tui.protocol.messages.connection import AuthRefresh
from boardroom_tui.protocol.moment import Moment
from boardroom_tui.session.client import ClientSession
from boardroom_tui.session.client_output import (
    Ended,
    Hangup,
    NewTokenWanted,
    Retry,
    TokenRefused,
)
from boardroom_tui.session.connection import Phase, TokenWanted
from boardroom_tui.session.rates import Buckets
from boardroom_tui.session.server import ServerSession
from boardroom_tui.session.server_output import Close
from tests.session.asking import asked, correlated, error, ids
from tests.session.dialogue import chat, connect, pong, ready
from tests.session.script import NOON, at, frame, only
from tests.session.test_both_ends import identity

ENDS = NOON + timedelta(seconds=60)
EXPIRING = frame("connection.auth.expiring", {"expiresAt": "2027-01-15T12:01:00Z"})
RAN_OUT = "the token has run out; a new one is needed"


def asking(*, asks: bool = True) -> ClientSession:
    """Somebody who has joined, and can be asked for a token."""
    session = ClientSession(None, None, "run", at(0), asks=asks)
    connect(session)
    session.received(pong(), at(0))
    return session


def run_out(session: ClientSession, seconds: float) -> None:
    """The server closes at the token's end, and there is no other where it came from."""
    session.lost(4401, "", 0.0, at(seconds))
    session.connecting(at(seconds + 1))
    session.token_ran_out(0.0, at(seconds + 1), again=False)


def test_before_the_end_a_newer_token_is_wanted_and_said_to_be_missing():
    session = asking()
    assert only(NewTokenWanted, session.received(EXPIRING, at(1))) == [NewTokenWanted(ENDS)]
    assert session.connection.token_wanted is None
    session.no_newer_token()
    assert session.connection.token_wanted == TokenWanted(ENDS)
    (refresh,) = asked(session.new_token("new", at(2)))
    assert isinstance(refresh, AuthRefresh)
    renewed = {"expiresAt": "2027-01-15T13:00:00Z", "permissions": ["read"]}
    session.received(frame("connection.auth.refreshed", renewed, **correlated(refresh.id)), at(3))
    assert session.connection.token_wanted is None


def test_a_refused_renewal_says_why_and_changes_nothing_else():
    session = asking()
    session.received(EXPIRING, at(1))
    session.no_newer_token()
    (refresh,) = asked(session.new_token("another's", at(2)))
    outputs = session.received(error("AUTH_FAILED", refresh.id), at(3))
    assert only(TokenRefused, outputs) == [TokenRefused()]
    assert session.connection.token_wanted == TokenWanted(ENDS, "No")
    assert session.connection.phase is Phase.READY
    session.new_token("new", at(4))
    assert session.connection.token_wanted == TokenWanted(ENDS), "no reason against this one yet"


def test_who_can_be_asked_waits_for_a_token_and_keeps_what_was_said():
    session = asking()
    said, _ = session.send(chat(), at(1))
    session.lost(4401, "", 0.0, at(2))
    session.connecting(at(3))
    assert session.token_ran_out(0.0, at(3), again=False) == [
        Retry(None, RAN_OUT, fresh_token=True)
    ]
    assert session.connection.phase is Phase.WAITING
    assert session.connection.token_wanted == TokenWanted(None)
    assert session.connection.next_attempt is None
    assert session.next_tick(at(4)) is None
    session.new_token("new", at(5_000))
    assert session.connection.token_wanted is None
    assert ids(connect(session, 5_000)) == [said]
    assert session.connection.waiting == 1


def test_who_cannot_be_asked_ends_and_says_why():
    session = asking(asks=False)
    session.lost(4401, "", 0.0, at(2))
    session.connecting(at(3))
    assert session.token_ran_out(0.0, at(3), again=False) == [
        Ended(CloseCode.TOKEN_EXPIRED, RAN_OUT)
    ]


def test_where_a_newer_token_may_appear_it_is_looked_for_again_and_again():
    session = asking()
    session.lost(4401, "", 0.0, at(2))
    session.connecting(at(3))
    (retry,) = session.token_ran_out(0.5, at(3), again=True)
    assert isinstance(retry, Retry)
    assert retry.at is not None
    assert session.connection.token_wanted == TokenWanted(None)
    connect(session, 10)
    assert session.connection.token_wanted is None


def test_a_given_token_that_is_refused_is_asked_for_again_with_the_reason():
    session = asking()
    run_out(session, 2)
    session.new_token("nonsense", at(5))
    session.connecting(at(5))
    session.opened(at(5))
    failed = {"code": "AUTH_FAILED", "message": "The token is not valid.", "retryable": False}
    session.received(frame("connection.error", failed), at(5))
    words = "The token is not valid"
    assert session.lost(4501, "", 0.0, at(5)) == [Retry(None, words, fresh_token=True)]
    assert session.connection.token_wanted == TokenWanted(None, words)


def test_another_users_token_is_asked_for_again_with_the_reason():
    session = asking()
    run_out(session, 2)
    outputs = connect(session, 5, ready(user="user_9"))
    assert [hangup.code for hangup in only(Hangup, outputs)] == [CloseCode.NORMAL]
    session.lost(1000, "", 0.0, at(5))
    words = "the new token belongs to user_9, not to user_456"
    assert session.connection.token_wanted == TokenWanted(None, words)
    assert session.connection.phase is Phase.WAITING


def test_who_was_never_in_is_not_asked_but_told():
    session = ClientSession(None, None, "run", at(0), asks=True)
    session.connecting(at(0))
    assert session.lost(4501, "", 0.0, at(0)) == [Ended(4501, CloseCode.AUTH_FAILED.meaning)]


def slept(asleep: float, seconds: float) -> Moment:
    """The monotonic clock stood still for so long, as it does while a machine sleeps."""
    return Moment(at(seconds).wall, at(seconds - asleep).monotonic)


def test_a_server_that_slept_through_the_end_of_a_token_closes_when_it_wakes():
    session = ServerSession("session_1", identity(600), Buckets(), Buckets(), at(0))
    session.start(at(0))
    assert only(Close, session.tick(slept(3_000, 3_001)))[0].code is CloseCode.TOKEN_EXPIRED


def test_a_wall_clock_that_was_set_back_does_not_end_a_connection_early():
    session = ServerSession("session_1", identity(600), Buckets(), Buckets(), at(0))
    session.start(at(0))
    earlier: datetime = NOON - timedelta(hours=1)
    assert session.tick(Moment(earlier, at(30).monotonic)) == []


def test_a_client_that_slept_finds_its_connection_dead_and_comes_back():
    session = asking()
    woken = 40_000.0
    session.tick(slept(woken - 30, woken))
    outputs = session.tick(slept(woken - 30, woken + 11))
    assert only(Hangup, outputs)
    (retry,) = session.lost(None, "", 0.0, slept(woken - 30, woken + 11))
    assert isinstance(retry, Retry)
    run_out(session, woken + 12)
    assert session.connection.token_wanted == TokenWanted(None)
