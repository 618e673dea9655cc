"""A field of one line takes each key where the keys before it have led."""

from textual.app import App, ComposeResult
from textual.widgets import Input

from boardroom_tui.ui.widgets.keys_in_turn import LineField
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
