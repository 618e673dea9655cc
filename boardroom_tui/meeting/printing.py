"""The ballots of a secret vote in print: each under words that its voter alone knows to be theirs.

Source: Blanchard, Selker and Sherman, Verifiable Low-Tech Remote Boardroom Voting: whoever finds
their words beside their vote has seen that it was counted, and everybody can count the rest.
"""

from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.meeting.events import DecisionOpened
from boardroom_tui.meeting.state import Decision
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Vote
from boardroom_tui.protocol.messages.decision import PrintedBallot
from boardroom_tui.protocol.text import clean

_NOT_SECRET = Refusal(
    ErrorCode.INVALID_MESSAGE,
    "Only a secret ballot takes words: in an open one everybody sees your vote.",
    "not_secret",
)


def as_printed(opened: DecisionOpened, words: str | None) -> str | Refusal | None:
    """A voter's words as one line that holds nothing but what is seen; blank ones are none."""
    if words is None:
        return None
    if not opened.secret:
        return _NOT_SECRET
    return " ".join(clean(words).split()) or None


def printed(decision: Decision) -> tuple[PrintedBallot, ...]:
    """All ballots by vote and words, so that nothing tells in which order they came.

    None are printed where nobody gave words: how many voted how is told anyway.
    """
    if not decision.opened.secret:
        return ()
    ballots = [
        PrintedBallot(vote=ballot.vote, words=ballot.words)
        for ballot in decision.ballots.values()
        if ballot.vote is not None
    ]
    if all(ballot.words is None for ballot in ballots):
        return ()
    return tuple(sorted(ballots, key=_place))


def _place(ballot: PrintedBallot) -> tuple[int, bool, str]:
    return tuple(Vote).index(ballot.vote), ballot.words is None, ballot.words or ""
