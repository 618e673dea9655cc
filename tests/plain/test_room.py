"""The meeting line by line: what a line does, what it asks, and what is told of the connection."""

from datetime import UTC, timedelta

import pytest

from boardroom_tui.plain.deeds import DEEDS, ON_A_SCREEN
from boardroom_tui.plain.room import Room
from boardroom_tui.protocol.catalogue import ServerMessage
from boardroom_tui.protocol.correspondents import Readiness
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import DecisionStatus, MeetingPhase, Role, Vote
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import (
    DecisionOpen,
    OwnVote,
    VoteCast,
    VoteReceived,
)
from boardroom_tui.protocol.messages.life import PhaseSet
from boardroom_tui.protocol.messages.meeting import AgendaSet, ChatLine, ChatSend
from boardroom_tui.protocol.messages.proxy import ProxyUpdate
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.commands import COMMANDS
from boardroom_tui.ui.link import (
    ConnectionChanged,
    Heard,
    LetterHeard,
    Phase,
    PrivateStands,
    Settled,
)
from tests.ui.board import BUDGET, BUDGET_OPEN, LISBON, MEETING, decision, ready, state
from tests.ui.scripted_link import NOON, ScriptedLink

SECRET_OPEN = decision(
    "decision_3", "The lease in Lisbon", status=DecisionStatus.VOTING, tally=(0, 0, 0), secret=True
)


class Scene:
    """A room whose link is a script, and what it has told since it was last asked."""

    def __init__(self, *messages: ServerMessage) -> None:
        self.link = ScriptedLink()
        self._told: list[str] = []
        self.room = Room(self.link, MEETING, self._told.append, lambda: NOON, zone=UTC)
        for message in messages:
            self.room.take(Heard(message))
        self.arrival = self.told

    @property
    def told(self) -> list[str]:
        """What was told since; nothing in it acts on a terminal."""
        told = list(self._told)
        self._told.clear()
        assert all(line.isprintable() for line in told)
        return told

    def type(self, *lines: str) -> list[str]:
        """Give these lines; what is told then."""
        for line in lines:
            self.room.type(line)
        return self.told

    def settle(self, answer: ServerMessage) -> list[str]:
        """The server answers what was sent last; what is told then."""
        self.room.take(Settled(self.link.sent[-1], answer))
        return self.told

    def become(self, phase: Phase, **fields: object) -> list[str]:
        """The connection is in another phase; what is told then."""
        self.link.become(phase, **fields)
        self.room.take(ConnectionChanged(self.link.connection))
        return self.told


def facilitator() -> Scene:
    """Margaret leads; no vote is open."""
    return Scene(ready(), state())


def member() -> Scene:
    """Daniel, while the vote on the budget is open."""
    return Scene(ready("user_2", Role.PARTICIPANT), state(decisions=(BUDGET_OPEN,)))


def test_whoever_comes_in_hears_of_the_open_vote_and_how_one_votes() -> None:
    told = member().arrival
    assert told[0] == "You are in Q3 board meeting as Daniel Brandt, participant."
    assert told[-3:] == [
        "A vote is open: The budget for 2027. That the budget for 2027 as circulated be approved. "
        "Needs two-thirds of the votes cast, now 4 of 5. At least 5 must vote. "
        "It closes at 12:04. Type /approve, /reject or /abstain.",
        "The budget for 2027: 6 of 10 votes are in: 4 for, 1 against, 1 abstained.",
        "What you type is said to everybody. /help tells the commands, /leave leaves.",
    ]


def test_whoever_comes_back_hears_how_they_have_voted() -> None:
    own = OwnVote(vote=Vote.REJECT, vote_id="vote_7", timestamp=NOON)
    voted = BUDGET_OPEN.model_copy(update={"own_vote": own})
    told = Scene(ready("user_2", Role.PARTICIPANT), state(decisions=(voted,))).arrival
    assert told[-2] == "Your vote, reject, is recorded."


def test_whoever_holds_a_proxy_hears_how_that_vote_stands() -> None:
    given = ProxyUpdate(data=ProxyUpdate.Data(meeting_id=MEETING, giver="user_3", to="user_2"))
    scene = member()
    scene.room.take(Heard(given))
    told = scene.type("/vote")
    assert [line for line in told if "by proxy" in line] == [
        "For Priya Natarajan, by proxy: not voted."
    ]


def test_a_vote_is_cast_after_a_yes_alone_and_said_to_be_recorded_when_it_is() -> None:
    scene = member()
    question = "Approve “The budget for 2027”? Type yes to vote, anything else to leave it."
    for answer in ("no", ""):
        assert scene.type("/approve", answer) == [question, "Nothing was done."]
    for other in ("I would rather wait.", "/help", "yes, later"):
        left = ["Nothing was done.", f"Not sent: {other}"]
        assert scene.type("/approve", other) == [question, *left]
    assert scene.link.sent == []
    assert scene.type("/approve", "Yes") == [question]
    (cast,) = scene.link.sent_of(VoteCast)
    assert isinstance(cast, VoteCast)
    assert (cast.data.decision_id, cast.data.vote) == ("decision_2", Vote.APPROVE)
    waits = ["Your vote is on its way; wait until it is recorded."]
    assert scene.type("/reject") == waits
    data = VoteReceived.Data(
        decision_id="decision_2", vote_id="vote_7", status="recorded", timestamp=NOON
    )
    assert scene.settle(VoteReceived(data=data)) == ["Your vote: approve. Recorded as vote_7."]


def test_a_refused_vote_is_never_called_recorded() -> None:
    scene = member()
    scene.type("/approve", "yes")
    data = Refused.Data(
        code=ErrorCode.INVALID_MESSAGE,
        message="It is closed.",
        retryable=False,
        details={"reason": "closed"},
    )
    assert scene.settle(Refused(data=data)) == [
        "Your vote was not recorded: the decision is closed."
    ]


def test_a_comment_goes_with_the_vote_but_with_no_secret_ballot() -> None:
    scene = member()
    assert "with the comment “it is due”?" in scene.type("/reject it is due", "y")[0]
    (cast,) = scene.link.sent_of(VoteCast)
    assert isinstance(cast, VoteCast)
    assert cast.data.comment == "it is due"
    secret = Scene(ready("user_2", Role.PARTICIPANT), state(decisions=(SECRET_OPEN,)))
    (words,) = secret.type("/approve for a reason")
    assert words.startswith("Not voted: only the screen client can seal a comment")
    assert secret.link.sent == []


def test_what_the_server_wants_confirmed_is_asked_and_lines_wait_until_then() -> None:
    scene = facilitator()
    assert scene.room.takes_lines
    scene.type("/next-item")
    assert not scene.room.takes_lines
    data = Refused.Data(
        code=ErrorCode.INVALID_MESSAGE,
        message="A vote is open.",
        retryable=False,
        details={"reason": "confirm", "confirm": ["vote_open"]},
    )
    assert scene.settle(Refused(data=data)) == [
        "Take up the item all the same? Lisbon office. A vote is open. The record will say that "
        "it was done all the same. Type yes to go on, anything else to leave it."
    ]
    assert scene.room.takes_lines
    scene.type("yes")
    assert len(scene.link.sent_of(AgendaSet)) == 2


def test_a_prepared_vote_is_opened_by_its_number() -> None:
    scene = facilitator()
    (question,) = scene.type("/open")
    assert "1: The budget for 2027. 2: The lease in Lisbon." in question
    assert scene.type("3") == ["Nothing was opened."]
    scene.type("/open", "2")
    (request,) = scene.link.sent_of(DecisionOpen)
    assert isinstance(request, DecisionOpen)
    assert request.data.decision_id == LISBON.decision_id != BUDGET.decision_id


def test_observers_are_sent_out_after_a_yes_alone() -> None:
    scene = facilitator()
    [question] = scene.type("/executive")
    assert question == (
        "Go into executive session? Observers are kept out until the meeting is called to order "
        "again; they hear nothing of it later, either. Type yes to go in, anything else to leave "
        "it."
    )
    assert not scene.link.sent_of(PhaseSet)
    scene.type("yes")
    data = PhaseSet.Data(meeting_id=MEETING, phase=MeetingPhase.EXECUTIVE, confirms=())
    assert [one.data for one in scene.link.sent_of(PhaseSet)] == [data]


def test_text_is_said_and_a_second_slash_begins_a_text() -> None:
    scene = member()
    scene.type("We should wait.", "//approve of it", "   ", "/agreed Odette keeps it")
    said = [one.data.message for one in scene.link.sent_of(ChatSend) if isinstance(one, ChatSend)]
    assert said == ["We should wait.", "/approve of it", "/agreed Odette keeps it"]
    assert scene.type("/nothing") == [
        "There is no command /nothing. /help tells them; // begins a text."
    ]
    assert scene.type("x" * 4_001) == [
        "Not sent: 1 character too many; at most 4,000 can be said at once."
    ]


def test_every_command_does_something_or_says_that_it_is_for_a_screen() -> None:
    for command in COMMANDS:
        told = facilitator().type(f"/help {command.slash}")
        assert told[0].startswith(f"/{command.slash}")
        is_for_a_screen = ON_A_SCREEN in told[0]
        assert not (is_for_a_screen and command.id in DEEDS)
        if is_for_a_screen:
            assert facilitator().type(f"/{command.slash}") == told


def test_help_lists_what_can_be_done_here_and_now() -> None:
    told = member().type("/help")
    named = {line.split()[0].strip("/:") for line in told if line.startswith("/")}
    assert {"approve", "reject", "abstain", "agenda", "people", "leave"} <= named
    assert named.isdisjoint({"open", "close", "next-item", "theme", "palette"})
    assert "Not for you: Only the facilitator" in member().type("/help close")[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/agenda", "Item 5: Auditor’s report, deferred to another meeting."),
        ("/who", "Absent, 2: Kenji Watanabe (participant), Olivia Marsh (participant)."),
        ("/where", "The meeting is in session."),
        ("/search LISBON", "11:49 Ingrid Solberg: That is the Lisbon search: three visits in June"),
        ("/vote", "You have not voted."),
    ],
)
def test_what_a_screen_shows_is_read_when_asked_for(line: str, words: str) -> None:
    assert any(told.startswith(words) for told in member().type(line))


def test_a_lost_connection_is_told_with_the_next_attempt_and_nothing_typed_is_lost() -> None:
    scene = member()
    lost = scene.become(
        Phase.WAITING, lost_at=NOON, attempt=1, next_attempt=NOON + timedelta(seconds=4)
    )
    assert lost == ["Connection lost. Trying again in 4 seconds. What you type is kept."]
    assert scene.room.takes_lines
    assert scene.type("Still here") == ["Kept until there is a connection again."]
    (question, left) = scene.type("/leave", "no")
    assert "One message has not reached the server yet" in question
    assert question.endswith("Type yes to leave, anything else to stay.")
    assert left == "Nothing was done."
    told = [scene.become(Phase.CONNECTING)]
    for attempt in (2, 3, 4, 5):
        told.append(scene.become(Phase.WAITING, attempt=attempt))
        told.append(scene.become(Phase.CONNECTING))
    still = ["Still no connection. Trying again in 4 seconds. What you type is kept."]
    assert [one for one in told if one] == [still, still]
    assert scene.become(Phase.READY) == ["Connected again."]
    assert scene.room.last_words(["never taken"])
    assert scene.told == [
        "Not known to have reached the server: Still here",
        "Not sent: never taken",
        "You have left the meeting.",
    ]


def test_a_facilitator_is_asked_before_leaving_a_vote_open() -> None:
    scene = Scene(ready(), state(decisions=(BUDGET_OPEN,)))
    assert "A vote is open." in scene.type("/leave")[0]
    assert not scene.room.left
    scene.type("no", "/quit", "yes")
    assert scene.room.left


def test_what_is_said_in_private_is_told_as_private_or_where_it_can_be_read() -> None:
    scene = member()
    scene.room.take(PrivateStands(Readiness.LOCKED, None, {}))
    scene.room.take(PrivateStands(Readiness.LOCKED, None, {}))
    (words,) = scene.told
    assert "only the screen client" in words
    line = ChatLine(
        meeting_id=MEETING,
        message_id="msg_p",
        user_id="user_3",
        user_name="Priya Natarajan",
        message="Not\nnow\x1b[2J",
        timestamp=NOON,
    )
    scene.room.take(LetterHeard(("2", "3"), line))
    (told,) = scene.told
    assert told.startswith("12:00 Priya Natarajan, in private: Not now")


def test_the_ids_of_the_commands_that_only_a_screen_has_do_nothing() -> None:
    scene = facilitator()
    for command_id in (CommandId.THEME, CommandId.PALETTE, CommandId.UNLOCK):
        assert ON_A_SCREEN in scene.type(f"/{command_id}")[0]
    assert scene.link.sent == []
