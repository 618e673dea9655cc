"""The server's estimate of a connection's latency (websocket-api.md:111-131)."""

from datetime import datetime

from boardroom_tui.protocol.moment import Moment

PLAUSIBLE_SECONDS = 10.0
"""A ping said to be older than this tells of a clock that is off, not of a slow line."""


def one_way_ms(ping_timestamp: str, round_trip: float | None, now: Moment) -> float:
    """Milliseconds from the client to the server, never negative and never absurd.

    Half of the last round trip of a WebSocket ping (seconds), which no clock can falsify; before
    the first, the age of the heartbeat itself if both clocks make it believable, else 0.
    """
    if round_trip is not None:
        return round(round_trip * 500, 1)
    try:
        sent = datetime.fromisoformat(ping_timestamp)
    except ValueError:
        return 0.0
    if sent.tzinfo is None:
        return 0.0
    age = (now.wall - sent).total_seconds()
    return round(age * 1000, 1) if 0 <= age <= PLAUSIBLE_SECONDS else 0.0
