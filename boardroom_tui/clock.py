"""The one place where the time is read."""

import time
from datetime import UTC, datetime

from boardroom_tui.protocol.moment import Moment


def utc_now() -> datetime:
    """Now, on the wall's clock."""
    return datetime.now(UTC)


def read_clocks() -> Moment:
    """Now, on both of this machine's clocks."""
    return Moment(utc_now(), time.monotonic())
