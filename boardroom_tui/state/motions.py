"""Motions from the floor, and who votes for whom."""

from dataclasses import replace

from boardroom_tui.protocol.messages.motion import Motion
from boardroom_tui.protocol.messages.proxy import ProxyUpdate
from boardroom_tui.state.lookup import with_entry, without_entry
from boardroom_tui.state.model import Meeting


def moved(meeting: Meeting, motion: Motion) -> Meeting:
    """A motion was made, or stands differently now."""
    return replace(meeting, motions=with_entry(meeting.motions, motion.motion_id, motion))


def proxy_given(meeting: Meeting, data: ProxyUpdate.Data) -> Meeting:
    """Somebody lets another vote for them, or votes for themselves again."""
    if data.to is None:
        return replace(meeting, proxies=without_entry(meeting.proxies, data.giver))
    return replace(meeting, proxies=with_entry(meeting.proxies, data.giver, data.to))


def pending_motions(meeting: Meeting) -> tuple[Motion, ...]:
    """Those with which something can still be done: seconded ones first, the newest first."""
    newest_first = list(meeting.motions.values())[::-1]
    pending = [motion for motion in newest_first if motion.status.is_pending]
    return tuple(sorted(pending, key=lambda motion: motion.seconder is None))


def number_of(meeting: Meeting, motion_id: str) -> int:
    """What people call a motion by: its place among all that were made, from 1; 0 is none."""
    return next((place for place, one in enumerate(meeting.motions, 1) if one == motion_id), 0)
