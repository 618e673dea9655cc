"""How long a vote is still open: more urgent in words and in style the less is left.

Nothing blinks: the words change, and each stage has a sign and a weight of its own, so that it is
told without colour too.
"""

from datetime import datetime, timedelta, tzinfo

from boardroom_tui.state.model import DecisionView
from boardroom_tui.ui.widgets.vote.words import QUIET, Remark
from boardroom_tui.ui.words.durations import counted, lasting

_LAST_MINUTES = timedelta(minutes=10)
"""So long before the end seconds begin to count."""

LAST_MINUTE = timedelta(minutes=1)
"""So long before the end the time left calls for attention."""

LAST_SECONDS = timedelta(seconds=10)
"""So long before the end it calls for it loudly."""


def time_left(view: DecisionView, now: datetime, zone: tzinfo | None) -> Remark:
    """How long votes are still taken, or since when no longer."""
    if view.outcome is not None:
        return Remark("", f"ended {view.outcome.completed_at.astimezone(zone):%H:%M}", QUIET)
    if not view.is_open:
        return Remark("", "not open yet", QUIET)
    if view.deadline is None:
        return Remark("", "no time limit", QUIET)
    left = view.deadline - now
    seconds = -(-left // timedelta(seconds=1))
    if left <= timedelta():
        return Remark("!!", "closing", "$error reverse")
    if left <= LAST_SECONDS:
        return Remark("!!", f"closes in {seconds} s", "$error reverse")
    if left <= LAST_MINUTE:
        return Remark("!", f"{seconds} s left", "$warning")
    return Remark("", f"{counted(left) if left < _LAST_MINUTES else lasting(left)} left")


def is_urgent(view: DecisionView, now: datetime) -> bool:
    """Whether a vote is in its last minute."""
    return view.is_open and view.deadline is not None and view.deadline - now <= LAST_MINUTE
