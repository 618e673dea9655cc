"""What a command looks at to know whether it can be done."""

from collections.abc import Callable
from dataclasses import dataclass, field

from boardroom_tui.protocol.correspondents import Conversation, Readiness
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Method, MotionStatus, Status
from boardroom_tui.protocol.identifiers import Kind, key_in
from boardroom_tui.protocol.messages.meeting import AgendaItem
from boardroom_tui.protocol.messages.motion import Motion
from boardroom_tui.protocol.words import phase_in_words
from boardroom_tui.state.marks import own_last_mark
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.motions import is_own, own_motion, pending_motions, to_second
from boardroom_tui.state.private import Privacy
from boardroom_tui.state.receipts import looked_up
from boardroom_tui.state.select import (
    current_item,
    decision_in_view,
    has_floor,
    is_shut_out,
    may_facilitate,
    newest_first,
    next_item,
    previous_item,
    refused_line,
    waiting_vote,
)
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.widgets.chat.reading import Reading

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
    viewed_id: str | None = None
    """Of several open decisions the one that is looked at."""
    motion_id: str | None = None
    """The motion that is selected there."""
    user_id: str | None = None
    """Who is selected among the people, while they have the focus."""
    phase: Phase = Phase.READY
    """Where the connection stands."""
    privacy: Privacy = field(default_factory=Privacy)
    conversation: Conversation | None = None
    """The private conversation on the screen; None is everybody's."""
    own_status: Status | None = None
    """What the others are told of oneself, as far as it is known."""
    reading: Reading = field(default_factory=Reading)
    """Where one reads in the conversation."""
    token_wanted: bool = False
    """Whether the token runs out and somebody has to give another."""
    draft_waits: bool = False
    """Whether what was not sent last time is still to be put into the writing line."""

    @property
    def item(self) -> AgendaItem | None:
        """The item that a command is about: the selected one, else the current one."""
        if self.item_id is None:
            return current_item(self.meeting)
        return next((item for item in self.meeting.agenda if item.id == self.item_id), None)

    @property
    def decision(self) -> DecisionView | None:
        """The decision that a command is about: the selected one, else the open one in view."""
        if self.decision_id is not None:
            decisions = self.meeting.decisions
            return decisions.get(key_in(decisions, Kind.DECISION, self.decision_id))
        view = decision_in_view(self.meeting, self.viewed_id)
        return view if view is not None and view.is_open else None

    @property
    def motion(self) -> Motion | None:
        """The pending motion that a command is about: the selected one, else the first to put."""
        return self._motion(next(iter(pending_motions(self.meeting)), None))

    @property
    def motion_to_second(self) -> Motion | None:
        """The motion that one would second."""
        return self._motion(to_second(self.meeting))

    @property
    def motion_to_amend(self) -> Motion | None:
        """The motion that one would word anew: one's own, for a facilitator any."""
        own = own_motion(self.meeting)
        return self._motion(self.motion if own is None and may_facilitate(self.meeting) else own)

    @property
    def motion_to_take_back(self) -> Motion | None:
        """The motion of one's own that one would withdraw."""
        return self._motion(own_motion(self.meeting))

    def _motion(self, otherwise: Motion | None) -> Motion | None:
        if self.motion_id is None:
            return otherwise
        return self.meeting.motions.get(self.motion_id)


def has_pending_motion(situation: Situation) -> str | None:
    """There is a motion that can be put or disposed of."""
    return _why_settled(situation.motion, "There is no motion: /move TEXT makes one.")


def has_motion_to_second(situation: Situation) -> str | None:
    """Somebody else's motion wants a second."""
    motion = situation.motion_to_second
    if motion is not None and motion.status.is_pending:
        if is_own(situation.meeting, motion):
            return "Somebody else has to second your motion."
        if motion.seconder is not None:
            return "This motion is seconded already."
    return _why_settled(motion, "No motion of another member wants a second.")


def has_motion_to_amend(situation: Situation) -> str | None:
    """There is a motion that one may word anew."""
    motion = situation.motion_to_amend
    meeting = situation.meeting
    if motion is not None and not is_own(meeting, motion) and not may_facilitate(meeting):
        return "Only its mover or the facilitator can word a motion anew."
    return _why_settled(motion, "You have no motion before the meeting.")


def has_motion_to_take_back(situation: Situation) -> str | None:
    """There is a motion of one's own."""
    motion = situation.motion_to_take_back
    if motion is not None and not is_own(situation.meeting, motion):
        return "Only its mover can take a motion back."
    return _why_settled(motion, "You have no motion before the meeting.")


def _why_settled(motion: Motion | None, none: str) -> str | None:
    if motion is None:
        return none
    if motion.status is MotionStatus.VOTING:
        return "This motion is under vote: its wording is frozen."
    return None if motion.status.is_pending else f"This motion is {motion.status} already."


def has_something_to_be_recused_from(situation: Situation) -> str | None:
    """A decision or an item is selected, or a vote is open, in which one has not voted."""
    decision = situation.decision
    if decision is None:
        if situation.item_id is not None:
            return None
        return "No vote is open. Select a decision or an item in the agenda."
    if decision.outcome is not None:
        return "This vote is closed."
    question = decision.question
    if question is not None and situation.meeting.own_id in question.recused:
        return "You have recused yourself already."
    if decision.own_vote is not None:
        return "You have voted, so you cannot recuse yourself."
    return None


def proxies_are_allowed(situation: Situation) -> str | None:
    """The meeting's file lets members vote for others."""
    return None if situation.meeting.allows_proxies else "This meeting allows no proxies."


def has_votes_to_remind_of(situation: Situation) -> str | None:
    """A vote is open in which votes are missing."""
    reason = has_open_decision(situation)
    decision = situation.decision
    if reason is not None or decision is None:
        return reason
    if decision.method is Method.CONSENT:
        return "Nobody needs to vote: silence is consent."
    if decision.not_voted:
        return None
    tally = decision.tally
    is_told = tally is None or tally.total >= tally.required
    return "Everybody has voted." if is_told else "The server does not tell who has not voted."


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


def vote_is_asked_for(situation: Situation) -> str | None:
    """The same where votes are counted: where consent is asked for, one can but object."""
    decision = situation.decision
    if decision is not None and decision.is_open and decision.method is Method.CONSENT:
        return "Nobody needs to vote: silence adopts it, an objection sends it to a vote."
    return vote_is_not_on_its_way(situation)


def has_decisions(situation: Situation) -> str | None:
    """There is a decision to look at."""
    return None if situation.meeting.decisions else "This meeting has no decisions yet."


def has_something_to_look_up(situation: Situation) -> str | None:
    """One has voted, or there are printed ballots to read."""
    if any(True for _ in looked_up(situation.meeting)):
        return None
    return "You have not voted yet, and no ballots were printed."


def has_decision_to_withdraw(situation: Situation) -> str | None:
    """A decision is open, or a prepared one is selected."""
    decision = situation.decision
    if decision is None:
        return "No vote is open. To withdraw a prepared decision, select it in the agenda."
    return None if decision.outcome is None else "This vote is closed."


def has_something_to_answer(situation: Situation) -> str | None:
    """Something was said, and one may answer."""
    shut_out = is_let_in(situation)
    if shut_out is not None:
        return shut_out
    said = next(newest_first(situation.meeting), None)
    return None if said is not None else "Nothing has been said yet."


def has_something_to_take_back(situation: Situation) -> str | None:
    """A message of one's own was refused, or not sent last time."""
    if refused_line(situation.meeting) is None and not situation.draft_waits:
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


def status_can_become(status: Status) -> Callable[[Situation], str | None]:
    """One is something else so far."""

    def applies(situation: Situation) -> str | None:
        if situation.own_status is not status:
            return None
        back = "" if status is Status.ONLINE else " /online says that you are here again."
        return f"You are {status} already.{back}"

    return applies


def is_let_in(situation: Situation) -> str | None:
    """One has a part in the meeting: no executive session shuts one out."""
    return "The meeting is in executive session." if is_shut_out(situation.meeting) else None


def has_somebody_to_call(situation: Situation) -> str | None:
    """A hand is raised, or somebody is selected."""
    if situation.meeting.speakers.queue or situation.user_id is not None:
        return None
    return "Nobody has raised a hand. /next-speaker NAME gives the floor to somebody."


def can_end_a_speech(situation: Situation) -> str | None:
    """Somebody has the floor: oneself, where one does not lead."""
    meeting = situation.meeting
    if meeting.speakers.speaking is None:
        return "Nobody has the floor."
    if may_facilitate(meeting) or has_floor(meeting, meeting.own_id):
        return None
    return "Only whoever has the floor can give it back, and the facilitator take it."


def can_be_called_to(phase: MeetingPhase) -> Callable[[Situation], str | None]:
    """The meeting is not in this phase yet."""
    ends = phase in (MeetingPhase.RECESS, MeetingPhase.EXECUTIVE)
    words = f"{phase_in_words(phase)} already{': /order ends it' if ends else ''}."

    def applies(situation: Situation) -> str | None:
        return f"The meeting is {words}" if situation.meeting.phase is phase else None

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
