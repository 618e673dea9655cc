"""What the commands ask of the server, whichever client they are given in. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, get_args

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Vote
from boardroom_tui.protocol.identifiers import Kind, same
from boardroom_tui.protocol.limits import TEXT_CHARACTERS, TITLE_CHARACTERS
from boardroom_tui.protocol.marks import meant
from boardroom_tui.protocol.messages.attendance import ApologyRecord, RollCall
from boardroom_tui.protocol.messages.decision import DecisionClose, DecisionWithdraw, VoteCast
from boardroom_tui.protocol.messages.electorate import DecisionRecuse, DecisionRemind
from boardroom_tui.protocol.messages.life import Called, PhaseSet
from boardroom_tui.protocol.messages.meeting import AgendaItem, AgendaSet
from boardroom_tui.protocol.messages.minutes import MinutesGet
from boardroom_tui.protocol.messages.motion import (
    Motion,
    MotionAmend,
    MotionMake,
    MotionPostpone,
    MotionRefer,
    MotionSecond,
    MotionWithdraw,
)
from boardroom_tui.protocol.messages.proxy import ProxyGive, ProxyRevoke
from boardroom_tui.protocol.messages.receipt import ReceiptGet
from boardroom_tui.protocol.messages.speaker import (
    SpeakerCall,
    SpeakerLower,
    SpeakerRaise,
    SpeakerYield,
)
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.naming import addressed
from boardroom_tui.state.receipts import looked_up, own_votes
from boardroom_tui.state.select import (
    current_item,
    may_facilitate,
    next_item,
    open_decisions,
    person,
    place_in_queue,
    previous_item,
)
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.situation import Situation

Asked = ClientMessage | str | None
"""A request; or why there can be none, in words to show; or None where there is nothing that it
could be about, which the command has said (`reason_against`).
"""

OfTheAgenda = Literal[
    CommandId.NEXT_ITEM,
    CommandId.PREVIOUS_ITEM,
    CommandId.TAKE_UP,
    CommandId.COMPLETE,
    CommandId.DEFER,
    CommandId.PUT_BACK,
]

AtOnce = Literal[
    CommandId.SECOND,
    CommandId.POSTPONE,
    CommandId.REMIND,
    CommandId.HAND,
    CommandId.NEXT_SPEAKER,
    CommandId.YIELD,
    CommandId.APOLOGIES,
    CommandId.ROLL,
    CommandId.ORDER,
    OfTheAgenda,
]
"""The commands that send something as soon as they are given."""

AT_ONCE: tuple[AtOnce, ...] = get_args(AtOnce)

Worded = Literal[CommandId.MOVE, CommandId.AMEND, CommandId.REFER]
"""The commands that send something once there is a text."""


def objection(decision: DecisionView) -> VoteCast:
    """Object where consent is asked for."""
    return VoteCast(data=VoteCast.Data(decision_id=decision.decision_id, vote=Vote.REJECT))


def receipts(meeting: Meeting) -> Iterator[ReceiptGet]:
    """Look each of one's votes up in the record."""
    for view in looked_up(meeting):
        for vote in own_votes(view):
            data = ReceiptGet.Data(decision_id=view.decision_id, vote_id=vote.vote_id)
            yield ReceiptGet(data=data)


def minutes(meeting: Meeting) -> MinutesGet:
    """Tell the minutes as they stand."""
    return MinutesGet(data=MinutesGet.Data(meeting_id=meeting.meeting_id))


def recusal(meeting: Meeting, about: AgendaItem | DecisionView) -> DecisionRecuse:
    """Take no part in a decision, or in none under an item."""
    meeting_id = meeting.meeting_id
    if isinstance(about, AgendaItem):
        data = DecisionRecuse.Data(meeting_id=meeting_id, item_id=about.id)
    else:
        data = DecisionRecuse.Data(meeting_id=meeting_id, decision_id=about.decision_id)
    return DecisionRecuse(data=data)


def proxy(situation: Situation, name: str) -> ProxyGive | ProxyRevoke | str:
    """Let whoever is named or selected vote for one, else vote for oneself again."""
    meeting = situation.meeting
    to, called = situation.user_id, name.removeprefix("@")
    if called:
        to = meant(called, ((one.user_id, one.name) for one in meeting.people.values()))
        if to is None:
            return f"No one member is meant by {called}."
    if to is None:
        return ProxyRevoke(data=ProxyRevoke.Data(meeting_id=meeting.meeting_id))
    return ProxyGive(data=ProxyGive.Data(meeting_id=meeting.meeting_id, to=to))


def closing(decision: DecisionView, casting_vote: Vote | None) -> DecisionClose:
    """Close a vote, a tie with the chair's casting vote."""
    data = DecisionClose.Data(
        decision_id=decision.decision_id, confirms=(), casting_vote=casting_vote
    )
    return DecisionClose(data=data)


def withdrawal(decision: DecisionView) -> DecisionWithdraw:
    """Withdraw a decision."""
    return DecisionWithdraw(data=DecisionWithdraw.Data(decision_id=decision.decision_id))


def taking_back(meeting: Meeting, motion: Motion) -> MotionWithdraw:
    """Take one's motion back."""
    data = MotionWithdraw.Data(meeting_id=meeting.meeting_id, motion_id=motion.motion_id)
    return MotionWithdraw(data=data)


def calling_to(meeting: Meeting, phase: Called) -> PhaseSet:
    """Call the meeting to a phase; the server asks first where something stands against it."""
    return PhaseSet(data=PhaseSet.Data(meeting_id=meeting.meeting_id, phase=phase, confirms=()))


def is_asked_by_server(meeting: Meeting, phase: Called) -> bool:
    """Whether a vote is open that this would pause or end: then it is the server that asks."""
    return phase is not MeetingPhase.EXECUTIVE and bool(open_decisions(meeting))


def worded(command: Worded, situation: Situation, text: str) -> Asked:
    """What one of these commands sends with a text."""
    longest = TITLE_CHARACTERS if command is CommandId.REFER else TEXT_CHARACTERS
    if len(text) > longest:
        what = "Whoever it is referred to" if command is CommandId.REFER else "A motion"
        return f"{what} has at most {longest:,} characters."
    meeting_id = situation.meeting.meeting_id
    match command:
        case CommandId.MOVE:
            item = current_item(situation.meeting)
            item_id = None if item is None else item.id
            return MotionMake(
                data=MotionMake.Data(meeting_id=meeting_id, text=text, item_id=item_id)
            )
        case CommandId.AMEND if (motion := situation.motion_to_amend) is not None:
            data = MotionAmend.Data(meeting_id=meeting_id, motion_id=motion.motion_id, text=text)
            return MotionAmend(data=data)
        case CommandId.REFER if (motion := situation.motion) is not None:
            data = MotionRefer.Data(meeting_id=meeting_id, motion_id=motion.motion_id, to=text)
            return MotionRefer(data=data)
        case _:
            return None


def at_once(command: AtOnce, situation: Situation, rest: str) -> Asked:
    """What one of these commands sends; `rest` may name somebody."""
    meeting_id = situation.meeting.meeting_id
    match command:
        case CommandId.SECOND if (motion := situation.motion_to_second) is not None:
            data = MotionSecond.Data(meeting_id=meeting_id, motion_id=motion.motion_id)
            return MotionSecond(data=data)
        case CommandId.POSTPONE if (motion := situation.motion) is not None:
            data = MotionPostpone.Data(meeting_id=meeting_id, motion_id=motion.motion_id)
            return MotionPostpone(data=data)
        case CommandId.REMIND if (decision := situation.decision) is not None:
            return DecisionRemind(data=DecisionRemind.Data(decision_id=decision.decision_id))
        case CommandId.SECOND | CommandId.POSTPONE | CommandId.REMIND:
            return None
        case CommandId.HAND:
            return _hand(situation.meeting)
        case CommandId.NEXT_SPEAKER:
            return _call(situation, rest)
        case CommandId.YIELD:
            return SpeakerYield(data=SpeakerYield.Data(meeting_id=meeting_id))
        case CommandId.APOLOGIES:
            return _apologies(situation, rest)
        case CommandId.ROLL:
            return RollCall(data=RollCall.Data(meeting_id=meeting_id))
        case CommandId.ORDER:
            return calling_to(situation.meeting, MeetingPhase.IN_SESSION)
        case _:
            return _item(command, situation)


def _hand(meeting: Meeting) -> SpeakerRaise | SpeakerLower:
    """Raise one's hand, or lower it where it is raised."""
    if place_in_queue(meeting, meeting.own_id) is None:
        return SpeakerRaise(data=SpeakerRaise.Data(meeting_id=meeting.meeting_id))
    return SpeakerLower(data=SpeakerLower.Data(meeting_id=meeting.meeting_id))


def _call(situation: Situation, name: str) -> SpeakerCall | str:
    """Give the floor to whoever is named or selected, else to the first in the queue."""
    named = _naming(situation, name)
    if isinstance(named, str):
        return named
    meeting_id = situation.meeting.meeting_id
    return SpeakerCall(data=SpeakerCall.Data(meeting_id=meeting_id, member_id=named.user_id))


def _apologies(situation: Situation, name: str) -> ApologyRecord | str:
    """Send one's own apologies, or a facilitator somebody's; take back what was sent."""
    meeting = situation.meeting
    named = _naming(situation, name)
    if isinstance(named, str):
        return named
    whose = named.user_id if name or may_facilitate(meeting) else None
    known = person(meeting, whose or meeting.own_id)
    sent = known is not None and known.apologies
    own = known is not None and same(Kind.USER, known.user_id, meeting.own_id)
    if known is not None and known.present and not own and not sent:
        return f"{known.shown_name} is here."
    data = ApologyRecord.Data(meeting_id=meeting.meeting_id, member_id=whose, withdrawn=sent)
    return ApologyRecord(data=data)


def _naming(situation: Situation, name: str) -> Situation | str:
    """The situation with whoever is named selected; or why nobody is meant."""
    if not name:
        return situation
    found = addressed(situation.meeting, name)
    return found if isinstance(found, str) else replace(situation, user_id=found[0].user_id)


def _item(command: OfTheAgenda, situation: Situation) -> AgendaSet | None:
    meeting = situation.meeting
    match command:
        case CommandId.NEXT_ITEM:
            item = next_item(meeting)
        case CommandId.PREVIOUS_ITEM:
            item = previous_item(meeting)
        case _:
            item = situation.item
    if item is None:
        return None
    data = AgendaSet.Data(
        meeting_id=meeting.meeting_id, item_id=item.id, status=_BECOMES[command], confirms=()
    )
    return AgendaSet(data=data)


_BECOMES = {
    CommandId.NEXT_ITEM: ItemStatus.IN_PROGRESS,
    CommandId.PREVIOUS_ITEM: ItemStatus.IN_PROGRESS,
    CommandId.TAKE_UP: ItemStatus.IN_PROGRESS,
    CommandId.COMPLETE: ItemStatus.COMPLETED,
    CommandId.DEFER: ItemStatus.DEFERRED,
    CommandId.PUT_BACK: ItemStatus.PENDING,
}
