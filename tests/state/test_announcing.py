"""What the meeting itself says in the conversation."""

from boardroom_tui.protocol.fields import Guard, ItemStatus, MeetingPhase, Role
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.state.conversation import merged
from boardroom_tui.state.model import Meeting, MeetingLine, Tone
from boardroom_tui.state.select import newest_first
from tests.state.said import MEETING, after, agenda, at, chat, joined, ready

ANA = joined("user_2", "Ana Silva", Role.FACILITATOR)


def called(phase: MeetingPhase, minutes: float, *overrides: Guard) -> PhaseUpdate:
    """Ana calls the meeting to a phase, so many minutes after the start."""
    data = PhaseUpdate.Data(
        meeting_id=MEETING, phase=phase, since=at(minutes), by="user_2", overrides=overrides
    )
    return PhaseUpdate(data=data)


def announced(meeting: Meeting) -> list[str]:
    """What the meeting said itself."""
    return [line.text for line in meeting.chat if isinstance(line, MeetingLine)]


def test_each_turn_of_the_meeting_s_life_is_said_with_its_time_and_by_whom() -> None:
    phases = (
        MeetingPhase.IN_SESSION,
        MeetingPhase.RECESS,
        MeetingPhase.IN_SESSION,
        MeetingPhase.EXECUTIVE,
        MeetingPhase.IN_SESSION,
        MeetingPhase.ADJOURNED,
    )
    meeting = after(ready(), ANA, *(called(one, n) for n, one in enumerate(phases)))
    assert announced(meeting) == [
        "Called to order by Ana Silva.",
        "Recess, called by Ana Silva.",
        "The recess is over: called to order by Ana Silva.",
        "Executive session, called by Ana Silva: observers hear nothing of it.",
        "The executive session is over: opened to observers by Ana Silva.",
        "Adjourned by Ana Silva.",
    ]
    assert [line.timestamp for line in meeting.chat] == [at(n) for n in range(6)]
    assert meeting.phase is MeetingPhase.ADJOURNED
    assert meeting.phase_since == at(5)
    assert meeting.started_at == at(0)


def test_it_stands_where_it_was_said_and_is_no_message() -> None:
    recess = called(MeetingPhase.RECESS, 1.5)
    meeting = after(ready(), ANA, chat(1, "user_2", "Tea."), recess, chat(2, "user_1", "Yes."))
    kinds = [isinstance(line, MeetingLine) for line in meeting.chat]
    assert kinds == [False, True, False]
    assert [line.message for line in newest_first(meeting)] == ["Yes.", "Tea."]


def test_hearing_it_again_says_it_once() -> None:
    recess = called(MeetingPhase.RECESS, 1)
    assert announced(after(ready(), ANA, recess, recess)) == ["Recess, called by Ana Silva."]


def test_after_a_reconnect_it_stays_in_its_place_among_what_was_missed() -> None:
    known = after(ready(), ANA, chat(1, "user_2", "Tea."), called(MeetingPhase.RECESS, 2)).chat
    told = [chat(number, "user_2", "Tea.").data for number in (0, 1, 3)]
    places = [line.timestamp for line in merged(known, told)]
    assert places == [at(0), at(1), at(2), at(3)]


def test_what_everybody_should_notice_is_news() -> None:
    meeting = after(ready(), ANA, called(MeetingPhase.RECESS, 1))
    line = meeting.chat[-1]
    assert isinstance(line, MeetingLine)
    assert line.tone is Tone.NEWS


def test_what_was_done_against_the_odds_is_said_with_them() -> None:
    adjourned = called(MeetingPhase.ADJOURNED, 1, Guard.VOTE_OPEN)
    assert announced(after(ready(), ANA, adjourned)) == [
        "Adjourned by Ana Silva, although a vote is open."
    ]


def test_an_item_is_said_to_be_taken_up_each_time_it_is() -> None:
    first, again = (agenda("item_3", ItemStatus.IN_PROGRESS, 3, minutes) for minutes in (1, 9))
    done = agenda("item_3", ItemStatus.COMPLETED, 0)
    said = announced(after(ready(), first, done, first, again))
    assert said == ["Taken up: About item_3."] * 2
