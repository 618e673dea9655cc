"""What the meeting itself says in the conversation."""

from boardroom_tui.protocol.fields import Guard, ItemStatus, MeetingPhase, Role
from boardroom_tui.protocol.messages.attendance import ApologyUpdate, QuorumUpdate, RollCalled
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.speaker import SpeakerQueue, Turn
from boardroom_tui.state.concern import Concern
from boardroom_tui.state.conversation import merged
from boardroom_tui.state.model import Meeting, MeetingLine, SpokenLine, Tone
from boardroom_tui.state.select import has_floor, newest_first, place_in_queue
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
    told = [SpokenLine.of(chat(number, "user_2", "Tea.").data) for number in (0, 1, 3)]
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


def test_a_quorum_that_is_lost_warns_with_numbers_and_one_that_is_met_is_news() -> None:
    def quorum(have: int, minutes: float) -> QuorumUpdate:
        data = QuorumUpdate.Data(
            meeting_id=MEETING, have=have, need=3, met=have >= 3, at=at(minutes)
        )
        return QuorumUpdate(data=data)

    meeting = after(ready(), quorum(3, 1), quorum(2, 2), quorum(2, 2))
    assert announced(meeting) == ["Quorum: 3 here, 3 needed.", "Quorum lost: 2 here, 3 needed."]
    tones = [line.tone for line in meeting.chat if isinstance(line, MeetingLine)]
    assert tones == [Tone.NEWS, Tone.WARNING]


def test_the_roll_is_said_with_the_names_of_those_who_are_missing() -> None:
    data = RollCalled.Data(
        meeting_id=MEETING,
        present=("user_1", "user_2"),
        absent=("user_3",),
        excused=("user_4", "user_5"),
        have=2,
        need=3,
        at=at(1),
        by="user_2",
    )
    people = (joined("user_3", "Ben Ode"), joined("user_4", "Cy Ku"), joined("user_5", "Di Fo"))
    assert announced(after(ready(), ANA, *people, RollCalled(data=data))) == [
        "Roll called by Ana Silva: 2 present, 1 absent (Ben Ode), 2 excused (Cy Ku, Di Fo). "
        "No quorum: 2 with a vote here, 3 needed."
    ]


def speakers(speaking: str | None, *queue: str) -> SpeakerQueue:
    """Who has the floor since minute 9, and who asks for it, since one minute after the other."""
    turns = tuple(Turn(user_id=one, since=at(n)) for n, one in enumerate(queue))
    turn = None if speaking is None else Turn(user_id=speaking, since=at(9))
    return SpeakerQueue(
        data=SpeakerQueue.Data(meeting_id=MEETING, speaking=turn, queue=turns, seconds_each=120)
    )


def test_a_raised_hand_and_the_floor_are_said_once() -> None:
    ben = joined("user_3", "Ben Ode")
    meeting = after(
        ready(),
        ANA,
        ben,
        speakers(None, "user_2"),
        speakers(None, "user_2", "user_3"),
        speakers("user_2", "user_3"),
        speakers("user_2", "user_3"),
    )
    assert announced(meeting) == [
        "Ana Silva raises a hand.",
        "Ben Ode raises a hand.",
        "Ana Silva has the floor.",
    ]
    assert place_in_queue(meeting, "user_3") == 1
    assert has_floor(meeting, "user_2")
    assert place_in_queue(meeting, "user_2") is None


def test_that_one_has_the_floor_oneself_is_news() -> None:
    meeting = after(ready(), joined("user_1", "John Doe"), speakers("user_1"))
    line = meeting.chat[-1]
    assert isinstance(line, MeetingLine)
    assert (line.text, line.concern) == ("John Doe has the floor.", Concern.FLOOR)


def test_apologies_are_said_and_known_until_they_are_taken_back() -> None:
    def apologies(minutes: float, *, withdrawn: bool = False) -> ApologyUpdate:
        data = ApologyUpdate.Data(
            meeting_id=MEETING, user_id="user_2", withdrawn=withdrawn, at=at(minutes)
        )
        return ApologyUpdate(data=data)

    meeting = after(ready(), ANA, apologies(1))
    assert meeting.people["user_2"].apologies
    meeting = after(apologies(2, withdrawn=True), meeting=meeting)
    assert not meeting.people["user_2"].apologies
    assert announced(meeting) == ["Ana Silva sends apologies.", "Ana Silva takes back apologies."]
