"""The whole of a meeting for whoever joins, put together of pieces that are encoded once.

A thousand members who join at once are told of a thousand members each, and whoever comes back, of
all that was said and decided: most of it is what another was told, to the byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from boardroom_tui.meeting.charter import Charter, Member, PreparedDecision
from boardroom_tui.meeting.executive import known_to
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.codec import Ready
from boardroom_tui.protocol.fields import Model, Omitted, Role
from boardroom_tui.protocol.limits import CHAT_LINES
from boardroom_tui.protocol.messages.decision import NotVoted, OwnVote, ProxyVote
from boardroom_tui.protocol.messages.meeting import LastHeard
from boardroom_tui.protocol.messages.meeting import MeetingState as Picture
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.server.announcements import missing_voters
from boardroom_tui.server.backlog import Backlog
from boardroom_tui.server.backlog import told as announcement
from boardroom_tui.server.excerpt import chat_line
from boardroom_tui.server.newest import Missed
from boardroom_tui.server.page import BEGINNING, Bookmark, Page, page
from boardroom_tui.server.picture import (
    decision_state,
    outline,
    own_vote,
    prepared_state,
    proxy_votes,
    questions,
)
from boardroom_tui.server.roster import PresenceOf, Standing, roster_entry, standings


class _Own(Model):
    """What of a decision is told to its receiver alone, or changes while it stays the same."""

    own_vote: Annotated[OwnVote | None, Omitted] = None
    not_voted: Annotated[NotVoted | None, Omitted] = None
    proxy_votes: tuple[ProxyVote, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    decision: Decision
    json: str
    """What of it is told to all alike, without its end."""
    proxies: frozenset[str | None]
    """Who voted for others."""


@dataclass(frozen=True, slots=True)
class _Page:
    earlier: str | None
    said: tuple[str, ...]
    announced: tuple[str, ...]


class Whole:
    """One meeting as it was last told."""

    def __init__(self, charter: Charter, backlog: Backlog) -> None:
        self._charter = charter
        self._backlog = backlog
        self._roster: dict[str, tuple[Standing, str]] = {}
        self._open: dict[str, _Told] = {}
        self._ended: dict[str, _Told] = {}
        self._lines: dict[str, str] = {}
        self._told_last: tuple[tuple[bool, Bookmark, Bookmark], _Page] | None = None

    def told(
        self,
        state: MeetingState,
        receiver: Member,
        role: Role,
        presence_of: PresenceOf,
        *,
        head: SignedHead | None = None,
        heard: LastHeard | None = None,
    ) -> tuple[Picture, Ready]:
        """What `picture` tells, and what was announced; its long lists are ready.

        What was `heard` already is left out where that can be.
        """
        state = known_to(state, role)
        missed = self._backlog.newest.missed(heard, state.sequence, role)
        told = self._page(state, role, self._start(state, missed))
        if missed is not None and told.earlier is not None:
            missed, told = None, self._page(state, role, BEGINNING)
        seen = outline(
            self._charter,
            state,
            role,
            earlier=told.earlier,
            head=head,
            recorded_at=self._backlog.newest.at(state.sequence),
            missed=missed,
            motion_order=() if missed is not None else self._backlog.motion_order(role),
        )
        return seen, {
            "roster": self._entries(state, presence_of),
            "decisions": self._questions(state, receiver, role, missed),
            "chat": told.said,
            "proceedings": told.announced,
        }

    def _start(self, state: MeetingState, missed: Missed | None) -> Bookmark:
        """Where that begins which is told."""
        if missed is None:
            return BEGINNING
        announced = self._backlog.count(missed.sequence - 1)
        return Bookmark(len(state.chat) - missed.lines, announced)

    def _page(self, state: MeetingState, role: Role, start: Bookmark) -> _Page:
        """The same page as long as nothing was said or announced since."""
        end = Bookmark(len(state.chat), self._backlog.count(state.sequence))
        asked = (role is Role.OBSERVER, start, end)
        if self._told_last is None or self._told_last[0] != asked:
            found = page(state, self._backlog, role, start=start)
            told = _Page(
                None if found.earlier is None else str(found.earlier),
                tuple(self._said(state, found)),
                tuple(announcement(one, role, found.places) for one in found.announced),
            )
            self._told_last = (asked, told)
        return self._told_last[1]

    def _entries(self, state: MeetingState, presence_of: PresenceOf) -> Iterator[str]:
        known = self._roster
        for member, standing in standings(self._charter, state, presence_of):
            told = known.get(member.id)
            if told is None or told[0] != standing:
                entry = roster_entry(member, standing).model_dump_json()
                told = known[member.id] = (standing, entry)
            yield told[1]

    def _questions(
        self, state: MeetingState, receiver: Member, role: Role, missed: Missed | None
    ) -> Iterator[str]:
        open_now: dict[str, _Told] = {}
        for one in questions(self._charter, state, role, missed):
            if isinstance(one, PreparedDecision):
                yield prepared_state(self._charter, state, one).model_dump_json()
                continue
            told = self._alike(one)
            (open_now if one.closed is None else self._ended)[one.opened.decision_id] = told
            by_proxy = proxy_votes(one, receiver) if receiver.id in told.proxies else ()
            own = _Own(
                own_vote=own_vote(one, receiver),
                not_voted=missing_voters(state, one),
                proxy_votes=tuple(by_proxy),
            )
            yield f"{told.json},{own.model_dump_json().removeprefix('{')}"
        # One that has ended since holds all its ballots as they were.
        self._open = open_now

    def _alike(self, decision: Decision) -> _Told:
        """What of a decision is told to all alike; it changes with each vote until it has ended."""
        known = self._open if decision.closed is None else self._ended
        told = known.get(decision.opened.decision_id)
        if told is not None and told.decision is decision:
            return told
        json = decision_state(self._charter.id, decision).model_dump_json(
            exclude=set(_Own.model_fields)
        )
        proxies = frozenset(ballot.cast_by for ballot in decision.ballots.values())
        return _Told(decision, json.removesuffix("}"), proxies)

    def _said(self, state: MeetingState, said: Page) -> Iterator[str]:
        known = self._lines
        for entry in said.entries:
            line = known.get(entry.message_id)
            if line is None:
                line = chat_line(self._charter.id, state, entry).model_dump_json()
                known[entry.message_id] = line
                if len(known) > CHAT_LINES:
                    del known[next(iter(known))]
            yield line
