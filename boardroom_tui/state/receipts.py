"""One's own votes, to be looked up in the record, and the ballots that were printed."""

from collections.abc import Iterator

from boardroom_tui.protocol.messages.decision import PrintedBallot
from boardroom_tui.state.model import DecisionView, Meeting, OwnVote


def looked_up(meeting: Meeting) -> Iterator[DecisionView]:
    """The decisions in which one has voted, or whose ballots were printed."""
    return (view for view in meeting.decisions.values() if own_votes(view) or printed(view))


def own_votes(view: DecisionView) -> tuple[OwnVote, ...]:
    """The votes in a decision that one cast or had cast, the one that counts first."""
    own = (view.own_vote, *view.proxy_votes.values(), view.earlier_vote)
    return tuple(vote for vote in own if vote is not None)


def printed(view: DecisionView) -> tuple[PrintedBallot, ...]:
    """The ballots of a secret vote as they were printed at its close."""
    return () if view.outcome is None else view.outcome.printed or ()
