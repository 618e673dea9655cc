"""What a command looks at to know whether it can be done."""

from collections.abc import Callable
from dataclasses import dataclass, field

from boardroom_tui.protocol.correspondents import Conversation, Readiness
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase
from boardroom_tui.protocol.identifiers import Kind
from boardroom_tui.protocol.messages.meeting import AgendaItem
from boardroom_tui.protocol.words import phase_in_words
from boardroom_tui.state.lookup import key_in
from boardroom_tui.state.marks import own_last_mark
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.private import Privacy
from boardroom_tui.state.select import (
    current_item,
    is_shut_out,
    newest_first,
    next_item,
    open_decisions,
    previous_item,
    refused_line,
    waiting_vote,
)
from boardroom_tui.ui.link import Phase

REPLAY = "This is a replay: nothing can be sent."
"""Why nothing can be done in a meeting that is only played."""


@dataclass(frozen=True, slots=True)
class Situation:
    """The meeting, and what the user has selected or named in it."""

    meeting: Meeting
    typing: bool = True
    """Whether the composer has the focus."""
    item_id: str | None = None
    """The agenda item that is selected, while the agenda has the focus."""
    decision_id: str | None = None
    """The decision that is selected there."""
    user_id: str | None = None
    """Who is selected among the people, while they have the focus."""
    phase: Phase = Phase.READY
    """Where the connection stands."""
    privacy: Privacy = field(default_factory=Privacy)
    conversation: Conversation | None = None
    """The private conversation on the screen; None is everybody's."""
    token_wanted: bool = False
    """Whether the token runs out and somebody has to give another."""

    @property
    def item(self) -> AgendaItem | None:
        """The item that a command is about: the selected one, else the current one."""
        if self.item_id is None:
            return current_item(self.meeting)
        return next((item for item in self.meeting.agenda if item.id == self.item_id), None)

    @property
    def decision(self) -> DecisionView | None:
        """The decision that a command is about: the selected one, else the one opened last."""
        if self.decision_id is not None:
            decisions = self.meeting.decisions
            return decisions.get(key_in(decisions, Kind.DECISION, self.decision_id))
        return next(iter(open_decisions(self.meeting)), None)


def has_open_decision(situation: Situation) -> str | None:
    """Votes are being taken."""
    decision = situation.decision
    if decision is not None and decision.is_open:
        return None
    if decision is None or decision.outcome is None:
        return "No vote is open."
    return "This vote is closed."


def vote_is_not_on_its_way(situation: Situation) -> str | None:
    """A vote is open, and one's own is not being sent at this moment."""
    reason = has_open_decision(situation)
    decision = situation.decision
    if reason is not None or decision is None:
        return reason
    if waiting_vote(situation.meeting, decision.decision_id) is not None:
        return "Your vote is on its way; wait until it is recorded."
    return None


def has_decision_to_withdraw(situation: Situation) -> str | None:
    """A decision is open, or a prepared one is selected."""
    decision = situation.decision
    if decision is None:
        return "No vote is open. To withdraw a prepared decision, select it in the agenda."
    return None if decision.outcome is None else "This vote is closed."


def has_something_to_answer(situation: Situation) -> str | None:
    """Something was said, and one may answer."""
    if is_shut_out(situation.meeting):
        return "The meeting is in executive session."
    said = next(newest_first(situation.meeting), None)
    return None if said is not None else "Nothing has been said yet."


def has_something_refused(situation: Situation) -> str | None:
    """A message of one's own was refused."""
    if refused_line(situation.meeting) is None:
        return "Nothing that you have written was refused."
    return None


def has_next_item(situation: Situation) -> str | None:
    """There is an item still to come."""
    return None if next_item(situation.meeting) else "There is no item left on the agenda."


def has_previous_item(situation: Situation) -> str | None:
    """There is an item to go back to."""
    return None if previous_item(situation.meeting) else "There is no item before this one."


def can_be_private(situation: Situation) -> str | None:
    """This program can write in private, or could once its keys are opened."""
    if situation.privacy.readiness is Readiness.UNAVAILABLE:
        return situation.privacy.reason or "There are no private messages here."
    return None


def is_in_private(situation: Situation) -> str | None:
    """A private conversation is on the screen."""
    return None if situation.conversation is not None else "You are writing to everybody."


def is_among_everybody(situation: Situation) -> str | None:
    """Everybody's conversation is on the screen: what is private is in no minutes."""
    if situation.conversation is None:
        return None
    return "What is said in private is in no minutes; /everybody goes back."


def has_marked_something(situation: Situation) -> str | None:
    """There is something to take back."""
    elsewhere = is_among_everybody(situation)
    if elsewhere is not None or own_last_mark(situation.meeting) is not None:
        return elsewhere
    return "You have marked nothing for the minutes, or have taken it back."


def has_private_conversations(situation: Situation) -> str | None:
    """There is another conversation to go to."""
    if situation.privacy.rooms:
        return None
    return "There is no private conversation yet: /dm NAME begins one."


def keys_can_be_unlocked(situation: Situation) -> str | None:
    """A passphrase is what is missing."""
    match situation.privacy.readiness:
        case Readiness.LOCKED | Readiness.UNPROTECTED:
            return None
        case Readiness.READY:
            return "Your keys are open."
        case Readiness.OPENING | Readiness.UNAVAILABLE:
            return situation.privacy.reason or "There is nothing to unlock."


def waits_for_the_next_attempt(situation: Situation) -> str | None:
    """The connection is lost, and the next attempt is still to come."""
    match situation.phase:
        case Phase.WAITING:
            return None
        case Phase.READY:
            return "You are connected."
        case Phase.CONNECTING:
            return "An attempt is under way."
        case Phase.ENDED:
            return "The connection has ended for good."
        case Phase.REPLAY:
            return REPLAY


def a_token_is_wanted(situation: Situation) -> str | None:
    """The token runs out, or has, and there is no newer one where it came from."""
    return None if situation.token_wanted else "No new token is needed now."


def can_be_called_to(phase: MeetingPhase) -> Callable[[Situation], str | None]:
    """The meeting is not in this phase yet."""
    words = phase_in_words(phase)

    def applies(situation: Situation) -> str | None:
        return f"The meeting is {words} already." if situation.meeting.phase is phase else None

    return applies


def item_can_become(status: ItemStatus) -> Callable[[Situation], str | None]:
    """There is an item to which this status can be given."""

    def applies(situation: Situation) -> str | None:
        if not situation.meeting.agenda:
            return "This meeting has no agenda."
        item = situation.item
        if item is None:
            return "No item is in progress. Select one in the agenda."
        if item.status is status:
            return f"“{item.title}” is {_STATES[status]} already."
        return None

    return applies


_STATES = {
    ItemStatus.PENDING: "to come",
    ItemStatus.IN_PROGRESS: "in progress",
    ItemStatus.COMPLETED: "completed",
    ItemStatus.DEFERRED: "deferred",
}
