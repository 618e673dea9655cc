"""When a decision is over by itself."""

from datetime import datetime

from boardroom_tui.meeting.state import Decision, MeetingState


def next_deadline(state: MeetingState) -> datetime | None:
    """The earliest deadline of the decisions that are open: when to send `PassDeadlines`."""
    return min(
        (
            decision.opened.deadline
            for decision in state.decisions.values()
            if decision.closed is None and decision.opened.deadline is not None
        ),
        default=None,
    )


def has_passed(decision: Decision, now: datetime) -> bool:
    """Whether a decision's deadline is here: at that very moment it is too late to vote."""
    return decision.opened.deadline is not None and decision.opened.deadline <= now


def is_over(decision: Decision, now: datetime) -> bool:
    """Whether a decision has ended, or will as soon as its deadline is acted on."""
    return decision.closed is not None or has_passed(decision, now)
