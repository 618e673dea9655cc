"""What the meeting did before one came or while one was away, and what is old when it is heard."""

from collections.abc import Iterable, Iterator
from typing import get_args

from boardroom_tui.protocol.catalogue import EXTENSIONS
from boardroom_tui.protocol.envelope import Metadata
from boardroom_tui.protocol.fields import MeetingPhase, MotionStatus
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.meeting import ChatMessage, MeetingState, Proceeded, Proceeding
from boardroom_tui.protocol.messages.motion import MotionBefore, MotionUpdate
from boardroom_tui.protocol.messages.speaker import SpeakerQueue, Speakers, Turn
from boardroom_tui.state.model import MeetingLine
from boardroom_tui.state.motions import number_of
from tests.state.said import MEETING, after, at, chat, ready

READY = ready(extensions=EXTENSIONS)
BEN = Turn(user_id="user_2", since=at(2))


def called(phase: MeetingPhase, minutes: float, sequence: int) -> PhaseUpdate:
    data = PhaseUpdate.Data(meeting_id=MEETING, phase=phase, since=at(minutes), by="user_2")
    return PhaseUpdate(data=data, metadata=Metadata(timestamp=at(minutes), sequence=sequence))


def hands(minutes: float, sequence: int, *turns: Turn) -> SpeakerQueue:
    data = SpeakerQueue.Data(meeting_id=MEETING, queue=turns)
    return SpeakerQueue(data=data, metadata=Metadata(timestamp=at(minutes), sequence=sequence))


def motion(number: int) -> MotionUpdate:
    data = MotionUpdate.Data(
        meeting_id=MEETING,
        motion_id=f"motion_{number}",
        title="Tea",
        text="That there be tea.",
        mover="user_2",
        status=MotionStatus.MOVED,
        moved_at=at(number),
        amendments=0,
    )
    return MotionUpdate(data=data, metadata=Metadata(timestamp=at(number), sequence=number))


def tea(number: int) -> ChatMessage:
    return chat(number, "user_2", "Tea.", name="user_2")


def whole(*told: tuple[int, Proceeded], lines: int = 0, sequence: int = 9) -> MeetingState:
    """The whole meeting in recess, with Ben's hand up."""
    moved = (one.data.motion_id for _, one in told if isinstance(one, MotionUpdate))
    return MeetingState(
        data=MeetingState.Data(
            meeting_id=MEETING,
            title="Q3",
            quorum=1,
            sequence=sequence,
            phase=MeetingPhase.RECESS,
            phase_since=at(4),
            agenda=(),
            current_item=0,
            roster=(),
            decisions=(),
            chat=tuple(tea(number).data for number in range(1, lines + 1)),
            speakers=Speakers(queue=(BEN,)),
            motion_order=tuple(dict.fromkeys(moved)),
            proceedings=tuple(_in_its_place(told)),
        )
    )


def _in_its_place(told: Iterable[tuple[int, Proceeded]]) -> Iterator[Proceeding]:
    """As a server tells it that has told nothing of it to others before."""
    phase, motions = MeetingPhase.GATHERING, dict[str, MotionBefore]()
    for lines, one in told:
        match one:
            case PhaseUpdate(data=data):
                yield Proceeding(after_lines=lines, message=one, phase_before=phase)
                phase = data.phase
            case MotionUpdate(data=data):
                before = motions.get(data.motion_id)
                motions[data.motion_id] = MotionBefore(**data.model_dump(include=_NAMES))
                yield Proceeding(after_lines=lines, message=one, motion_before=before)
            case _:
                yield Proceeding(after_lines=lines, message=one)


_NAMES = set(MotionBefore.model_fields)
ORDER = called(MeetingPhase.IN_SESSION, 0.5, 1)
HAND = hands(2, 3, BEN)
RECESS = called(MeetingPhase.RECESS, 4, 5)


def test_who_comes_late_reads_the_same_lines_in_the_same_order_as_who_was_there() -> None:
    there = after(READY, ORDER, tea(1), HAND, tea(2), RECESS)
    late = after(READY, whole((0, ORDER), (1, HAND), (2, RECESS), lines=2))
    assert list(late.chat) == list(there.chat)
    assert sum(isinstance(line, MeetingLine) for line in late.chat) == 3


def test_who_comes_back_reads_what_was_missed_and_nothing_twice() -> None:
    told = whole((0, ORDER), (1, HAND), (2, RECESS), lines=2)
    back = after(READY, ORDER, tea(1), READY, told, told)
    assert list(back.chat) == list(after(READY, told).chat)


def test_to_a_client_that_lags_each_message_is_sent_that_makes_a_line() -> None:
    assert [kind for kind in get_args(Proceeded) if kind.supersedes] == []


def test_what_happens_at_one_time_is_said_of_each_and_in_its_order() -> None:
    phases = (MeetingPhase.RECESS, MeetingPhase.IN_SESSION, MeetingPhase.RECESS)
    at_once = [called(phase, 5, 6 + number) for number, phase in enumerate(phases)]
    there = after(READY, ORDER, *at_once)
    late = after(READY, whole((0, ORDER), *((0, one) for one in at_once)))
    assert list(late.chat) == list(there.chat)
    assert len(there.chat) == 4


def test_a_hand_that_was_raised_where_one_was_not_to_hear_it_is_not_said_later() -> None:
    queue = hands(3, 4, BEN, Turn(user_id="user_1", since=at(3)))
    late = after(READY, whole((0, queue)))
    assert [line.timestamp for line in late.chat] == [at(3)]


def test_a_motion_keeps_its_number_when_one_is_no_longer_told_of_another() -> None:
    first, second = motion(1), motion(2)
    data = whole().data.model_copy(update={"motions": (second.data,)})
    left = whole().model_copy(update={"data": data})
    there = after(READY, first, second, left)
    late = after(READY, whole((0, first), (0, second)), left)
    assert [number_of(one, "motion_2") for one in (there, late)] == [2, 2]


def test_a_motion_that_was_changed_while_it_was_hidden_is_said_to_have_been_so_to_all() -> None:
    made, put = motion(1), motion(1)
    data = put.data.model_copy(update={"text": "That there be cake.", "amendments": 1})
    metadata = Metadata(timestamp=at(7), sequence=7)
    put = put.model_copy(update={"data": data, "metadata": metadata})
    hidden = whole((0, made), sequence=6)
    there = after(READY, made, hidden, put)
    late = after(READY, whole((0, made), (0, put)))
    assert list(late.chat) == list(there.chat)
    assert "now reads: That there be cake." in str(list(there.chat)[-1])


def test_who_is_told_only_what_was_missed_ends_where_one_ends_who_was_there() -> None:
    floor = hands(6, 10)
    there = after(READY, whole(sequence=4), ORDER, tea(1), HAND, tea(2), RECESS, floor)
    data = whole((1, HAND), (2, RECESS), (2, floor), lines=2, sequence=10).data
    told = data.model_copy(update={"after": 3, "speakers": Speakers()})
    back = after(READY, whole(sequence=4), ORDER, tea(1), HAND, READY, MeetingState(data=told))
    assert list(back.chat) == list(there.chat)
    assert (back.speakers.queue, back.phase, back.sequence) == ((), MeetingPhase.RECESS, 10)


def test_what_is_over_and_not_told_again_stays_known() -> None:
    before = after(READY, whole(sequence=0), motion(1), motion(2))
    changed = motion(2).data.model_copy(update={"status": MotionStatus.WITHDRAWN})
    told = whole().data.model_copy(update={"after": 9, "motions": (changed,)})
    back = after(READY, MeetingState(data=told), meeting=before)
    statuses = [one.status for one in back.motions.values()]
    assert statuses == [MotionStatus.MOVED, MotionStatus.WITHDRAWN]


def test_an_answer_that_is_given_again_does_not_bring_back_what_was() -> None:
    meeting = after(READY, whole(sequence=5), ORDER)
    assert meeting.phase is MeetingPhase.RECESS
    assert meeting.sequence == 5
    assert after(called(MeetingPhase.IN_SESSION, 5, 6), meeting=meeting).sequence == 6


def test_a_server_that_was_put_back_is_followed_and_what_it_no_longer_has_is_told() -> None:
    before = after(READY, whole(sequence=5), called(MeetingPhase.EXECUTIVE, 6, 8))
    back = after(ready(extensions=EXTENSIONS), whole(sequence=5), meeting=before)
    assert (back.phase, back.sequence) == (MeetingPhase.RECESS, 5)
    assert back.record_warning is not None
    assert back.record_warning.startswith("The record is shorter than it was.")
    on = after(called(MeetingPhase.IN_SESSION, 7, 6), meeting=back)
    assert on.phase is MeetingPhase.IN_SESSION
    assert after(READY, whole(), whole()).record_warning is None


def test_a_server_that_tells_nothing_of_the_time_between_leaves_a_mark() -> None:
    again = ready().model_copy(
        update={"data": ready().data.model_copy(update={"session_id": "session_2"})}
    )
    meeting = after(ready(), tea(1), again, tea(3))
    kinds = [isinstance(line, MeetingLine) for line in meeting.chat]
    assert kinds == [False, True, False]
