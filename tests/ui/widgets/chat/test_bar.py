"""The scroll bar beside the conversation, against the one that Textual draws itself."""

from textual.app import App, ComposeResult
from textual.color import Color
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from boardroom_tui.ui.widgets.chat.bar import PlainBar

_HEIGHT = 20


class Bars(App[None]):
    def compose(self) -> ComposeResult:
        for name in ("theirs", "ours", "sideways", "theirs sideways"):
            yield ScrollBar(vertical="sideways" not in name, name=name)


def drawn(bar: ScrollBar) -> list[Strip]:
    return bar.render_lines(bar.size.region)


async def test_it_looks_like_textual_s_wherever_it_stands() -> None:
    app = Bars(css_path=None)
    async with app.run_test(size=(_HEIGHT, 4 * _HEIGHT)) as pilot:
        app.screen.styles.scrollbar_background = Color.parse("#224466").with_alpha(0.5)
        theirs, ours, sideways, theirs_sideways = app.query(ScrollBar)
        for bar in (theirs, ours, sideways, theirs_sideways):
            bar.styles.height = _HEIGHT
        ours.renderer = sideways.renderer = PlainBar  # pyright: ignore[reportAttributeAccessIssue]
        for lines, top in ((10, 0), (20, 0), (21, 1), (50, 13), (50, 30), (5_000, 2_345)):
            for bar in (theirs, ours, sideways, theirs_sideways):
                bar.window_size = _HEIGHT
                bar.window_virtual_size = lines
                bar.position = top
            await pilot.pause()
            assert len(drawn(ours)) == _HEIGHT
            assert drawn(ours) == drawn(theirs)
            assert drawn(sideways) == drawn(theirs_sideways)
