from boardroom_tui.meeting.commands import Say
from boardroom_tui.meeting.events import Said
from boardroom_tui.protocol.fields import Role
from tests.meeting.room import NOON, Room


def say(user: str, message: str, reply_to: str | None = None) -> Say:
    return Say(f"user_{user}", Role.PARTICIPANT, message, "Good morning.", reply_to)


def test_what_is_said_is_kept_in_order_with_who_and_when() -> None:
    room = Room()
    room.join("ann")
    assert room.do(say("ann", "msg_1")) == (Said(message_id="msg_1", text="Good morning."),)
    room.do(say("bob", "msg_2"))
    first, second = room.state.chat
    assert (first.user_id, first.text, first.at) == ("user_ann", "Good morning.", NOON)
    assert second.message_id == "msg_2"


def test_it_takes_membership_to_speak_not_presence() -> None:
    room = Room()
    assert room.do(say("bob", "msg_1"))
    assert room.do(say("guest", "msg_2"))
    assert room.refused(say("eve", "msg_3")).code == "PERMISSION_DENIED"


def test_a_reply_names_a_message_that_was_sent() -> None:
    room = Room()
    room.do(say("ann", "msg_1"))
    room.do(say("bob", "msg_2", reply_to="msg_1"))
    answer = room.state.chat.find("msg_2")
    assert answer is not None
    assert answer.reply_to == "msg_1"
    refusal = room.refused(say("bob", "msg_3", reply_to="msg_9"))
    assert (refusal.code, refusal.message) == ("RESOURCE_NOT_FOUND", "There is no message msg_9.")
