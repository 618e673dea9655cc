"""Threads: from any message of one, all of it and nothing else."""

from boardroom_tui.state.threads import alone_in, root_of, thread
from tests.ui.chat_scenes import announced, log, meeting, said, sent

LINES = (
    said(1, "user_1", "The lift."),
    said(2, "user_2", "The budget."),
    said(3, "user_2", "Which one?", reply_to=1),
    announced(1, "Recess."),
    said(4, "user_3", "The north tower's.", reply_to=3),
    said(5, "user_1", "Page 4.", reply_to=2),
    said(6, "user_1", "To what was never heard here.", reply_to=99),
)
CHAT = log(LINES)


def ids(root: str) -> list[str]:
    return [line.message_id for line in thread(CHAT, root)]


def test_a_thread_is_found_from_each_of_its_messages() -> None:
    for number in (1, 3, 4):
        assert root_of(CHAT, f"message_{number}") == "message_1"
    assert ids("message_1") == ["message_1", "message_3", "message_4"]
    assert ids(root_of(CHAT, "message_5")) == ["message_2", "message_5"]
    assert ids(root_of(CHAT, "message_6")) == ["message_6"]


def test_messages_that_answer_each_other_in_a_circle_end_somewhere() -> None:
    circle = log([said(1, "user_1", "One", reply_to=2), said(2, "user_1", "Two", reply_to=1)])
    assert root_of(circle, "message_1") in circle


def test_alone_in_a_thread_only_what_answers_it_is_on_its_way() -> None:
    alone = alone_in(meeting(LINES, outgoing={"r1": sent("To everybody.")}), "message_1")
    assert [line.message_id for line in alone.chat] == ["message_1", "message_3", "message_4"]
    assert alone.outgoing == {}
