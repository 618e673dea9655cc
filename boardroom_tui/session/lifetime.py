"""How long a connection lives: to its token's end, and while something is heard from it."""

from datetime import datetime, timedelta

from boardroom_tui.protocol.limits import EXPIRY_WARNING_SECONDS, SILENCE_SECONDS
from boardroom_tui.protocol.moment import Moment

_WARNING = timedelta(seconds=EXPIRY_WARNING_SECONDS)


class Expiry:
    """A token's end on the wall clock, and the one warning before it.

    The warning comes 60 s before the end, or at half of what is left of a shorter life
    (CONTRACT.md, Renewing a token).
    """

    __slots__ = ("_warned", "ends_at", "warns_at")

    def __init__(self, ends_at: datetime, now: Moment) -> None:
        left = ends_at - now.wall
        self.ends_at = ends_at
        self.warns_at = ends_at - (_WARNING if left > _WARNING else left / 2)
        self._warned = False

    def over(self, now: Moment) -> bool:
        """Whether the token has run out."""
        return now.wall >= self.ends_at

    def warning_due(self, now: Moment) -> bool:
        """Whether to warn now; true once."""
        due = not self._warned and now.wall >= self.warns_at
        self._warned = self._warned or due
        return due

    def seconds_left(self, now: Moment) -> float:
        """Seconds to the warning, or to the end once it was given."""
        ahead = self.ends_at if self._warned else self.warns_at
        return (ahead - now.wall).total_seconds()


class Silence:
    """How long nothing was received, pongs included (CONTRACT.md, close codes, 4408)."""

    __slots__ = ("_since",)

    def __init__(self, now: Moment) -> None:
        self._since = now.monotonic

    def broken(self, now: Moment) -> None:
        """Something was received."""
        self._since = now.monotonic

    def too_long(self, now: Moment) -> bool:
        """Whether the other end counts as gone."""
        return self.seconds_left(now) <= 0

    def seconds_left(self, now: Moment) -> float:
        """Seconds until the other end counts as gone."""
        return self._since + SILENCE_SECONDS - now.monotonic
