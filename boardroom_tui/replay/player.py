"""Where a replay stands, and what its controls make of that. Pure: `now` is an argument.

`now` is in seconds of the clock on the wall of who watches; the meeting's own time is a datetime.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import inf
from typing import assert_never

from boardroom_tui.replay.timeline import Timeline

SLOWEST, FASTEST = 0.25, 64.0
"""The least and the most that the meeting's own speed is multiplied by."""
AT_ONCE = inf
"""The speed above the fastest: no pause of the meeting is played."""
SHOWN_SECONDS = 0.5
"""How long each event then stands before the next one."""


class Control(StrEnum):
    """What one can do with a replay."""

    PLAY = "play"
    """Play or pause; at the end, play from the beginning."""
    FASTER = "faster"
    SLOWER = "slower"
    NEXT_EVENT = "next-event"
    PREVIOUS_EVENT = "previous-event"
    NEXT_ITEM = "next-item"
    PREVIOUS_ITEM = "previous-item"
    NEXT_DECISION = "next-decision"
    PREVIOUS_DECISION = "previous-decision"
    BEGINNING = "beginning"
    END = "end"


@dataclass(frozen=True, slots=True)
class Player:
    """A replay at `place`, and how far it is in the pause that follows."""

    timeline: Timeline
    place: int
    playing: bool
    speed: float
    since: float
    """When this was so, in seconds."""
    waited: timedelta = timedelta()
    """How much of the pause after the place had been played by then, in the meeting's time."""


def due_at(player: Player) -> float | None:
    """When the next event is due; None while it is paused, or at the end."""
    if not player.playing or player.place >= player.timeline.last:
        return None
    wait = player.timeline.wait(player.place)
    if player.speed == AT_ONCE:
        return player.since + (SHOWN_SECONDS if wait else 0.0)
    return player.since + (wait - player.waited).total_seconds() / player.speed


def waited(player: Player, now: float) -> timedelta:
    """How much of the pause after the place has been played, in the meeting's time."""
    if not player.playing or player.speed == AT_ONCE:
        return player.waited
    more = timedelta(seconds=(now - player.since) * player.speed)
    return min(player.waited + more, player.timeline.wait(player.place))


def moment(player: Player, now: float) -> datetime:
    """What the clock in the meeting showed."""
    return player.timeline.time(player.place) + waited(player, now)


def advanced(player: Player, now: float) -> Player:
    """The replay after everything that was due until now; at the end it pauses."""
    while (due := due_at(player)) is not None and due <= now:
        player = replace(player, place=player.place + 1, waited=timedelta(), since=due)
    return player if player.place < player.timeline.last else replace(player, playing=False)


def controlled(player: Player, control: Control, now: float) -> Player:
    """What becomes of a replay that has advanced until now."""
    timeline, place = player.timeline, player.place
    match control:
        case Control.PLAY:
            return _toggled(player, now)
        case Control.FASTER:
            faster = player.speed * 2
            return _changed(player, now, speed=AT_ONCE if faster > FASTEST else faster)
        case Control.SLOWER:
            slower = FASTEST if player.speed == AT_ONCE else max(player.speed / 2, SLOWEST)
            return _changed(player, now, speed=slower)
        case Control.NEXT_EVENT:
            return jumped(_changed(player, now, playing=False), place + 1, now)
        case Control.PREVIOUS_EVENT:
            return jumped(_changed(player, now, playing=False), place - 1, now)
        case Control.NEXT_ITEM:
            return jumped(player, _after(timeline.items, place), now)
        case Control.PREVIOUS_ITEM:
            return jumped(player, _before(timeline.items, place), now)
        case Control.NEXT_DECISION:
            return jumped(player, _after(timeline.decisions, place), now)
        case Control.PREVIOUS_DECISION:
            return jumped(player, _before(timeline.decisions, place), now)
        case Control.BEGINNING:
            return jumped(player, 1, now)
        case Control.END:
            return jumped(player, timeline.last, now)
        case _:
            assert_never(control)


def jumped(player: Player, place: int | None, now: float) -> Player:
    """The replay at another place; where there is none such, it stays as it is."""
    if place is None:
        return player
    there = max(1, min(place, player.timeline.last))
    playing = player.playing and there < player.timeline.last
    return replace(player, place=there, playing=playing, waited=timedelta(), since=now)


def _toggled(player: Player, now: float) -> Player:
    if player.place >= player.timeline.last:
        return replace(jumped(player, 1, now), playing=player.timeline.last > 1)
    return _changed(player, now, playing=not player.playing)


def _changed(
    player: Player, now: float, *, playing: bool | None = None, speed: float | None = None
) -> Player:
    return replace(
        player,
        playing=player.playing if playing is None else playing,
        speed=player.speed if speed is None else speed,
        waited=waited(player, now),
        since=now,
    )


def _after(places: Sequence[int], place: int) -> int | None:
    found = bisect_right(places, place)
    return places[found] if found < len(places) else None


def _before(places: Sequence[int], place: int) -> int | None:
    found = bisect_left(places, place)
    return places[found - 1] if found else None
