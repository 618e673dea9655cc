"""The next step of a facilitator, situation by situation."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from boardroom_tui.protocol.fields import (
    DecisionStatus,
    ItemStatus,
    MeetingPhase,
    Method,
)
from boardroom_tui.protocol.messages.meeting import AgendaItem, DecisionState
from boardroom_tui.protocol.messages.motion import Motion
from boardroom_tui.protocol.messages.speaker import Speakers
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.reduce import reduce
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.next_step import Step, next_step
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.agenda import decision_key, motion_key
from tests.ui import board
from tests.ui.leading_scenes import motion, turn
from tests.ui.scripted_link import NOON

HERE = tuple(one.user_id for one in board.ROSTER if one.present and one.has_vote)
ABSENT = ("user_11", "user_12")


def meeting(
    *decisions: DecisionState, agenda: tuple[AgendaItem, ...] = board.AGENDA, **rest: object
) -> Meeting:
    """The board's meeting, in which only the given decisions are known."""
    told = board.state(decisions=decisions, agenda=agenda)
    known = reduce(reduce(Meeting(board.MEETING), board.ready(), NOON), told, NOON)
    return replace(known, **rest)  # pyright: ignore[reportArgumentType]


def vote(
    not_voted: tuple[str, ...] | None, *, seconds: float | None = 270, **rest: object
) -> DecisionState:
    deadline = None if seconds is None else NOON + timedelta(seconds=seconds)
    update = {"not_voted": not_voted, "deadline": deadline, **rest}
    return board.BUDGET_OPEN.model_copy(update=update)


def motions(*made: Motion) -> dict[str, Any]:
    known = {one.motion_id: one for one in made}
    return {"motions": known, "motion_order": tuple(known)}


def item(number: int, status: ItemStatus, minutes: int | None, began: float = 0.0) -> AgendaItem:
    started = NOON - timedelta(minutes=began) if status is ItemStatus.IN_PROGRESS else None
    return AgendaItem(
        id=f"item_{number}",
        title=f"Matter {number}",
        status=status,
        minutes=minutes,
        started_at=started,
    )


def agenda(*statuses: tuple[ItemStatus, int | None, float]) -> tuple[AgendaItem, ...]:
    return tuple(item(number, *status) for number, status in enumerate(statuses, start=1))


DONE = (ItemStatus.COMPLETED, 5, 0.0)
NEXT = (ItemStatus.PENDING, 5, 0.0)
GATHERED = MeetingPhase.GATHERING
EMPTY = {one: replace(someone, present=False) for one, someone in meeting().people.items()}
ABOUT_BUDGET = decision_key("decision_2")
FOLLOWING = "take up “Matter 3”."


def now_at(minutes: float, planned: int | None = 20) -> tuple[AgendaItem, ...]:
    return agenda(DONE, (ItemStatus.IN_PROGRESS, planned, minutes), NEXT)


@pytest.mark.parametrize(
    ("at", "step"),
    [
        (
            meeting(phase=GATHERED, people=EMPTY),
            Step("0 here, 6 needed for a quorum: wait for more."),
        ),
        (
            meeting(phase=GATHERED),
            Step("There is a quorum: call the meeting to order.", CommandId.ORDER),
        ),
        (
            meeting(phase=GATHERED, quorum=None),
            Step("Call the meeting to order.", CommandId.ORDER),
        ),
        (
            meeting(phase=MeetingPhase.RECESS, phase_since=NOON - timedelta(minutes=9)),
            Step("In recess for 9 min: call it to order again.", CommandId.ORDER),
        ),
        (
            meeting(phase=MeetingPhase.EXECUTIVE),
            Step(
                "In executive session: when it is done, call to order; observers come back.",
                CommandId.ORDER,
            ),
        ),
        (
            meeting(people=EMPTY | {"user_1": meeting().people["user_1"]}),
            Step("Quorum is lost, 1 here and 6 needed: call a recess.", CommandId.RECESS),
        ),
        (
            meeting(vote(HERE, seconds=0)),
            Step(
                "Time is up for “The budget for 2027”: close the vote.",
                CommandId.CLOSE,
                ABOUT_BUDGET,
            ),
        ),
        (
            meeting(vote(())),
            Step(
                "All have voted on “The budget for 2027”: close the vote.",
                CommandId.CLOSE,
                ABOUT_BUDGET,
            ),
        ),
        (
            meeting(vote(ABSENT)),
            Step(
                "All who are here have voted on “The budget for 2027”: close the vote.",
                CommandId.CLOSE,
                ABOUT_BUDGET,
            ),
        ),
        (
            meeting(vote(("user_3", *ABSENT))),
            Step(
                "1 member has not voted on “The budget for 2027”: remind them.",
                CommandId.REMIND,
                ABOUT_BUDGET,
            ),
        ),
        (
            meeting(vote(HERE, opened_at=NOON - timedelta(seconds=20))),
            Step("Votes are being taken: wait for them."),
        ),
        (
            meeting(vote(HERE, method=Method.CONSENT)),
            Step("Votes are being taken: wait for them."),
        ),
        (
            meeting(vote(HERE, opened_at=NOON), speakers=Speakers(queue=(turn(3, 2), turn(4, 1)))),
            Step("Priya Natarajan asks for the floor: call the speaker.", CommandId.NEXT_SPEAKER),
        ),
        (
            meeting(speakers=Speakers(speaking=turn(3, 5), queue=(turn(4, 1),), seconds_each=180)),
            Step("Priya Natarajan is 2 min over the time: take the floor back.", CommandId.YIELD),
        ),
        (
            meeting(**motions(motion(1, "user_3"), motion(2, None))),
            Step(
                "Motion 1 is seconded: put it to the vote.", CommandId.PUT, motion_key("motion_1")
            ),
        ),
        (
            meeting(board.BUDGET, **motions(motion(2, None))),
            Step(
                "“The budget for 2027” is prepared for this item: open the vote.",
                CommandId.OPEN,
                ABOUT_BUDGET,
            ),
        ),
        (
            meeting(agenda=now_at(24)),
            Step(f"Item 2 is 4 min over: {FOLLOWING}", CommandId.NEXT_ITEM),
        ),
        (
            meeting(agenda=now_at(12)),
            Step(f"Item 2 has 8 min left; when it is done, {FOLLOWING}", CommandId.NEXT_ITEM),
        ),
        (
            meeting(agenda=now_at(12, None)),
            Step(f"Item 2 is in progress; when it is done, {FOLLOWING}", CommandId.NEXT_ITEM),
        ),
        (
            meeting(agenda=agenda(DONE, DONE, NEXT)),
            Step(f"No item is in progress: {FOLLOWING}", CommandId.NEXT_ITEM),
        ),
        (
            meeting(agenda=agenda(DONE, (ItemStatus.IN_PROGRESS, 5, 2.0))),
            Step("“Matter 2” is the last item: when it is done, adjourn.", CommandId.ADJOURN),
        ),
        (
            meeting(agenda=agenda(DONE, DONE)),
            Step("Nothing is left on the agenda: adjourn.", CommandId.ADJOURN),
        ),
        (
            meeting(phase=MeetingPhase.ADJOURNED),
            Step("The meeting is adjourned: look through the minutes.", CommandId.MINUTES),
        ),
    ],
    ids=lambda value: value.words if isinstance(value, Step) else "",
)
def test_the_next_step_follows_from_where_the_meeting_stands(at: Meeting, step: Step) -> None:
    assert next_step(Situation(at), NOON) == step


def test_a_vote_that_is_not_the_newest_is_closed_by_the_step_that_names_it() -> None:
    older = vote(())
    newer = vote(HERE, decision_id="decision_9", title="The other", opened_at=NOON)
    assert next_step(Situation(meeting(older, newer)), NOON).about == ABOUT_BUDGET


def test_what_cannot_be_done_is_not_suggested() -> None:
    plain = replace(meeting(vote(())), extensions=frozenset({"meeting.agenda.set"}))
    assert next_step(Situation(plain), NOON) == Step("Votes are being taken: wait for them.")
    nothing = replace(meeting(), extensions=frozenset[str]())
    assert next_step(Situation(nothing), NOON) == Step("Nothing is waiting for you.")
    assert board.BUDGET.status is DecisionStatus.PREPARED


def test_others_words_are_one_line_of_text() -> None:
    hostile = board.BUDGET.model_copy(update={"title": "[@click=app.quit]x[/]\x1b[2J\nand more"})
    words = next_step(Situation(meeting(hostile)), NOON).words
    assert words == (
        "“[@click=app.quit]x[/][2J and more” is prepared for this item: open the vote."
    )
