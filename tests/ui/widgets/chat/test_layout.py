"""Which message stands at which line."""

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.state.model import SpokenLine
from boardroom_tui.ui.widgets.chat.index import LineIndex
from boardroom_tui.ui.widgets.chat.layout import ChatLayout, Part, Spot
from boardroom_tui.ui.widgets.chat.lines import Reader, Shape
from tests.ui.chat_scenes import OWN, log, many, said

READER = Reader.named(OWN, "John Doe")
shapes = st.builds(Shape, st.integers(8, 90), st.booleans(), st.just(UTC))


@st.composite
def conversations(draw: st.DrawFn) -> list[SpokenLine]:
    lines: list[SpokenLine] = []
    minutes = 0.0
    for number in range(draw(st.integers(0, 12))):
        minutes += draw(st.sampled_from([0, 0.4, 3, 9, 60 * 20]))
        lines.append(
            said(
                number,
                draw(st.sampled_from(["user_1", "user_2", OWN])),
                draw(st.sampled_from(["Yes.", "In many words. " * 8, "大阪\n監査"])),
                minutes=minutes,
                reply_to=draw(st.sampled_from([None, 0])),
            )
        )
    return lines


@given(st.lists(st.integers(1, 5), max_size=30))
def test_every_line_belongs_to_its_entry(heights: list[int]) -> None:
    index = LineIndex()
    index.append(heights)
    expected = [(entry, row) for entry, height in enumerate(heights) for row in range(height)]
    assert [index.at(line) for line in range(index.lines)] == expected


@given(conversations(), shapes, st.integers(0, 12))
def test_each_line_is_made_by_the_message_it_belongs_to(
    lines: list[SpokenLine], shape: Shape, seen: int
) -> None:
    chat = ChatLayout()
    chat.reshape(shape)
    chat.extend(log(lines[:seen]), READER, in_sight=999)
    chat.extend(log(lines), READER)
    spots = [chat.spot(y) for y in range(chat.height)]
    expected = [
        Spot(Part.MESSAGE, index, row)
        for index, line in enumerate(lines)
        for row in range(len(chat.lines(index, READER, line.user_name)))
    ]
    assert [spot for spot in spots if spot.part is Part.MESSAGE] == expected
    others = any(not READER.wrote(line) for line in lines[seen:])
    assert sum(spot.part is Part.MARKER for spot in spots) == others
    assert chat.spot(chat.height) == Spot(Part.NOTHING)


@given(conversations(), shapes, shapes)
def test_another_shape_gives_the_same_as_if_it_had_always_been(
    lines: list[SpokenLine], before: Shape, after: Shape
) -> None:
    moved, fresh = ChatLayout(), ChatLayout()
    moved.reshape(before)
    moved.extend(log(lines), READER, in_sight=999)
    moved.reshape(after)
    fresh.reshape(after)
    fresh.extend(log(lines), READER, in_sight=999)
    assert moved.height == fresh.height


@given(conversations(), shapes, st.integers(0, 12), st.integers(1, 4), st.integers(1, 5))
def test_the_newest_stand_right_at_the_end_and_all_do_once_what_was_guessed_is_measured(
    lines: list[SpokenLine], shape: Shape, seen: int, needed: int, some: int
) -> None:
    guessed, exact = ChatLayout(), ChatLayout()
    for chat, newest in ((guessed, needed), (exact, None)):
        chat.extend(log(lines[:seen]), READER, in_sight=999, needed=newest)
        chat.reshape(shape, newest)
        chat.extend(log(lines), READER, needed=newest)
    for index in range(max(seen, len(lines) - needed), len(lines)):
        from_the_end = [[chat.height - y for y in chat.span(index)] for chat in (guessed, exact)]
        assert from_the_end[0] == from_the_end[1]
    while guessed.is_guessed:
        guessed.measure(some)
    assert guessed.height == exact.height
    assert all(guessed.spot(y) == exact.spot(y) for y in range(exact.height))


def test_the_marker_stands_above_the_first_message_nobody_saw() -> None:
    chat = ChatLayout()
    lines = many(4)
    chat.extend(log(lines[:2]), READER, in_sight=999)
    chat.extend(log(lines), READER)
    assert chat.marker is not None
    assert chat.spot(chat.marker + 1) == Spot(Part.MESSAGE, 2, 0)
    assert chat.unread.words == "2 new"


def test_the_message_below_the_marker_names_its_sender() -> None:
    chat = ChatLayout()
    one, other = said(1, "user_1", "One."), said(2, "user_1", "Two.")
    chat.extend(log([one]), READER, in_sight=999)
    chat.extend(log([one, other]), READER)
    assert any(piece.text == "Ana Silva" for piece in chat.lines(1, READER, "Ana Silva")[0])


def test_one_s_own_message_is_never_new() -> None:
    chat = ChatLayout()
    chat.extend(log([said(1, OWN, "Mine.")]), READER)
    assert chat.unread.first is None


def test_a_log_that_only_grew_continues_and_another_does_not() -> None:
    chat = ChatLayout()
    lines = many(5)
    chat.replace(log(lines[:3]))
    assert chat.continues(log(lines))
    assert not chat.continues(log(lines[1:]))
    assert not chat.continues(log(lines[:2]))
