"""The one place where the server reads the time."""

import time
from datetime import UTC, datetime

from boardroom_tui.protocol.moment import Moment


def read_clocks() -> Moment:
    """Now, on both clocks."""
    return Moment(datetime.now(UTC), time.monotonic())
