"""Opening a vote: one that is prepared, or a new one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Select, Static, TextArea
from textual.widgets.option_list import Option

from boardroom_tui.protocol.fields import Base, Method, Threshold
from boardroom_tui.protocol.limits import OBJECTION_SECONDS, TITLE_CHARACTERS
from boardroom_tui.protocol.messages.decision import DecisionOpen
from boardroom_tui.protocol.messages.motion import Motion
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.state.select import prepared_decisions
from boardroom_tui.ui.decision_form import DecisionForm, Mistake, Term, means_something
from boardroom_tui.ui.screens.dialog_box import (
    Dialog,
    DialogBox,
    DialogButtons,
    DialogReason,
)
from boardroom_tui.ui.widgets.cell_wrap import one_line, visible
from boardroom_tui.ui.widgets.keys_in_turn import LineField, TextField
from boardroom_tui.ui.widgets.vote.words import rule, way

_THRESHOLDS = (
    ("a majority", Threshold.MAJORITY),
    ("two-thirds", Threshold.TWO_THIRDS),
    ("three-quarters", Threshold.THREE_QUARTERS),
    ("all", Threshold.UNANIMOUS),
)
_BASES = (
    ("of the votes cast", Base.CAST),
    ("of the members present", Base.PRESENT),
    ("of all members with a vote", Base.MEMBERSHIP),
)
_METHODS = (
    ("a vote", Method.VOTE),
    ("a roll call: each vote is told by name", Method.ROLL_CALL),
    ("asking for objections: silence adopts it", Method.CONSENT),
    ("a straw poll: it decides nothing", Method.STRAW),
)
_BALLOTS = (("open", False), ("secret: only how many have voted is shown", True))


class _Choices(OptionList):
    """What can be opened; its keys are taken in their order with those that are typed behind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.fill_in", "Choose", show=False, priority=True),
        Binding("up", "cursor_up", "Up", show=False, priority=True),
        Binding("down", "cursor_down", "Down", show=False, priority=True),
    ]


class OpenDecisionDialog(Dialog[DecisionOpen]):
    """Gives the message that opens the vote, or None."""

    DEFAULT_CSS = """
    OpenDecisionDialog {
        & OptionList { height: auto; max-height: 25vh; border: none; padding: 0; margin-bottom: 1; }
        & #prepared, & #new { height: auto; }
        & #prepared-text, & #motion { max-height: 8; margin-bottom: 1; }
        & .field { height: auto; }
        & .field > Static { width: 12; color: $text-muted; }
        & .field > .after { width: 1fr; padding-left: 1; }
        & .field > Input, & .field > TextArea { width: 1fr; }
        & .field > .short { width: 9; }
        & .field > Select { width: 1fr; }
        & TextArea { height: 3; border: none; padding: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "open", "Open the vote", show=False),
    ]

    def __init__(
        self, meeting: Meeting, decision_id: str | None = None, *, motion: Motion | None = None
    ) -> None:
        """`decision_id` is the prepared decision to begin with; a motion is put as it is worded."""
        super().__init__()
        self._meeting = meeting
        self._motion = motion
        self._prepared = prepared_decisions(meeting) if motion is None else ()
        self._method = Select(_METHODS, id="method", allow_blank=False, compact=True)
        self._first = decision_id
        self._threshold = Select(_THRESHOLDS, allow_blank=False, compact=True)
        self._base = Select(_BASES, allow_blank=False, compact=True)
        self._secret = Select(_BALLOTS, id="secret", allow_blank=False, compact=True)
        self._without_minutes = Static(classes="after", markup=False)
        """What it means to leave the minutes empty."""
        how_many = Static("members who must vote; empty: one", classes="after", markup=False)
        quorum = _field("Quorum", _short("quorum"), how_many)
        self._terms: tuple[tuple[Term, Widget], ...] = (
            ("threshold", _field("Carried by", self._threshold)),
            ("threshold", _field("", self._base)),
            ("secret", _field("Ballot", self._secret)),
            ("quorum", quorum),
        )

    def compose(self) -> ComposeResult:
        with DialogBox("Open a vote" if self._motion is None else "Put the motion to the vote"):
            if self._motion is not None:
                yield Static(Content(visible(self._motion.text, lines=True)), id="motion")
            yield _Choices(
                *(_option(view) for view in self._prepared),
                Option(Content("+ A new decision"), id=None),
                compact=True,
            )
            with Vertical(id="prepared"):
                yield Static(id="prepared-text", markup=False)
            with Vertical(id="new"):
                yield from self._new_fields()
            yield _field("Minutes", _short("minutes"), self._without_minutes)
            yield DialogReason()
            yield DialogButtons(
                "Cancel · Esc",
                Button("Open the vote · Ctrl+S", id="open", variant="primary", compact=True),
            )

    def _new_fields(self) -> ComposeResult:
        text = TextField(
            id="text", tab_behavior="focus", compact=True, placeholder="What is to be decided"
        )
        title = LineField(
            id="title", max_length=TITLE_CHARACTERS, compact=True, placeholder="In a few words"
        )
        wording = (
            _field("Title", title),
            _field("Text", text),
        )
        for row in wording:
            row.display = self._motion is None
            yield row
        yield _field("Taken by", self._method)
        yield from (row for _, row in self._terms)

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        ids = [view.decision_id for view in self._prepared]
        options.highlighted = ids.index(self._first) if self._first in ids else 0
        options.display = bool(self._prepared)
        if self._prepared:
            options.focus()
        elif self._motion is None:
            self.query_one("#title").focus()
        else:
            self.query_one("#open").focus()

    @property
    def _chosen(self) -> DecisionView | None:
        """The prepared decision that is highlighted; None is a new one."""
        place = self.query_one(OptionList).highlighted
        return self._prepared[place] if place is not None and place < len(self._prepared) else None

    @on(Select.Changed, "#method")
    def _show_terms(self) -> None:
        method = self._method.selection or Method.VOTE
        for term, row in self._terms:
            row.display = means_something(method, term)
        self._say_what_no_minutes_mean()

    def _say_what_no_minutes_mean(self) -> None:
        if self._chosen is not None:
            empty = "as prepared"
        elif self._method.selection is Method.CONSENT:
            empty = f"{OBJECTION_SECONDS} seconds"
        else:
            empty = "no limit"
        self._without_minutes.update(f"5 or 2:30; empty: {empty}")

    @on(OptionList.OptionHighlighted)
    def _show_choice(self) -> None:
        view = self._chosen
        self.query_one("#prepared").display = view is not None
        self.query_one("#new").display = view is None
        self._say_what_no_minutes_mean()
        self._say("")
        if view is not None:
            text = "" if view.question is None else visible(view.question.text, lines=True)
            terms = f"{way(view)} {rule(view)}".lstrip()
            self.query_one("#prepared-text", Static).update(
                Content.assemble(text, "\n", (terms, "$foreground 65%"))
            )

    @on(OptionList.OptionSelected)
    def action_fill_in(self) -> None:
        """Go on to what is to be filled in; a key behind this one is taken there already."""
        self._show_choice()
        field = "#title" if self._chosen is None else "#minutes"
        self.set_focus(self.query_one(field, Input))

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _forget_mistake(self) -> None:
        self._say("")

    @on(Input.Submitted)
    @on(Button.Pressed, "#open")
    def action_open(self) -> None:
        """Open it, or say what is still in the way."""
        read = self._form().read(self._meeting)
        if isinstance(read, Mistake):
            self._say(read.words)
            self.query_one(f"#{read.field}", Widget).focus()
        else:
            self.dismiss(read)

    def _form(self) -> DecisionForm:
        view = self._chosen
        return DecisionForm(
            decision_id=None if view is None else view.decision_id,
            motion_id=None if self._motion is None else self._motion.motion_id,
            method=self._method.selection or Method.VOTE,
            title=self.query_one("#title", Input).value,
            text=self.query_one("#text", TextArea).text,
            threshold=self._threshold.selection or Threshold.MAJORITY,
            base=self._base.selection or Base.CAST,
            secret=self._secret.selection or False,
            quorum=self.query_one("#quorum", Input).value,
            minutes=self.query_one("#minutes", Input).value,
        )

    def _say(self, words: str) -> None:
        self.query_one(DialogReason).say(words)


def _option(view: DecisionView) -> Option:
    return Option(Content(f"◇ {one_line(view.title)}"))


def _short(name: str) -> Input:
    return LineField(id=name, classes="short", compact=True)


def _field(label: str, field: Widget, *after: Static) -> Horizontal:
    return Horizontal(Static(label, markup=False), field, *after, classes="field")
