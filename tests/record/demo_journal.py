"""The demo's meeting as it would be recorded if all went by the script: at fixed times, by decree.

The rules themselves decide what every line, vote and step does; only the clock is the test's.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from boardroom_tui.demo.beats import Arrives, Beat, Cast, Drops, Moves, Question
from boardroom_tui.demo.beats import Say as Line
from boardroom_tui.demo.cast import CHAIR, LATE, PLAYERS, SECRETARY
from boardroom_tui.demo.script import CHAIR_SAYS, EXPECTED, OPENING, SCENES, VOTES
from boardroom_tui.demo.stage import charter
from boardroom_tui.demo.wishes import ADJOURNMENT, MOTION, ORDER
from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.commands import (
    CastVote,
    Command,
    Convene,
    Join,
    Leave,
    MakeMotion,
    MoveAgenda,
    OpenDecision,
    Refusal,
    Say,
    SecondMotion,
    SetPhase,
)
from boardroom_tui.meeting.decide import decide
from boardroom_tui.meeting.events import BallotSealed, Event
from boardroom_tui.meeting.evolve import fold
from boardroom_tui.meeting.state import MeetingState
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Result, Role

_START = datetime(2026, 11, 18, 18, 0, tzinfo=UTC)
_STEP = timedelta(seconds=20)


class _Play:
    """Plays the script against the rules."""

    def __init__(self, meeting: Charter) -> None:
        self.events: list[Event] = []
        self._meeting = meeting
        self._roles = {member.id: member.role for member in meeting.members}
        self._state = MeetingState()
        self._now = _START
        self._result: Result | None = None
        self._given = 0

    def play(self) -> None:
        self._do(Convene(self._meeting))
        for player in PLAYERS:
            if player.key != LATE:
                self._come(player.key)
        self._scene(OPENING)
        self._chair_says(ORDER)
        self._call(MeetingPhase.IN_SESSION)
        for item in self._meeting.agenda:
            self._chair_says(item.id)
            self._move(item.id, ItemStatus.IN_PROGRESS)
            self._scene(SCENES[item.id])
        self._move(self._meeting.agenda[-1].id, ItemStatus.COMPLETED)
        self._chair_says(ADJOURNMENT)
        self._call(MeetingPhase.ADJOURNED)
        for key in sorted((p.key for p in PLAYERS), key=lambda key: key == SECRETARY):
            self._do(Leave(f"user_{key}"))

    def _scene(self, beats: Sequence[Beat]) -> None:
        for beat in beats:
            match beat:
                case Line(who=who, text=text, after=after) if after in (None, self._result):
                    self._say(who, text)
                case Arrives(who=who):
                    self._come(who)
                case Drops(who=who, seconds=seconds):
                    self._do(Leave(f"user_{who}"))
                    self._now += timedelta(seconds=seconds)
                    self._come(who)
                case Question(decision_id=decision_id):
                    self._vote(decision_id)
                case Moves():
                    self._vote_on_motion(beat)
                case _:
                    pass

    def _vote(self, decision_id: str) -> None:
        self._chair_says(decision_id)
        self._open(self._new(), decision_id, prepared=decision_id)

    def _vote_on_motion(self, beat: Moves) -> None:
        mover, seconder, motion_id = f"user_{beat.who}", f"user_{beat.seconder}", self._new()
        item_id = self._meeting.agenda[self._state.current_item - 1].id
        move = MakeMotion(mover, self._roles[mover], motion_id, beat.text, beat.title, item_id)
        self._do(move)
        self._do(SecondMotion(seconder, self._roles[seconder], motion_id))
        self._chair_says(MOTION)
        self._open(self._new(), beat.title, motion=motion_id)

    def _open(
        self, new_id: str, name: str, *, prepared: str | None = None, motion: str | None = None
    ) -> None:
        """Put something to the vote, and let everybody vote as the script has it."""
        chair, decision_id = f"user_{CHAIR}", prepared or new_id
        self._do(OpenDecision(chair, self._roles[chair], new_id, prepared=prepared, motion=motion))
        secret = self._state.decisions[decision_id].opened.secret
        for beat in VOTES[name]:
            if isinstance(beat, Cast):
                user = f"user_{beat.who}"
                cast = CastVote(
                    user,
                    self._roles[user],
                    decision_id,
                    self._new(),
                    beat.vote,
                    None if secret else beat.comment,
                    words=beat.words,
                )
                self._do(cast)
            else:
                self._scene([beat])
        closed = self._state.decisions[decision_id].closed
        assert closed is not None
        self._result = closed.result
        assert self._result is EXPECTED[name]

    def _come(self, key: str) -> None:
        self._do(Join(f"user_{key}", self._roles[f"user_{key}"]))

    def _move(self, item_id: str, status: ItemStatus) -> None:
        self._do(MoveAgenda(f"user_{CHAIR}", Role.FACILITATOR, item_id, status))

    def _call(self, phase: MeetingPhase) -> None:
        self._do(SetPhase(f"user_{CHAIR}", Role.FACILITATOR, phase))

    def _chair_says(self, key: str) -> None:
        self._say(CHAIR, CHAIR_SAYS[key])

    def _say(self, key: str, text: str) -> None:
        user = f"user_{key}"
        self._do(Say(user, self._roles[user], self._new(), text))

    def _new(self) -> str:
        self._given += 1
        return f"id_{self._given}"

    def _do(self, command: Command) -> None:
        self._now += _STEP
        decided = decide(self._state, command, self._now)
        assert not isinstance(decided, Refusal), (command, decided)
        self._state = fold(decided, self._state)
        self.events += decided


def demo_journal() -> tuple[Event, ...]:
    """The events of the demo's meeting, without ballots."""
    played = _Play(charter())
    played.play()
    return tuple(e for e in played.events if not isinstance(e.what, BallotSealed))
