"""Whose vote a command casts: one's own, or that of somebody whose proxy one holds."""

from boardroom_tui.protocol.marks import meant
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.motions import givers, missing_by_proxy
from boardroom_tui.state.select import may_vote, shown_name


def whose_vote(meeting: Meeting, decision: DecisionView, comment: str) -> tuple[str | None, str]:
    """Whose vote one casts, None for one's own, and the comment.

    `/approve @ana` names somebody whose proxy one holds, or oneself; else one's own comes first,
    then those that are missing.
    """
    called, _, rest = comment.partition(" ")
    if called.startswith("@"):
        known = ((one, shown_name(meeting, one)) for one in (meeting.own_id, *givers(meeting)))
        named = meant(called.removeprefix("@"), known)
        if named is not None:
            return None if named == meeting.own_id else named, rest
    question = decision.question
    recused = () if question is None else question.recused
    if may_vote(meeting) and decision.own_vote is None and meeting.own_id not in recused:
        return None, comment
    return missing_by_proxy(meeting, decision), comment
