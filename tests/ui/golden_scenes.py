"""What the link tells on the walk through the golden screens."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, timedelta

from textual.pilot import Pilot

from boardroom_tui.protocol.correspondents import Readiness
from boardroom_tui.protocol.fields import Cause, DecisionStatus, Result, Vote
from boardroom_tui.protocol.messages.decision import DecisionResult
from boardroom_tui.protocol.messages.meeting import ChatLine, ChatMessage, OwnVote
from boardroom_tui.protocol.messages.minutes import MinutesDraft
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.link import Phase, TokenWanted
from tests.ui import board
from tests.ui.private_scenes import letter, stands
from tests.ui.scripted_link import NOON, ScriptedLink

CALL = ChatLine(
    meeting_id=board.MEETING,
    message_id="msg_called",
    user_id="user_2",
    user_name="Daniel Brandt",
    message="@Margaret Oyelaran page 14 is at https://board.example/papers/q3/budget.pdf?page=14",
    timestamp=NOON - timedelta(minutes=1),
)
LAST_HEARD = NOON - timedelta(minutes=3)


@asynccontextmanager
async def connecting() -> AsyncGenerator[tuple[BoardroomApp, ScriptedLink, Pilot[str | None]]]:
    """The program while the server has not answered yet."""
    link = ScriptedLink()
    link.become(Phase.CONNECTING)
    app = BoardroomApp(link, board.MEETING, clock=lambda: NOON, zone=UTC)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        yield app, link, pilot


def end_the_vote(link: ScriptedLink) -> None:
    """The budget is put to the vote and carried."""
    link.hear(board.state(decisions=(board.MINUTES, board.BUDGET_OPEN, board.LISBON)))
    result = board.outcome("decision_2", Result.APPROVED, (7, 2, 1), NOON)
    data = result.model_copy(update={"cause": Cause.COMPLETE})
    link.hear(DecisionResult(data=data))


def lose_the_connection(link: ScriptedLink) -> None:
    """It is lost, and tried again."""
    link.become(
        Phase.WAITING, lost_at=LAST_HEARD, next_attempt=NOON + timedelta(seconds=12), waiting=0
    )


def run_out(link: ScriptedLink) -> None:
    """The token has run out, too."""
    link.become(Phase.WAITING, token_wanted=TokenWanted(None, None), next_attempt=None)


def end_the_connection(link: ScriptedLink) -> None:
    """It comes back no more."""
    link.become(Phase.ENDED, token_wanted=None, reason="you have joined from elsewhere")


def draft_the_minutes(link: ScriptedLink) -> None:
    """The server sends the minutes so far."""
    text = (
        "# Minutes: Q3 board meeting\n\n- Date: 23 November 2026\n- In the chair: Margaret "
        "Oyelaran\n\n## 2. Minutes of the last meeting\n\nDecision 1: The minutes of 24 August\n\n"
        "> That the minutes of 24 August as circulated be approved.\n\n"
        "Carried: 8 for, 0 against, 1 abstained. Two-thirds of 8 votes cast needs 6.\n"
    )
    link.hear(
        MinutesDraft(
            data=MinutesDraft.Data(
                meeting_id=board.MEETING, sequence=120, at=NOON, text=text, cut=False
            )
        )
    )


def open_a_secret_ballot(link: ScriptedLink) -> None:
    """The lease is put to the vote in secret, and the budget is over."""
    secret = board.LISBON.model_copy(
        update={
            "status": DecisionStatus.VOTING,
            "opened_at": NOON,
            "deadline": NOON + timedelta(minutes=5),
            "vote_summary": board.summary((0, 0, 0)),
        }
    )
    link.hear(board.state(decisions=(board.MINUTES, secret)))


def vote(link: ScriptedLink) -> None:
    """One's own vote on the budget is on record."""
    own = OwnVote(vote_id="vote_7f3a", vote=Vote.APPROVE, timestamp=NOON)
    voted = board.BUDGET_OPEN.model_copy(update={"own_vote": own})
    link.hear(board.state(decisions=(board.MINUTES, voted, board.LISBON)))


def lock(link: ScriptedLink) -> None:
    """There is no keyring."""
    link.tell(stands(Readiness.UNPROTECTED))


def unlock(link: ScriptedLink) -> None:
    """Everybody can be written to."""
    link.tell(stands())


def whisper(link: ScriptedLink) -> None:
    """Priya Natarajan wrote in private, before this start: what is new has a mark for a while."""
    first = letter(1, "3", "Will the reserve hold if we take the office in Lisbon?")
    second = letter(2, "3", "I would rather ask before it is on the table.")
    for one in (first, second):
        link.tell(replace(one, earlier=True))


def call(link: ScriptedLink) -> None:
    """Daniel Brandt calls one by name, and names a page."""
    link.hear(ChatMessage(data=ChatMessage.Data.model_validate(CALL.model_dump(by_alias=False))))
