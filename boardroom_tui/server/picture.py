"""The whole of a meeting in one message, as somebody who has just joined needs it."""

from collections.abc import Iterator
from datetime import datetime

from boardroom_tui.meeting.charter import Charter, Member, PreparedDecision
from boardroom_tui.meeting.counting import summary
from boardroom_tui.meeting.executive import known_to
from boardroom_tui.meeting.state import Decision, Item, MeetingState
from boardroom_tui.protocol.fields import DecisionStatus, Method, Role
from boardroom_tui.protocol.identifiers import Kind, bare, key_in
from boardroom_tui.protocol.messages.decision import NamedVote, OwnVote, ProxyVote
from boardroom_tui.protocol.messages.meeting import AgendaItem, DecisionState
from boardroom_tui.protocol.messages.meeting import MeetingState as Picture
from boardroom_tui.protocol.messages.motion import Motion as WireMotion
from boardroom_tui.protocol.messages.proxy import Proxy
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.server.announcements import missing_voters, motion, outcome, question
from boardroom_tui.server.attendance import speakers
from boardroom_tui.server.excerpt import chat_line, excerpt
from boardroom_tui.server.newest import Missed
from boardroom_tui.server.roster import PresenceOf, roster_entry, standings


def picture(
    charter: Charter,
    state: MeetingState,
    receiver: Member,
    role: Role,
    *,
    presence_of: PresenceOf,
) -> Picture:
    """The meeting as it stands for somebody in this role, with their own votes."""
    state = known_to(state, role)
    said = excerpt(state, role)
    seen = outline(charter, state, role)
    lists = {
        "roster": tuple(roster_entry(*one) for one in standings(charter, state, presence_of)),
        "decisions": tuple(
            prepared_state(charter, state, one)
            if isinstance(one, PreparedDecision)
            else decision_state(charter.id, one).model_copy(
                update={
                    "own_vote": own_vote(one, receiver),
                    "not_voted": missing_voters(state, one),
                    "proxy_votes": tuple(proxy_votes(one, receiver)),
                }
            )
            for one in questions(charter, state, role)
        ),
        "chat": tuple(chat_line(charter.id, state, entry) for entry in said.entries),
        "earlier_chat": said.earlier,
    }
    return seen.model_copy(update={"data": seen.data.model_copy(update=lists)})


def outline(
    charter: Charter,
    state: MeetingState,
    role: Role,
    *,
    earlier: str | None = None,
    head: SignedHead | None = None,
    recorded_at: datetime | None = None,
    missed: Missed | None = None,
    motion_order: tuple[str, ...] = (),
) -> Picture:
    """The same without what may be long: the roster, the decisions, what was said and announced.

    `earlier` names what was said and done before that which is told beside it, `head` is the one
    that was signed last, `recorded_at` when the newest event happened. Where only
    what was `missed` is told, the motions that are over are left out of which nothing was.
    """
    return Picture(
        data=Picture.Data(
            meeting_id=charter.id,
            after=None if missed is None else missed.sequence,
            title=charter.title,
            quorum=charter.quorum,
            sequence=state.sequence,
            recorded_at=recorded_at,
            started_at=state.started_at,
            phase=state.phase,
            phase_since=state.phase_since,
            agenda=tuple(_agenda_item(item) for item in state.agenda),
            current_item=state.current_item,
            roster=(),
            decisions=(),
            chat=(),
            earlier_chat=earlier is not None,
            earlier_page=earlier,
            speakers=speakers(state),
            head=head,
            motions=tuple(
                motion(WireMotion, charter.id, one)
                for one in state.motions.values()
                if one.id not in _hidden(state, role)
                and (missed is None or one.status.is_pending or one.id in missed.motions)
            ),
            motion_order=motion_order,
            proxies=tuple(Proxy(giver=giver, to=holder) for giver, holder in state.proxies.items()),
            allows_proxies=charter.proxies,
            casting_vote=charter.casting_vote,
        )
    )


def _hidden(state: MeetingState, role: Role) -> frozenset[str]:
    return state.hidden if role is Role.OBSERVER else frozenset()


def _agenda_item(item: Item) -> AgendaItem:
    return AgendaItem(
        id=item.id,
        title=item.title,
        status=item.status,
        started_at=item.started_at,
        minutes=item.minutes,
        completed_at=item.completed_at,
    )


def questions(
    charter: Charter, state: MeetingState, role: Role, missed: Missed | None = None
) -> Iterator[PreparedDecision | Decision]:
    """Those of the meeting's file in its order, then those that were put in the meeting itself.

    One that is over changes no more: it is left out where nothing of it was missed.
    """
    hidden = _hidden(state, role)
    told: set[str] = set()
    for prepared in charter.decisions:
        told.add(bare(Kind.DECISION, prepared.id))
        decision = state.decision(prepared.id)
        if decision is None and prepared.id not in hidden:
            yield prepared
        elif decision is not None and _is_news(decision, missed, hidden):
            yield decision
    for decision_id, decision in state.decisions.items():
        if bare(Kind.DECISION, decision_id) not in told and _is_news(decision, missed, hidden):
            yield decision


def _is_news(decision: Decision, missed: Missed | None, hidden: frozenset[str]) -> bool:
    """Whether somebody who may not know of what is hidden has anything to hear of a decision."""
    decision_id, is_open = decision.opened.decision_id, decision.closed is None
    news = missed is None or is_open or decision_id in missed.decisions
    return news and decision_id not in hidden


def prepared_state(
    charter: Charter, state: MeetingState, prepared: PreparedDecision
) -> DecisionState:
    """A decision that was not opened."""
    withdrawn = prepared.id in state.withdrawn
    return DecisionState(
        meeting_id=charter.id,
        decision_id=prepared.id,
        item_id=prepared.item_id,
        title=prepared.title,
        text=prepared.text,
        threshold=prepared.threshold,
        base=prepared.base,
        quorum=prepared.quorum,
        secret=prepared.secret,
        auto_close=prepared.auto_close,
        status=DecisionStatus.WITHDRAWN if withdrawn else DecisionStatus.PREPARED,
        deadline=prepared.deadline if isinstance(prepared.deadline, datetime) else None,
        method=prepared.method,
        recused=tuple(
            recusal.user_id
            for recusal in state.recusals
            if recusal.concerns(prepared.id, prepared.item_id)
        ),
    )


def decision_state(meeting_id: str, decision: Decision) -> DecisionState:
    """A decision that was opened, as it is told to all alike."""
    result = None
    if decision.closed is not None and decision.closed_at is not None:
        result = outcome(decision.closed, decision.closed_at)
    return question(DecisionState, meeting_id, decision).model_copy(
        update={
            "vote_summary": summary(decision),
            "outcome": result,
            "voters": len(decision.ballots),
            "named_votes": tuple(_named_votes(decision)),
        }
    )


def own_vote(decision: Decision, receiver: Member) -> OwnVote | None:
    """The receiver's own vote; of a secret ballot only that there is one."""
    ballot = decision.ballots.get(key_in(decision.ballots, Kind.USER, receiver.id))
    if ballot is None:
        return None
    vote = None if decision.opened.secret else ballot.vote
    return OwnVote(vote_id=ballot.vote_id, vote=vote, timestamp=ballot.at, cast_by=ballot.cast_by)


def _named_votes(decision: Decision) -> Iterator[NamedVote]:
    """Who voted how in a roll call, in the order of the electors, which is the roster's."""
    if decision.opened.method is not Method.ROLL_CALL:
        return
    for elector in decision.opened.electors:
        ballot = decision.ballots.get(elector.user_id)
        if ballot is not None and ballot.vote is not None:
            yield NamedVote(user_id=elector.user_id, vote=ballot.vote, cast_by=ballot.cast_by)


def proxy_votes(decision: Decision, receiver: Member) -> Iterator[ProxyVote]:
    """The votes that the receiver cast for others."""
    for voter, ballot in decision.ballots.items():
        if ballot.cast_by == receiver.id:
            yield ProxyVote(
                on_behalf_of=voter,
                vote_id=ballot.vote_id,
                vote=None if decision.opened.secret else ballot.vote,
                timestamp=ballot.at,
            )
