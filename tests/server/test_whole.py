"""The whole of a meeting of pieces that are encoded once: the same as if all were made anew."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from boardroom_tui.meeting.charter import Charter, Member
from boardroom_tui.meeting.commands import (
    CastVote,
    CloseDecision,
    Command,
    GiveProxy,
    Join,
    Leave,
    RecordApology,
    Recuse,
    Say,
    SetPhase,
)
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.codec import decode_server, encode
from boardroom_tui.protocol.fields import MeetingPhase, Method, Role, Status
from boardroom_tui.protocol.messages.meeting import MeetingState as Picture
from boardroom_tui.server.backlog import Backlog
from boardroom_tui.server.picture import picture
from boardroom_tui.server.roster import Presence
from boardroom_tui.server.whole import Whole
from tests.meeting.room import CHAIR, NO, YES, Room, ballot, charter, opening, prepared, voter

LISTS = ("roster", "decisions", "chat", "motions")
CHAIRS = Role.FACILITATOR
TEXTS = ('"data":{', '"roster":[]', "Привет 👋\n", "\\")
"""What could be taken for the message around it."""


def board() -> Charter:
    ann, bob = voter("ann"), voter("bob").model_copy(update={"name": TEXTS[0]})
    decisions = (prepared("1"), prepared("2", secret=True), prepared("3", title=TEXTS[1]))
    return charter((ann, bob, voter("cy")), decisions, proxies=True, title=TEXTS[0])


def session() -> Iterator[Command]:
    """Something of everything that is told to who joins."""
    yield Join(CHAIR, CHAIRS)
    yield Join("user_ann", CHAIRS)
    yield RecordApology(CHAIR, CHAIRS, "user_cy")
    yield GiveProxy("user_cy", CHAIRS, "user_ann")
    for number, text in enumerate(TEXTS):
        yield Say("user_ann", CHAIRS, f"msg_{number}", text)
    yield opening("decision_1", method=Method.ROLL_CALL)
    yield ballot("ann", YES, "decision_1", f"vote_{1:020x}")
    yield CastVote("user_ann", CHAIRS, "decision_1", f"vote_{2:020x}", NO, on_behalf_of="user_cy")
    yield ballot("bob", YES, "decision_1", f"vote_{3:020x}")
    yield SetPhase(CHAIR, CHAIRS, MeetingPhase.EXECUTIVE)
    yield Say("user_ann", CHAIRS, "msg_hidden", "Between us.")
    yield opening("decision_2")
    yield replace(ballot("bob", NO, "decision_2", f"vote_{4:020x}"), words="swordfish")
    yield CloseDecision(CHAIR, CHAIRS, "decision_2", None)
    yield SetPhase(CHAIR, CHAIRS, MeetingPhase.IN_SESSION)
    yield Recuse("user_bob", CHAIRS, "decision_3")
    yield opening("decision_3")
    yield ballot("ann", YES, "decision_3")
    yield Leave("user_ann")
    yield Join("user_ann", Role.PARTICIPANT)


def presence_of(state: MeetingState, member: Member) -> Presence | None:
    seen = state.last_seen.get(member.id)
    return None if seen is None else Presence(Status.ONLINE, None, seen)


def test_what_who_joins_is_told_is_what_would_be_told_if_nothing_had_been_told_before() -> None:
    board_ = board()
    room = Room(board_)
    backlog = Backlog(board_.id)
    whole, noted = Whole(board_, backlog), backlog.fold(room.events)
    for command in session():
        room.later(seconds=1)
        noted = backlog.fold(room.events[-len(room.do(command)) :], noted)
        state = room.state
        for member in board_.members:
            for role in (member.role, Role.OBSERVER):
                here = partial(presence_of, state)
                heard = encode(*whole.told(state, member, role, here))
                assert heard == encode(*Whole(board_, backlog).told(state, member, role, here))
                assert isinstance(decode_server(heard), Picture)
                anew = encode(picture(board_, state, member, role, presence_of=here))
                told, due = json.loads(heard)["data"], json.loads(anew)["data"]
                assert {name: told[name] for name in LISTS} == {name: due[name] for name in LISTS}
