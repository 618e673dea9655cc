"""What is logged of what happens in meetings: who came and went, what opened, what came of it.

Never how anybody voted, nor when, nor what anybody said.
"""

from boardroom_tui.meeting.events import (
    DecisionClosed,
    DecisionOpened,
    Event,
    Joined,
    Left,
    PhaseChanged,
)
from boardroom_tui.server.logging import note


def report(meeting_id: str, event: Event) -> None:
    """Log an event that is on record, if it is one of those."""
    match event.what:
        case Joined(role=role):
            note("joined", meeting=meeting_id, user=event.actor, role=role.value)
        case Left():
            note("left", meeting=meeting_id, user=event.actor)
        case PhaseChanged(phase=phase):
            note("phase", meeting=meeting_id, phase=phase.value, by=event.actor)
        case DecisionOpened() as opened:
            note(
                "decision_opened",
                meeting=meeting_id,
                decision=opened.decision_id,
                secret=opened.secret,
                by=event.actor,
            )
        case DecisionClosed() as closed:
            note(
                "decision_closed",
                meeting=meeting_id,
                decision=closed.decision_id,
                result=closed.result.value,
                cause=closed.cause.value,
            )
        case _:
            return
