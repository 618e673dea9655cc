"""What members do in a meeting, as it occurs to them."""

from collections.abc import Callable
from random import Random

from boardroom_tui.protocol.catalogue import ClientMessage
from boardroom_tui.protocol.fields import (
    Guard,
    ItemStatus,
    MeetingPhase,
    Method,
    Role,
    Status,
    Vote,
)
from boardroom_tui.protocol.messages.attendance import ApologyRecord, RollCall
from boardroom_tui.protocol.messages.decision import (
    DecisionClose,
    DecisionOpen,
    DecisionWithdraw,
    VoteCast,
)
from boardroom_tui.protocol.messages.electorate import DecisionRecuse
from boardroom_tui.protocol.messages.life import Called, PhaseSet
from boardroom_tui.protocol.messages.meeting import AgendaSet
from boardroom_tui.protocol.messages.motion import (
    MotionAmend,
    MotionMake,
    MotionPostpone,
    MotionSecond,
    MotionWithdraw,
)
from boardroom_tui.protocol.messages.presence import PresenceUpdate
from boardroom_tui.protocol.messages.proxy import ProxyGive, ProxyRevoke
from boardroom_tui.protocol.messages.speaker import (
    SpeakerCall,
    SpeakerLower,
    SpeakerRaise,
    SpeakerYield,
)
from tests.network.attendant import MEETING, Attendant

_ALL = tuple(Guard)
_VOTERS = ("user_ada", "user_ben", "user_cleo", "user_wes")

Deed = Callable[[Attendant, Random], ClientMessage | None]


def _vote(who: Attendant, random: Random) -> ClientMessage | None:
    """Mostly where a vote is open, sometimes where it is over."""
    decisions = [view for view in who.meeting.decisions.values() if view.is_open]
    if not decisions or random.random() < 0.1:
        decisions = list(who.meeting.decisions.values())
    if not decisions or who.role is Role.OBSERVER:
        return None
    decision_id = random.choice(decisions).decision_id
    return VoteCast(data=VoteCast.Data(decision_id=decision_id, vote=random.choice(list(Vote))))


def _open(who: Attendant, random: Random) -> ClientMessage | None:
    if who.role is not Role.FACILITATOR:
        return None
    put = [key for key, one in who.meeting.motions.items() if one.status.is_pending]
    if put and random.random() < 0.4:
        data = DecisionOpen.Data(meeting_id=MEETING, motion_id=random.choice(put), confirms=_ALL)
        return DecisionOpen(data=data)
    method = random.choice([Method.VOTE, Method.VOTE, *Method])
    return DecisionOpen(
        data=DecisionOpen.Data(
            meeting_id=MEETING,
            title=f"Question {random.randrange(1000)}",
            text="So be it.",
            method=method,
            secret=method is Method.VOTE and random.random() < 0.4,
            duration_seconds=random.choice([None, 30, 90])
            or (60 if method is Method.CONSENT else None),
            confirms=_ALL,
        )
    )


def _close(who: Attendant, random: Random) -> ClientMessage | None:
    opened = [key for key, view in who.meeting.decisions.items() if view.is_open]
    if who.role is not Role.FACILITATOR or not opened:
        return None
    decision_id = random.choice(opened)
    if random.random() < 0.2:
        return DecisionWithdraw(data=DecisionWithdraw.Data(decision_id=decision_id))
    return DecisionClose(data=DecisionClose.Data(decision_id=decision_id, confirms=_ALL))


def called_to(phase: Called) -> PhaseSet:
    """What calls the meeting to this."""
    return PhaseSet(data=PhaseSet.Data(meeting_id=MEETING, phase=phase, confirms=_ALL))


def _phase(who: Attendant, random: Random) -> ClientMessage | None:
    if who.role is not Role.FACILITATOR:
        return None
    if who.meeting.phase in (MeetingPhase.RECESS, MeetingPhase.EXECUTIVE):
        return called_to(MeetingPhase.IN_SESSION)
    others: tuple[Called, ...] = (MeetingPhase.RECESS, MeetingPhase.EXECUTIVE)
    phase = MeetingPhase.IN_SESSION if random.random() < 0.6 else random.choice(others)
    return called_to(phase)


def _agenda(who: Attendant, random: Random) -> ClientMessage | None:
    if who.role is not Role.FACILITATOR:
        return None
    status = random.choice([ItemStatus.IN_PROGRESS, *ItemStatus])
    item = random.choice(["item_1", "item_2", "item_3"])
    data = AgendaSet.Data(meeting_id=MEETING, item_id=item, status=status, confirms=_ALL)
    return AgendaSet(data=data)


def _floor(who: Attendant, random: Random) -> ClientMessage | None:
    if random.random() < 0.5:
        return SpeakerRaise(data=SpeakerRaise.Data(meeting_id=MEETING))
    if who.role is Role.FACILITATOR:
        return SpeakerCall(data=SpeakerCall.Data(meeting_id=MEETING))
    if random.random() < 0.5:
        return SpeakerYield(data=SpeakerYield.Data(meeting_id=MEETING))
    return SpeakerLower(data=SpeakerLower.Data(meeting_id=MEETING))


def _motion(who: Attendant, random: Random) -> ClientMessage | None:
    pending = [key for key, one in who.meeting.motions.items() if one.status.is_pending]
    if not pending or random.random() < 0.3:
        text = f"That {random.randrange(1000)} be spent."
        return MotionMake(data=MotionMake.Data(meeting_id=MEETING, text=text))
    one = random.choice(pending)
    match random.randrange(5):
        case 0:
            text = f"That {random.randrange(1000)} be saved."
            data = MotionAmend.Data(meeting_id=MEETING, motion_id=one, text=text)
            return MotionAmend(data=data)
        case 1:
            return MotionWithdraw(data=MotionWithdraw.Data(meeting_id=MEETING, motion_id=one))
        case 2:
            return MotionPostpone(data=MotionPostpone.Data(meeting_id=MEETING, motion_id=one))
        case _:
            return MotionSecond(data=MotionSecond.Data(meeting_id=MEETING, motion_id=one))


def _apologies(who: Attendant, random: Random) -> ClientMessage | None:
    if who.role is Role.FACILITATOR:
        return RollCall(data=RollCall.Data(meeting_id=MEETING))
    withdrawn = random.random() < 0.5
    return ApologyRecord(data=ApologyRecord.Data(meeting_id=MEETING, withdrawn=withdrawn))


def _proxy(who: Attendant, random: Random) -> ClientMessage | None:
    if random.random() < 0.4:
        return ProxyRevoke(data=ProxyRevoke.Data(meeting_id=MEETING))
    to = random.choice([one for one in _VOTERS if one != who.user_id])
    return ProxyGive(data=ProxyGive.Data(meeting_id=MEETING, to=to))


def _recuse(_: Attendant, random: Random) -> ClientMessage | None:
    item = random.choice(["item_1", "item_2", "item_3"])
    return DecisionRecuse(data=DecisionRecuse.Data(meeting_id=MEETING, item_id=item))


def _presence(_: Attendant, random: Random) -> ClientMessage | None:
    status = random.choice([Status.ONLINE, Status.AWAY, Status.BUSY])
    return PresenceUpdate(data=PresenceUpdate.Data(status=status))


_DEEDS: tuple[tuple[Deed, int], ...] = (
    (_vote, 20),
    (_open, 12),
    (_close, 6),
    (_phase, 5),
    (_agenda, 6),
    (_floor, 8),
    (_motion, 8),
    (_apologies, 3),
    (_proxy, 2),
    (_recuse, 1),
    (_presence, 5),
)


def something(who: Attendant, random: Random) -> ClientMessage | None:
    """What a member does now, if it is theirs to do."""
    deeds, weights = zip(*_DEEDS, strict=True)
    deed: Deed = random.choices(deeds, weights)[0]
    return deed(who, random)
