"""Whether one is online, away or busy: as one says oneself, and away by itself after a while."""

from datetime import timedelta

from pydantic import Field

from boardroom_tui.protocol.fields import Status
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.select import own_person
from boardroom_tui.toml_tables import Table

_MOST_MINUTES = 1_440


class Presence(Table):
    """`[presence]` of the settings."""

    away_after: int = Field(
        default=10, ge=0, le=_MOST_MINUTES, description=f"minutes from 0 (never) to {_MOST_MINUTES}"
    )
    """So many minutes without a key one is away."""


class OwnStatus:
    """What the others are told; what was set by hand is never set otherwise by itself.

    Being here is what everybody is who says nothing: only that gives way to being away.
    """

    def __init__(self, presence: Presence) -> None:
        self._away_after = timedelta(minutes=presence.away_after)
        self._told: Status | None = None
        """What was told last and is not answered yet."""
        self._asked: Status | None = None
        """What the user said last, and awaits an answer to."""
        self._is_away_by_itself = False

    def now(self, meeting: Meeting) -> Status | None:
        """The status as it is, or will be once the server has answered."""
        own = own_person(meeting)
        return self._told or (None if own is None else own.status)

    def set_by_hand(self, status: Status) -> None:
        """The user says so: it stays until they say otherwise."""
        self._told = self._asked = status
        self._is_away_by_itself = False

    def answered(self, status: Status) -> bool:
        """The server has taken or refused this; from here on it is as the server says.

        Gives whether it is what the user said last, who awaits the answer.
        """
        if self._told is status:
            self._told = None
        is_awaited = self._asked is status
        if is_awaited:
            self._asked = None
        return is_awaited

    def due(self, meeting: Meeting, idle: timedelta) -> Status | None:
        """What to tell the others now, after so long without a key; mostly nothing."""
        is_idle = bool(self._away_after) and idle >= self._away_after
        status = self.now(meeting)
        if is_idle and status is Status.ONLINE and not self._is_away_by_itself:
            self._is_away_by_itself = True
            self._told = Status.AWAY
            return self._told
        if not is_idle and self._is_away_by_itself:
            self._is_away_by_itself = False
            if status is Status.AWAY:
                self._told = Status.ONLINE
                return self._told
        return None
