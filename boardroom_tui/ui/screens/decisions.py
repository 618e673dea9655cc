"""Every decision of the meeting, to look through: what was decided, by which sum."""

from datetime import tzinfo
from typing import ClassVar, cast

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input, Static

from boardroom_tui.ui.screens.following import Following
from boardroom_tui.ui.screens.scene import Scene
from boardroom_tui.ui.widgets.agenda import chosen_decision, decision_key
from boardroom_tui.ui.widgets.decision_rows import (
    Kind,
    decision_row,
    decision_rows,
    kind_of,
    listed,
)
from boardroom_tui.ui.widgets.keys_in_turn import LineField
from boardroom_tui.ui.widgets.rows import Row, RowList
from boardroom_tui.ui.widgets.vote.open_vote_line import OpenVoteLine

_WIDE = 96
"""From so many columns on the decision stands beside the list, else below it."""
_TALL = 16
"""From so many lines on there are frames."""


class DecisionsScreen(Screen[None], Following):
    """A list, by kind and by words, and the selected decision whole."""

    DEFAULT_CSS = """
    DecisionsScreen {
        background: $background;
        color: $foreground;

        & #kinds { height: 1; padding: 0 1; background: $bar; }
        & #words { height: 1; border: none; padding: 0 1; background: $panel; }
        & Container { height: 1fr; layout: horizontal; }
        & RowList {
            width: 1fr; height: 1fr;
            background: $background;
            border: round $rule;
            border-title-color: $dim;
            padding: 0 1;
        }
        & RowList:focus { border: round $primary; border-title-color: $primary; }
        & #list { width: 2fr; }
        & #decision { width: 3fr; }
        & #help { height: 1; padding: 0 1; background: $bar; color: $dim; }
        &.-narrow Container { layout: vertical; }
        &.-narrow #list { width: 1fr; height: 1fr; }
        &.-narrow #decision { width: 1fr; height: 2fr; }
        &.-short RowList, &.-short RowList:focus { border: none; padding: 0 1; }
        &.-short #decision { border-top: solid $rule; }
        &.-short #words { display: none; }
        &.-short #words:focus { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "kind(-1)", show=False),
        Binding("right", "kind(1)", show=False),
        Binding("slash", "search", show=False),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("escape", "back", show=False, priority=True),
        Binding("q", "app.pop_screen", show=False),
    ]

    def __init__(
        self,
        scene: Scene,
        *,
        zone: tzinfo | None = None,
        chosen_id: str | None = None,
    ) -> None:
        """`zone` is where times are shown, None this machine's; `chosen_id` is looked at first."""
        super().__init__()
        self._chosen_id = chosen_id
        self._scene, self._zone = scene, zone
        self._kind = Kind.ALL
        self._kinds = Static(id="kinds", markup=False)
        self._words = LineField(placeholder="/ finds words", id="words", compact=True)
        self._list = RowList(id="list")
        self._decision = RowList(id="decision")

    def compose(self) -> ComposeResult:
        """What to list, the list, the decision, and what the keys do."""
        # Now already, lest they stand elsewhere for a moment.
        self._fit(cast("App[object]", self.app).size)  # pyright: ignore[reportUnknownMemberType]
        yield OpenVoteLine()
        yield self._kinds
        yield self._words
        with Container():
            yield self._list
            yield self._decision
        yield Static(
            "↑↓ decision · ←→ kind · / words · Page reads · Esc closes",
            id="help",
            markup=False,
        )

    def on_mount(self) -> None:
        self._list.border_title = "Decisions"
        self._list.focus()
        self.watch(self._list, "selected", self._show_decision, init=False)
        self._draw()
        if self._chosen_id is not None:
            self._list.selected = decision_key(self._chosen_id)

    def show(self, scene: Scene) -> None:
        """Show them as they stand now; what is selected stays so."""
        self._scene = scene
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size)
        self._draw()

    def _fit(self, room: Size) -> None:
        self.update_classes({"-narrow": room.width < _WIDE, "-short": room.height < _TALL})

    def action_kind(self, by: int) -> None:
        """List another kind of decisions."""
        kinds = tuple(Kind)
        self._kind = kinds[(kinds.index(self._kind) + by) % len(kinds)]
        self._draw()

    def action_search(self) -> None:
        """Ask for words."""
        self._words.focus()

    def action_page(self, direction: int) -> None:
        """Read on in the decision, or back."""
        step = max(1, self._decision.size.height - 1)
        self._decision.scroll_relative(y=direction * step, animate=False)

    def action_back(self) -> None:
        """Out of the words, and to all decisions; else to the meeting."""
        if not self._words.has_focus:
            self.dismiss()
            return
        self._words.value = ""
        self._list.focus()

    @on(Input.Changed)
    def _search(self) -> None:
        self._draw()

    @on(Input.Submitted)
    def _found(self) -> None:
        self._list.focus()

    def _draw(self) -> None:
        views = listed(self._scene.meeting, self._kind, self._words.value)
        rows = tuple(decision_row(view, self._scene.meeting_time, self._zone) for view in views)
        self._list.rows = rows or (Row(left=(("Nothing like that here.", "$dim"),)),)
        keys = [decision_key(view.decision_id) for view in views]
        if self._list.selected not in keys:
            self._list.selected = next(iter(keys), None)
        self._kinds.update(self._tabs())
        self._show_decision()

    def _tabs(self) -> Content:
        """The kinds, with how many there are; the one that is listed is marked and bold."""
        views = self._scene.meeting.decisions.values()
        tabs: list[Content] = []
        for kind in Kind:
            number = sum(1 for view in views if kind in (Kind.ALL, kind_of(view)))
            if kind is self._kind:
                tabs.append(Content.assemble((f"▸{kind} {number}", "$accent bold underline")))
            else:
                tabs.append(Content.assemble((f" {kind} {number}", "$dim")))
        all_of_them = Content("  ").join(tabs)
        if all_of_them.cell_length <= self.size.width - 2:
            return all_of_them
        return Content.assemble(("← ", "$dim"), tabs[tuple(Kind).index(self._kind)], (" →", "$dim"))

    def _show_decision(self) -> None:
        chosen = chosen_decision(self._list.selected)
        view = None if chosen is None else self._scene.meeting.decisions.get(chosen)
        if view is None:
            self._decision.rows = ()
            return
        scene = self._scene
        self._decision.rows = decision_rows(scene.meeting, view, scene.meeting_time, self._zone)
