"""Commands: declared once, reachable in every way, and never silent."""

from collections import Counter
from dataclasses import replace
from datetime import UTC

import pytest
from textual.command import CommandPalette

from boardroom_tui.protocol.fields import (
    DecisionStatus,
    ItemStatus,
    Method,
    MotionStatus,
    Role,
    Status,
    Vote,
)
from boardroom_tui.protocol.messages.decision import VoteCast
from boardroom_tui.protocol.messages.motion import MotionUpdate
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.outgoing import posted
from boardroom_tui.state.private import Privacy, Readiness
from boardroom_tui.state.reduce import reduce
from boardroom_tui.state.select import newest_first
from boardroom_tui.ui.app import BoardroomApp
from boardroom_tui.ui.command import Command, CommandId, Who, display_of, is_for, reason_against
from boardroom_tui.ui.commands import BY_ID, BY_SLASH, COMMANDS, no_command
from boardroom_tui.ui.help_page import keys_of, words_of
from boardroom_tui.ui.keys.hints import hints
from boardroom_tui.ui.keys.sequence import second_key
from boardroom_tui.ui.link import Phase
from boardroom_tui.ui.look.arrangement import Pane
from boardroom_tui.ui.palette import MeetingCommands
from boardroom_tui.ui.screens.scene import in_silence
from boardroom_tui.ui.situation import Situation
from tests.ui import board
from tests.ui.screen_text import VOTING, until
from tests.ui.scripted_link import NOON, ScriptedLink

PANES: tuple[Pane, ...] = ("chat", "agenda", "people", "vote")
READLINE = {"ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+d", "ctrl+y", "ctrl+h"}
TERMINAL = {"ctrl+b", "ctrl+c", "ctrl+z", "ctrl+s", "ctrl+i", "ctrl+j", "ctrl+m", "f10", "f11"}
"""tmux's prefix, what stops a program or its output, Tab, line ends, a terminal window's own."""


class Recorder(BoardroomApp):
    """Notes the commands instead of doing them."""

    def __init__(self) -> None:
        self.scripted = ScriptedLink()
        super().__init__(self.scripted, board.MEETING, clock=lambda: NOON, zone=UTC)
        self.given: list[tuple[CommandId, str]] = []

    def command(self, command_id: CommandId, rest: str = "") -> bool:
        self.given.append((command_id, rest))
        self.await_second_key(command_id is CommandId.MORE)
        return True


def situation(
    *,
    role: Role = Role.FACILITATOR,
    voting: bool = False,
    meeting: Meeting | None = None,
    **rest: object,
) -> Situation:
    """The board's meeting in front of somebody in this role."""
    roster = (board.person(1, "Margaret Oyelaran", role=role), *board.ROSTER[1:])
    decisions = (board.MINUTES, board.BUDGET_OPEN if voting else board.BUDGET, board.LISBON)
    if meeting is None:
        meeting = reduce(Meeting(board.MEETING), board.ready(role=role), NOON)
        meeting = reduce(meeting, board.state(roster=roster, decisions=decisions), NOON)
    return Situation(meeting, **rest)  # pyright: ignore[reportArgumentType]


def why_not(command: CommandId, at: Situation) -> str | None:
    return reason_against(BY_ID[command], at)


# The declaration


def test_every_command_is_declared_exactly_once() -> None:
    assert Counter(command.id for command in COMMANDS) == Counter(CommandId)


def test_no_two_commands_share_a_key_or_a_letter() -> None:
    keys = Counter(key for command in COMMANDS for key in (*command.keys, command.letter))
    assert [key for key, times in keys.items() if times > 1] == []


def test_no_key_is_one_that_shells_tmux_or_terminals_take() -> None:
    keys = {key for command in COMMANDS for key in command.keys}
    assert keys & (READLINE | TERMINAL) == set()


def test_every_command_is_explained_in_a_sentence() -> None:
    for command in COMMANDS:
        assert command.help.endswith(".")
        assert command.title[0].isupper()
        assert len(command.footer) <= 12


def test_the_help_names_every_way_to_give_a_command() -> None:
    for command in COMMANDS:
        shown = keys_of(command).plain
        assert f"/{command.slash}" in shown
        assert f" {display_of(command.letter)} " in shown
        assert not command.keys or display_of(command.keys[0]) in shown


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("f5", "F5"),
        ("ctrl+r", "^R"),
        ("shift+f8", "⇧F8"),
        ("escape", "Esc"),
        ("space s", "Space s"),
    ],
)
def test_keys_are_written_as_people_write_them(key: str, shown: str) -> None:
    assert display_of(key) == shown


# Every way leads there


async def test_every_key_gives_its_command_while_one_is_typing() -> None:
    app = Recorder()
    async with app.run_test() as pilot:
        for command in COMMANDS:
            for key in command.keys:
                app.given.clear()
                await pilot.press(key)
                await pilot.pause()
                assert app.given == [(command.id, "")], key
        assert app.meeting_screen.composer.text == ""


async def test_every_letter_gives_its_command_while_one_is_not_typing() -> None:
    app = Recorder()
    async with app.run_test() as pilot:
        for pane in PANES:
            app.meeting_screen.focus_pane(pane)
            for command in COMMANDS:
                app.given.clear()
                app.await_second_key(False)
                await pilot.press(*command.letter.split())
                await pilot.pause()
                begins = [(CommandId.MORE, "")] if second_key(command) else []
                assert app.given == [*begins, (command.id, "")], command.letter


async def test_no_letter_is_a_command_while_one_is_typing() -> None:
    app = Recorder()
    keys = [key for command in COMMANDS for key in command.letter.split()]
    async with app.run_test() as pilot:
        await pilot.press("x", *keys)
        await pilot.pause()
        assert app.given == []
        assert app.meeting_screen.composer.text == "x" + "".join(keys).replace("space", " ")


async def test_every_slash_command_gives_its_command() -> None:
    app = Recorder()
    async with app.run_test() as pilot:
        for slash, command in BY_SLASH.items():
            app.given.clear()
            app.await_second_key(False)
            app.meeting_screen.composer.refuse(f"/{slash} and more", "")
            await pilot.press("enter")
            await pilot.pause()
            assert app.given == [(command.id, "and more")], slash


async def test_every_command_is_found_in_the_palette_by_its_title() -> None:
    app = Recorder()
    async with app.run_test() as pilot:
        app.scripted.hear(board.ready(), VOTING)
        await pilot.pause()
        provider = MeetingCommands(app.meeting_screen)
        for command in COMMANDS:
            if command.id is CommandId.PALETTE:
                continue
            app.given.clear()
            hits = [hit async for hit in provider.search(command.title)]
            best = max(hits, key=lambda hit: hit.score)
            best.command()
            await pilot.pause()
            assert app.given == [(command.id, "")], command.title
        discovered = [hit async for hit in provider.discover()]
        assert len(discovered) == len(COMMANDS) - 1
        idle = ["Not now" in str(hit.help) for hit in discovered]
        assert idle == sorted(idle)
        assert any(idle)


async def test_the_palette_opens_and_gives_what_is_chosen() -> None:
    link = ScriptedLink()
    app = BoardroomApp(link, board.MEETING, clock=lambda: NOON, zone=UTC)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await pilot.press(*"dark and light")
        await pilot.pause(0.2)
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "boardroom-light")


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("or", "Did you mean /order?"),  # it begins so
        ("Aprove", "Did you mean /approve?"),
        ("dance", "F1 tells them;"),
        ("Me", "What you say stands under your name."),
        ("list", "In another terminal, boardroom lists the meetings you know and joins them."),
        ("", "F1 tells them;"),
    ],
)
def test_an_unknown_slash_command_is_refused_with_what_may_be_meant(name: str, way: str) -> None:
    assert no_command(name, "F1") == f"There is no command /{name}. {way} // begins a text."


def test_whoever_is_away_is_told_the_way_back() -> None:
    away = replace(situation(), own_status=Status.AWAY)
    for command in (CommandId.BACK, CommandId.AWAY):
        assert "/online" in (why_not(command, away) or "")
    assert why_not(CommandId.BACK, situation()) == "You have not jumped anywhere."


# Who may, and why not


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.who is Who.FACILITATOR])
def test_only_the_facilitator_leads(command: Command) -> None:
    refusal = "Only the facilitator can do that."
    assert reason_against(command, situation(role=Role.PARTICIPANT, voting=True)) == refusal
    assert reason_against(command, situation(voting=True)) != refusal


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.who is Who.VOTERS])
def test_only_members_with_a_vote_vote(command: Command) -> None:
    refusal = "You have no vote in this meeting."
    assert reason_against(command, situation(role=Role.OBSERVER, voting=True)) == refusal
    assert is_for(command, situation(role=Role.PARTICIPANT, voting=True))


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.extension is not None])
def test_what_a_server_does_not_know_is_not_asked_of_it(command: Command) -> None:
    plain = reduce(Meeting(board.MEETING), board.ready(extensions=False), NOON)
    reason = reason_against(command, situation(meeting=plain))
    assert reason == "This server offers no way to do that."


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.sends])
def test_nothing_is_sent_before_the_meeting_or_after_its_end(command: Command) -> None:
    nowhere = situation(meeting=Meeting(board.MEETING))
    assert reason_against(command, nowhere) == "The meeting has not been joined yet."
    over = situation(voting=True, phase=Phase.ENDED)
    assert reason_against(command, over) == (
        "The connection has ended; nothing can be sent any more."
    )


def test_nothing_is_begun_that_could_not_be_sent_any_more() -> None:
    assert why_not(CommandId.REPLY, situation(phase=Phase.ENDED)) == (
        "The connection has ended; nothing can be sent any more."
    )
    assert why_not(CommandId.AGENDA, situation(phase=Phase.ENDED)) is None


def test_there_is_nothing_to_vote_on_where_no_vote_is_open() -> None:
    assert why_not(CommandId.APPROVE, situation()) == "No vote is open."
    closed = situation(decision_id="decision_1")
    assert why_not(CommandId.APPROVE, closed) == "This vote is closed."
    prepared = situation(voting=True, decision_id="decision_3")
    assert why_not(CommandId.APPROVE, prepared) == "No vote is open."


def test_a_vote_that_is_on_its_way_is_not_cast_again() -> None:
    at = situation(voting=True)
    cast = VoteCast(id="req_1", data=VoteCast.Data(decision_id="decision_2", vote=Vote.APPROVE))
    sending = situation(meeting=posted(at.meeting, cast, NOON))
    assert why_not(CommandId.REJECT, sending) == (
        "Your vote is on its way; wait until it is recorded."
    )


@pytest.mark.parametrize(
    ("command", "item", "reason"),
    [
        (CommandId.TAKE_UP, "item_3", "“Budget 2027” is in progress already."),
        (CommandId.COMPLETE, "item_1", "“Opening and apologies” is completed already."),
        (CommandId.DEFER, "item_5", "“Auditor’s report” is deferred already."),
        (CommandId.PUT_BACK, "item_6", "“Any other business” is to come already."),
        (CommandId.PUT_BACK, "item_3", None),
        (CommandId.COMPLETE, None, None),
        (CommandId.TAKE_UP, "item_99", "No item is in progress. Select one in the agenda."),
    ],
)
def test_an_item_cannot_become_what_it_is(
    command: CommandId, item: str | None, reason: str | None
) -> None:
    assert why_not(command, situation(item_id=item)) == reason


def test_the_agenda_ends_and_begins() -> None:
    first = board.AGENDA[0].model_copy(update={"status": ItemStatus.IN_PROGRESS})
    meeting = reduce(Meeting(board.MEETING), board.ready(), NOON)
    meeting = reduce(meeting, board.state(agenda=(first,)), NOON)
    alone = situation(meeting=meeting)
    assert why_not(CommandId.NEXT_ITEM, alone) == "There is no item left on the agenda."
    assert why_not(CommandId.PREVIOUS_ITEM, alone) == "There is no item before this one."
    empty = situation(meeting=reduce(meeting, board.state(agenda=()), NOON))
    assert why_not(CommandId.COMPLETE, empty) == "This meeting has no agenda."


def test_a_decision_is_withdrawn_while_it_is_open_or_prepared() -> None:
    assert why_not(CommandId.WITHDRAW, situation(voting=True)) is None
    assert why_not(CommandId.WITHDRAW, situation(decision_id="decision_3")) is None
    assert why_not(CommandId.WITHDRAW, situation(decision_id="decision_1")) == (
        "This vote is closed."
    )
    reason = why_not(CommandId.WITHDRAW, situation())
    assert reason is not None
    assert reason.startswith("No vote is open.")
    assert board.MINUTES.status is DecisionStatus.APPROVED


def test_there_is_nothing_to_answer_before_anybody_has_spoken() -> None:
    silent = reduce(Meeting(board.MEETING), board.state(chat=()), NOON)
    assert why_not(CommandId.REPLY, situation(meeting=silent)) == "Nothing has been said yet."


def test_nothing_is_taken_back_where_nothing_was_refused() -> None:
    assert why_not(CommandId.EDIT, situation()) == "Nothing that you have written was refused."


@pytest.mark.parametrize(
    ("phase", "reason"),
    [
        (Phase.READY, "You are connected."),
        (Phase.CONNECTING, "An attempt is under way."),
        (Phase.WAITING, None),
        (Phase.ENDED, "The connection has ended for good."),
    ],
)
def test_one_reconnects_only_while_the_next_attempt_is_waited_for(
    phase: Phase, reason: str | None
) -> None:
    assert why_not(CommandId.RECONNECT, situation(phase=phase)) == reason


def test_the_help_says_what_cannot_be_done_now_and_why() -> None:
    words = words_of(BY_ID[CommandId.CLOSE], situation()).plain
    assert words.endswith("Not now: No vote is open.")
    assert "Not now" not in words_of(BY_ID[CommandId.CLOSE], situation(voting=True)).plain


# The footer


def test_an_open_vote_comes_first_in_the_footer_and_help_last() -> None:
    shown = [hint.word for hint in hints(situation(voting=True))]
    assert shown[:4] == ["Approve", "Reject", "Abstain", "Close vote"]
    assert shown[-1] == "Help"


def test_where_consent_is_asked_for_one_can_but_object() -> None:
    at = situation(voting=True)
    decisions = at.meeting.decisions
    [(key, view)] = [(key, view) for key, view in decisions.items() if view.is_open]
    assert view.question is not None
    silent = view.question.model_copy(update={"method": Method.CONSENT})
    asked = replace(view, question=silent)
    at = replace(at, meeting=replace(at.meeting, decisions={**decisions, key: asked}))
    assert [hint.word for hint in hints(at)][:2] == ["Object", "Close vote"]
    for command in (CommandId.APPROVE, CommandId.ABSTAIN):
        why = reason_against(BY_ID[command], at)
        assert why is not None
        assert why.startswith("Nobody needs to vote: silence adopts it")


@pytest.mark.parametrize("voting", [True, False])
@pytest.mark.parametrize("typing", [True, False])
def test_the_footer_is_the_same_whatever_more_is_said(*, voting: bool, typing: bool) -> None:
    at = situation(voting=voting, typing=typing)
    first, *more = newest_first(at.meeting)
    assert more
    silent = in_silence(at.meeting)
    begun = replace(silent, chat=silent.chat.adding(first.message_id, first))
    assert hints(replace(at, meeting=begun)) == hints(at)


def test_the_keys_of_an_open_vote_outrank_all_others() -> None:
    at = situation(voting=True, typing=False, privacy=Privacy(Readiness.LOCKED))
    words = [hint.word for hint in hints(at)]
    assert words[:4] == ["Approve", "Reject", "Abstain", "Write"]
    assert "Unlock" in words


def test_a_motion_that_was_objected_to_is_offered_to_be_put_to_the_vote() -> None:
    meeting = situation().meeting
    for status in (MotionStatus.SECONDED, MotionStatus.VOTING, MotionStatus.SECONDED):
        data = MotionUpdate.Data(
            meeting_id=board.MEETING,
            motion_id="motion_1",
            title="That the hall be painted.",
            text="That the hall be painted.",
            mover="user_2",
            seconder="user_3",
            status=status,
            moved_at=NOON,
            amendments=0,
        )
        meeting = reduce(meeting, MotionUpdate(data=data), NOON)
    assert hints(Situation(meeting))[0].word == "Put"


def test_the_footer_names_nothing_that_cannot_be_done() -> None:
    for at in (situation(), situation(voting=True), situation(role=Role.OBSERVER)):
        for hint in hints(at):
            assert reason_against(BY_ID[CommandId(hint.command)], at) is None


def test_a_letter_in_the_footer_says_how_to_get_to_it_while_one_types() -> None:
    waiting = situation(phase=Phase.WAITING)
    keys = {hint.word: hint.key for hint in hints(waiting)}
    assert keys["Reconnect"] == "Esc z"
    outside = situation(phase=Phase.WAITING, typing=False)
    keys = {hint.word: hint.key for hint in hints(outside)}
    assert keys["Reconnect"] == "z"
    assert keys["Write"] == "Esc"
