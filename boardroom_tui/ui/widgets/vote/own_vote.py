"""One's own vote in words: how it stands, and what one can do. Pure."""

from datetime import tzinfo

from boardroom_tui.protocol.fields import Method, Role
from boardroom_tui.state.model import DecisionView, Meeting, OwnVote
from boardroom_tui.state.motions import missing_by_proxy
from boardroom_tui.state.select import may_vote, own_person, shown_name, waiting_vote
from boardroom_tui.ui.widgets.vote.tally_bars import OWN
from boardroom_tui.ui.widgets.vote.words import QUIET, Remark


def own_vote(
    meeting: Meeting,
    view: DecisionView,
    key: str,
    zone: tzinfo | None,
    object_key: str = "n",
    *,
    connected: bool = True,
) -> Remark:
    """How one's own vote stands, and what one can do; `object_key` is the key that objects.

    Unless `connected` nothing is under way: it waits.
    """
    is_secret = view.question is not None and view.question.secret
    waiting = waiting_vote(meeting, view.decision_id)
    if waiting is not None and view.is_open:
        how = "" if is_secret else f": {waiting.data.vote}"
        does = "Sending your vote" if connected else "Your vote waits to be sent"
        return Remark("…", f"{does}{how}", "$warning")
    if view.own_vote is not None:
        giver = missing_by_proxy(meeting, view) if view.is_open else None
        more = f" {key} changes it." if view.is_open else ""
        if giver is not None:
            more = f" {key} votes for {shown_name(meeting, giver)}."
        if view.vote_refused is not None:
            more = f" {view.vote_refused} It stands."
        holder = view.own_vote.cast_by
        by = None if holder is None else shown_name(meeting, holder)
        said = _recorded(view.own_vote, view.earlier_vote, zone, by)
        return Remark(OWN, said + more, "$primary")
    if view.vote_refused is not None:
        return Remark("✗", view.vote_refused, "$error")
    if view.question is not None and meeting.own_id in view.question.recused:
        return Remark("–", "You take no part in this decision.", QUIET)
    if not may_vote(meeting):
        return Remark("–", _no_vote(meeting), QUIET)
    if not view.is_open:
        did = "object" if view.method is Method.CONSENT else "vote"
        return Remark("○", f"You did not {did}.", QUIET)
    if view.method is Method.CONSENT:
        return Remark("▸", f"{object_key} objects; silence adopts it.", "$accent")
    return Remark("▸", f"You have not voted: {key} votes.", "$accent")


def own_in_short(meeting: Meeting, view: DecisionView) -> Remark | None:
    """The same in a word or two; None for somebody without a part in it."""
    if waiting_vote(meeting, view.decision_id) is not None and view.is_open:
        return Remark("…", "sending", "$warning")
    if view.own_vote is not None:
        return Remark(OWN, str(view.own_vote.vote or "voted"), "$primary")
    recused = view.question is not None and meeting.own_id in view.question.recused
    if recused or not may_vote(meeting):
        return None
    if view.method is Method.CONSENT:
        return Remark("○", "no objection", "$accent" if view.is_open else QUIET)
    if not view.is_open:
        return Remark("○", "did not vote", QUIET)
    return Remark("○", "not voted", "$accent")


def receipt(view: DecisionView) -> str | None:
    """Under which id one's own vote stands in the record."""
    return None if view.own_vote is None else f"Recorded as {view.own_vote.vote_id}."


def _recorded(vote: OwnVote, earlier: OwnVote | None, zone: tzinfo | None, by: str | None) -> str:
    """`by` is who cast it by proxy."""
    at = f"{vote.at.astimezone(zone):%H:%M}"
    if vote.vote is None:
        replaced = ", in place of an earlier one" if earlier is not None else ""
        begin = "Your vote is recorded" if by is None else f"{by} voted for you"
        return f"{begin}, {at}{replaced}."
    replaced = f", replaces {earlier.vote}" if earlier is not None and earlier.vote else ""
    if by is not None:
        return f"{by} voted {vote.vote} for you, {at}{replaced}."
    return f"Your vote: {vote.vote}, recorded {at}{replaced}."


def _no_vote(meeting: Meeting) -> str:
    own = own_person(meeting)
    if own is not None and own.role is Role.OBSERVER:
        return "Observers have no vote."
    return "You have no vote in this meeting."
