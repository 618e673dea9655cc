"""How long a client waits before it tries again: exponential, with full jitter."""

SHORTEST_SECONDS = 1.0
LONGEST_SECONDS = 30.0


def delay(failures: int, random: float) -> float:
    """Seconds to wait after so many failed attempts in a row, at least one.

    `random` is uniform in [0, 1); it spreads the clients of a server that has restarted over the
    whole time from 1 s to 2, 4, 8, 16 and at last 30 s.
    """
    ceiling = min(LONGEST_SECONDS, SHORTEST_SECONDS * 2 ** min(failures, 16))
    return SHORTEST_SECONDS + random * (ceiling - SHORTEST_SECONDS)
