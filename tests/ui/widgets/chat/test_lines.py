"""How messages look as lines, without colours."""

from datetime import UTC

from textual.color import Color

from boardroom_tui.state.model import Entry, SpokenLine
from boardroom_tui.ui.widgets.chat.lines import (
    Piece,
    Reader,
    Shape,
    height,
    lines,
    posted_lines,
)
from boardroom_tui.ui.widgets.chat.text import Look
from boardroom_tui.ui.widgets.name_colour import colour_of
from tests.ui.chat_scenes import CONVERSATION, OWN, announced, said
from tests.ui.look.contrast import contrast

READER = Reader.named(OWN, "John Doe")


def drawn(messages: tuple[Entry, ...], width: int = 60, *, spaced: bool = False) -> str:
    shape = Shape(width, spaced, UTC)
    known = {message.message_id: message for message in messages}
    shown: list[str] = []
    for before, message in zip((None, *messages), messages, strict=False):
        said = isinstance(message, SpokenLine)
        answered = known.get((message.reply_to if said else None) or "")
        answered = answered if isinstance(answered, SpokenLine) else None
        name = message.user_name if said else ""
        made = lines(before, message, shape, READER, name=name, answered=answered)
        assert len(made) == height(before, message, shape)
        for line in made:
            shown.append("".join(piece.text for piece in line).rstrip())
    return "\n".join(shown) + "\n"


def test_a_conversation_at_sixty_columns() -> None:
    assert drawn(CONVERSATION) == (
        "── Friday 15 January 2027 ─────────────────────────────────\n"
        "14:02   Ana Silva\n"
        "        Good afternoon, everybody. I have read the budget\n"
        "        twice.\n"
        "14:03   The line for travel is still a third higher than\n"
        "        last year, and nobody has said why.\n"
        "14:03 ▌ You\n"
        "      ▌ Thank you, Ana. Who can speak to that?\n"
        "14:04 @ Ben Okafor\n"
        "      ┃ ╭ Ana Silva: The line for travel is still a third…\n"
        "      ┃ @John the two audits. They are in Lisbon and in\n"
        "      ┃ Osaka, and each needs three people.\n"
        "14:05   王小明\n"
        "        大阪の監査は十一月に予定されています。詳細は資料の\n"
        "        三ページをご覧ください。\n"
        "        Sorry: the audit in Osaka is in November 🎌, page 3\n"
        "        👍🏽\n"
        "14:06 ▌ You\n"
        "      ▌ ╭ Ben Okafor: @John the two audits. They are in Li…\n"
        "      ▌ Then the figure stands.\n"
        "      ▌ Does anybody object?\n"
    )


def test_where_it_is_narrow_the_time_stands_behind_the_name() -> None:
    assert drawn(CONVERSATION[:3], 30) == (
        "── Friday 15 January 2027 ───\n"
        "  Ana Silva  14:02\n"
        "  Good afternoon, everybody.\n"
        "  I have read the budget\n"
        "  twice.\n"
        "  Ana Silva  14:03\n"
        "  The line for travel is\n"
        "  still a third higher than\n"
        "  last year, and nobody has\n"
        "  said why.\n"
        "▌ You  14:03\n"
        "▌ Thank you, Ana. Who can\n"
        "▌ speak to that?\n"
    )


def test_where_there_is_room_a_blank_line_parts_the_speakers() -> None:
    one, other = said(1, "user_1", "One."), said(2, "user_2", "Two.")
    assert drawn((one, other), spaced=True).splitlines()[3:] == [
        "",
        "14:02   Ben Okafor",
        "        Two.",
    ]


def test_another_day_has_its_line() -> None:
    one, other = said(1, "user_1", "One."), said(2, "user_1", "Two.", minutes=60 * 12)
    assert "── Saturday 16 January 2027 ─" in drawn((one, other))


RECESS = announced(2, "Recess, called by Ana Silva, until the auditor has come.", minutes=1)
ORDER = announced(3, "The recess is over: called to order by Ana Silva.", minutes=1.5)


def test_what_the_meeting_itself_says_has_its_mark_and_nobody_s_name() -> None:
    one, other = said(1, "user_1", "Ten minutes."), said(4, "user_1", "Welcome back.", minutes=2)
    assert drawn((one, RECESS, ORDER, other), 50).splitlines()[1:] == [
        "14:02   Ana Silva",
        "        Ten minutes.",
        "14:03 ◆ Recess, called by Ana Silva, until the",
        "        auditor has come.",
        "      ◆ The recess is over: called to order by",
        "        Ana Silva.",
        "14:04   Ana Silva",
        "        Welcome back.",
    ]


def test_where_it_is_narrow_the_time_stands_before_what_the_meeting_says() -> None:
    assert drawn((ORDER,), 40).splitlines()[1:] == [
        "◆ 14:03 The recess is over: called to",
        "  order by Ana Silva.",
    ]


def test_a_blank_line_parts_the_meeting_from_people_and_not_from_itself() -> None:
    one = said(1, "user_1", "Ten minutes.")
    assert drawn((one, RECESS, ORDER), spaced=True).splitlines()[3:] == [
        "",
        "14:03 ◆ Recess, called by Ana Silva, until the auditor has",
        "        come.",
        "      ◆ The recess is over: called to order by Ana Silva.",
    ]


def test_an_answer_to_something_unknown_says_so() -> None:
    assert "╭ an earlier message" in drawn((said(2, "user_1", "Yes.", reply_to=1),))


def test_a_message_of_thousands_of_empty_lines_pushes_nothing_out_of_sight() -> None:
    flood, further = said(1, "user_1", "a" + "\n" * 3000 + "b"), said(2, "user_2", "Go on.")
    assert drawn((flood, further)).splitlines()[1:] == [
        "14:02   Ana Silva",
        "        a",
        "",
        "        b",
        "14:02   Ben Okafor",
        "        Go on.",
    ]
    [_, *shown] = posted_lines(flood.message, Piece("… sending"), Shape(60), headed=True)
    assert ["".join(piece.text for piece in line).strip() for line in shown] == [
        "▌ a",
        "▌",
        "▌ b  … sending",
    ]


def test_markup_is_only_text() -> None:
    hostile = "[@click=app.quit]x[/] [bold red]y[/bold red]"
    assert hostile in drawn((said(1, "user_1", hostile, name="[b]Ana[/b]"),), 80)
    assert "[b]Ana[/b]" in drawn((said(1, "user_1", hostile, name="[b]Ana[/b]"),), 80)


def test_one_is_called_by_name_and_by_at_and_first_name() -> None:
    def called(message: str) -> bool:
        return READER.is_called(said(1, "user_1", message))

    assert called("john doe, please")
    assert called("What does @John say?")
    assert not called("John said so")
    assert not called("Ask @Johnny")
    assert not READER.is_called(said(1, OWN, "John Doe, please"))


def test_what_calls_the_reader_is_set_apart() -> None:
    line = said(1, "user_1", "So, @John, yes?")
    shown = lines(line, line, Shape(60, zone=UTC), READER, name="Ana Silva")
    assert [piece.text for piece in shown[-1] if piece.look is Look.MENTION] == ["@John"]


def test_a_name_has_one_colour_for_both_forms_of_an_id_and_is_readable() -> None:
    assert colour_of("user_7", dark=True) == colour_of("7", dark=True)
    for number in range(200):
        name = Color.parse(colour_of(f"{number}", dark=True))
        assert contrast(name, Color.parse("#1e252f")) >= 4.5
        name = Color.parse(colour_of(f"{number}", dark=False))
        assert contrast(name, Color.parse("#eae6dd")) >= 4.5


def test_a_line_for_the_minutes_bears_a_label() -> None:
    marked = (
        said(
            1, "user_1", "/action @ben by Friday: Ask the auditors what the flights to Osaka cost"
        ),
        said(2, "user_1", "/agreed: We wait."),
        said(3, "user_2", "/undo", reply_to=2),
        said(4, "user_2", "/information is all"),
    )
    assert drawn(marked) == (
        "── Friday 15 January 2027 ─────────────────────────────────\n"
        "14:02   Ana Silva\n"
        "        ACTION @ben by Friday: Ask the auditors what the\n"
        "        flights to Osaka cost\n"
        "        AGREED We wait.\n"
        "14:02   Ben Okafor\n"
        "        ╭ Ana Silva: AGREED We wait.\n"
        "        UNDO takes back the last mark\n"
        "        /information is all\n"
    )
    label = lines(None, marked[0], Shape(60, False, UTC), READER, name="Ana Silva")[2][2]
    assert (label.text, label.look) == ("ACTION", Look.LABEL)
