"""The parts of the screen, each drawn by itself."""

from dataclasses import replace
from datetime import UTC, timedelta, timezone

import pytest
from textual.app import App, ComposeResult

from boardroom_tui.protocol.fields import (
    DecisionStatus,
    ItemStatus,
    MeetingPhase,
    Method,
    Result,
    Role,
    Status,
)
from boardroom_tui.protocol.limits import Limit, Rate
from boardroom_tui.protocol.messages.presence import Activity
from boardroom_tui.protocol.messages.speaker import SpeakerQueue, Turn
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.reduce import reduce
from boardroom_tui.state.select import Quorum
from boardroom_tui.ui.commands import DECLARED
from boardroom_tui.ui.link import Connection, Held, Phase
from boardroom_tui.ui.look.themes import VARIABLES
from boardroom_tui.ui.screens.scene import Scene, header_slice, notice
from boardroom_tui.ui.widgets.agenda import agenda_line, agenda_rows
from boardroom_tui.ui.widgets.header import HeaderSlice, MeetingHeader, Sign
from boardroom_tui.ui.widgets.key_line import KeyHint, KeyLine
from boardroom_tui.ui.widgets.presence import presence_rows
from boardroom_tui.ui.widgets.rows import Row, RowList, line_of
from boardroom_tui.ui.words.durations import counted, lasting, rounded, time_of_day
from boardroom_tui.ui.words.signs import connection_sign, held_chat, quorum_sign
from tests.ui import board
from tests.ui.scripted_link import NOON


def text(row: Row) -> str:
    """A row's words, the right ones after two blanks."""
    left = "".join(piece for piece, _ in row.left)
    right = "".join(piece for piece, _ in row.right)
    return f"{left}  {right}" if right else left


def meeting(**rest: object) -> Meeting:
    state = board.state(**rest)  # pyright: ignore[reportArgumentType]
    return reduce(reduce(Meeting(board.MEETING), board.ready(), NOON), state, NOON)


# Agenda


def test_the_agenda_shows_each_item_with_its_status_and_its_decisions() -> None:
    assert [text(row) for row in agenda_rows(meeting(), NOON)] == [
        "✓ 1 Opening and apologies  4 min",
        "✓ 2 Minutes of the last meeting  22 min",
        "    ✓ The minutes of 24 August",
        "▸ 3 Budget 2027",
        "    ━━━━━━────  12 of 20 min",
        "    ◇ The budget for 2027",
        "○ 4 Lisbon office  15 min",
        "    ◇ The lease in Lisbon",
        "» 5 Auditor’s report  deferred",
        "○ 6 Any other business",
    ]


def test_an_item_that_takes_too_long_says_by_how_much() -> None:
    late = agenda_rows(meeting(), NOON + timedelta(minutes=10))[4]
    assert text(late) == "    ━━━━━━━━━━  2 min over"
    just = agenda_rows(meeting(), NOON + timedelta(minutes=8))[4]
    assert text(just) == "    ━━━━━━━━━━  4 s over"


def test_the_adjournment_stops_the_clock_of_the_item_in_progress() -> None:
    adjourned = replace(
        meeting(), phase=MeetingPhase.ADJOURNED, phase_since=NOON - timedelta(minutes=2)
    )
    assert text(agenda_rows(adjourned, NOON)[4]) == "    ━━━━━─────  10 of 20 min"
    assert text(agenda_line(adjourned, NOON)) == "○ No agenda item is in progress  2 of 6 done"


def test_a_decision_of_no_item_comes_last() -> None:
    alone = board.decision("decision_9", "A vote of thanks")
    assert text(agenda_rows(meeting(decisions=(alone,)), NOON)[-1]) == "◇ A vote of thanks"


def test_what_was_objected_to_is_not_marked_as_lost() -> None:
    objected = board.decision(
        "decision_9",
        "A vote of thanks",
        outcome=board.outcome("decision_9", Result.REJECTED, (0, 1, 0), NOON),
        status=DecisionStatus.REJECTED,
    ).model_copy(update={"method": Method.CONSENT})
    assert text(agenda_rows(meeting(decisions=(objected,)), NOON)[-1]) == "! A vote of thanks"


def test_the_agenda_in_a_line_names_the_item_in_progress() -> None:
    assert text(agenda_line(meeting(), NOON)) == "▸ 3 of 6  Budget 2027  12 of 20 min"


def test_the_agenda_in_a_line_says_when_nothing_is_in_progress() -> None:
    waiting = [item.model_copy(update={"status": ItemStatus.PENDING}) for item in board.AGENDA]
    line = agenda_line(meeting(agenda=waiting), NOON)
    assert text(line) == "○ No agenda item is in progress  0 of 6 done"
    assert text(agenda_line(meeting(agenda=()), NOON)) == "○ No agenda yet"


def test_a_connection_that_is_lost_when_all_is_over_alarms_nobody() -> None:
    lost = Connection(Phase.WAITING, NOON, lost_at=NOON, next_attempt=NOON)
    over = replace(meeting(), phase=MeetingPhase.ADJOURNED)
    said = notice(Scene(over, lost, NOON), DECLARED, UTC, 58)
    assert said == "■ The meeting is over, and there is no connection any more. ^Q leaves."
    still = notice(Scene(meeting(), lost, NOON), DECLARED, UTC, 58)
    assert still is not None
    assert "No connection since" in still


def test_while_one_connects_no_pane_says_what_nobody_knows() -> None:
    nobody_told = Meeting(board.MEETING)
    assert text(agenda_line(nobody_told, NOON)) == ""
    assert agenda_rows(nobody_told, NOON) == ()
    assert presence_rows(nobody_told, NOON, dark=True) == ()
    assert [text(row) for row in agenda_rows(meeting(agenda=(), decisions={}), NOON)] == [
        " No items yet"
    ]


# People


def test_people_stand_in_their_groups_with_what_matters_about_each() -> None:
    known = meeting(
        roster=(
            board.person(1, "Margaret Oyelaran", role=Role.FACILITATOR),
            board.person(2, "Daniel Brandt", status=Status.BUSY, weight=3),
            board.person(3, "Priya Natarajan", has_vote=False),
            board.person(7, "Amara Diallo", status=Status.AWAY),
            board.person(11, "Olivia Marsh", status=Status.OFFLINE, seen=NOON - timedelta(hours=2)),
            board.person(12, "Kenji Watanabe", status=Status.OFFLINE, role=Role.OBSERVER),
        )
    )
    assert [text(row) for row in presence_rows(known, NOON, dark=True, zone=UTC)] == [
        "Present 3",
        "● Margaret Oyelaran  you, facilitator",
        "◉ Daniel Brandt ×3  busy",
        "● Priya Natarajan  no vote",
        "",
        "Away 1",
        "◐ Amara Diallo",
        "",
        "Absent 2",
        "○ Olivia Marsh  seen 10:00",
        "○ Kenji Watanabe  observer",
    ]


def test_what_somebody_does_is_told_by_its_title_and_never_by_a_bare_id() -> None:
    def doing(activity: str, target: str | None) -> list[str]:
        someone = board.person(2, "Daniel Brandt", activity=Activity(type=activity, target=target))
        rows = presence_rows(meeting(roster=(someone,)), NOON, dark=True)
        return [text(row).strip() for row in rows][2:]

    assert doing("reading", "decision_2") == ["reading The budget for 2027"]
    assert doing("presenting", "item_4") == ["presenting Lisbon office"]
    assert doing("reading", "document_77") == ["reading"]
    assert doing("viewing", board.MEETING) == doing("viewing", "document_77") == []


def test_who_types_is_seen_to() -> None:
    typing = replace(meeting(), typing={"user_2": NOON, "user_1": NOON})
    shown = [text(row) for row in presence_rows(typing, NOON, dark=False)]
    assert "● Daniel Brandt  typing…" in shown
    assert "● Margaret Oyelaran  you, facilitator" in shown


# Header


def held(rate: Rate, limit: Limit | None) -> Held:
    return Held(rate, 1, NOON + timedelta(seconds=12), limit)


def test_who_is_connected_and_has_heard_nothing_yet_of_the_meeting_enters_it() -> None:
    header = header_slice(Scene(Meeting("m"), Connection(Phase.READY, NOON), NOON), None)
    assert header.signs[-1].words == "Entering the meeting"
    header = header_slice(Scene(meeting(), Connection(Phase.READY, NOON), NOON), None)
    assert header.signs[-1].words == "Connected"


@pytest.mark.parametrize(
    ("connection", "words"),
    [
        (Connection(Phase.READY, NOON, latency_ms=23.4), "● Connected  23 ms"),
        (Connection(Phase.READY, NOON), "● Connected"),
        (Connection(Phase.READY, NOON, latency_ms=812), "◐ Slow 812 ms"),
        (
            Connection(Phase.READY, NOON, held=(held(Rate.VOTE, Limit(10, 60)),)),
            "◷ Sent in 12 s: at most 10 votes a minute",
        ),
        (
            Connection(Phase.READY, NOON, held=(held(Rate.CONNECTION, None),)),
            "◷ Sent in 12 s: the server takes no more now",
        ),
        (Connection(Phase.READY, NOON, held=(held(Rate.CHAT, Limit(30, 60)),)), "● Connected"),
        (Connection(Phase.CONNECTING, NOON), "◌ Connecting"),
        (Connection(Phase.CONNECTING, NOON, lost_at=NOON), "✗ No connection"),
        (Connection(Phase.WAITING, NOON), "✗ No connection"),
        (
            Connection(Phase.WAITING, NOON, next_attempt=NOON + timedelta(seconds=2.2), waiting=1),
            "✗ No connection, 1 unsent",
        ),
        (Connection(Phase.ENDED, NOON), "✗ Disconnected"),
    ],
)
def test_the_connection_is_told_in_words(connection: Connection, words: str) -> None:
    sign = connection_sign(connection, NOON)
    assert f"{sign.symbol} {sign.words}" == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(2.9, "● Connected   7 ms"), (12.6, "◐ No answer for 12 s")]
)
def test_a_server_that_owes_an_answer_is_not_called_connected_for_long(
    seconds: float, words: str
) -> None:
    connection = Connection(Phase.READY, NOON, latency_ms=7)
    later = NOON + timedelta(seconds=seconds)
    sign = connection_sign(connection, later, owes_since=NOON)
    assert f"{sign.symbol} {sign.words}" == words


def test_words_that_are_held_back_say_when_each_is_sent_and_why() -> None:
    chat = Held(Rate.CHAT, 2, NOON + timedelta(seconds=12), Limit(30, 60))
    limit = "at most 30 messages a minute"
    connection = Connection(Phase.READY, NOON, held=(chat,))
    assert held_chat(connection, NOON) == (f"sent in 12 s: {limit}", f"sent in 14 s: {limit}")
    later = NOON + timedelta(seconds=13)
    assert held_chat(connection, later) == (f"sent next: {limit}", f"sent in 2 s: {limit}")
    assert held_chat(Connection(Phase.READY, NOON), NOON) == ()


@pytest.mark.parametrize(
    ("quorum", "words"),
    [
        (Quorum(7, 6), "✓ Quorum: 7 here, 6 needed"),
        (Quorum(6, 6), "! Quorum hangs on 6"),
        (Quorum(5, 6), "! No quorum: 5 here, 6 needed"),
    ],
)
def test_the_quorum_is_told_in_words(quorum: Quorum, words: str) -> None:
    sign = quorum_sign(quorum)
    assert sign is not None
    assert f"{sign.symbol} {sign.words}" == words


def test_nothing_is_said_of_a_quorum_that_is_not_known() -> None:
    assert quorum_sign(None) is None


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (72, " ◆ Q3 board meeting      ◷ 38:00   ! No quorum 5 of 6 needed   ● Connected"),
        (56, " ◆ Q3 board meeting         ◷ 38:00   ! 5/6   ● Connected"),
        (44, " ◆ Q3 board meeting  ◷ 38:00  ! 5/6  ● on"),
        (32, " ◆ Q3 board meeting  ! 5/6  ● on"),
        (22, " ◆ Q3 board mee… ● on"),
    ],
)
async def test_the_header_says_it_shorter_where_there_is_less_room(width: int, line: str) -> None:
    header = MeetingHeader()
    signs = (
        Sign("◷", "38:00", "38:00"),
        Sign("!", "No quorum 5 of 6 needed", "5/6"),
        Sign("●", "Connected", "on"),
    )

    class HeaderHost(Host):
        def compose(self) -> ComposeResult:
            yield header

    async with HeaderHost().run_test(size=(width, 3)) as pilot:
        header.slice = HeaderSlice("Q3 board meeting", signs)
        await pilot.pause()
        assert header.render_line(0).text.split() == line.split()
        assert len(header.render_line(0).text) == width - 2


# Lists and the footer


class Host(App[None]):
    """One list and one footer."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = RowList()
        self.line = KeyLine()
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.rows
        yield self.line

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(VARIABLES)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.chosen.append(event.key)


def row(number: int) -> Row:
    return Row(left=((f"row {number}", ""),), key=None if number % 2 else f"key {number}")


async def test_the_selection_goes_over_the_rows_that_have_a_key() -> None:
    app = Host()
    async with app.run_test(size=(20, 6)) as pilot:
        app.rows.rows = tuple(row(number) for number in range(12))
        app.rows.focus()
        await pilot.pause()
        await pilot.press("down", "enter", "up", "up", "enter", "end", "enter", "home", "enter")
        assert app.chosen == ["key 2", "key 0", "key 10", "key 0"]


async def test_a_selected_row_that_is_gone_is_selected_no_longer() -> None:
    app = Host()
    async with app.run_test(size=(20, 6)) as pilot:
        app.rows.rows = tuple(row(number) for number in range(6))
        app.rows.focus()
        await pilot.pause()
        await pilot.press("end")
        app.rows.rows = (row(0), row(2))
        await pilot.press("enter")
        assert app.chosen == []
        await pilot.press("down", "enter")
        assert app.chosen == ["key 0"]


async def test_the_preferred_row_stays_in_sight_until_somebody_looks_at_another() -> None:
    app = Host()
    async with app.run_test(size=(20, 6)) as pilot:
        app.set_focus(None)
        app.rows.rows = tuple(row(number) for number in range(40))
        for number in (30, 8):
            app.rows.preferred = f"key {number}"
            await pilot.pause()
            assert f"row {number}" in [app.rows.render_line(y).text.strip() for y in range(5)]
        app.rows.focus()
        await pilot.press("home")
        app.rows.preferred = "key 30"
        await pilot.pause()
        assert app.rows.scroll_y == 0


async def test_rows_are_chosen_by_a_double_click() -> None:
    app = Host()
    async with app.run_test(size=(20, 12)) as pilot:
        app.rows.rows = tuple(row(number) for number in range(6))
        await pilot.pause()
        await pilot.click(app.rows, offset=(2, 2), times=2)
        assert app.chosen == ["key 2"]


async def test_a_double_click_on_the_frame_of_a_list_chooses_no_row_behind_it() -> None:
    app = Host()
    async with app.run_test(size=(20, 6)) as pilot:
        app.rows.styles.border = ("round", "white")
        app.rows.rows = tuple(row(number) for number in range(12))
        await pilot.pause()
        app.rows.scroll_to(y=1, animate=False)
        await pilot.pause()
        await pilot.click(app.rows, offset=(2, 0), times=2)
        assert app.chosen == []


async def test_a_row_that_is_too_long_gives_way_at_its_left() -> None:
    app = Host()
    async with app.run_test(size=(20, 6)) as pilot:
        app.rows.rows = (Row(left=(("A very long title indeed", ""),), right=(("12 min", ""),)),)
        await pilot.pause()
        assert app.rows.render_line(0).text == "A very long … 12 min"


def test_whose_row_it_is_stays_to_be_read_however_much_is_said_of_them() -> None:
    said = "you, facilitator, seen 10:15"
    row = Row(left=(("◐ ", ""), ("Robin Hale", "")), right=((said, ""),))
    assert line_of(row, 32).plain == "◐ Robin Hale you, facilitator, …"
    assert line_of(row, 44).plain == f"◐ Robin Hale    {said}"


async def test_a_row_that_must_be_read_whole_hangs_in_further_lines() -> None:
    app = Host()
    async with app.run_test(size=(20, 8)) as pilot:
        app.rows.rows = (
            Row(left=(("▸ 3 ", ""), ("The lift in the north tower", "")), key="a", hang=4),
            Row(left=(("next", ""),), key="b"),
        )
        await pilot.pause()
        shown = [app.rows.render_line(y).text.rstrip() for y in range(4)]
        assert shown == ["▸ 3 The lift in the", "    north tower", "next", ""]
        await pilot.click(app.rows, offset=(6, 1), times=2)
        assert app.chosen == ["a"]


async def test_nothing_is_cut_when_a_scroll_bar_comes() -> None:
    app = Host()
    async with app.run_test(size=(20, 6)) as pilot:
        app.rows.rows = (Row(left=(("a", ""),), right=(("right", ""),)),)
        await pilot.pause()
        assert app.rows.render_line(0).text.rstrip().endswith("right")
        app.rows.rows = app.rows.rows * 20
        await pilot.pause()
        await pilot.pause()
        assert app.rows.render_line(0).text == f"a{' ' * 13}right"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (60, "F1 Word F2 Word F3 Word F4 Word F5 Word"),
        (30, "F1 Word F2 Word F5 Word"),
        (7, "F5 Word"),
    ],
)
async def test_the_footer_leaves_out_what_does_not_fit_but_never_the_last_pinned(
    width: int, shown: str
) -> None:
    app = Host()
    async with app.run_test(size=(width + 2, 6)) as pilot:
        app.line.hints = tuple(KeyHint(f"F{n}", "Word", "x", pinned=n > 3) for n in range(1, 6))
        await pilot.pause()
        assert " ".join(app.line.render_line(0).text.split()) == shown


# Words and colours


@pytest.mark.parametrize(
    ("seconds", "counting", "full", "over"),
    [
        (0, "00:00", "0 min", "0 s"),
        (59, "00:59", "0 min", "59 s"),
        (725, "12:05", "12 min", "12 min"),
        (755, "12:35", "12 min", "13 min"),
        (3725, "1:02:05", "1 h 02", "1 h 02"),
    ],
)
def test_lengths_of_time(seconds: int, counting: str, full: str, over: str) -> None:
    assert counted(timedelta(seconds=seconds)) == counting
    assert lasting(timedelta(seconds=seconds)) == full
    assert rounded(timedelta(seconds=seconds)) == over


def test_a_time_of_day_is_the_readers_own_and_another_day_is_a_date() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert time_of_day(NOON, NOON, UTC) == "12:00"
    assert time_of_day(NOON, NOON, tokyo) == "21:00"
    assert time_of_day(NOON - timedelta(days=20), NOON, UTC) == "3 Nov"


# The floor and the quorum among the people


def floor(known: Meeting, *, minutes: float = 0, limit: int | None = None) -> list[str]:
    """The people once Daniel has the floor for so long, and Priya and the chair ask for it."""
    since = NOON - timedelta(minutes=minutes)
    queue = tuple(Turn(user_id=one, since=NOON) for one in ("user_3", "user_1"))
    speaking = Turn(user_id="user_2", since=since)
    data = SpeakerQueue.Data(
        meeting_id=board.MEETING, speaking=speaking, queue=queue, seconds_each=limit
    )
    return [text(row) for row in presence_rows(replace(known, speakers=data), NOON, dark=True)]


@pytest.mark.parametrize(
    ("minutes", "limit", "words"),
    [
        (1.5, None, "  speaks 01:30"),
        (1.5, 120, "  speaks 01:30 of 2 min"),
        (3, 120, "  speaks 01:00 over the time"),
    ],
)
def test_who_has_the_floor_is_shown_with_how_long(
    minutes: float, limit: int | None, words: str
) -> None:
    rows = floor(meeting(), minutes=minutes, limit=limit)
    assert rows[rows.index(next(row for row in rows if "Daniel" in row)) + 1] == words


def test_raised_hands_have_their_place_in_the_queue() -> None:
    rows = floor(meeting())
    assert "● Margaret Oyelaran  you, facilitator ✋2" in rows
    assert "● Priya Natarajan  ✋1" in rows


def test_who_is_absent_with_apologies_is_shown_to_have_sent_them() -> None:
    excused = board.ROSTER[10].model_copy(update={"apologies": True})
    rows = [text(row) for row in presence_rows(meeting(roster=(excused,)), NOON, dark=True)]
    assert rows[-1] == "○ Olivia Marsh  sent apologies"


@pytest.mark.parametrize(
    ("voters", "words"),
    [
        (1, "! If Member 1 leaves, quorum is lost."),
        (2, "! If Member 1 or Member 2 leaves, quorum is lost."),
        (3, "! Quorum hangs on 3: one leaves and it is lost."),
    ],
)
def test_it_is_said_on_whom_the_quorum_hangs(voters: int, words: str) -> None:
    roster = tuple(board.person(n, f"Member {n}") for n in range(1, voters + 1))
    known = meeting(roster=roster, quorum=voters)
    assert text(presence_rows(known, NOON, dark=True)[0]) == words
    spare = meeting(roster=(*roster, board.person(9, "Member 9")), quorum=voters)
    assert text(presence_rows(spare, NOON, dark=True)[0]).startswith("Present")
