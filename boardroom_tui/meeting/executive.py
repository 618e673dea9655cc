"""Executive session: what is said and decided in it is hidden from observers, then and after.

Who comes and goes, and that there is such a session, is hidden from nobody.
"""

from dataclasses import replace

from boardroom_tui.meeting.commands import (
    Command,
    Convene,
    Join,
    Leave,
    PassDeadlines,
    Refusal,
)
from boardroom_tui.meeting.events import Event, PhaseChanged
from boardroom_tui.meeting.standing import lower
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import MeetingPhase, Role

SHUT_OUT = Refusal(
    ErrorCode.PERMISSION_DENIED,
    "The meeting is in executive session; observers are let in again when it is over.",
    "executive",
)


def is_shut_out(state: MeetingState, user_id: str, role: Role) -> bool:
    """Whether a member who acts in this role has no part in the meeting now."""
    found = state.member(user_id)
    observes = found is not None and lower(found.role, role) is Role.OBSERVER
    return observes and state.phase is MeetingPhase.EXECUTIVE


def objection(state: MeetingState, command: Command) -> Refusal | None:
    """Why an observer may not ask for this now; one may always come and go."""
    match command:
        case Convene() | Join() | Leave() | PassDeadlines():
            return None
        case _:
            return SHUT_OUT if is_shut_out(state, command.user_id, command.role) else None


def is_hidden(event: Event, after: MeetingState) -> bool:
    """Whether observers hear nothing of an event that led to this state."""
    if isinstance(event.what, PhaseChanged):
        return False
    what = event.what
    return hides(after, getattr(what, "decision_id", None) or getattr(what, "motion_id", None))


def hides(state: MeetingState, about: str | None) -> bool:
    """Whether observers hear nothing now of a decision or a motion."""
    return state.phase is MeetingPhase.EXECUTIVE or about in state.hidden


def known_to(state: MeetingState, role: Role) -> MeetingState:
    """The meeting as far as somebody in this role may know it."""
    return outside(state) if role is Role.OBSERVER else state


def outside(state: MeetingState) -> MeetingState:
    """The meeting as observers are told of it while an executive session lasts.

    All but who is here stands as it stood when the session began.
    """
    before = state.before_executive
    if before is None:
        return state
    return replace(
        before,
        sequence=state.sequence,
        charter=state.charter,
        present=state.present,
        last_seen=state.last_seen,
        started_at=state.started_at,
        phase=state.phase,
        phase_since=state.phase_since,
    )
