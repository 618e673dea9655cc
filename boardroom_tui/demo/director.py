"""Lets the demo's meeting happen, at the pace of whoever leads it.

The agenda is what moves it: an item that is taken up is talked about, a vote that opens is voted
on, whoever opened it and whenever. What the meeting waits for is done by a simulated chair; to a
person in the chair the secretary gives a hint.
"""

import asyncio
from collections.abc import Mapping, Sequence

from boardroom_tui.demo import wishes
from boardroom_tui.demo.beats import (
    Arrives,
    Beat,
    Cast,
    Does,
    Drops,
    IsBack,
    Moves,
    Question,
    Say,
    StepsAway,
    VotingBeat,
)
from boardroom_tui.demo.cast import CHAIR, LATE, PLAYERS, SECRETARY
from boardroom_tui.demo.floor import Floor
from boardroom_tui.demo.members import Member
from boardroom_tui.demo.pace import Pace
from boardroom_tui.demo.reactions import answer_to, improvised_votes
from boardroom_tui.demo.script import CHAIR_SAYS, OPENING, SCENES, VOTES
from boardroom_tui.demo.wishes import Wish
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.fields import ItemStatus, Result, Status
from boardroom_tui.protocol.messages.meeting import AgendaItem, ChatLine, ChatMessage
from boardroom_tui.protocol.messages.motion import Motion, MotionUpdate
from boardroom_tui.protocol.messages.presence import Activity
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.select import current_item, has_vote, next_item, open_decisions
from boardroom_tui.ui.commands import DECLARED, Commands

BETWEEN_ARRIVALS = 0.5
BETWEEN_VOTES = 1.3
CHAIR_THINKS = 2.0
FIRST_HINT = 9.0
FIRST_REMINDER = 12.0
LAST_REMINDER = 45.0
"""Seconds at speed 1."""

RARER = 5.0
"""Each further hint waits so many times longer."""


class Director:
    """Plays the script with its members around a person, or with all seats simulated."""

    def __init__(
        self,
        members: Mapping[str, Member],
        floor: Floor,
        pace: Pace,
        tasks: asyncio.TaskGroup,
        *,
        person: str | None = None,
        commands: Commands = DECLARED,
    ) -> None:
        """`members` by key, without the seat that `person` (a key) has taken.

        `commands` are the person's, with the keys that hints name.
        """
        self._members = members
        self._floor = floor
        self._pace = pace
        self._tasks = tasks
        self._person = person
        self._commands = commands
        self._chair = members.get(CHAIR)
        self._played: set[str] = set()
        self._polled: set[str] = set()
        self._in_a_tunnel: set[str] = set()
        """Who has dropped out and will be back."""
        self._answered = 0
        self._person_acted = asyncio.Event()

    async def play(self) -> None:
        """Play the meeting from the first arrival until it is adjourned."""
        self._floor.listen(self._notice)
        await self._assemble()
        self._tasks.create_task(self._take_votes())
        await self._perform(OPENING)
        await self._grant(
            wishes.call_to_order(self._floor.meeting),
            instead=lambda meeting: current_item(meeting) is not None,
        )
        going_on = self._tasks.create_task(self._go_through_the_agenda())
        adjourned = self._tasks.create_task(self._floor.until(wishes.is_adjourned))
        await asyncio.wait({going_on, adjourned}, return_when=asyncio.FIRST_COMPLETED)
        going_on.cancel()
        await adjourned
        if self._person is not None:
            await self._members[SECRETARY].say(wishes.farewell(self._commands))

    # The agenda

    async def _go_through_the_agenda(self) -> None:
        """Play each item, then have the meeting adjourned."""
        while (item := await self._item_to_play()) is not None:
            await self._play_item(item)
        await self._floor.until(lambda meeting: not open_decisions(meeting))
        await self._grant(wishes.adjourn(self._floor.meeting))

    async def _assemble(self) -> None:
        await self._members[SECRETARY].arrive()
        for player in PLAYERS:
            member = self._members.get(player.key)
            if member is not None and player.key != LATE:
                await member.arrive()
                await self._pace.wait(BETWEEN_ARRIVALS)

    async def _item_to_play(self) -> AgendaItem | None:
        """The next item in progress that has not been played; None once all are done."""
        while True:
            meeting = self._floor.meeting
            current, following = current_item(meeting), next_item(meeting)
            if current is not None and current.id not in self._played:
                return current
            if following is not None:
                await self._grant(wishes.take_up(meeting, following), instead=self._other_item)
            elif current is not None:
                await self._grant(wishes.complete(meeting, current), instead=self._other_item)
            else:
                return None

    def _other_item(self, meeting: Meeting) -> bool:
        """Whether an item is in progress that has not been played."""
        current = current_item(meeting)
        return current is not None and current.id not in self._played

    async def _play_item(self, item: AgendaItem) -> None:
        """Talk about an item until all is said, or until the meeting has moved on."""
        self._played.add(item.id)
        scene = SCENES.get(item.id, ())
        playing = self._tasks.create_task(self._perform(scene))
        moved_on = self._tasks.create_task(
            self._floor.until(
                lambda now: wishes.status_of(now, item.id) is not ItemStatus.IN_PROGRESS
            )
        )
        try:
            await asyncio.wait({playing, moved_on}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            playing.cancel()
            raise
        finally:
            moved_on.cancel()
        if playing.cancel():
            # What was not said stays unsaid, but who was to come has come.
            await self._perform(
                [beat for beat in scene if isinstance(beat, Arrives | IsBack | Does)]
            )

    async def _perform(self, beats: Sequence[Beat]) -> None:
        result: Result | None = None
        for beat in beats:
            match beat:
                case Say():
                    if beat.after in (None, result):
                        await self._say(beat)
                case Question():
                    result = await self._put_to_the_vote(beat.decision_id)
                case Moves():
                    if result is not Result.APPROVED:
                        result = await self._move(beat)
                case Arrives():
                    await self._arrive(beat.who)
                case Drops():
                    self._tasks.create_task(self._drop(beat))
                case StepsAway():
                    self._be(beat.who, Status.AWAY)
                case IsBack():
                    self._be(beat.who, Status.ONLINE)
                case Does():
                    self._be(beat.who, Status.ONLINE, _activity(beat))

    async def _say(self, beat: Say) -> None:
        speaker = self._members.get(beat.who)
        if speaker is None:
            return
        answered = None if beat.to is None else self._floor.last_said(f"user_{beat.to}")
        said = await speaker.say(beat.text, None if answered is None else answered.message_id)
        if said is not None:
            # The next line may answer this one, so the secretary must have heard it too.
            await self._floor.until(lambda meeting: said in meeting.chat)

    async def _arrive(self, who: str) -> None:
        member = self._members.get(who)
        if member is not None:
            await member.arrive()

    async def _drop(self, beat: Drops) -> None:
        member = self._members.get(beat.who)
        if member is not None:
            self._in_a_tunnel.add(beat.who)
            await member.drop()
            await self._pace.wait(beat.seconds)
            await member.arrive()
            self._in_a_tunnel.discard(beat.who)

    def _be(self, who: str, status: Status, activity: Activity | None = None) -> None:
        member = self._members.get(who)
        if member is not None:
            member.be(status, activity)

    # Motions from the floor

    async def _move(self, beat: Moves) -> Result | None:
        """Let somebody move something; how the vote on it ended, or None if there was none."""
        mover, current = self._members.get(beat.who), current_item(self._floor.meeting)
        if mover is None:
            return None
        item_id = None if current is None else current.id
        answer = await mover.move(beat.title, beat.text, item_id)
        return await self._take_up(answer.data, beat.seconder) if answer is not None else None

    async def _take_up(self, motion: Motion, *seconders: str) -> Result | None:
        """Second a motion and wait until it was put to the vote; how that ended, if it did."""
        seconder = next((self._members[key] for key in seconders if key in self._members), None)
        if seconder is None:
            return None
        await self._pace.wait(BETWEEN_VOTES)
        await seconder.second(motion.motion_id)
        await self._floor.until(lambda now: now.motions[motion.motion_id].seconder is not None)
        putting = wishes.put_motion(self._floor.meeting, motion)
        await self._grant(putting, instead=wishes.is_adjourned)
        decision_id = self._floor.meeting.motions[motion.motion_id].decision_id
        return None if decision_id is None else await self._result(decision_id)

    # Votes

    async def _put_to_the_vote(self, decision_id: str) -> Result | None:
        """Wait until a prepared decision was opened and has ended; how, or None if it cannot."""
        view = self._floor.meeting.decisions.get(decision_id)
        if view is None or view.question is None:
            return None
        if wishes.is_prepared(self._floor.meeting, decision_id):
            await self._grant(wishes.open_vote(self._floor.meeting, view.question))
        return await self._result(decision_id)

    async def _result(self, decision_id: str) -> Result | None:
        await self._floor.until(lambda now: wishes.is_over(now, decision_id))
        outcome = self._floor.meeting.decisions[decision_id].outcome
        return None if outcome is None else outcome.result

    async def _take_votes(self) -> None:
        """See to it that every vote that opens is voted on."""
        while True:
            await self._floor.until(lambda meeting: self._unpolled(meeting) is not None)
            view = self._unpolled(self._floor.meeting)
            if view is not None:
                self._polled.add(view.decision_id)
                self._tasks.create_task(self._poll(view))

    def _unpolled(self, meeting: Meeting) -> DecisionView | None:
        new = (v for v in open_decisions(meeting) if v.decision_id not in self._polled)
        return next(new, None)

    async def _poll(self, view: DecisionView) -> None:
        """Let the members vote, until they have or the vote is over."""
        title = "" if view.question is None else view.question.title
        scripted = VOTES.get(view.decision_id) or VOTES.get(title)
        beats = scripted or improvised_votes(view.decision_id, title)
        voting = self._tasks.create_task(self._vote(view.decision_id, beats))
        await self._floor.until(lambda meeting: wishes.is_over(meeting, view.decision_id))
        voting.cancel()

    async def _vote(self, decision_id: str, beats: Sequence[VotingBeat]) -> None:
        mine = 1 if self._person is not None and self._has_vote(self._person) else 0
        async with asyncio.TaskGroup() as late:
            for beat in beats:
                member = self._members.get(beat.who)
                if member is None or not self._has_vote(beat.who):
                    continue
                if isinstance(beat, Say):
                    await self._say(beat)
                elif member.is_here:
                    await self._pace.wait(BETWEEN_VOTES)
                    await member.vote(decision_id, beat)
                else:
                    late.create_task(self._vote_later(decision_id, member, beat))
            await self._floor.until(
                lambda now: not self._in_a_tunnel and self._missing(now, decision_id) <= mine
            )
            await self._wait_for_the_person(decision_id)
            if not wishes.is_over(self._floor.meeting, decision_id):
                await self._grant(wishes.close_vote(decision_id))

    async def _wait_for_the_person(self, decision_id: str) -> None:
        """Ask for a person's vote; a simulated chair closes without it in the end."""

        def have_all(meeting: Meeting) -> bool:
            return self._missing(meeting, decision_id) == 0

        for patience in (FIRST_REMINDER, LAST_REMINDER):
            try:
                async with asyncio.timeout(self._pace.real(patience)):
                    await self._floor.until(have_all)
            except TimeoutError:
                if patience == FIRST_REMINDER:
                    name = self._floor.meeting.people[f"user_{self._person}"].name
                    await self._members[SECRETARY].say(
                        wishes.reminder(name.partition(" ")[0], self._commands)
                    )
            else:
                return
        if self._chair is None:
            await self._floor.until(have_all)

    def _missing(self, meeting: Meeting, decision_id: str) -> int:
        """How many of those who are here have not voted; none once the vote is over."""
        view = meeting.decisions[decision_id]
        if view.outcome is not None:
            return 0
        here = sum(1 for one in meeting.people.values() if one.present and has_vote(one))
        return max(0, here - (0 if view.tally is None else view.tally.total))

    async def _vote_later(self, decision_id: str, member: Member, beat: Cast) -> None:
        await member.present()
        await self._pace.wait(BETWEEN_VOTES * 2)
        await member.vote(decision_id, beat)

    def _has_vote(self, key: str) -> bool:
        someone = self._floor.meeting.people.get(f"user_{key}")
        return someone is not None and has_vote(someone)

    # The chair, and the person

    async def _grant(self, wish: Wish, instead: wishes.Condition = lambda _: False) -> None:
        """Wait until a wish is done, or `instead` holds; a simulated chair does it."""

        def is_done(meeting: Meeting) -> bool:
            return wish.is_done(meeting) or instead(meeting)

        if self._chair is None:
            await self._hint_until(is_done, wish.hint(self._commands))
            return
        if wish.topic in CHAIR_SAYS:
            await self._chair.say(CHAIR_SAYS[wish.topic])
        await self._pace.wait(CHAIR_THINKS)
        if not is_done(self._floor.meeting):
            await self._chair.ask(wish.deed)
        await self._floor.until(is_done)

    async def _hint_until(self, is_done: wishes.Condition, hint: str) -> None:
        """Give a person in the chair a hint when they do nothing for a while, ever more rarely."""
        patience = FIRST_HINT
        while not is_done(self._floor.meeting):
            self._person_acted.clear()
            done = asyncio.ensure_future(self._floor.until(is_done))
            acted = asyncio.ensure_future(self._person_acted.wait())
            happened, _ = await asyncio.wait(
                {done, acted},
                timeout=self._pace.real(patience),
                return_when=asyncio.FIRST_COMPLETED,
            )
            done.cancel()
            acted.cancel()
            if not happened:
                await self._members[SECRETARY].say(hint)
                patience *= RARER

    def _notice(self, message: ServerMessage, before: Meeting, after: Meeting) -> None:
        """Answer a person who says something to the meeting, and second what they move."""
        del after
        person = f"user_{self._person}"
        if isinstance(message, ChatMessage) and message.data.user_id == person:
            self._person_acted.set()
            self._answer(message.data)
        if isinstance(message, MotionUpdate) and message.data.mover == person:
            self._person_acted.set()
            if message.data.motion_id not in before.motions:
                self._tasks.create_task(self._take_up(message.data, "kofi", "odette"))

    def _answer(self, line: ChatLine) -> None:
        answer = answer_to(line.message, self._answered)
        speaker = None if answer is None else self._members.get(answer.who)
        if answer is not None and speaker is not None:
            self._answered += 1
            self._tasks.create_task(speaker.say(answer.text, line.message_id))


def _activity(beat: Does) -> Activity | None:
    return None if beat.activity is None else Activity(type=beat.activity, target=beat.target)
