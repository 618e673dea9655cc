"""A menu: rows that are chosen by Enter, by a click, or by the key that stands before them."""

from textual import events

from boardroom_tui.ui.widgets.rows import RowList


class Menu(RowList):
    """A list whose neighbours are reached with the arrow keys too."""

    def action_move(self, step: int) -> None:
        """Select the next or the previous row, or go on to the next or the previous list."""
        before = self.selected
        super().action_move(step)
        if self.selected == before:
            # Not around the end: what stands below the last row is nothing.
            chain = [widget for widget in self.screen.focus_chain if isinstance(widget, Menu)]
            place = chain.index(self) + step if self in chain else -1
            if 0 <= place < len(chain):
                chain[place].enter(from_above=step > 0)

    def enter(self, *, from_above: bool) -> None:
        """Take the focus, at the row that is next to where it was."""
        if from_above:
            self.action_first()
        else:
            self.action_last()
        # At once: the next key is for this one.
        self.screen.set_focus(self)

    def on_click(self, event: events.Click) -> None:
        super().on_click(event)
        if event.chain == 1:
            self.action_choose()
