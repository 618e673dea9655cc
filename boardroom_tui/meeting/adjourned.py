"""After the adjournment no business is done; the votes that were open then still end."""

from boardroom_tui.meeting.commands import (
    AmendMotion,
    CallRoll,
    CallSpeaker,
    Command,
    LowerHand,
    MakeMotion,
    OpenDecision,
    PostponeMotion,
    RaiseHand,
    ReferMotion,
    Refusal,
    SecondMotion,
    WithdrawMotion,
    YieldFloor,
)
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import MeetingPhase

ADJOURNED = Refusal(ErrorCode.INVALID_MESSAGE, "The meeting is adjourned.", "adjourned")

_BUSINESS = (
    MakeMotion
    | SecondMotion
    | AmendMotion
    | WithdrawMotion
    | PostponeMotion
    | ReferMotion
    | CallRoll
    | RaiseHand
    | LowerHand
    | CallSpeaker
    | YieldFloor
)


def objection(state: MeetingState, command: Command) -> Refusal | None:
    """Why this may not be done now; what the contract knows is never refused by the phase."""
    puts_motion = isinstance(command, OpenDecision) and command.motion is not None
    business = puts_motion or isinstance(command, _BUSINESS)
    return ADJOURNED if business and state.phase is MeetingPhase.ADJOURNED else None
