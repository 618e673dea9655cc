"""Voting for another: given and taken back, where the meeting's file allows it."""

from boardroom_tui.meeting.charter import Member
from boardroom_tui.meeting.commands import GiveProxy, Refusal, RevokeProxy
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import ProxyGiven, ProxyRevoked
from boardroom_tui.meeting.standing import taking_part
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.authorisation import may
from boardroom_tui.protocol.envelope import Permission
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role

_NOT_HERE = Refusal(ErrorCode.INVALID_MESSAGE, "This meeting allows no proxies.", "no_proxies")
_NO_VOTE = Refusal(ErrorCode.PERMISSION_DENIED, "You have no vote that another could cast.")
_ONESELF = Refusal(ErrorCode.INVALID_MESSAGE, "You vote for yourself already.", "own")


def give(state: MeetingState, command: GiveProxy) -> Deeds | Refusal:
    """Let another member vote for one, in place of whoever did before."""
    giver = _giver(state, command.user_id, command.role)
    if isinstance(giver, Refusal):
        return giver
    holder = state.member(command.to)
    if holder is None or not may(holder.role, Permission.VOTE):
        words = f"{command.to} is nobody in this meeting who may vote."
        return Refusal(ErrorCode.INVALID_MESSAGE, words, "holder")
    if holder.id == giver.id:
        return _ONESELF
    return (Deed(giver.id, ProxyGiven(to=holder.id)),)


def revoke(state: MeetingState, command: RevokeProxy) -> Deeds | Refusal:
    """Vote for oneself again; votes that were cast by proxy stand until one votes anew.

    Also who has given none is answered: whoever asks again is answered the same.
    """
    giver = _giver(state, command.user_id, command.role)
    return giver if isinstance(giver, Refusal) else (Deed(giver.id, ProxyRevoked()),)


def giver_of(state: MeetingState, holder: Member, giver_id: str) -> Member | Refusal:
    """Whose vote a holder casts, if they hold that member's proxy."""
    if state.charter is not None and not state.charter.proxies:
        return _NOT_HERE
    giver = state.member(giver_id)
    if giver is None or state.proxies.get(giver.id) != holder.id:
        words = f"You hold no proxy of {giver_id}."
        return Refusal(ErrorCode.PERMISSION_DENIED, words, "no_proxy")
    return giver


def _giver(state: MeetingState, user_id: str, role: Role) -> Member | Refusal:
    giver = taking_part(state, user_id, role)
    if isinstance(giver, Refusal):
        return giver
    if not giver.has_vote:
        return _NO_VOTE
    allowed = state.charter is not None and state.charter.proxies
    return giver if allowed else _NOT_HERE
