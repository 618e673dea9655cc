"""What the screen says of the meeting's life and of its quorum, and what can be done when."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from boardroom_tui.protocol.fields import MeetingPhase, Role, Status
from boardroom_tui.protocol.messages.life import Called, PhaseSet, PhaseUpdate
from boardroom_tui.protocol.messages.meeting import ChatSend
from boardroom_tui.state.model import Meeting, Outgoing
from boardroom_tui.state.reduce import reduce
from boardroom_tui.ui.attention.notices import news
from boardroom_tui.ui.command import CommandId, reason_against
from boardroom_tui.ui.commands import BY_ID, DECLARED
from boardroom_tui.ui.keys.hints import hints
from boardroom_tui.ui.link import Connection, Phase
from boardroom_tui.ui.screens.confirm_dialog import ConfirmDialog
from boardroom_tui.ui.screens.scene import (
    Scene,
    closed_reason,
    concern,
    has_news_of_votes,
    header_slice,
    notice,
)
from boardroom_tui.ui.situation import Situation
from tests.ui import board
from tests.ui.screen_text import at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON

GATHERING, IN_SESSION = MeetingPhase.GATHERING, MeetingPhase.IN_SESSION
RECESS, EXECUTIVE, ADJOURNED = MeetingPhase.RECESS, MeetingPhase.EXECUTIVE, MeetingPhase.ADJOURNED


def called(phase: MeetingPhase, minutes: float = 5) -> PhaseUpdate:
    """The facilitator called the meeting to a phase, so many minutes ago."""
    since = NOON - timedelta(minutes=minutes)
    data = PhaseUpdate.Data(meeting_id=board.MEETING, phase=phase, since=since, by="user_1")
    return PhaseUpdate(data=data)


def meeting(
    phase: MeetingPhase | None = None, role: Role = Role.FACILITATOR, **state: object
) -> Meeting:
    """The board's meeting called to this phase, in front of somebody in this role."""
    roster = (board.person(1, "Margaret Oyelaran", role=role), *board.ROSTER[1:])
    whole = board.state(**{"roster": roster, **state})  # pyright: ignore[reportArgumentType]
    known = reduce(Meeting(board.MEETING), board.ready(role=role), NOON)
    known = reduce(known, whole, NOON)
    return known if phase in (None, known.phase) else reduce(known, called(phase), NOON)


def header(known: Meeting) -> list[str]:
    """The header's signs, as long and as short as they get."""
    shown = header_slice(Scene(known, Connection(Phase.READY, NOON), NOON), UTC)
    return [f"{sign.symbol} {sign.words} / {sign.short}" for sign in shown.signs]


def why_not(command: CommandId, known: Meeting) -> str | None:
    return reason_against(BY_ID[command], Situation(known))


def test_a_meeting_that_is_adjourned_misses_its_connection_only_where_something_waits() -> None:
    over, lost = meeting(ADJOURNED), Connection(Phase.WAITING, NOON, lost_at=NOON)
    after, still_on = Scene(over, lost, NOON), Scene(meeting(), lost, NOON)
    styles = [header_slice(one, UTC).signs[-1].style for one in (after, still_on)]
    assert styles == ["$dim", "$error"]
    said = ChatSend(data=ChatSend.Data(meeting_id=board.MEETING, message="Thank you all."))
    waiting = replace(after, waiting=(Outgoing(said, NOON),))
    assert "No connection" in (notice(waiting, DECLARED, UTC, 60) or "")


@pytest.mark.parametrize(
    ("phase", "sign"),
    [
        (RECESS, "‖ Recess since 11:55 / recess 11:55"),
        (EXECUTIVE, "■ Executive since 11:55 / executive 11:55"),
    ],
)
def test_the_header_says_what_the_meeting_was_called_to_and_when(
    phase: MeetingPhase, sign: str
) -> None:
    quorum, standing, _ = header(meeting(phase))
    assert standing == sign
    assert quorum.startswith("✓ Quorum")


def test_in_session_the_header_counts_the_time_and_once_adjourned_asks_for_no_quorum() -> None:
    assert header(meeting())[0] == "◷ 38 min / 38min"
    assert header(meeting(begun=False))[0] == "◷ not begun / –"
    assert header(meeting(ADJOURNED))[0] == "■ Adjourned at 11:55 / adjourned 11:55"


def test_a_narrow_screen_keeps_a_verdict_in_sight_until_the_meeting_goes_on() -> None:
    ended = board.MINUTES_OUTCOME.completed_at
    begun_later = meeting(decisions=(board.MINUTES,))
    begun_before = meeting(decisions=(board.MINUTES,), agenda=board.AGENDA[:2])
    assert not has_news_of_votes(begun_later, ended + timedelta(seconds=60))
    assert has_news_of_votes(begun_before, ended + timedelta(seconds=60))
    assert not has_news_of_votes(begun_before, ended + timedelta(seconds=90))
    assert has_news_of_votes(meeting(decisions=(board.MINUTES, board.BUDGET_OPEN)), NOON)
    assert not has_news_of_votes(meeting(decisions=(board.BUDGET,)), NOON)


def test_without_a_quorum_the_screen_says_what_may_still_be_done() -> None:
    assert concern(meeting()) is None
    assert concern(meeting(quorum=12)) == (
        "! No quorum: wait, /recess or /adjourn; a vote now would fail."
    )
    assert concern(meeting(role=Role.PARTICIPANT, quorum=12)) == (
        "! No quorum: a vote now would fail."
    )
    assert concern(meeting(RECESS, quorum=12)) is None


def test_who_leads_on_without_calling_to_order_is_reminded_of_it() -> None:
    begun = board.state().data.model_copy(update={"phase": GATHERING})
    known = reduce(Meeting(board.MEETING), board.ready(), NOON)
    known = reduce(known, board.state().model_copy(update={"data": begun}), NOON)
    assert concern(known) == "! The meeting has not been called to order: /order calls it."
    assert concern(meeting(begun=False)) is None
    assert "To order" in [hint.word for hint in hints(Situation(meeting(begun=False)))]


@pytest.mark.parametrize(
    ("command", "phase", "reason"),
    [
        (CommandId.ORDER, IN_SESSION, "The meeting is in session already."),
        (CommandId.ORDER, ADJOURNED, None),
        (CommandId.RECESS, RECESS, "The meeting is in recess already: /order ends it."),
        (CommandId.RECESS, ADJOURNED, "The meeting is adjourned."),
        (CommandId.EXECUTIVE, RECESS, None),
        (CommandId.ADJOURN, ADJOURNED, "The meeting is adjourned already."),
        (CommandId.OPEN, ADJOURNED, "The meeting is adjourned."),
        (CommandId.NEXT_ITEM, ADJOURNED, "The meeting is adjourned."),
        *(
            (command, ADJOURNED, "The meeting is adjourned.")
            for command in (
                CommandId.MOVE,
                CommandId.SECOND,
                CommandId.AMEND,
                CommandId.TAKE_BACK,
                CommandId.PUT,
                CommandId.POSTPONE,
                CommandId.REFER,
                CommandId.INFO,
                CommandId.AGREED,
                CommandId.ACTION,
                CommandId.HAND,
                CommandId.NEXT_SPEAKER,
                CommandId.YIELD,
                CommandId.ROLL,
            )
        ),
        (CommandId.CORRECTION, ADJOURNED, None),
        (CommandId.CLOSE, ADJOURNED, "No vote is open."),
        (CommandId.REPLY, ADJOURNED, None),
    ],
)
def test_a_command_says_why_the_meeting_s_phase_forbids_it(
    command: CommandId, phase: MeetingPhase, reason: str | None
) -> None:
    assert why_not(command, meeting(phase)) == reason


def test_an_observer_is_told_of_an_executive_session_and_cannot_write() -> None:
    outside = meeting(EXECUTIVE, Role.OBSERVER)
    scene = Scene(outside, Connection(Phase.READY, NOON), NOON)
    assert closed_reason(scene) == "The meeting is in executive session."
    assert why_not(CommandId.REPLY, outside) == "The meeting is in executive session."
    inside = Scene(meeting(EXECUTIVE), Connection(Phase.READY, NOON), NOON)
    assert closed_reason(inside) is None


def test_a_change_of_phase_is_a_toast_and_hearing_of_it_again_is_none() -> None:
    before = meeting()
    after = reduce(before, called(RECESS), NOON)
    [toast] = news(before, after)
    assert (toast.title, toast.message) == ("◆ The meeting", "Recess, called by Margaret Oyelaran.")
    assert not list(news(after, reduce(after, called(RECESS), NOON)))


async def test_a_recess_is_called_with_two_letters_and_stands_in_the_conversation() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press("escape", "R", "y")
        data = PhaseSet.Data(meeting_id=board.MEETING, phase=RECESS, confirms=())
        assert [one.data for one in link.sent_of(PhaseSet)] == [data]
        link.hear(called(RECESS, 0))
        await until(pilot, lambda: "◆ 12:00 Recess, called by" in screen_text(app))
        assert "Recess since 12:00" in screen_text(app)


@pytest.mark.parametrize(("letter", "phase"), [("R", RECESS), ("X", EXECUTIVE), ("A", ADJOURNED)])
async def test_what_sends_anybody_out_is_asked_about_before_it_is_sent(
    letter: str, phase: Called
) -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press("escape", letter)
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert not link.sent_of(PhaseSet)
        await pilot.press("y")
        await until(pilot, lambda: bool(link.sent_of(PhaseSet)))
        data = PhaseSet.Data(meeting_id=board.MEETING, phase=phase, confirms=())
        assert [one.data for one in link.sent_of(PhaseSet)] == [data]


@pytest.mark.parametrize("letter", ["R", "A"])
async def test_while_a_vote_is_open_the_server_alone_asks_about_a_pause(letter: str) -> None:
    voting = board.state(decisions=(board.BUDGET_OPEN,))
    async with at_the_meeting(board.ready(), voting) as (app, link, pilot):
        await pilot.press("escape", letter)
        await until(pilot, lambda: bool(link.sent_of(PhaseSet)))
        assert not isinstance(app.screen, ConfirmDialog)


def test_somebody_who_is_away_is_still_present_for_the_quorum() -> None:
    away = tuple(
        board.person(number, f"Member {number}", status=Status.AWAY) for number in range(1, 7)
    )
    assert concern(meeting(roster=away)) is None
