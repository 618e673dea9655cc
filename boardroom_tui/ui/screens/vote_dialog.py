"""Voting: choose, perhaps comment, then confirm what is chosen and on what."""

from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import partial
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Button, Input, Static

from boardroom_tui.protocol.fields import Guard, Method, Vote
from boardroom_tui.protocol.limits import COMMENT_CHARACTERS
from boardroom_tui.state.model import DecisionView, Meeting, OwnVote
from boardroom_tui.state.private import CommentReaders
from boardroom_tui.state.select import shown_name
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.commands import DECLARED, Commands
from boardroom_tui.ui.screens.dialog_box import (
    Dialog,
    DialogBox,
    DialogButtons,
    DialogReason,
)
from boardroom_tui.ui.screens.following import Following
from boardroom_tui.ui.screens.scene import Scene
from boardroom_tui.ui.widgets.cell_wrap import one_line
from boardroom_tui.ui.widgets.conversation_line import PRIVATE
from boardroom_tui.ui.widgets.keys_in_turn import LineField
from boardroom_tui.ui.widgets.vote.card import VoteScene, in_few_words
from boardroom_tui.ui.widgets.vote.choice import VoteChoice
from boardroom_tui.ui.widgets.vote.motion_text import MotionText
from boardroom_tui.ui.widgets.vote.tally_bars import FACES, OWN
from boardroom_tui.ui.widgets.vote.words import NOT_SECRET, rule, text_of, way
from boardroom_tui.ui.widgets.words_field import WordsField

_NO_COMMENT = "it could give the vote away."
_FIND = "Words by which you find your ballot in print:"
_WORDS = (
    "After the close all ballots are shown with their words. They show you that your ballot is "
    "counted; keep them to yourself, for whoever knows them knows your vote."
)
_COMMANDS = {
    Vote.APPROVE: CommandId.APPROVE,
    Vote.REJECT: CommandId.REJECT,
    Vote.ABSTAIN: CommandId.ABSTAIN,
}
_CLOSED = "This vote has ended: no vote can be cast any more."
_KEPT = "Esc puts your comment into the writing line."


@dataclass(frozen=True, slots=True)
class VoteIntent:
    """How somebody wants to vote."""

    decision_id: str
    vote: Vote
    comment: str | None = None
    secret: bool = False
    """Whether it was called a secret ballot when the comment was written."""
    words: str | None = field(default=None, repr=False)
    """By which the voter of a secret ballot will find it in print."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """The comment on a vote that ended before it was cast."""

    comment: str


class VoteDialog(Dialog[VoteIntent | Unsent], Following):
    """Two steps, so that no slip of one key votes: choosing, then confirming.

    Escape goes back a step; in the first it gives None. Once the vote has ended it goes out, and
    gives what was written as a comment that may be shown to anybody.
    """

    DEFAULT_CSS = """
    VoteDialog {
        & Vertical { height: auto; }
        & #confirming { display: none; }
        & VoteChoice { margin-top: 1; }
        & #ways { margin-bottom: 1; }
        & Input { margin-bottom: 1; }
        & #confirming-vote { margin: 1 0; text-style: bold; }
        &.-short {
            & VoteChoice, & #ways, & Input, & #confirming-vote { margin: 0; }
            & #rule { display: none; }
            & #decision { text-wrap: nowrap; text-overflow: ellipsis; }
            & DialogBox { padding-bottom: 0; }
            & .dialog-title { margin: 0; }
            & DialogButtons { margin: 0; }
        }
    }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "app.focus_previous", "Previous", show=False),
        Binding("right,down", "app.focus_next", "Next", show=False),
        Binding("pageup", "read(-1)", "Read back", show=False, priority=True),
        Binding("pagedown", "read(1)", "Read on", show=False, priority=True),
    ]

    confirming: reactive[bool] = reactive(False)
    """Whether the choice is made and only to be confirmed."""

    def __init__(
        self,
        meeting: Meeting,
        decision_id: str,
        choice: Vote,
        comment: str = "",
        *,
        readers: CommentReaders | None = None,
        suggestion: str = "",
        whose: str | None = None,
        commands: Commands = DECLARED,
        zone: tzinfo | None = None,
    ) -> None:
        """`choice` and `comment` are what is filled in; they still have to be confirmed.

        `readers` are those who could read the comment on a secret ballot; `suggestion` is what
        could be its words; `whose` is whose vote it is, where one holds a proxy; the keys that
        vote in `commands` choose here; `zone` is where times are shown.
        """
        super().__init__()
        for vote, command in _COMMANDS.items():
            for key in commands[command].keys:
                self._bindings.bind(key, f"choose('{vote}')", show=False)
        self._keys = {vote: commands.key(command) for vote, command in _COMMANDS.items()}
        self._view = meeting.decisions.get(decision_id) or DecisionView(decision_id)
        self._whose = whose
        self._cast = self._cast_in(self._view)
        self._zone = zone
        self._given = choice
        self._given_comment = comment
        question = self._view.question
        self._is_secret = question is not None and question.secret
        self._suggestion = suggestion
        self._title = "Your vote"
        if whose is not None:
            self._title = f"The vote of {one_line(shown_name(meeting, whose))}, by proxy"
        if said := way(self._view):
            self._title = f"{self._title} · {said.rstrip('.').lower()}"
        self._readers = readers or CommentReaders(reason=_NO_COMMENT)

    def compose(self) -> ComposeResult:
        with DialogBox(self._title):
            yield Static(
                Content(one_line(self._view.title)), id="decision", classes="dialog-strong"
            )
            if (text := text_of(self._view)) is not None:
                yield MotionText(text)
            yield Static(Content(rule(self._view)), id="rule", classes="dialog-quiet")
            with Vertical(id="choosing"):
                yield VoteChoice(self._given, self._begin_comment, self._keys)
                # Here, for the end may be out of sight.
                yield Static(
                    "↑ ↓ choose · Enter goes on · Esc cancels",
                    id="ways",
                    classes="dialog-quiet",
                    markup=False,
                )
                if self._cast is not None:
                    how = "" if self._cast.vote is None else f" {FACES[self._cast.vote].word}"
                    words = f"{OWN} You have voted{how}; a new vote replaces it."
                    yield Static(words, markup=False)
                yield from self._comment()
                if self._is_secret:
                    yield Static(_FIND, classes="dialog-quiet", markup=False)
                    yield WordsField(self._suggestion)
                    yield Static(_WORDS, classes="dialog-quiet", markup=False)
            with Vertical(id="confirming"):
                yield Static(id="confirming-vote", markup=False)
                yield Static(id="confirming-comment", classes="dialog-quiet", markup=False)
                yield Static(id="confirming-words", classes="dialog-quiet", markup=False)
                yield DialogButtons(
                    "Back · Esc",
                    Button("Vote · Enter", id="vote", variant="primary", compact=True),
                )
            if self._warning is not None:
                yield Static(Content(self._warning), classes="dialog-quiet")
            yield DialogReason()

    @property
    def _warning(self) -> str | None:
        """That a ballot which is called secret cannot be."""
        question = self._view.question
        if question is None or Guard.NOT_SECRET not in question.overrides:
            return None
        return NOT_SECRET

    def _comment(self) -> ComposeResult:
        if self._is_secret and self._readers.reason is not None:
            yield Static(
                Content(f"No comment on this ballot: {self._readers.reason}"),
                classes="dialog-quiet",
            )
            return
        yield LineField(
            self._given_comment,
            placeholder=self._invitation_to_comment,
            max_length=COMMENT_CHARACTERS,
            compact=True,
            select_on_focus=False,
            id="comment",
        )
        if self._is_secret:
            yield Static(Content(self._sealed_for), classes="dialog-quiet")

    @property
    def _invitation_to_comment(self) -> str:
        """It says who will read it, where nothing else does: a straw poll is not minuted."""
        method = None if self._view.question is None else self._view.question.method
        is_minuted = not self._is_secret and method is not Method.STRAW
        return f"Comment{', for the minutes' if is_minuted else ''}, if you like (Tab)"

    @property
    def _sealed_for(self) -> str:
        """Who can read the comment on a secret ballot, and what they cannot see."""
        names = " and ".join(map(one_line, self._readers.names))
        return f"{PRIVATE} Sealed: only {names} can read it, after the close, without your name."

    def _begin_comment(self, sign: str) -> None:
        for comment in self.query("#comment").results(Input):
            self.set_focus(comment)
            comment.insert_text_at_cursor(sign)

    def on_mount(self) -> None:
        self._focus_choice()

    def _focus_choice(self) -> None:
        # From the top: what is voted on stands above the choices, and both find room there.
        self.query_one(DialogBox).scroll_home(animate=False)
        self.set_focus(self.query_one(VoteChoice), scroll_visible=False)

    def show(self, scene: Scene) -> None:
        """Tell what it needs by now and how it stands; once the vote has ended, say so."""
        view = scene.meeting.decisions.get(self._view.decision_id)
        if view is None or not self.query(DialogBox):  # not drawn yet
            return
        if rule(view) != rule(self._view):
            self.query_one("#rule", Static).update(Content(rule(view)))
        self._view = view
        of_whom = replace(view, own_vote=self._cast_in(view))
        vote = VoteScene(scene.meeting, of_whom, scene.meeting_time, self._zone)
        self.query_one(DialogBox).keep_in_sight(partial(in_few_words, vote))
        if not view.is_open:
            self._say(_CLOSED if self._unsent is None else f"{_CLOSED} {_KEPT}")
            # An Enter that was meant to vote must not pass for one that has.
            self.set_focus(None)
            self.query_one("#vote", Button).disabled = True

    def _cast_in(self, view: DecisionView) -> OwnVote | None:
        """The vote that stands, one's own or the one by proxy."""
        return view.own_vote if self._whose is None else view.proxy_votes.get(self._whose)

    @property
    def _unsent(self) -> Unsent | None:
        """What is kept of a vote that cannot be cast any more; of a secret ballot nothing."""
        comment = None if self._is_secret else self._written
        return None if comment is None or self._view.is_open else Unsent(comment)

    def watch_confirming(self, confirming: bool) -> None:
        if not self.is_mounted:
            return
        self.query_one("#decision").display = not confirming
        self.query_one("#choosing").display = not confirming
        self.query_one("#confirming").display = confirming
        if confirming:
            self._name_the_vote()
            self.query_one("#vote", Button).focus()
        else:
            self._focus_choice()

    def _name_the_vote(self) -> None:
        face = FACES[self.query_one(VoteChoice).chosen]
        self.query_one("#confirming-vote", Static).update(
            Content.assemble(
                (f"{face.symbol} {face.word}", face.style),
                f" “{one_line(self._view.title)}”?",
            )
        )
        comment = self._written
        with_comment = self.query_one("#confirming-comment", Static)
        with_comment.display = comment is not None
        with_comment.update(Content(f"With your comment: {comment}"))
        under_words = self.query_one("#confirming-words", Static)
        under_words.display = self._words is not None
        under_words.update(Content(f"Printed under your words: {self._words}"))

    @property
    def _written(self) -> str | None:
        """The comment; None where there is none or none is kept."""
        fields = self.query("#comment").results(Input)
        return next((written.value.strip() or None for written in fields), None)

    @property
    def _words(self) -> str | None:
        """The words of a secret ballot, if there are any."""
        return next((field.words for field in self.query(WordsField)), None)

    @on(VoteChoice.GoneOn)
    @on(Input.Submitted)
    def _go_on(self) -> None:
        self._say("" if self._view.is_open else _CLOSED)
        self.confirming = True

    @on(Button.Pressed, "#vote")
    def _vote(self) -> None:
        vote, decision_id = self.query_one(VoteChoice).chosen, self._view.decision_id
        self.dismiss(VoteIntent(decision_id, vote, self._written, self._is_secret, self._words))

    def action_choose(self, vote: str) -> None:
        """Choose by key, wherever one is in the first step."""
        if not self.confirming:
            self.query_one(VoteChoice).chosen = Vote(vote)

    def action_leave(self) -> None:
        """A step back; from the first, and from a vote that has ended, out."""
        if not self._view.is_open:
            self.dismiss(self._unsent)
        elif self.confirming:
            self.confirming = False
        else:
            self.dismiss(None)

    def action_read(self, pages: int) -> None:
        """Read on in the text that is voted on, or back; where all of it is shown, in the rest."""
        if not any(text.turn(pages) for text in self.query(MotionText)):
            raise SkipAction

    def _say(self, words: str) -> None:
        self.query_one(DialogReason).say(words)
