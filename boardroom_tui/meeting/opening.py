"""Putting a decision to the vote."""

from datetime import datetime, timedelta
from typing import Any

from boardroom_tui.meeting.charter import Charter, PreparedDecision
from boardroom_tui.meeting.commands import OpenDecision, Refusal
from boardroom_tui.meeting.deed import Deed, Deeds
from boardroom_tui.meeting.events import DecisionOpened, Elector
from boardroom_tui.meeting.finding import missing
from boardroom_tui.meeting.guards import against_opening, unconfirmed
from boardroom_tui.meeting.motions import pending
from boardroom_tui.meeting.standing import facilitator
from boardroom_tui.meeting.state import MeetingState, Motion
from boardroom_tui.protocol.authorisation import Resource
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Method
from boardroom_tui.protocol.limits import OBJECTION_SECONDS
from boardroom_tui.protocol.moment import rfc_3339

_OVERRIDES = (
    "title",
    "text",
    "item_id",
    "threshold",
    "base",
    "quorum",
    "secret",
    "auto_close",
    "method",
)

TIME_TO_OBJECT = timedelta(seconds=OBJECTION_SECONDS)
"""How long a meeting is asked for objections where nothing else is said."""


def open_decision(state: MeetingState, command: OpenDecision, now: datetime) -> Deeds | Refusal:
    """Open a prepared decision or a new one, with what the command says of it."""
    opener = facilitator(state, command.user_id, command.role)
    if isinstance(opener, Refusal):
        return opener
    charter = state.charter
    if charter is None:
        raise ValueError("a meeting with members has a charter")
    motion = None if command.motion is None else pending(state, command.motion)
    if isinstance(motion, Refusal):
        return motion
    question = _question(state, charter, command, motion)
    if isinstance(question, Refusal):
        return question
    if question.item_id is not None and state.item(question.item_id) is None:
        return missing(Resource.ITEM, question.item_id)
    opened = put(state, charter, question, now)
    if isinstance(opened, Refusal):
        return opened
    guards = against_opening(state, opened)
    unmet = unconfirmed(guards, command.confirms)
    if unmet is not None:
        return unmet
    noted = {"overrides": guards, **_origin(motion)}
    return (Deed(opener.id, opened.model_copy(update=noted)),)


def _origin(motion: Motion | None) -> dict[str, Any]:
    """Where a question comes from, if it comes from the floor."""
    if motion is None:
        return {}
    return {"motion_id": motion.id, "mover": motion.mover, "seconder": motion.seconder}


def _question(
    state: MeetingState, charter: Charter, command: OpenDecision, motion: Motion | None
) -> PreparedDecision | Refusal:
    """What is to be put to the vote: the prepared decision, the motion, or a new one."""
    if command.deadline is not None and command.duration_seconds is not None:
        return _invalid("Give a deadline or a duration, not both.")
    if motion is not None:
        if (command.prepared, command.title, command.text) != (None, None, None):
            return _invalid("A motion is put as it is worded.")
        as_worded = PreparedDecision(
            id=command.new_id,
            title=motion.wording.title,
            text=motion.wording.text,
            item_id=motion.item_id,
            auto_close=charter.auto_close,
        )
        return as_worded.model_copy(update=_overrides(command))
    decision_id = command.new_id if command.prepared is None else command.prepared
    prepared = state.prepared(decision_id)
    opened = state.decision(decision_id)
    if opened is not None:
        standing = "open" if opened.closed is None else "closed"
        return _invalid(f"{opened.opened.decision_id} is {standing} already.", standing)
    if prepared is not None and prepared.id in state.withdrawn:
        return _invalid(f"{prepared.id} was withdrawn.", "closed")
    if prepared is None and command.prepared is not None:
        return missing(Resource.DECISION, command.prepared)
    title = command.title if command.title is not None or prepared is None else prepared.title
    if title is None or not title.strip():
        return _invalid("A decision needs a title.")
    if prepared is None:
        prepared = PreparedDecision(
            id=command.new_id, title=title, text="", auto_close=charter.auto_close
        )
    return prepared.model_copy(update=_overrides(command))


def _overrides(command: OpenDecision) -> dict[str, Any]:
    given = {name: getattr(command, name) for name in _OVERRIDES}
    given["deadline"] = (
        command.deadline
        if command.duration_seconds is None
        else timedelta(seconds=command.duration_seconds)
    )
    return {name: value for name, value in given.items() if value is not None}


def put(
    state: MeetingState, charter: Charter, question: PreparedDecision, now: datetime
) -> DecisionOpened | Refusal:
    """The opening of a question: its electors and its deadline are fixed here.

    A secret ballot needs equal weights, since unequal ones could betray a vote.
    """
    recused = {
        recusal.user_id
        for recusal in state.recusals
        if recusal.concerns(question.id, question.item_id)
    }
    voters = [voter for voter in charter.members if voter.has_vote]
    electors = tuple(
        Elector(user_id=voter.id, weight=voter.weight)
        for voter in voters
        if voter.id not in recused
    )
    if not electors:
        return _invalid(f"{question.id} cannot open: nobody in this meeting has a vote.")
    if question.secret and len({elector.weight for elector in electors}) > 1:
        return _invalid(f"{question.id} cannot be secret: its voters have unequal weights.")
    if question.secret and question.method.is_by_name:
        return _invalid(f"{question.id} cannot be secret: it is taken by name.")
    deadline = question.deadline
    if deadline is None and question.method is Method.CONSENT:
        deadline = TIME_TO_OBJECT
    if isinstance(deadline, timedelta):
        deadline = now + deadline
    if deadline is not None and deadline <= now:
        passed = rfc_3339(deadline)
        return _invalid(f"{question.id} cannot open: its deadline, {passed}, has passed.")
    return DecisionOpened(
        decision_id=question.id,
        item_id=question.item_id,
        title=question.title,
        text=question.text,
        threshold=question.threshold,
        base=question.base,
        quorum=question.quorum,
        secret=question.secret,
        auto_close=question.auto_close,
        deadline=deadline,
        electors=electors,
        method=question.method,
        recused=tuple(voter.id for voter in voters if voter.id in recused),
    )


def _invalid(message: str, reason: str | None = None) -> Refusal:
    return Refusal(ErrorCode.INVALID_MESSAGE, message, reason)
