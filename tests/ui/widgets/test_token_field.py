"""The field for a token: what came in several lines is one, and none of it is shown."""

from textual import events
from textual.app import App, ComposeResult

from boardroom_tui.client.problem import Problem
from boardroom_tui.client.tokens import as_token
from boardroom_tui.protocol.limits import TOKEN_CHARACTERS
from boardroom_tui.ui.widgets.token_field import TokenField
from tests.ui.screen_text import screen_text


class FieldHost(App[None]):
    def compose(self) -> ComposeResult:
        yield TokenField()


async def pasted(*texts: str) -> tuple[str, str]:
    """What the field holds after these, and what the screen shows."""
    app = FieldHost()
    async with app.run_test() as pilot:
        field = app.query_one(TokenField)
        for text in texts:
            field.post_message(events.Paste(text))
        await pilot.pause()
        return field.value, screen_text(app)


async def test_a_token_that_came_broken_is_whole_and_not_shown() -> None:
    value, shown = await pasted("wrong", "eyJhbGci\r\nOiJFUzI1\nNiJ9\n")
    assert value == "eyJhbGciOiJFUzI1NiJ9"
    assert "eyJ" not in shown


async def test_what_is_too_long_for_a_token_is_not_cut_to_one() -> None:
    value, _ = await pasted("x" * (TOKEN_CHARACTERS + 1))
    assert isinstance(as_token(value, "it"), Problem)
