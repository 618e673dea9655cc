"""The whole of a meeting in one message, as somebody who has just joined needs it."""

from collections.abc import Iterator
from datetime import datetime

from boardroom_tui.meeting.charter import Charter, Member, PreparedDecision
from boardroom_tui.meeting.counting import summary
from boardroom_tui.meeting.executive import outside
from boardroom_tui.meeting.state import Ballot, Decision, Item, MeetingState
from boardroom_tui.protocol.fields import DecisionStatus, Method, Role
from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.protocol.messages.decision import NamedVote
from boardroom_tui.protocol.messages.meeting import (
    AgendaItem,
    DecisionState,
    LastHeard,
    OwnVote,
    ProxyVote,
)
from boardroom_tui.protocol.messages.meeting import (
    MeetingState as Picture,
)
from boardroom_tui.protocol.messages.motion import Motion as WireMotion
from boardroom_tui.protocol.messages.proxy import Proxy
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.server.announcements import (
    missing_voters,
    motion,
    outcome,
    question,
)
from boardroom_tui.server.attendance import speakers
from boardroom_tui.server.backlog import Backlog
from boardroom_tui.server.excerpt import excerpt
from boardroom_tui.server.newest import Missed
from boardroom_tui.server.roster import PresenceOf, Roster


def picture(
    charter: Charter,
    state: MeetingState,
    receiver: Member,
    role: Role,
    *,
    presence_of: PresenceOf,
    roster: Roster,
    backlog: Backlog | None = None,
    head: SignedHead | None = None,
    heard: LastHeard | None = None,
) -> Picture:
    """The meeting as it stands for somebody in this role, with their own votes.

    `backlog` is what was announced in it, `head` the one that was signed last; what was `heard`
    already is left out where that can be.
    """
    observes = role is Role.OBSERVER
    state = outside(state) if observes else state
    hidden = state.hidden if observes else frozenset[str]()
    backlog = backlog or Backlog(charter.id)
    missed = backlog.missed(heard, state.sequence, role)
    start = 0 if missed is None else len(state.chat) - missed.lines
    said = excerpt(charter.id, state, role, start=start)
    if missed is not None and said.earlier:
        missed, said = None, excerpt(charter.id, state, role)
    first = 0 if missed is None else missed.sequence
    decisions = _decisions(charter, state, receiver, missed)
    return Picture(
        data=Picture.Data(
            meeting_id=charter.id,
            after=None if missed is None else missed.sequence,
            title=charter.title,
            quorum=charter.quorum,
            sequence=state.sequence,
            recorded_at=backlog.newest.at(state.sequence),
            started_at=state.started_at,
            phase=state.phase,
            phase_since=state.phase_since,
            agenda=tuple(_agenda_item(item) for item in state.agenda),
            current_item=state.current_item,
            roster=roster.entries(charter, state, presence_of),
            decisions=tuple(one for one in decisions if one.decision_id not in hidden),
            chat=said.lines,
            earlier_chat=said.earlier,
            proceedings=tuple(backlog.told(state.sequence, role, said.places, first)),
            speakers=speakers(state),
            head=head,
            motions=tuple(
                motion(WireMotion, charter.id, one)
                for one in state.motions.values()
                if one.id not in hidden
                and (missed is None or one.status.is_pending or one.id in missed.motions)
            ),
            proxies=tuple(Proxy(giver=giver, to=holder) for giver, holder in state.proxies.items()),
            allows_proxies=charter.proxies,
            casting_vote=charter.casting_vote,
        )
    )


def _agenda_item(item: Item) -> AgendaItem:
    return AgendaItem(
        id=item.id,
        title=item.title,
        status=item.status,
        started_at=item.started_at,
        minutes=item.minutes,
        completed_at=item.completed_at,
    )


def _decisions(
    charter: Charter, state: MeetingState, receiver: Member, missed: Missed | None
) -> Iterator[DecisionState]:
    """Those of the meeting's file in its order, then those that were put in the meeting itself.

    One that is over changes no more: it is left out where nothing of it was missed.
    """
    told: set[str] = set()
    for prepared in charter.decisions:
        told.add(bare(Kind.DECISION, prepared.id))
        decision = state.decision(prepared.id)
        if decision is None:
            yield _prepared(charter, state, prepared)
        elif _is_news(decision, missed):
            yield _opened(charter.id, state, decision, receiver)
    for decision_id, decision in state.decisions.items():
        if bare(Kind.DECISION, decision_id) not in told and _is_news(decision, missed):
            yield _opened(charter.id, state, decision, receiver)


def _is_news(decision: Decision, missed: Missed | None) -> bool:
    is_open = decision.closed is None
    return missed is None or is_open or decision.opened.decision_id in missed.decisions


def _prepared(charter: Charter, state: MeetingState, prepared: PreparedDecision) -> DecisionState:
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


def _opened(
    meeting_id: str, state: MeetingState, decision: Decision, receiver: Member
) -> DecisionState:
    ballots = decision.ballots.items()
    own = next((b for voter, b in ballots if same(Kind.USER, voter, receiver.id)), None)
    result = None
    if decision.closed is not None and decision.closed_at is not None:
        result = outcome(decision.closed, decision.closed_at)
    return question(DecisionState, meeting_id, decision).model_copy(
        update={
            "vote_summary": summary(decision),
            "own_vote": None if own is None else _own_vote(decision, own),
            "outcome": result,
            "voters": len(decision.ballots),
            "not_voted": missing_voters(state, decision),
            "named_votes": tuple(_named_votes(decision)),
            "proxy_votes": tuple(_proxy_votes(decision, receiver)),
        }
    )


def _own_vote(decision: Decision, ballot: Ballot) -> OwnVote:
    """One's own vote; of a secret ballot only that there is one."""
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


def _proxy_votes(decision: Decision, receiver: Member) -> Iterator[ProxyVote]:
    """The votes that the receiver cast for others."""
    for voter, ballot in decision.ballots.items():
        if ballot.cast_by == receiver.id:
            yield ProxyVote(
                on_behalf_of=voter,
                vote_id=ballot.vote_id,
                vote=None if decision.opened.secret else ballot.vote,
                timestamp=ballot.at,
            )
