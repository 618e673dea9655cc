"""What the header says of the connection and of the quorum."""

from datetime import datetime
from math import ceil

from boardroom_tui.state.select import Quorum
from boardroom_tui.ui.link import Connection, Phase
from boardroom_tui.ui.widgets.header import Sign

SLOW_MS = 400
"""A round trip from which on a connection is called slow."""


def connection_sign(connection: Connection, now: datetime) -> Sign:
    """The connection's state, and how long a message takes to the server and back."""
    match connection.phase:
        case Phase.READY:
            return _ready(connection)
        case Phase.CONNECTING:
            return Sign("◌", "Connecting", "…", "$warning")
        case Phase.WAITING:
            return _waiting(connection, now)
        case Phase.ENDED:
            return Sign("✗", "Disconnected", "off", "$error")


def quorum_sign(quorum: Quorum | None) -> Sign | None:
    """Whether enough members with a vote are present."""
    if quorum is None:
        return None
    counts = f"{quorum.have} here, {quorum.need} needed"
    if quorum.met:
        return Sign("✓", f"Quorum: {counts}", "quorum", "$success")
    return Sign("!", f"No quorum: {counts}", "no quorum", "$warning")


def _ready(connection: Connection) -> Sign:
    latency = connection.latency_ms
    if latency is None:
        return Sign("●", "Connected", "on", "$success")
    milliseconds = f"{round(latency):>3} ms"
    if latency >= SLOW_MS:
        return Sign("◐", f"Slow {milliseconds}", milliseconds, "$warning")
    return Sign("●", f"Connected {milliseconds}", milliseconds, "$success")


def _waiting(connection: Connection, now: datetime) -> Sign:
    unsent = f", {connection.waiting} unsent" if connection.waiting else ""
    if connection.next_attempt is None:
        return Sign("!", f"Reconnecting{unsent}", "off", "$error")
    seconds = max(0, ceil((connection.next_attempt - now).total_seconds()))
    return Sign("!", f"Reconnecting in {seconds} s{unsent}", f"{seconds} s", "$error")
