"""Motions from the floor, and who votes for whom."""

from dataclasses import replace

from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.limits import NOT_VOTED_TOLD
from boardroom_tui.protocol.messages.motion import Motion
from boardroom_tui.protocol.messages.proxy import ProxyUpdate
from boardroom_tui.state.lookup import with_entry, without_entry
from boardroom_tui.state.model import DecisionView, Meeting


def moved(meeting: Meeting, motion: Motion) -> Meeting:
    """A motion was made, or stands differently now."""
    return replace(
        meeting,
        motions=with_entry(meeting.motions, motion.motion_id, motion),
        motions_heard=with_entry(meeting.motions_heard, motion.motion_id, motion),
        motion_order=tuple(dict.fromkeys((*meeting.motion_order, motion.motion_id))),
    )


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


def to_second(meeting: Meeting) -> Motion | None:
    """The newest motion that wants a second, and not from oneself."""
    wanting = (one for one in pending_motions(meeting) if one.seconder is None)
    return next((one for one in wanting if not is_own(meeting, one)), None)


def own_motion(meeting: Meeting) -> Motion | None:
    """One's own newest motion that can still be changed or taken back."""
    return next((one for one in pending_motions(meeting) if is_own(meeting, one)), None)


def is_own(meeting: Meeting, motion: Motion) -> bool:
    """Whether one moved it oneself."""
    return same(Kind.USER, motion.mover, meeting.own_id)


def givers(meeting: Meeting) -> tuple[str, ...]:
    """Those whose proxy one holds."""
    return tuple(
        giver
        for giver, holder in meeting.proxies.items()
        if same(Kind.USER, holder, meeting.own_id)
    )


def missing_by_proxy(meeting: Meeting, view: DecisionView) -> str | None:
    """Whose vote one could cast by proxy, and has not; nor have they, as far as it is known."""
    recused = () if view.question is None else view.question.recused
    missing = (
        giver
        for giver in givers(meeting)
        if giver not in view.proxy_votes and giver not in recused and not has_voted(view, giver)
    )
    return next(missing, None)


def has_voted(view: DecisionView, user_id: str) -> bool:
    """Whether somebody is known to have voted: not where the server names but the first of many."""
    missing = view.not_voted
    if missing is None or len(missing) >= NOT_VOTED_TOLD:
        return False
    return not any(same(Kind.USER, one, user_id) for one in missing)


def number_of(meeting: Meeting, motion_id: str) -> int:
    """What people call a motion by: its place among all one heard of, from 1; 0 is none.

    It stays what it is when another is no longer told of, as after an executive session.
    """
    return next((place for place, one in enumerate(meeting.motion_order, 1) if one == motion_id), 0)
