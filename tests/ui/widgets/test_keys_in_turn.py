"""A field takes each key where the keys before it have led, and works out nothing anew for it."""

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.widgets import Input
from textual.widgets.text_area import TextAreaTheme

from boardroom_tui.ui.widgets.keys_in_turn import LineField, TextField
from tests.ui.test_order_of_keys import burst


class FieldHost(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.field = LineField()
        self.sent: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.field

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.sent.append(event.value)


async def test_keys_in_a_burst_are_taken_in_their_order() -> None:
    app = FieldHost()
    async with app.run_test() as pilot:
        burst(app, (*"pasd", "backspace", *"s", "home", *"a ", "enter", *"x"))
        await pilot.pause()
        assert app.sent == ["a pass"]
        assert app.field.value == "a xpass"


class TextHost(App[None]):
    CSS = """
    TextField { background: transparent; }
    .-marked { background: red; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.field = TextField()
        self.around = Vertical(self.field)

    def compose(self) -> ComposeResult:
        yield self.around

    @property
    def grounds(self) -> set[object]:
        """The grounds on which the field draws."""
        strips = self.field.render_lines(Region(0, 0, 20, 1))
        return {segment.style and segment.style.bgcolor for strip in strips for segment in strip}


async def test_the_colours_of_a_field_are_worked_out_when_they_change_and_not_for_each_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = TextHost()
    worked_out = 0
    work_out = TextAreaTheme.apply_css

    def count(theme: TextAreaTheme, field: TextField) -> None:
        nonlocal worked_out
        worked_out += 1
        work_out(theme, field)

    async with app.run_test() as pilot:
        await pilot.press("a")
        monkeypatch.setattr(TextAreaTheme, "apply_css", count)
        await pilot.press(*"bcd", "backspace")
        assert worked_out == 0
        dark = app.grounds
        app.theme = "textual-light"
        await pilot.pause()
        light = app.grounds
        app.around.add_class("-marked")
        await pilot.pause()
        marked = app.grounds
        assert worked_out == 2
        assert app.field.rich_style.bgcolor in marked
    assert len({frozenset(dark), frozenset(light), frozenset(marked)}) == 3
