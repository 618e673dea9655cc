"""What members ask from the floor: motions, proxies, recusals."""

from typing import assert_never

from boardroom_tui.meeting.commands import (
    AmendMotion,
    Command,
    GiveProxy,
    MakeMotion,
    PostponeMotion,
    Recuse,
    ReferMotion,
    RevokeProxy,
    SecondMotion,
    WithdrawMotion,
)
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.electorate import DecisionRecuse
from boardroom_tui.protocol.messages.motion import (
    MotionAmend,
    MotionMake,
    MotionPostpone,
    MotionRefer,
    MotionSecond,
    MotionWithdraw,
)
from boardroom_tui.protocol.messages.proxy import ProxyGive, ProxyRevoke

FloorRequest = (
    MotionMake
    | MotionSecond
    | MotionAmend
    | MotionWithdraw
    | MotionPostpone
    | MotionRefer
    | DecisionRecuse
    | ProxyGive
    | ProxyRevoke
)
"""All name their meeting."""


def floor_command(user_id: str, role: Role, request: FloorRequest, new_id: str) -> Command:
    """What a request asks of the meeting; a motion that is made has `new_id`."""
    match request:
        case MotionMake(data=data):
            return MakeMotion(user_id, role, new_id, data.text, data.title, data.item_id)
        case MotionSecond(data=data):
            return SecondMotion(user_id, role, data.motion_id)
        case MotionAmend(data=data):
            return AmendMotion(user_id, role, data.motion_id, data.text, data.title)
        case MotionWithdraw(data=data):
            return WithdrawMotion(user_id, role, data.motion_id)
        case MotionPostpone(data=data):
            return PostponeMotion(user_id, role, data.motion_id)
        case MotionRefer(data=data):
            return ReferMotion(user_id, role, data.motion_id, data.to)
        case DecisionRecuse(data=data):
            return Recuse(user_id, role, data.decision_id, data.item_id)
        case ProxyGive(data=data):
            return GiveProxy(user_id, role, data.to)
        case ProxyRevoke():
            return RevokeProxy(user_id, role)
        case _:
            assert_never(request)
