"""The meeting's life in its minutes, and the executive session in minutes of its own."""

from collections.abc import Sequence

from boardroom_tui.meeting.events import (
    AgendaMoved,
    ApologyRecorded,
    Event,
    Happening,
    Joined,
    PhaseChanged,
    RollCalled,
    Said,
)
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Role
from boardroom_tui.record.markdown import markdown
from boardroom_tui.record.minutes import has_executive_session, minutes
from tests.record.examples import closed, convened, numbered, opened

ADA, GRACE = "user_1", "user_2"


def called(phase: MeetingPhase) -> tuple[str, Happening]:
    return ADA, PhaseChanged(phase=phase)


def line(user_id: str, name: str, text: str) -> tuple[str, Happening]:
    return user_id, Said(message_id=name, text=text)


BEGUN = (
    convened(),
    (ADA, Joined(role=Role.FACILITATOR)),  # 12:01
    (GRACE, Joined(role=Role.PARTICIPANT)),
    called(MeetingPhase.IN_SESSION),  # 12:03
)

MEETING = numbered(
    [
        *BEGUN,
        line(GRACE, "m1", "/action @ada: Buy coffee"),
        line(GRACE, "m2", "The coffee is gone."),
        called(MeetingPhase.RECESS),  # 12:06
        called(MeetingPhase.IN_SESSION),
        called(MeetingPhase.EXECUTIVE),  # 12:08
        line(ADA, "m3", "/agreed The salary is confirmed."),
        line(GRACE, "m4", "A secret remark."),
        opened("d_salary"),  # 12:11
        closed("d_salary"),
        called(MeetingPhase.IN_SESSION),  # 12:13
        opened("d_coffee"),
        closed("d_coffee"),
        called(MeetingPhase.ADJOURNED),  # 12:16
    ]
)
"""A recess, and an executive session with a vote."""


def written(
    events: Sequence[Event] = MEETING, *, executive: bool = False, chat: bool = False
) -> str:
    return markdown(minutes(events, "0123456789abcdef" * 4, executive=executive, chat=chat))


def test_the_meetings_life_is_told_with_its_times() -> None:
    text = written()
    assert "- Called to order: 12:03 UTC by Ada Lovelace\n" in text
    assert "- Recess: 12:06–12:07 UTC\n" in text
    assert "- Executive session: 12:08–12:13 UTC; its minutes are a file of its own\n" in text
    assert "- Adjourned: 12:16 UTC\n" in text
    assert "Draft" not in text


def test_before_the_call_to_order_and_before_the_end_they_are_a_draft() -> None:
    assert "\n\n15 January 2027. Draft: the meeting is not over at 12:02\n" in written(MEETING[:3])
    during = written(MEETING[:-1])
    assert "Draft: the meeting is not over at 12:15" in during
    assert "- Adjourned: not yet at 12:15 UTC\n" in during


def test_a_meeting_that_was_called_back_is_not_over() -> None:
    again = numbered([called(MeetingPhase.IN_SESSION)], after=len(MEETING))
    assert "- Adjourned: not yet" in written([*MEETING, *again])


def test_the_minutes_say_of_an_executive_session_only_when_it_was() -> None:
    text = written(chat=True)
    assert "salary" not in text
    assert "secret remark" not in text
    assert "#### Decision 1: Approve the budget" in text
    assert "#### Decision 2" not in text
    assert len([row for row in text.splitlines() if "Vote on" in row]) == 1


def test_the_executive_sessions_minutes_tell_what_was_done_in_it_and_nothing_else() -> None:
    text = written(executive=True, chat=True)
    assert text.startswith("# Minutes of the executive session: Q3 board meeting\n")
    assert "- Executive session: 12:08–12:13 UTC\n" in text
    assert "- Agreed: The salary is confirmed. (Ada Lovelace, 12:09)\n" in text
    assert "| 12:10 | Grace Hopper | A secret remark. |\n" in text
    assert "#### Decision 1: Approve the budget" in text
    assert "#### Decision 2" not in text
    assert "offee" not in text
    assert "| Grace Hopper | member | 1 | 12:08–12:13 |\n" in text


def test_observers_were_shut_out_of_the_executive_session() -> None:
    observing = ("user_4", Joined(role=Role.OBSERVER))
    events = numbered([*BEGUN, observing, called(MeetingPhase.EXECUTIVE)])
    assert "| Emmy Noether | observer |" in written(events)
    assert "Emmy Noether" not in written(events, executive=True)


def test_what_was_said_is_told_only_where_it_is_asked_for() -> None:
    assert "The coffee is gone." not in written()
    assert "| 12:05 | Grace Hopper | The coffee is gone. |\n" in written(chat=True)


def test_whether_there_was_an_executive_session_is_known() -> None:
    assert has_executive_session(MEETING)
    assert not has_executive_session(MEETING[:8])


def test_a_vote_that_ends_in_executive_session_is_told_only_there() -> None:
    begun = numbered(
        [
            convened(),
            (ADA, Joined(role=Role.FACILITATOR)),
            opened("d_pay"),
            called(MeetingPhase.EXECUTIVE),
            closed("d_pay"),
            called(MeetingPhase.IN_SESSION),
        ]
    )
    assert "Approve the budget" not in written(begun)
    assert "#### Decision 1: Approve the budget" in written(begun, executive=True)


def test_roll_calls_and_apologies_are_told() -> None:
    excused = ApologyRecorded(user_id="user_3")
    roll = RollCalled(present=(ADA, GRACE), absent=(), excused=("user_3",), have=2, need=2)
    text = written(numbered([*BEGUN, (ADA, excused), (ADA, roll)]))
    assert "| Kurt Gödel | member | 2 | apologies |\n" in text
    assert (
        "- Roll call: 12:05 UTC\n- Present: Ada Lovelace, Grace Hopper\n- Apologies: Kurt Gödel\n"
    ) in text
    assert "| 12:05 | Roll call | 2 | 2 | yes |\n" in text


def test_an_item_in_progress_at_the_adjournment_lasted_until_then_and_was_not_completed() -> None:
    taken_up = (ADA, AgendaMoved(item_id="item_1", status=ItemStatus.IN_PROGRESS))
    cut_short = [*BEGUN, taken_up, called(MeetingPhase.ADJOURNED), line(GRACE, "m1", "Good night.")]
    text = written(numbered(cut_short))
    assert "Planned for 5 minutes. Taken up 12:04–12:05, not completed.\n" in text
    assert "In progress" not in text
    again = written(numbered([*cut_short, called(MeetingPhase.IN_SESSION)]))
    assert "Taken up 12:04–12:05, from 12:07. In progress.\n" in again
