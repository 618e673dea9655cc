"""The program, played through with a link that follows a script."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Static
from textual.widgets._toast import Toast

from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import (
    Guard,
    ItemStatus,
    MeetingPhase,
    Result,
    Role,
    Status,
    Vote,
)
from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.messages.collaboration import Typing
from boardroom_tui.protocol.messages.connection import Refused
from boardroom_tui.protocol.messages.decision import (
    DecisionClose,
    DecisionOpen,
    DecisionOpened,
    DecisionResult,
    DecisionWithdraw,
    VoteCast,
    VoteReceived,
    VoteUpdate,
)
from boardroom_tui.protocol.messages.life import PhaseUpdate
from boardroom_tui.protocol.messages.meeting import AgendaSet, ChatMessage, ChatSend, MeetingState
from boardroom_tui.protocol.messages.notification import NotificationAcknowledge, NotificationSend
from boardroom_tui.protocol.messages.presence import PresenceChanged, PresenceUpdate
from boardroom_tui.state.model import Entry
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.look.themes import DARK, LIGHT
from boardroom_tui.ui.screens.confirm_dialog import ConfirmDialog
from boardroom_tui.ui.screens.help import HelpScreen
from boardroom_tui.ui.screens.open_decision_dialog import OpenDecisionDialog
from boardroom_tui.ui.screens.vote_dialog import VoteDialog
from boardroom_tui.ui.settings import read_settings
from boardroom_tui.ui.widgets.composer_field import ComposerField
from tests.ui import board
from tests.ui.screen_text import VOTING, at_the_meeting, screen_text, until
from tests.ui.scripted_link import NOON, ScriptedLink


def toasts(app: BoardroomApp) -> list[str]:
    """What the toasts say, title and message."""
    return [str(toast.render()) for toast in app.screen.query(Toast)]


def opened() -> DecisionOpened:
    return DecisionOpened(data=DecisionOpened.Data(**dict(board.BUDGET_OPEN)))


def tally(approve: int, reject: int, abstain: int) -> VoteUpdate:
    return VoteUpdate(
        data=VoteUpdate.Data(
            decision_id="decision_2",
            vote_summary=board.summary((approve, reject, abstain)),
            status="voting",
        )
    )


def to_confirm(*guards: str) -> Refused:
    """The server asks first."""
    return Refused(
        data=Refused.Data(
            code=ErrorCode.INVALID_MESSAGE,
            message="To be confirmed first.",
            details={"reason": "confirm", "confirm": list(guards)},
            retryable=False,
        )
    )


def ended(result: Result = Result.APPROVED) -> DecisionResult:
    return DecisionResult(data=board.outcome("decision_2", result, (7, 2, 1), NOON))


async def test_a_vote_that_opens_is_shown_and_takes_no_key_away() -> None:
    async with at_the_meeting(size=(80, 24)) as (app, link, pilot):
        await pilot.press(*"Dear all")
        link.hear(opened(), tally(1, 0, 0))
        await until(pilot, lambda: "◆ The budget for 2027" in screen_text(app))
        await pilot.press(*" go on")
        assert app.meeting_screen.composer.text == "Dear all go on"


async def test_the_tally_moves_and_the_verdict_is_explained() -> None:
    async with at_the_meeting(board.ready(), VOTING) as (app, link, pilot):
        assert "6 of 10" in screen_text(app)
        link.hear(tally(6, 2, 1))
        await until(pilot, lambda: "9 of 10" in screen_text(app))
        link.hear(ended())
        await until(pilot, lambda: "✓ Carried: 7 for, 2 against, 1" in screen_text(app))


@pytest.mark.parametrize(
    ("key", "vote"), [("f5", Vote.APPROVE), ("f6", Vote.REJECT), ("f7", Vote.ABSTAIN)]
)
async def test_one_votes_by_key_after_a_confirmation(key: str, vote: Vote) -> None:
    async with at_the_meeting(board.ready(), VOTING) as (app, link, pilot):
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, VoteDialog))
        assert link.sent_of(VoteCast) == []
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: bool(link.sent_of(VoteCast)))
        (cast,) = link.sent_of(VoteCast)
        assert isinstance(cast, VoteCast)
        assert (cast.data.decision_id, cast.data.vote) == ("decision_2", vote)


async def test_a_recorded_vote_is_shown_as_ones_own() -> None:
    async with at_the_meeting(board.ready(), VOTING) as (app, link, pilot):
        app.post(VoteCast(data=VoteCast.Data(decision_id="decision_2", vote=Vote.APPROVE)))
        await pilot.pause()
        link.settle(
            VoteReceived(
                data=VoteReceived.Data(
                    decision_id="decision_2", vote_id="vote_1", status="recorded", timestamp=NOON
                )
            )
        )
        await until(pilot, lambda: app.meeting.decisions["decision_2"].own_vote is not None)
        assert app.meeting.outgoing == {}
        await until(pilot, lambda: "You have not voted" not in screen_text(app))


async def test_a_comment_after_the_slash_command_is_in_the_dialog() -> None:
    async with at_the_meeting(board.ready(), VOTING) as (app, _, pilot):
        await pilot.press(*"/reject too early", "enter")
        await until(pilot, lambda: isinstance(app.screen, VoteDialog))
        assert "too early" in screen_text(app)


async def test_what_one_writes_is_sent_and_waits_in_sight() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press(*"Good morning", "enter")
        await until(pilot, lambda: bool(link.sent_of(ChatSend)))
        (sent,) = link.sent_of(ChatSend)
        assert isinstance(sent, ChatSend)
        assert (sent.data.meeting_id, sent.data.message) == (board.MEETING, "Good morning")
        assert "Good morning" in screen_text(app)
        said = ChatMessage.Data(
            meeting_id=board.MEETING,
            message_id="msg_99",
            user_id="user_1",
            user_name="Margaret Oyelaran",
            message="Good morning",
            timestamp=NOON,
        )
        link.settle(ChatMessage(data=said), sent)
        await until(pilot, lambda: app.meeting.outgoing == {})


async def test_a_refused_line_says_why_where_it_stands() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press(*"Good morning", "enter")
        await until(pilot, lambda: bool(link.sent_of(ChatSend)))
        refused = Refused.Data(code=ErrorCode.PERMISSION_DENIED, message="not yours")
        link.settle(Refused(data=refused), link.sent_of(ChatSend)[0])
        await until(pilot, lambda: "not yours" in screen_text(app))


async def test_a_refused_line_is_taken_back_to_be_written_otherwise() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press("ctrl+r", *"Good morning", "enter")
        await until(pilot, lambda: bool(link.sent_of(ChatSend)))
        await pilot.press(*"draft")
        (sent,) = link.sent_of(ChatSend)
        refused = Refused.Data(code=ErrorCode.PERMISSION_DENIED, message="not yours")
        link.settle(Refused(data=refused), sent)
        await until(pilot, lambda: "Esc e Edit" in screen_text(app))
        await pilot.press("escape", "e")
        await until(pilot, lambda: "not yours" not in screen_text(app))
        assert app.meeting_screen.is_writing
        composer = app.meeting_screen.composer
        assert composer.text == "Good morning\ndraft"
        assert isinstance(sent, ChatSend)
        assert composer.reply_to is not None
        assert composer.reply_to.message_id == sent.data.reply_to
        assert app.meeting.outgoing == {}


async def test_a_refused_request_gives_its_reason_in_a_toast() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press("f8")
        await until(pilot, lambda: bool(link.sent_of(AgendaSet)))
        refused = Refused.Data(code=ErrorCode.SERVER_ERROR, message="the [b]disk[/b] is full")
        link.settle(Refused(data=refused))
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["The agenda was not changed: the [b]disk[/b] is full."]


async def test_one_answers_the_newest_message_of_another() -> None:
    async with at_the_meeting() as (_, link, pilot):
        await pilot.press("ctrl+r", *"So do I", "enter")
        await until(pilot, lambda: bool(link.sent_of(ChatSend)))
        (sent,) = link.sent_of(ChatSend)
        assert isinstance(sent, ChatSend)
        assert sent.data.reply_to == "msg_8"


async def test_that_one_types_is_told_and_that_one_has_stopped_too() -> None:
    async with at_the_meeting() as (_, link, pilot):
        await pilot.press(*"Hel")
        await until(pilot, lambda: bool(link.sent_of(Typing)))
        await pilot.press("enter")
        await until(pilot, lambda: len(link.sent_of(Typing)) == 2)
        said = [sent.data.is_typing for sent in link.sent_of(Typing) if isinstance(sent, Typing)]
        assert said == [True, False]


async def test_the_facilitator_moves_the_agenda_by_key() -> None:
    async with at_the_meeting() as (_, link, pilot):
        await pilot.press("f8", "shift+f8")
        await until(pilot, lambda: len(link.sent_of(AgendaSet)) == 2)
        moves = [
            (sent.data.item_id, sent.data.status)
            for sent in link.sent_of(AgendaSet)
            if isinstance(sent, AgendaSet)
        ]
        assert moves == [
            ("item_4", ItemStatus.IN_PROGRESS),
            ("item_2", ItemStatus.IN_PROGRESS),
        ]


async def test_the_selected_item_is_the_one_that_is_set() -> None:
    async with at_the_meeting() as (_, link, pilot):
        await pilot.press("f2", "end", "d", "enter")
        await until(pilot, lambda: len(link.sent_of(AgendaSet)) == 2)
        moves = [
            (sent.data.item_id, sent.data.status)
            for sent in link.sent_of(AgendaSet)
            if isinstance(sent, AgendaSet)
        ]
        assert moves == [("item_6", ItemStatus.DEFERRED), ("item_6", ItemStatus.IN_PROGRESS)]


async def test_an_item_can_be_named_by_its_number() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press(*"/take-up 4", "enter")
        await until(pilot, lambda: bool(link.sent_of(AgendaSet)))
        (move,) = link.sent_of(AgendaSet)
        assert isinstance(move, AgendaSet)
        assert move.data.item_id == "item_4"
        await pilot.press(*"/take-up 9", "enter")
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["There is no item 9 on the agenda."]


async def test_what_the_server_wants_confirmed_is_asked_once_with_the_reasons() -> None:
    one_here = board.BUDGET_OPEN.model_copy(update={"not_voted": ("user_2", "user_11")})
    voting = board.state(decisions=(board.MINUTES, one_here))
    async with at_the_meeting(board.ready(), voting) as (app, link, pilot):
        for answer in ("escape", "y"):
            await pilot.press("f9")
            await until(pilot, lambda: app.meeting.outgoing != {})
            asked = link.sent[-1]
            assert isinstance(asked, DecisionClose)
            assert asked.data.confirms == ()
            link.settle(to_confirm("not_voted"))
            await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
            await until(pilot, lambda: "have not voted: Daniel" in screen_text(app))
            await pilot.press(answer)
            await until(pilot, lambda: app.screen is app.meeting_screen)
        await until(pilot, lambda: len(link.sent_of(DecisionClose)) == 3)
        confirmed = link.sent[-1]
        assert isinstance(confirmed, DecisionClose)
        assert confirmed.data.confirms == (Guard.NOT_VOTED,)
        assert toasts(app) == []


async def test_a_selected_prepared_decision_can_be_withdrawn() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press("f2", "end", "up", "up", "w")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "The lease in Lisbon" in screen_text(app)
        await pilot.press("y")
        await until(pilot, lambda: bool(link.sent_of(DecisionWithdraw)))
        (sent,) = link.sent_of(DecisionWithdraw)
        assert isinstance(sent, DecisionWithdraw)
        assert sent.data.decision_id == "decision_3"


@pytest.mark.parametrize(
    ("keys", "decision_id"),
    [
        (("f2", "down", "enter"), "decision_2"),
        # Of an item that is selected, as of the one in progress, its own.
        (("f2", "end", "up", "up", "up", "ctrl+o"), "decision_3"),
    ],
)
async def test_a_prepared_decision_is_opened_from_the_agenda(
    keys: tuple[str, ...], decision_id: str
) -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press(*keys)
        await until(pilot, lambda: isinstance(app.screen, OpenDecisionDialog))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: bool(link.sent_of(DecisionOpen)))
        (sent,) = link.sent_of(DecisionOpen)
        assert isinstance(sent, DecisionOpen)
        assert sent.data.decision_id == decision_id


async def test_what_is_said_has_no_other_pane_looked_at_and_what_concerns_them_and_a_minute_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with at_the_meeting() as (app, _, _pilot):
        screen, looked = app.meeting_screen, list[object]()
        scene = replace(app.scene(), now=NOON)
        screen.show(scene)

        def note(*given: object, **_: object) -> None:
            looked.append(given)

        monkeypatch.setattr(screen.vote, "show", note)
        said = replace(scene.meeting, chat=KeyedLog[Entry]())
        screen.pass_time(scene)
        looked.clear()
        for second in (1, 59):
            later = replace(scene, meeting=said, now=NOON + timedelta(seconds=second))
            screen.show(later)
            screen.pass_time(later)
        assert not looked
        few = replace(said, quorum=2)
        screen.show(replace(scene, meeting=few))
        assert len(looked) == 1
        screen.pass_time(replace(scene, meeting=few, now=NOON + timedelta(seconds=60)))
        assert len(looked) == 2


async def test_a_server_that_is_silent_where_it_owes_an_answer_is_not_called_connected() -> None:
    async with at_the_meeting() as (app, link, pilot):
        app.clock = lambda: NOON + timedelta(seconds=1)
        await pilot.press(*"hi", "enter")
        app.clock = lambda: NOON + timedelta(seconds=9)
        app._pass_time()  # pyright: ignore[reportPrivateUsage]
        await until(pilot, lambda: "◐ No answer for 8 s" in screen_text(app))
        link.hear(notification(1))
        await until(pilot, lambda: "● Connected" in screen_text(app))


@pytest.mark.parametrize(
    ("state", "after", "drawn"),
    [
        (board.state(), timedelta(seconds=5), False),
        (board.state(), timedelta(minutes=1), True),
        (VOTING, timedelta(seconds=1), True),
    ],
    ids=["nothing counts seconds", "a minute is full", "a vote soon closes"],
)
async def test_a_second_draws_nothing_where_nothing_counts_seconds(
    monkeypatch: pytest.MonkeyPatch, state: MeetingState, after: timedelta, drawn: bool
) -> None:
    async with at_the_meeting(board.ready(), state) as (app, _, pilot):
        app._pass_time()  # pyright: ignore[reportPrivateUsage]
        await pilot.pause()
        pictures = list[object]()

        def show(_: object, picture: object) -> None:
            pictures.append(picture)

        monkeypatch.setattr(app, "_display", show)
        monkeypatch.setattr(app, "clock", lambda: NOON + after)
        app._pass_time()  # pyright: ignore[reportPrivateUsage]
        for _ in range(3):
            await pilot.pause(1 / 60)
        assert any(one is not None for one in pictures) is drawn


async def test_one_tells_the_others_that_one_is_away_or_is_told_so_of_after_a_while() -> None:
    async with at_the_meeting() as (app, link, pilot):

        def told() -> list[Status]:
            sent = link.sent_of(PresenceUpdate)
            return [one.data.status for one in sent if isinstance(one, PresenceUpdate)]

        await pilot.press("escape", "2", "3", "1", "1")
        await until(pilot, lambda: toasts(app) == ["You are online already."])
        assert told() == [Status.AWAY, Status.BUSY, Status.ONLINE]
        own = PresenceChanged.Data(user_id="user_1", status=Status.ONLINE, last_seen=NOON)
        link.settle(PresenceChanged(data=own))
        await until(pilot, lambda: toasts(app)[1:] == ["You are online."])
        app.clock = lambda: NOON + timedelta(minutes=11)
        await until(pilot, lambda: told()[3:] == [Status.AWAY])
        await pilot.press("down")
        await until(pilot, lambda: told()[4:] == [Status.ONLINE])


async def test_a_notification_is_shown_as_text_and_acknowledged() -> None:
    data = NotificationSend.Data(
        notification_id="notif_1",
        priority="high",
        title="The vote closes soon",
        message="[@click=app.quit]One minute[/] is left",
        category="decision",
    )
    async with at_the_meeting() as (app, link, pilot):
        link.hear(NotificationSend(data=data), NotificationSend(data=data))
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == ["The vote closes soon\n[@click=app.quit]One minute[/] is left"]
        acknowledged = link.sent_of(NotificationAcknowledge)
        assert len(acknowledged) == 1


def notification(number: int) -> NotificationSend:
    """A notification that says more than there is room for."""
    return NotificationSend(
        data=NotificationSend.Data(
            notification_id=f"notif_{number}",
            priority="medium",
            title=f"News {number} " + "of the long title of it " * 3,
            message="All that there is to say of it. " * 20,
            category="any",
        )
    )


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12)])
async def test_toasts_hide_neither_the_vote_nor_what_one_writes_nor_the_keys(
    size: tuple[int, int],
) -> None:
    async with at_the_meeting(board.ready(), VOTING, size=size) as (app, link, pilot):
        await pilot.press(*"Dear all")
        link.hear(*(notification(number) for number in range(4)))
        await until(pilot, lambda: "News 3" in screen_text(app))
        for words in ("04:30 left", "6 of 10 voted", "You have not voted", "Dear all", "F1 Help"):
            assert words in screen_text(app)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_toasts_leave_the_keys_of_a_dialog_in_sight(size: tuple[int, int]) -> None:
    async with at_the_meeting(board.ready(), VOTING, size=size) as (app, link, pilot):
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, VoteDialog))
        link.hear(*(notification(number) for number in range(4)))
        await until(pilot, lambda: "News 3" in screen_text(app))
        for words in ("The budget for 2027", "Approve", "Reject", "Abstain", "Enter goes on"):
            assert words in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_toast_stands_whole_below_the_palette(size: tuple[int, int]) -> None:
    async with at_the_meeting(board.ready(), VOTING, size=size) as (app, link, pilot):
        await pilot.press("ctrl+p")
        await until(pilot, lambda: "Vote to approve" in screen_text(app))
        link.hear(notification(1))
        await until(pilot, lambda: "News 1" in screen_text(app))
        shown = screen_text(app)
        assert shown.index("Vote to approve") < shown.index("╯") < shown.index("News 1")
        assert "All that there is" in shown


async def test_a_toast_stands_on_the_screen_in_front_alone_and_not_over_what_is_bare() -> None:
    async with at_the_meeting(board.ready(), VOTING, size=(60, 20)) as (app, link, pilot):

        def lines() -> list[int]:
            shown = screen_text(app).splitlines()
            return [number for number, line in enumerate(shown) if "News 0" in line]

        link.hear(notification(0))
        await until(pilot, lambda: len(lines()) == 1)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen) and len(lines()) == 1)
        assert not any(toast.visible for toast in app.meeting_screen.query(Toast))
        await pilot.press("escape")
        await until(pilot, lambda: all(one.visible for one in app.meeting_screen.query(Toast)))
        await pilot.press("escape", "space", "v")
        await until(pilot, lambda: lines() == [19])


async def test_what_the_conversation_in_sight_says_of_the_meeting_is_no_toast() -> None:
    starting = notification(0)
    starting = starting.model_copy(
        update={"data": starting.data.model_copy(update={"category": "meeting"})}
    )
    async with at_the_meeting(board.ready(), VOTING, size=(60, 20)) as (app, link, pilot):
        data = PhaseUpdate.Data(
            meeting_id=board.MEETING, phase=MeetingPhase.RECESS, since=NOON, by="user_1"
        )
        link.hear(starting, PhaseUpdate(data=data))
        await until(pilot, lambda: "Recess, called by" in screen_text(app))
        assert link.sent_of(NotificationAcknowledge)
        assert toasts(app) == []
        await pilot.press("f3")
        again = data.model_copy(
            update={"phase": MeetingPhase.EXECUTIVE, "since": NOON + timedelta(minutes=1)}
        )
        told = starting.data.model_copy(update={"notification_id": "notif_again"})
        link.hear(starting.model_copy(update={"data": told}), PhaseUpdate(data=again))
        await until(pilot, lambda: len(link.sent_of(NotificationAcknowledge)) == 2)
        # Where the conversation is hidden the meeting tells it, and the server not once more.
        await until(pilot, lambda: len(toasts(app)) == 1)


async def test_a_vote_is_confirmed_on_the_smallest_terminal() -> None:
    async with at_the_meeting(board.ready(), VOTING, size=(40, 12)) as (app, _, pilot):
        await pilot.press("f5")
        await until(pilot, lambda: "Abstain" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Vote · Enter" in screen_text(app))
        assert "✓ Approve “The budget for 2027”?" in screen_text(app)


async def test_a_server_of_the_reference_shows_what_its_events_tell() -> None:
    async with at_the_meeting(board.ready(extensions=False)) as (app, link, pilot):
        link.hear(tally(8, 2, 1))
        await until(pilot, lambda: "decision_2" in screen_text(app))
        assert any("A vote is open" in toast for toast in toasts(app))
        await pilot.press("f8")
        await until(pilot, lambda: any("This server offers no way" in one for one in toasts(app)))


async def test_a_server_that_is_known_to_be_gone_is_told_in_place_of_the_next_attempt() -> None:
    async with at_the_meeting() as (app, link, pilot):
        app.why_gone = lambda: "the server has ended by itself; server.log may say why"
        link.become(Phase.WAITING, next_attempt=NOON + timedelta(seconds=4))
        told = "✗ The server has ended by itself; server.log may say why. ^Q leaves."
        await until(pilot, lambda: told in screen_text(app))
        assert "Next attempt" not in screen_text(app)


async def test_a_lost_connection_is_told_with_what_waits_and_tried_again_by_key() -> None:
    async with at_the_meeting() as (app, link, pilot):
        link.become(Phase.WAITING, next_attempt=NOON + timedelta(seconds=4), waiting=2)
        await until(pilot, lambda: "✗ No connection, 2 unsent" in screen_text(app))
        assert "since 12:00. Next attempt in  4 s." in screen_text(app)
        await pilot.press(*"Hello", "enter")
        await until(pilot, lambda: "1 waits to be sent: “Hello”" in screen_text(app))
        await pilot.press("escape", "z")
        await until(pilot, lambda: link.retried == 1)


async def test_a_connection_that_ended_stays_on_the_screen_with_its_reason() -> None:
    async with at_the_meeting() as (app, link, pilot):
        link.become(Phase.ENDED, reason="the same client connected again")
        await until(pilot, lambda: "✗ Disconnected" in screen_text(app))
        assert "the same client connected again. ^Q leaves." in screen_text(app)
        await pilot.press(*"Hello", "enter")
        assert link.sent_of(ChatSend) == []


async def test_what_never_began_ends_with_the_reason() -> None:
    link = ScriptedLink()
    app = BoardroomApp(link, board.MEETING, clock=lambda: NOON)
    async with app.run_test() as pilot:
        link.become(Phase.ENDED, reason="the token has expired")
        await until(pilot, lambda: app.return_value is not None)
    assert app.return_value == "the token has expired"


@pytest.mark.parametrize("keys", [("ctrl+q",), ("escape", "q"), (*"/leave", "enter")])
async def test_leaving_closes_the_connection_and_ends_well(keys: tuple[str, ...]) -> None:
    async with at_the_meeting(board.ready(), board.state(begun=False)) as (app, link, pilot):
        await pilot.press(*keys)
        await until(pilot, lambda: link.closed)
    assert app.return_value is None
    assert app.return_code == 0


async def test_who_leaves_sees_no_word_of_a_connection_that_has_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with at_the_meeting(board.ready(), board.state(begun=False)) as (app, link, pilot):
        ended, gone = asyncio.Event(), asyncio.Event()

        async def close() -> None:
            link.become(Phase.ENDED)
            ended.set()
            await gone.wait()

        monkeypatch.setattr(link, "close", close)
        before = screen_text(app)
        await pilot.press("ctrl+q")
        await ended.wait()
        await pilot.pause()
        app._pass_time()  # pyright: ignore[reportPrivateUsage]
        await pilot.pause()
        assert screen_text(app) == before
        gone.set()
        await until(pilot, lambda: app.return_code == 0)


async def test_ctrl_q_leaves_no_longer_where_another_key_is_for_it() -> None:
    settings = read_settings('[keys]\nleave = "f12"\n', "config.toml")
    begun = board.state(begun=False)
    async with at_the_meeting(board.ready(), begun, settings=settings) as (app, link, pilot):
        await pilot.press("ctrl+q")
        await until(pilot, lambda: toasts(app) == ["F12 leaves the meeting."])
        await pilot.press("f1", "ctrl+q", "escape", "escape")
        assert not link.closed
        await pilot.press("f12")
        await until(pilot, lambda: link.closed)


async def test_leaving_asks_first_while_something_is_unsent() -> None:
    async with at_the_meeting() as (app, link, pilot):
        link.become(Phase.WAITING, waiting=1)
        await pilot.press(*"Wait for me", "enter", "ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "One message has not reached the server" in screen_text(app)
        assert not link.closed


SECOND_CHAIR = (*board.ROSTER[:1], board.person(2, "Daniel Brandt", role=Role.FACILITATOR))
"""Two who lead the meeting."""


@pytest.mark.parametrize(
    ("state", "reasons"),
    [
        (board.state(), ["The meeting is not adjourned."]),
        (
            board.state(decisions=(board.BUDGET_OPEN,)),
            ["A vote is open.", "The meeting is not adjourned."],
        ),
        (board.state(roster=SECOND_CHAIR, decisions=(board.BUDGET_OPEN,)), ["A vote is open."]),
    ],
)
async def test_a_facilitator_who_leaves_something_undone_is_asked_once(
    state: MeetingState, reasons: list[str]
) -> None:
    async with at_the_meeting(board.ready(), state) as (app, link, pilot):
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        for reason in ("A vote is open.", "The meeting is not adjourned."):
            assert (reason in screen_text(app)) is (reason in reasons)
        assert not link.closed
        await pilot.press("y")
        await until(pilot, lambda: link.closed)


async def test_a_facilitator_whom_another_stays_for_just_leaves() -> None:
    state = board.state(roster=SECOND_CHAIR)
    async with at_the_meeting(board.ready(), state) as (_, link, pilot):
        await pilot.press("ctrl+q")
        await until(pilot, lambda: link.closed)


async def test_escape_leads_out_of_the_writing_line_and_back() -> None:
    async with at_the_meeting() as (app, _, pilot):
        assert app.meeting_screen.is_writing
        await pilot.press("escape")
        assert not app.meeting_screen.is_writing
        await pilot.press("f2", "escape")
        assert app.meeting_screen.is_writing


async def test_on_a_narrow_screen_a_pane_takes_the_conversations_place() -> None:
    async with at_the_meeting(size=(80, 24)) as (app, _, pilot):
        await pilot.press("f3")
        assert "Present 9" in screen_text(app)
        assert "Conversation" not in screen_text(app)
        await pilot.press("escape")
        assert "Conversation" in screen_text(app)
        assert "Present 9" not in screen_text(app)


async def test_a_pane_stays_in_sight_when_the_terminal_changes_its_size() -> None:
    async with at_the_meeting() as (app, _, pilot):
        for size in ((80, 24), (30, 5), (60, 20), (200, 60), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            lines = screen_text(app).split("\n")
            assert len(lines) == size[1]
        assert "Present 9" in screen_text(app)


async def test_the_theme_switches_between_ours() -> None:
    async with at_the_meeting() as (app, _, pilot):
        assert app.theme == "boardroom-dark"
        await pilot.press("ctrl+t")
        assert app.theme == "boardroom-light"
        await pilot.press("ctrl+t")
        assert app.theme == "boardroom-dark"


async def test_without_colours_every_state_still_has_its_symbol(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_the_meeting(board.ready(), VOTING) as (app, _, _pilot):
        assert app.no_color
        shown = screen_text(app)
        for sign in ("✓ Quorum", "● Connected", "▸ 3 Budget 2027", "◐ Amara", "○ Olivia"):
            assert sign in shown


async def test_an_unknown_slash_command_is_put_back_with_a_reason() -> None:
    async with at_the_meeting() as (app, link, pilot):
        await pilot.press(*"/dance now", "enter")
        await until(pilot, lambda: "There is no command /dance" in screen_text(app))
        assert app.meeting_screen.composer.text == "/dance now"
        assert link.sent_of(ChatSend) == []


@pytest.mark.parametrize(("role", "told"), [(Role.FACILITATOR, True), (Role.PARTICIPANT, False)])
async def test_before_any_vote_only_who_leads_is_told_how_to_open_one(
    role: Role, told: bool
) -> None:
    roster = (board.person(1, "Margaret Oyelaran", role=role),)
    scene = board.state(roster=roster, decisions=(board.BUDGET,))
    async with at_the_meeting(board.ready(role=role), scene) as (app, _, pilot):
        await until(pilot, lambda: "No vote yet." in screen_text(app))
        assert ("^O opens one." in screen_text(app)) is told


async def test_an_observer_is_told_what_is_not_theirs() -> None:
    roster = (board.person(1, "Margaret Oyelaran", role=Role.OBSERVER),)
    scene = board.state(roster=roster, decisions=(board.BUDGET_OPEN,))
    async with at_the_meeting(board.ready(role=Role.OBSERVER), scene) as (app, link, pilot):
        await pilot.press("f5", "f9")
        await until(pilot, lambda: len(toasts(app)) == 2)
        assert toasts(app) == [
            "You have no vote in this meeting.",
            "Only the facilitator can do that.",
        ]
        assert link.sent == []
        assert "F5 Approve" not in screen_text(app)


async def test_a_click_on_a_hint_does_what_its_key_does() -> None:
    async with at_the_meeting() as (app, _, pilot):
        await pilot.click("#keys", offset=(115, 0))
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("escape")
        assert app.screen is app.meeting_screen


async def test_a_screen_that_has_not_changed_is_not_drawn_again() -> None:
    async with at_the_meeting() as (app, link, pilot):
        drawn: list[str] = []
        for pane in (app.meeting_screen.agenda, app.meeting_screen.people):
            pane.watch(pane, "rows", lambda rows, name=pane.id: drawn.append(str(name)), init=False)
        app.screen.query_one("#notice", Static)
        link.hear(board.state())
        await pilot.pause()
        assert drawn == []


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
async def test_the_cursor_of_the_writing_line_can_be_seen(theme: str) -> None:
    async with at_the_meeting() as (app, _, pilot):
        app.theme = theme
        await pilot.pause()
        writing = app.screen.focused
        assert isinstance(writing, ComposerField)
        cursor = writing.get_component_rich_style("text-area--cursor")
        assert cursor.bgcolor != writing.rich_style.bgcolor
        assert cursor.color != cursor.bgcolor
