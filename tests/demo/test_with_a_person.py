"""The demo's members around somebody who takes part: over real sockets, at a high speed."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from boardroom_tui.client.link import Link
from boardroom_tui.client.private.correspondence import Correspondence
from boardroom_tui.client.private.updates import LetterHeard, PrivateStands
from boardroom_tui.demo.cast import SEATS
from boardroom_tui.demo.floor import Floor
from boardroom_tui.demo.members import WHISPERS
from boardroom_tui.demo.pace import Pace
from boardroom_tui.demo.stage import Stage, stage
from boardroom_tui.protocol.catalogue import ClientMessage, ServerMessage
from boardroom_tui.protocol.correspondents import Conversation, Readiness
from boardroom_tui.protocol.fields import ItemStatus, MeetingPhase, Result, Role, Vote
from boardroom_tui.protocol.messages.decision import DecisionClose, DecisionOpen, VoteCast
from boardroom_tui.protocol.messages.life import Called, PhaseSet
from boardroom_tui.protocol.messages.meeting import AgendaSet, ChatMessage, ChatSend
from boardroom_tui.protocol.messages.presence import Activity
from boardroom_tui.session.client_output import Heard
from boardroom_tui.state.model import Meeting, SpokenLine
from boardroom_tui.state.select import newest_first

PATIENCE = 60.0
FAST = Pace(200)


class Person:
    """Somebody at the keyboard: what they see, and what they do."""

    def __init__(self, set_up: Stage, link: Link) -> None:
        self.set_up = set_up
        self.sees = Floor(set_up.meeting_id)
        self._link = link

    async def follow(self) -> None:
        async for update in self._link.updates:
            if isinstance(update, Heard):
                self.sees.hear(update.message)

    async def does(self, message: ClientMessage) -> ServerMessage:
        return await self._link.send_and_wait(message, PATIENCE)

    async def says(self, text: str) -> None:
        data = ChatSend.Data(meeting_id=self.set_up.meeting_id, message=text)
        await self.does(ChatSend(data=data))

    async def takes_up(self, item_id: str) -> None:
        data = AgendaSet.Data(
            meeting_id=self.set_up.meeting_id, item_id=item_id, status=ItemStatus.IN_PROGRESS
        )
        await self.does(AgendaSet(data=data))

    async def calls(self, phase: Called) -> None:
        data = PhaseSet.Data(meeting_id=self.set_up.meeting_id, phase=phase)
        await self.does(PhaseSet(data=data))

    async def opens(self, decision_id: str) -> None:
        data = DecisionOpen.Data(meeting_id=self.set_up.meeting_id, decision_id=decision_id)
        await self.does(DecisionOpen(data=data))

    async def votes(self, decision_id: str, vote: Vote) -> None:
        await self.does(VoteCast(data=VoteCast.Data(decision_id=decision_id, vote=vote)))

    async def sees_that(self, holds: Callable[[Meeting], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.sees.until(holds)

    async def hears(self, text: str) -> SpokenLine:
        """The newest message that holds `text`."""

        def found(meeting: Meeting) -> SpokenLine | None:
            return next((line for line in newest_first(meeting) if text in line.message), None)

        await self.sees_that(lambda meeting: found(meeting) is not None)
        line = found(self.sees.meeting)
        assert line is not None
        return line

    def result(self, decision_id: str) -> Result | None:
        outcome = self.sees.meeting.decisions[decision_id].outcome
        return None if outcome is None else outcome.result


@asynccontextmanager
async def taking_part(data: Path, role: Role) -> AsyncGenerator[Person]:
    async with stage(data, FAST, role) as set_up:
        link = set_up.link(SEATS[role])
        person = Person(set_up, link)
        running = asyncio.create_task(link.run())
        following = asyncio.create_task(person.follow())
        try:
            await person.sees_that(lambda meeting: bool(meeting.agenda))
            yield person
        finally:
            await link.close()
            await running
            await following


def total(meeting: Meeting, decision_id: str) -> int:
    tally = meeting.decisions[decision_id].tally
    return 0 if tally is None else tally.total


async def test_a_vote_that_the_person_opens_is_voted_on_and_closes_with_theirs(
    tmp_path: Path,
) -> None:
    async with taking_part(tmp_path, Role.FACILITATOR) as chair:
        await chair.takes_up("item_budget")
        await chair.hears("I will.")
        await chair.opens("decision_budget")
        await chair.sees_that(lambda meeting: total(meeting, "decision_budget") == 11)
        await chair.votes("decision_budget", Vote.REJECT)
        await chair.sees_that(lambda _: chair.result("decision_budget") is Result.APPROVED)
        outcome = chair.sees.meeting.decisions["decision_budget"].outcome
        assert outcome is not None
        assert (outcome.final_votes.approve, outcome.final_votes.reject) == (8, 3)


async def test_a_motion_of_the_person_s_own_is_voted_on_too(tmp_path: Path) -> None:
    async with taking_part(tmp_path, Role.FACILITATOR) as chair:
        meeting_id = chair.set_up.meeting_id
        new = DecisionOpen.Data(
            meeting_id=meeting_id, title="Paint the stairs blue", text="That they be painted."
        )
        await chair.hears("I have tea")
        await chair.does(DecisionOpen(data=new))

        def voted(meeting: Meeting) -> bool:
            painted = [
                view.tally
                for view in meeting.decisions.values()
                if view.question is not None and view.question.title == "Paint the stairs blue"
            ]
            return any(tally is not None and tally.total == 10 for tally in painted)

        await chair.sees_that(voted)


async def test_whoever_is_asked_answers_that_message(tmp_path: Path) -> None:
    async with taking_part(tmp_path, Role.FACILITATOR) as chair:
        await chair.hears("I have tea")
        await chair.says("Margaret, are you content?")
        answer = await chair.hears("I have said what I think, and it is in the minutes.")
        asked = await chair.hears("Margaret, are you content?")
        assert (answer.user_id, answer.reply_to) == ("user_margaret", asked.message_id)


async def test_a_chair_who_does_nothing_gets_hints_with_the_keys_of_the_screen(
    tmp_path: Path,
) -> None:
    async with taking_part(tmp_path, Role.FACILITATOR) as chair:
        hint = await chair.hears("we can begin when you like: /order")
        assert hint.user_id == "user_ines"
        await chair.calls(MeetingPhase.IN_SESSION)
        await chair.hears("F8 or /next-item takes up the first item")
        await chair.takes_up("item_minutes")
        await chair.hears("choose “Approve the minutes of 21 October”")
        await chair.opens("decision_minutes")
        await chair.hears("Robin, only your vote is missing: F5 to approve")
        await chair.votes("decision_minutes", Vote.APPROVE)
        await chair.hears("Everybody here has voted, Chair. F9")
        close = DecisionClose.Data(decision_id="decision_minutes")
        await chair.does(DecisionClose(data=close))
        await chair.hears("Then the minutes stand as corrected.")
        await chair.hears("goes on to the next: Budget for 2027.")


async def test_a_chair_who_adjourns_early_is_told_farewell_and_given_no_more_hints(
    tmp_path: Path,
) -> None:
    async with taking_part(tmp_path, Role.FACILITATOR) as chair:
        await chair.hears("we can begin when you like: /order")
        await chair.calls(MeetingPhase.IN_SESSION)
        await chair.takes_up("item_minutes")
        await chair.hears("Any corrections?")
        await chair.calls(MeetingPhase.ADJOURNED)
        await chair.hears("leaves it, and you will be told where the minutes are")
        async with asyncio.timeout(PATIENCE):
            await chair.set_up.over()
        assert not any("Shall we vote" in line.message for line in newest_first(chair.sees.meeting))


async def test_an_item_left_early_is_left_and_who_was_to_come_has_come(tmp_path: Path) -> None:
    async with taking_part(tmp_path, Role.FACILITATOR) as chair:
        await chair.takes_up("item_budget")
        await chair.hears("Two pages.")
        await chair.takes_up("item_lift")
        await chair.hears("And there he goes.")
        await chair.sees_that(lambda meeting: meeting.people["user_lars"].present)
        assert not any("11.60 a month" in line.message for line in newest_first(chair.sees.meeting))


async def test_a_vote_that_the_chair_closes_early_ends_with_the_votes_cast(
    tmp_path: Path,
) -> None:
    async with taking_part(tmp_path, Role.FACILITATOR) as chair:
        await chair.hears("I have tea")
        await chair.opens("decision_bikes")
        await chair.sees_that(lambda meeting: total(meeting, "decision_bikes") >= 2)
        close = DecisionClose.Data(decision_id="decision_bikes")
        await chair.does(DecisionClose(data=close))
        await chair.sees_that(lambda _: chair.result("decision_bikes") is not None)
        await chair.takes_up("item_minutes")
        await chair.hears("Any corrections?")


async def test_a_participant_who_only_watches_does_not_hold_the_meeting_up(
    tmp_path: Path,
) -> None:
    async with taking_part(tmp_path, Role.PARTICIPANT) as sam:
        await sam.hears("Sam, only your vote is missing")
        async with asyncio.timeout(PATIENCE):
            await sam.set_up.over()
        assert all(item.status is ItemStatus.COMPLETED for item in sam.sees.meeting.agenda)
        assert not any(line.user_id == "user_sam" for line in newest_first(sam.sees.meeting))
        # It takes every member, and one of them did not vote.
        assert sam.result("decision_statutes") is Result.REJECTED
        await sam.hears("It takes everybody. So the statutes stay as they are.")


async def test_an_observer_sees_the_whole_meeting_led_by_its_chair(tmp_path: Path) -> None:
    async with taking_part(tmp_path, Role.OBSERVER) as dana:
        await dana.hears("Good night.")
        async with asyncio.timeout(PATIENCE):
            await dana.set_up.over()
        assert dana.result("decision_lift") is Result.APPROVED
        await dana.hears("leaves it, and you will be told where the minutes are")


async def test_who_presents_an_item_is_seen_to_do_it(tmp_path: Path) -> None:
    async with taking_part(tmp_path, Role.FACILITATOR) as person:
        seen: list[Activity] = []

        def notice(_: ServerMessage, before: Meeting, after: Meeting) -> None:
            walter = after.people.get("user_walter")
            if walter is not None and walter.activity is not None:
                seen.append(walter.activity)

        person.sees.listen(notice)
        await person.takes_up("item_budget")
        await person.sees_that(lambda meeting: bool(seen))
        assert seen[0] == Activity(type="presenting", target="item_budget")


async def test_a_member_to_whom_the_person_writes_in_private_answers_there_alone(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, FAST, Role.FACILITATOR) as set_up:
        letters = set_up.person_s_link()
        running = asyncio.create_task(letters.run())
        asked = ("odette", SEATS[Role.FACILITATOR])
        public: list[str] = []
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await _answer(letters, tuple(sorted(asked)), public)
        finally:
            await letters.close()
            await running
        assert answer.line.user_id == "odette"
        assert answer.line.message == WHISPERS[0]
        assert answer.line.message not in public


async def _answer(
    letters: Correspondence, conversation: Conversation, public: list[str]
) -> LetterHeard:
    """The answer to what is asked as soon as one can write there."""
    asked = False
    async for update in letters.updates:
        match update:
            case PrivateStands(readiness=Readiness.READY, correspondents=known) if not asked:
                if all(known[one].obstacle is None for one in conversation):
                    asked = bool(letters.write(conversation, "May I ask you something?"))
            case LetterHeard():
                return update
            case Heard(message=ChatMessage(data=line)):
                public.append(line.message)
            case _:
                pass
    raise AssertionError("the meeting ended without an answer")
