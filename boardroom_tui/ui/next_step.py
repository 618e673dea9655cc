"""What a facilitator would do next, by the rules of order: one step, and the command that does it.

Pure: the meeting and the time go in, a suggestion comes out; nothing is done by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from boardroom_tui.protocol.fields import MeetingPhase, Method
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.motions import number_of, pending_motions
from boardroom_tui.state.schedule import spent
from boardroom_tui.state.select import (
    current_item,
    elapsed,
    next_item,
    not_voted,
    open_decisions,
    place_of,
    prepared_for,
    quorum,
    shown_name,
)
from boardroom_tui.ui.command import CommandId, reason_against
from boardroom_tui.ui.commands import BY_ID
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.agenda import (
    chosen_decision,
    chosen_motion,
    decision_key,
    motion_key,
)
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.words.durations import rounded

_REMIND_AFTER = timedelta(minutes=1)
"""A vote that has been open so long calls for a reminder."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do and why, in a sentence; without a command there is only to wait."""

    words: str
    command: CommandId | None = None
    about: str | None = None
    """The key of the row that it is about: a decision's or a motion's."""


def next_step(situation: Situation, now: datetime) -> Step:
    """The first step that can be done, the most pressing first."""
    return next(step for step in _steps(situation.meeting, now) if _can_be_done(step, situation))


def _can_be_done(step: Step, situation: Situation) -> bool:
    if step.command is None:
        return True
    about = replace(
        situation,
        item_id=None,
        decision_id=chosen_decision(step.about),
        motion_id=chosen_motion(step.about),
    )
    return reason_against(BY_ID[step.command], about) is None


def _steps(meeting: Meeting, now: datetime) -> Iterator[Step]:
    match meeting.phase:
        case MeetingPhase.ADJOURNED:
            yield Step("The meeting is adjourned: look through the minutes.", CommandId.MINUTES)
        case MeetingPhase.GATHERING:
            yield _to_begin(meeting)
        case MeetingPhase.RECESS:
            lasted = elapsed(meeting.phase_since, now)
            words = "" if lasted is None else f" for {rounded(lasted)}"
            yield Step(f"In recess{words}: call it to order again.", CommandId.ORDER)
        case MeetingPhase.IN_SESSION | MeetingPhase.EXECUTIVE:
            yield from _in_session(meeting, now)
    yield Step("Nothing is waiting for you.")


def _to_begin(meeting: Meeting) -> Step:
    here = quorum(meeting)
    if here is not None and not here.met:
        return Step(f"{here.have} here, {here.need} needed for a quorum: wait for more.")
    words = "Call the meeting to order."
    return Step(words if here is None else f"There is a quorum: {words.lower()}", CommandId.ORDER)


def _in_session(meeting: Meeting, now: datetime) -> Iterator[Step]:
    here = quorum(meeting)
    if here is not None and not here.met:
        words = f"Quorum is lost, {here.have} here and {here.need} needed: call a recess."
        yield Step(words, CommandId.RECESS)
    being_voted = open_decisions(meeting)
    for view in being_voted:
        yield from _to_end(meeting, view, now)
    yield from _on_the_floor(meeting, now)
    if being_voted:
        yield Step("Votes are being taken: wait for them.")
        return
    for motion in pending_motions(meeting):
        if motion.seconder is not None:
            number = number_of(meeting, motion.motion_id)
            words = f"Motion {number} is seconded: put it to the vote."
            yield Step(words, CommandId.PUT, motion_key(motion.motion_id))
    yield from _on_the_agenda(meeting, now)


def _to_end(meeting: Meeting, view: DecisionView, now: datetime) -> Iterator[Step]:
    """Closing a vote, once nobody is waited for any more; until then a reminder."""
    title, about = f"“{one_line(view.title)}”", decision_key(view.decision_id)
    if view.deadline is not None and view.deadline <= now:
        yield Step(f"Time is up for {title}: close the vote.", CommandId.CLOSE, about)
    if view.method is Method.CONSENT or view.not_voted is None:
        return
    present, absent = not_voted(meeting, view)
    if not present:
        who = "All who are here" if absent else "All"
        yield Step(f"{who} have voted on {title}: close the vote.", CommandId.CLOSE, about)
        return
    opened = None if view.question is None else view.question.opened_at
    lasted = elapsed(opened, now)
    if lasted is not None and lasted >= _REMIND_AFTER:
        who = "1 member has" if len(present) == 1 else f"{len(present)} members have"
        yield Step(f"{who} not voted on {title}: remind them.", CommandId.REMIND, about)


def _on_the_floor(meeting: Meeting, now: datetime) -> Iterator[Step]:
    speakers = meeting.speakers
    if speakers.speaking is None:
        if speakers.queue:
            name = one_line(shown_name(meeting, speakers.queue[0].user_id))
            yield Step(f"{name} asks for the floor: call the speaker.", CommandId.NEXT_SPEAKER)
        return
    lasted = elapsed(speakers.speaking.since, now) or timedelta()
    if speakers.seconds_each is not None and lasted > timedelta(seconds=speakers.seconds_each):
        name = one_line(shown_name(meeting, speakers.speaking.user_id))
        over = rounded(lasted - timedelta(seconds=speakers.seconds_each))
        yield Step(f"{name} is {over} over the time: take the floor back.", CommandId.YIELD)


def _on_the_agenda(meeting: Meeting, now: datetime) -> Iterator[Step]:
    item, following = current_item(meeting), next_item(meeting)
    for view in prepared_for(meeting, item):
        words = f"“{one_line(view.title)}” is prepared for this item: open the vote."
        yield Step(words, CommandId.OPEN, decision_key(view.decision_id))
    if meeting.phase is MeetingPhase.EXECUTIVE:
        words = "In executive session: when it is done, call to order; observers come back."
        yield Step(words, CommandId.ORDER)
    if following is None:
        words = "Nothing is left on the agenda: adjourn."
        if item is not None:
            words = f"“{one_line(item.title)}” is the last item: when it is done, adjourn."
        yield Step(words, CommandId.ADJOURN)
        return
    then = f"take up “{one_line(following.title)}”."
    if item is None:
        yield Step(f"No item is in progress: {then}", CommandId.NEXT_ITEM)
        return
    time = spent(meeting, item, now)
    place = place_of(meeting, item)
    name = "This item" if place is None else f"Item {place}"
    if time.over:
        yield Step(f"{name} is {rounded(time.over)} over: {then}", CommandId.NEXT_ITEM)
    left = f" has {rounded(time.left)} left" if time.planned is not None else " is in progress"
    yield Step(f"{name}{left}; when it is done, {then}", CommandId.NEXT_ITEM)
