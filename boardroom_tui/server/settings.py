"""What a server can be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.protocol.endpoint import HOST, PORT
from boardroom_tui.protocol.limits import GRACE_SECONDS, LIMITS, Limit, Rate
from boardroom_tui.server.tls import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything about a server that may differ; times are in seconds."""

    charters: Sequence[Charter]
    data: Path
    host: str = HOST
    port: int = PORT
    """0 takes a free one."""
    tls: bool = True
    certificate: Shown | None = None
    """Shown instead of the installation's own."""
    limits: Mapping[Rate, Limit] = field(default_factory=lambda: LIMITS)
    origins: tuple[str, ...] = ()
    """Web pages that may connect; programs that are no browsers name no origin."""
    connections_per_user: int = 50
    connections_per_address: int = 5_000
    connections_without_token: int = 200
    """How many may be in their handshake at once; then the oldest gives way."""
    grace_seconds: float = GRACE_SECONDS
    """How long a dropped connection may come back before its member has left."""
    warning_seconds: float = 60.0
    """How long before a deadline members are told of it; half the time of a shorter vote."""
    lag_bytes: int = 4 * 1024 * 1024
    """What may wait for a client that does not read, before it is cut."""
    lag_seconds: float = 20.0
    """How long a client may be behind before it is cut."""
    open_seconds: float = 10.0
    """How long a handshake may take."""
    closing_seconds: float = 5.0
    """How long a client has to take its leave before the connection is cut."""
    draining_seconds: float = 5.0
    """How long what was asked before a stop may take to be answered."""
    operations_port: int | None = None
    """Where health and metrics are, on the loopback: 0 takes a free one, None has none."""
