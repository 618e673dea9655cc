"""An app in which nothing moves by itself."""

from textual import events
from textual.app import App, ReturnType
from textual.widgets import Input, TextArea


class StillApp(App[ReturnType]):
    """No animation, no smooth scrolling, no cursor that blinks.

    Each draws the eye away from what was said, and costs a slow line a picture after the other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, Input | TextArea):
            event.widget.cursor_blink = False
