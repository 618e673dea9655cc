"""How a client's connection stands."""

from enum import StrEnum

from boardroom_tui.session.connection import Phase


class State(StrEnum):
    """How a client's connection stands; each value equals its plain string."""

    IDLE = "idle"
    """Not connected yet; what is sent waits."""
    CONNECTING = "connecting"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    """Lost, or not reached; the next attempt is to come."""
    ENDED = "ended"
    """For good."""


STATE_OF = {
    Phase.CONNECTING: State.CONNECTING,
    Phase.READY: State.CONNECTED,
    Phase.WAITING: State.RECONNECTING,
    Phase.ENDED: State.ENDED,
}
