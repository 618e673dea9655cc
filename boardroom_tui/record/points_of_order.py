"""Points of order: what in a record no meeting can have done.

Only what has always been a rule is asked for, so that the records of before stay in order.
"""

from collections.abc import Iterator

from boardroom_tui.meeting.closing import has_tie_to_break
from boardroom_tui.meeting.counting import is_complete
from boardroom_tui.meeting.deadlines import has_passed
from boardroom_tui.meeting.events import (
    SERVER,
    AgendaMoved,
    BallotSealed,
    Convened,
    DecisionClosed,
    DecisionOpened,
    Event,
    Joined,
    Left,
    PhaseChanged,
    RollCalled,
    Said,
    SpeakerCalled,
    VoteRecorded,
)
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.fields import Result, Role


def points_of_order(state: MeetingState, meeting_id: str, event: Event) -> Iterator[str]:
    """Why this event cannot have come after that state, if it cannot."""
    if state.charter is None and not isinstance(event.what, Convened):
        yield "it comes before the meeting was convened"
        return
    match event.what:
        case Convened() as convened:
            yield from _convening(convened, meeting_id, event.actor)
        case Joined() as joined:
            yield from _joining(state, joined, event.actor)
        case Left() if event.actor not in state.present:
            yield f"{event.actor} was not present"
        case Said() as said:
            yield from _saying(state, said, event.actor)
        case AgendaMoved() as moved:
            yield from _moving(state, moved, event.actor)
        case PhaseChanged() | RollCalled() | SpeakerCalled():
            yield from _by_a_facilitator(state, event.actor)
        case DecisionOpened() as opened:
            yield from _opening(state, opened, event)
        case VoteRecorded() as cast:
            yield from _voting(state, cast, event)
        case BallotSealed():
            yield "a sealed ballot is no event of a record"
        case DecisionClosed() as closed:
            yield from _closing(state, closed, event)
        case _:
            pass


def _convening(convened: Convened, meeting_id: str, actor: str) -> Iterator[str]:
    yield from _by_the_server(actor)
    if convened.charter.id != meeting_id:
        yield f"it is the file of another meeting, {convened.charter.id}"


def _joining(state: MeetingState, joined: Joined, actor: str) -> Iterator[str]:
    yield from _by_a_member(state, actor)
    member = state.member(actor)
    if member is not None and joined.role.power > member.role.power:
        yield f"{actor} is {member.role} and cannot be present as {joined.role}"


def _saying(state: MeetingState, said: Said, actor: str) -> Iterator[str]:
    yield from _by_a_member(state, actor)
    if said.message_id in state.chat:
        yield f"there is a message {said.message_id} already"


def _moving(state: MeetingState, moved: AgendaMoved, actor: str) -> Iterator[str]:
    yield from _by_a_facilitator(state, actor)
    if state.item(moved.item_id) is None:
        yield f"there is no agenda item {moved.item_id}"


def _by_the_server(actor: str) -> Iterator[str]:
    if actor != SERVER:
        yield f"only the server does this, not {actor}"


def _by_a_member(state: MeetingState, actor: str) -> Iterator[str]:
    if state.member(actor) is None:
        yield f"{actor} is no member"


def _by_a_facilitator(state: MeetingState, actor: str) -> Iterator[str]:
    member = state.member(actor)
    if member is None or member.role is not Role.FACILITATOR:
        yield f"{actor} is no facilitator"


def _opening(state: MeetingState, opened: DecisionOpened, event: Event) -> Iterator[str]:
    decision_id = opened.decision_id
    if event.actor != SERVER:
        yield from _by_a_facilitator(state, event.actor)
    if state.decision(decision_id) is not None or decision_id in state.withdrawn:
        yield f"{decision_id} was opened or withdrawn before"
    if opened.deadline is not None and opened.deadline <= event.at:
        yield f"the deadline of {decision_id} had passed"
    if opened.secret and len({elector.weight for elector in opened.electors}) > 1:
        yield f"{decision_id} is secret, and its voters have unequal weights"
    seen: set[str] = set()
    for elector in opened.electors:
        member = state.member(elector.user_id)
        if member is None or not member.has_vote:
            yield f"{elector.user_id} may vote on {decision_id} and has no vote"
        elif member.weight != elector.weight:
            yield f"the vote of {elector.user_id} weighs {elector.weight}, not {member.weight}"
        if elector.user_id in seen:
            yield f"{elector.user_id} is among the voters twice"
        seen.add(elector.user_id)


def _open(state: MeetingState, decision_id: str) -> Decision | str:
    """The open decision of this id, or why there is none."""
    decision = state.decisions.get(decision_id)
    if decision is None:
        return f"{decision_id} was never opened"
    return decision if decision.closed is None else f"{decision_id} was closed before"


def _voting(state: MeetingState, cast: VoteRecorded, event: Event) -> Iterator[str]:
    decision = _open(state, cast.decision_id)
    if isinstance(decision, str):
        yield decision
        return
    opened = decision.opened
    if has_passed(decision, event.at):
        yield f"the deadline of {cast.decision_id} had passed"
    if all(elector.user_id != event.voter for elector in decision.electors):
        yield f"{event.voter} may not vote on {cast.decision_id}"
    if cast.on_behalf_of is not None and state.proxies.get(cast.on_behalf_of) != event.actor:
        yield f"{event.actor} holds no proxy of {cast.on_behalf_of}"
    if opened.secret and (cast.vote is not None or cast.comment is not None):
        yield f"{cast.decision_id} is secret, and the vote is told"
    if not opened.secret and cast.vote is None:
        yield "the vote is not told"


def _closing(state: MeetingState, closed: DecisionClosed, event: Event) -> Iterator[str]:
    withdrawn = closed.result is Result.WITHDRAWN
    if withdrawn != (closed.cause == "withdrawn"):
        yield f"its result is {closed.result} and its cause {closed.cause}"
    if closed.cause in ("facilitator", "withdrawn"):
        yield from _by_a_facilitator(state, event.actor)
    else:
        yield from _by_the_server(event.actor)
    if withdrawn and closed.decision_id not in state.decisions:
        if state.prepared(closed.decision_id) is None:
            yield f"there is no decision {closed.decision_id}"
        return
    decision = _open(state, closed.decision_id)
    if isinstance(decision, str):
        yield decision
        return
    if closed.cause == "complete" and not is_complete(decision):
        yield "it says that all had voted, and not all had"
    if closed.cause == "deadline" and not has_passed(decision, event.at):
        yield "it says that the deadline had passed, and it had not"
    if closed.casting_vote is not None and not has_tie_to_break(state, decision):
        yield "it has a casting vote, and there was no tie that one could break"
