"""What one has marked oneself, and could take back."""

from boardroom_tui.protocol.marks import Mark, MarkKind
from boardroom_tui.state.marks import own_last_mark
from tests.ui.chat_scenes import OWN, meeting, said


def test_ones_own_last_mark_is_what_undo_takes_back() -> None:
    lines = [said(1, OWN, "/info one"), said(2, OWN, "/info two"), said(3, "user_1", "/info ana's")]
    assert own_last_mark(meeting(lines)) == Mark(MarkKind.INFO, "two")
    lines.append(said(4, OWN, "/undo"))
    assert own_last_mark(meeting(lines)) == Mark(MarkKind.INFO, "one")
    lines.append(said(5, OWN, "/undo"))
    assert own_last_mark(meeting(lines)) is None


def test_where_nothing_is_marked_there_is_nothing_to_take_back() -> None:
    lines = [said(1, OWN, "hello"), said(2, OWN, "/undo"), said(3, "user_1", "/info ana's")]
    assert own_last_mark(meeting(lines)) is None
    lines.append(said(4, OWN, "/agreed now"))
    assert own_last_mark(meeting(lines)) == Mark(MarkKind.AGREED, "now")
