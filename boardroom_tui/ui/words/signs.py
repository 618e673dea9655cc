"""What the screen says of the connection and of the quorum."""

from datetime import datetime, timedelta, tzinfo
from math import ceil

from boardroom_tui.protocol.fields import MeetingPhase
from boardroom_tui.protocol.limits import LIMITS, Rate
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.select import Quorum, elapsed, is_known
from boardroom_tui.ui.link import Connection, Held, Phase
from boardroom_tui.ui.widgets.header import Sign
from boardroom_tui.ui.words.beginning import CONNECTING, ENTERING
from boardroom_tui.ui.words.durations import lasting, time_of_day

SLOW_MS = 400
"""A round trip from which on a connection is called slow."""


_SECOND = timedelta(seconds=1)
NO_ANSWER = timedelta(seconds=3)
"""So long a server may owe an answer in silence until one is told."""


def connection_sign(
    connection: Connection,
    now: datetime,
    server: str = "",
    *,
    has_entered: bool = True,
    owes_since: datetime | None = None,
    is_over: bool = False,
) -> Sign:
    """The connection's state, and how long a message takes to the server and back.

    `owes_since` is since when the server has left something unanswered and been silent; where the
    meeting `is_over`, nobody misses anything without a connection.
    """
    match connection.phase:
        case Phase.READY if not has_entered:
            symbol, words, short = ENTERING
            return Sign(symbol, words, short, "$warning")
        case Phase.READY:
            held = _held_request(connection, now)
            return held or _silent(owes_since, now) or _ready(connection)
        case Phase.CONNECTING:
            if connection.lost_at is None:
                symbol, words, short = CONNECTING
                return Sign(symbol, words.format(server) if server else short, short, "$warning")
            return _lost(connection, is_over)
        case Phase.WAITING:
            return _lost(connection, is_over)
        case Phase.ENDED:
            return Sign("✗", "Disconnected", "off", "$error")
        case Phase.REPLAY:
            return Sign("▷", "Replay", "replay", "$accent")


def phase_sign(meeting: Meeting, now: datetime, zone: tzinfo | None) -> Sign | None:
    """Where the meeting stands in its life, or how long it has been going on."""
    if not is_known(meeting):
        return None
    match meeting.phase:
        case MeetingPhase.GATHERING | MeetingPhase.IN_SESSION:
            lasted = elapsed(meeting.started_at, now)
            if lasted is None:
                return Sign("◷", "not begun", "–", "$dim")
            words = lasting(lasted)
            return Sign("◷", words, words.replace(" ", ""), "$foreground")
        case MeetingPhase.RECESS:
            symbol, words, short = "‖", "Recess since", "recess"
        case MeetingPhase.EXECUTIVE:
            symbol, words, short = "■", "Executive since", "executive"
        case MeetingPhase.ADJOURNED:
            symbol, words, short = "■", "Adjourned at", "adjourned"
    since = meeting.phase_since
    at = "" if since is None else time_of_day(since, now, zone)
    return Sign(symbol, f"{words} {at}", f"{short} {at}", "$warning")


def quorum_sign(quorum: Quorum | None) -> Sign | None:
    """Whether enough members with a vote are present."""
    if quorum is None:
        return None
    counts = f"{quorum.have} here, {quorum.need} needed"
    if quorum.have == quorum.need:
        return Sign("!", f"Quorum hangs on {quorum.have}", "quorum", "$warning")
    if quorum.met:
        return Sign("✓", f"Quorum: {counts}", "quorum", "$success")
    return Sign("!", f"No quorum: {counts}", "no quorum", "$warning")


def notices_sign(unread: int) -> Sign | None:
    """How many notices wait to be read."""
    if not unread:
        return None
    words = "1 notice" if unread == 1 else f"{unread} notices"
    return Sign("⚑", words, str(unread), "$accent")


def held_chat(connection: Connection, now: datetime) -> tuple[str, ...]:
    """When the last of one's messages go out, where they wait for a rate limit, and for which."""
    held = next((one for one in connection.held if one.rate is Rate.CHAT), None)
    if held is None:
        return ()
    pause = 0.0 if held.limit is None else held.limit.seconds / held.limit.count
    return tuple(
        f"{_sent_in(held, now, place * pause)}: {_limit(held)}" for place in range(held.count)
    )


def _held_request(connection: Connection, now: datetime) -> Sign | None:
    """That something else than chat waits for a rate limit."""
    held = next((one for one in connection.held if one.rate is not Rate.CHAT), None)
    if held is None:
        return None
    waits = _sent_in(held, now)
    return Sign("◷", f"{waits.capitalize()}: {_limit(held)}", waits, "$warning")


def _sent_in(held: Held, now: datetime, further: float = 0.0) -> str:
    seconds = ceil(max(0.0, (held.until - now).total_seconds()) + further)
    return f"sent in {seconds} s" if seconds else "sent next"


def _limit(held: Held) -> str:
    if held.limit is None:
        return "the server takes no more now"
    own = held.rate is Rate.VOTE and held.limit != LIMITS[Rate.CONNECTION]
    what = "votes" if own else "messages"
    window = {1: "a second", 60: "a minute"}.get(held.limit.seconds, f"in {held.limit.seconds} s")
    return f"at most {held.limit.count} {what} {window}"


def _silent(owes_since: datetime | None, now: datetime) -> Sign | None:
    """That a connection which seems to be there may be gone."""
    silent = elapsed(owes_since, now)
    if silent is None or silent < NO_ANSWER:
        return None
    return Sign("◐", f"No answer for {silent // _SECOND} s", "no answer", "$warning")


def _ready(connection: Connection) -> Sign:
    latency = connection.latency_ms
    if latency is None:
        return Sign("●", "Connected", "on", "$success")
    milliseconds = f"{round(latency):>3} ms"
    if latency >= SLOW_MS:
        return Sign("◐", f"Slow {milliseconds}", milliseconds, "$warning")
    return Sign("●", f"Connected {milliseconds}", milliseconds, "$success")


def _lost(connection: Connection, is_over: bool) -> Sign:
    """The same from one attempt to the next; when that is stands below the header."""
    unsent = f", {connection.waiting} unsent" if connection.waiting else ""
    if connection.next_attempt is None and connection.token_wanted is not None:
        return Sign("✗", f"No token{unsent}", "token", "$error")
    if is_over and not unsent:
        return Sign("○", "No connection", "off", "$dim")
    return Sign("✗", f"No connection{unsent}", "off", "$error")
