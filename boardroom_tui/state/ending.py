"""That a decision has ended, and why: because of what, and why so in numbers."""

from boardroom_tui.protocol.fields import Cause, Method, Result
from boardroom_tui.state.model import DecisionView

_BECAUSE = {
    Cause.COMPLETE: "All have voted on",
    Cause.DEADLINE: "Time is up for",
    Cause.FACILITATOR: "The facilitator has closed",
}


def ended_in_words(view: DecisionView) -> str:
    """`Time is up for “The lease”. Lost: 1 for, 2 against. …`, of a decision with an outcome."""
    title = f"“{view.title.rstrip('.')}”"
    outcome = view.outcome
    if outcome is not None and outcome.result is Result.WITHDRAWN:
        return f"{title} was withdrawn before a result."
    cause = None if outcome is None else outcome.cause
    because = None if cause is None else _BECAUSE.get(cause)
    if because is not None:
        return f"{because} {title}. {view.verdict}"
    if view.method is Method.CONSENT:  # its verdict says why
        return f"Any objection to {title}? {view.verdict}"
    return f"The vote on {title} has ended. {view.verdict}"
