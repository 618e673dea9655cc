"""A meeting's record, checked by nothing but itself: the chain, the order of events, the counts.

Source: CONTRACT.md, The command. What is found does not end the check: whoever reads it learns
of everything that is wrong, each at its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from boardroom_tui.meeting.events import DecisionClosed, Event, VoteRecorded
from boardroom_tui.meeting.evolve import evolve
from boardroom_tui.meeting.state import Decision, MeetingState
from boardroom_tui.protocol.messages.record import SignedHead
from boardroom_tui.record.chain import Link, event_of
from boardroom_tui.record.continuity import continuity
from boardroom_tui.record.finding import Finding, at
from boardroom_tui.record.points_of_order import points_of_order
from boardroom_tui.record.problems import JournalError
from boardroom_tui.record.recount import recount
from boardroom_tui.record.signatures import settles, signatures


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of one meeting's record came to."""

    meeting_id: str
    links: Sequence[Link]
    state: MeetingState
    """The meeting as far as its events could be read."""
    heads: tuple[SignedHead, ...]
    """What the server signed of it, the newest last."""
    unsigned: tuple[Link, ...]
    """The results and adjournments that come after all that the server signed."""
    findings: tuple[Finding, ...]
    """What is wrong, in the order of the record; nothing if all is as it must be."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that were put to the vote, in order."""
        return tuple(self.state.decisions.values())


def verify(
    meeting_id: str,
    links: Sequence[Link],
    heads: tuple[SignedHead, ...] = (),
    ballots: Mapping[str, int] | None = None,
    own_key: str | None = None,
) -> Verification:
    """Check a meeting's links, in the order of their numbers, and what the server signed of them.

    `ballots` says how many sealed ballots are kept of each decision, and `own_key` which public
    key the server signs with, where that is known.
    """
    walk = _Walk(meeting_id)
    findings = list(continuity(links))
    for link in links:
        findings.extend(at(link, problem) for problem in walk.step(link))
    findings.extend(signatures(links, heads, own_key))
    signed = heads[-1].sequence if heads else 0
    unsigned = tuple(link for link in walk.settled if link.sequence > signed)
    if heads:  # a record of before heads were signed has none
        problem = f"is not signed, and the last signed head is of event {signed}"
        findings.extend(at(link, problem) for link in unsigned)
    if ballots is not None:
        findings.extend(_ballots_kept(walk.state, ballots))
    return Verification(meeting_id, links, walk.state, heads, unsigned, tuple(findings))


class _Walk:
    """Goes through the events as the meeting did, past those that make no sense."""

    def __init__(self, meeting_id: str) -> None:
        self.state = MeetingState()
        self.settled: list[Link] = []
        """What is signed as it is written."""
        self._meeting_id = meeting_id
        self._vote_ids: set[str] = set()

    def step(self, link: Link) -> Iterator[str]:
        """What is wrong with the next event itself."""
        try:
            event = event_of(link)
        except JournalError:
            yield "cannot be read: it is no event that this version knows"
            return
        if settles(event):
            self.settled.append(link)
        # What is missing was said already.
        self.state = replace(self.state, sequence=event.sequence - 1)
        yield from points_of_order(self.state, self._meeting_id, event)
        yield from self._repeated(event)
        yield from self._recounted(event)
        try:
            self.state = evolve(self.state, event)
        except (KeyError, ValueError):
            yield "cannot have happened here: what it is about is not in the record"

    def _repeated(self, event: Event) -> Iterator[str]:
        """A vote under the id of another, which no receipt could tell from it."""
        match event.what:
            case VoteRecorded(vote_id=vote_id) if vote_id in self._vote_ids:
                yield f"there is a vote {vote_id} already"
            case VoteRecorded(vote_id=vote_id):
                self._vote_ids.add(vote_id)
            case _:
                pass

    def _recounted(self, event: Event) -> Iterator[str]:
        match event.what:
            case DecisionClosed(decision_id=decision_id) as closed:
                decision = self.state.decisions.get(decision_id)
                if decision is not None and decision.closed is None:
                    yield from recount(self.state, decision, closed)
            case _:
                pass


def _ballots_kept(state: MeetingState, ballots: Mapping[str, int]) -> Iterator[Finding]:
    """Sealed ballots are there while a secret ballot is open, one a voter, and then no more."""
    for decision_id, decision in state.decisions.items():
        is_open = decision.opened.secret and decision.closed is None
        due, kept = len(decision.ballots) if is_open else 0, ballots.get(decision_id, 0)
        if kept != due:
            yield Finding(decision_id, f"{kept} sealed ballots are kept, and there must be {due}")
    for decision_id, kept in ballots.items():
        if decision_id not in state.decisions:
            yield Finding(decision_id, f"{kept} sealed ballots are kept of what was never opened")
