"""Voting, opening a vote and confirming, by keyboard."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Select, Static, TextArea

from boardroom_tui.protocol.fields import Base, DecisionStatus, Method, Threshold, Vote
from boardroom_tui.protocol.messages.decision import DecisionOpen
from boardroom_tui.state.model import DecisionView, Meeting
from boardroom_tui.ui.decision_form import DecisionForm, Mistake, read_minutes
from boardroom_tui.ui.link import Connection, Phase
from boardroom_tui.ui.screens.confirm_dialog import ConfirmDialog
from boardroom_tui.ui.screens.dialog_box import DialogBox
from boardroom_tui.ui.screens.open_decision_dialog import OpenDecisionDialog
from boardroom_tui.ui.screens.scene import Scene
from boardroom_tui.ui.screens.vote_dialog import Unsent, VoteDialog, VoteIntent
from boardroom_tui.ui.widgets.vote.motion_text import MotionText
from tests.ui.chat_scenes import MEETING
from tests.ui.hosting import Host, text_of, until
from tests.ui.screen_text import screen_text
from tests.ui.test_order_of_keys import burst
from tests.ui.vote_scenes import CARRIED, NOW, OPEN, QUESTION, SECRET, VOTED, VOTERS, voting

_YES = Vote.APPROVE
SUGGESTED = "copper lantern reef"
PREPARED = replace(
    OPEN,
    decision_id="decision_2",
    question=QUESTION.model_copy(
        update={"decision_id": "decision_2", "status": DecisionStatus.PREPARED}
    ),
    tally=None,
)


class DialogHost(Host):
    """Shows a dialog and keeps what it gives."""

    def __init__(self, dialog: ModalScreen[Any]) -> None:
        super().__init__()
        self.dialog = dialog
        self.given: list[object] = []

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.given.append)

    @property
    def reason(self) -> str:
        return str(self.dialog.query_one("#reason", Static).render())


def scene(meeting: Meeting, now: datetime = NOW) -> Scene:
    return Scene(meeting, Connection(Phase.READY, NOW), now)


async def given(dialog: ModalScreen[Any], keys: Sequence[str]) -> list[object]:
    app = DialogHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        return app.given


@pytest.mark.parametrize(
    ("keys", "vote"),
    [
        ([], Vote.REJECT),
        (["f5"], Vote.APPROVE),
        (["f7"], Vote.ABSTAIN),
        (["up"], Vote.APPROVE),
        (["down", "down"], Vote.ABSTAIN),
        (["f7", "f6"], Vote.REJECT),
        (["up", "up", "down"], Vote.REJECT),
    ],
)
async def test_a_vote_is_chosen_and_confirmed(keys: list[str], vote: Vote) -> None:
    dialog = VoteDialog(voting(OPEN), "decision_123", Vote.REJECT)
    assert await given(dialog, [*keys, "enter", "enter"]) == [VoteIntent("decision_123", vote)]


@pytest.mark.parametrize("key", ["a", "r", "b", "n", "enter", "space", "down", "tab", "y", "v"])
async def test_no_single_key_votes(key: str) -> None:
    dialog = VoteDialog(voting(OPEN), "decision_123", Vote.APPROVE)
    assert await given(dialog, [key]) == []


async def test_the_confirmation_names_the_choice_and_the_decision() -> None:
    app = DialogHost(VoteDialog(voting(OPEN), "decision_123", Vote.REJECT, "Too [b]dear[/b]"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert not app.dialog.query_one("#decision").display
        named = str(app.dialog.query_one("#confirming-vote", Static).render())
        assert named == "✗ Reject “Approve the 2027 budget”?"
        comment = str(app.dialog.query_one("#confirming-comment", Static).render())
        assert comment == "With your comment: Too [b]dear[/b]"
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == [VoteIntent("decision_123", Vote.REJECT, "Too [b]dear[/b]")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"secret": True}, "secret ballot"),
        ({"method": Method.ROLL_CALL}, "roll call"),
    ],
)
async def test_that_a_vote_is_secret_or_by_name_is_said_where_it_is_cast_and_where_it_is_opened(
    changed: dict[str, object], said: str
) -> None:
    question = QUESTION.model_copy(update=changed)
    for size in ((80, 24), (40, 10)):
        app = DialogHost(VoteDialog(voting(replace(OPEN, question=question)), "decision_123", _YES))
        async with app.run_test(size=size) as pilot:
            assert f"Your vote · {said}" in screen_text(app)
            await pilot.press("enter")
            await pilot.pause()
            assert f"Your vote · {said}" in screen_text(app)
    prepared = question.model_copy(update={"status": DecisionStatus.PREPARED})
    app = DialogHost(OpenDecisionDialog(voting(replace(PREPARED, question=prepared))))
    async with app.run_test(size=(80, 24)):
        assert f"{said.capitalize()}. Needs two-thirds" in screen_text(app)


async def test_what_it_means_to_leave_the_minutes_empty_is_said() -> None:
    dialog = OpenDecisionDialog(voting(PREPARED))
    app = DialogHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "empty: as prepared" in screen_text(app)
        await pilot.press("down")
        await pilot.pause()
        assert "empty: no limit" in screen_text(app)
        dialog.query_one("#method", Select).value = Method.CONSENT
        await pilot.pause()
        assert "empty: 60 seconds" in screen_text(app)


async def test_a_comment_is_written_after_tab() -> None:
    dialog = VoteDialog(voting(OPEN), "decision_123", Vote.APPROVE)
    assert await given(dialog, ["tab", "o", "k", "enter", "enter"]) == [
        VoteIntent("decision_123", Vote.APPROVE, "ok")
    ]


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (Method.VOTE, "Comment, for the minutes, if you like (Tab)"),
        (Method.STRAW, "Comment, if you like (Tab)"),
    ],
)
async def test_it_is_said_that_a_comment_is_minuted(method: Method, words: str) -> None:
    view = replace(OPEN, question=QUESTION.model_copy(update={"method": method}))
    app = DialogHost(VoteDialog(voting(view), "decision_123", Vote.APPROVE))
    async with app.run_test(size=(80, 24)):
        assert app.dialog.query_one("#comment", Input).placeholder == words


@pytest.mark.parametrize(
    "comment", ["Too early, by a year", "yes, but later", "no reserve", "by all means", "a risk"]
)
async def test_a_comment_written_without_tab_changes_no_vote(comment: str) -> None:
    dialog = VoteDialog(voting(OPEN), "decision_123", Vote.REJECT)
    app = DialogHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        burst(app, (*comment, "enter"))
        await until(pilot, lambda: dialog.confirming)
        await pilot.press("enter")
        await pilot.pause()
    assert app.given == [VoteIntent("decision_123", Vote.REJECT, comment)]


async def test_the_keys_that_vote_choose_also_while_a_comment_is_written() -> None:
    dialog = VoteDialog(voting(OPEN), "decision_123", Vote.REJECT)
    assert await given(dialog, ["n", "o", "f7", "w", "enter", "f5", "enter"]) == [
        VoteIntent("decision_123", Vote.ABSTAIN, "now")
    ]


async def test_a_secret_ballot_takes_no_comment() -> None:
    dialog = VoteDialog(voting(SECRET), "decision_123", Vote.REJECT, "I am against")
    assert await given(dialog, ["enter", "enter"]) == [
        VoteIntent("decision_123", Vote.REJECT, secret=True)
    ]


async def test_words_of_a_secret_ballot_are_written_or_taken_as_suggested() -> None:
    def dialog() -> VoteDialog:
        return VoteDialog(voting(SECRET), "decision_123", Vote.REJECT, suggestion=SUGGESTED)

    owl = VoteIntent("decision_123", Vote.REJECT, secret=True, words="my owl")
    assert await given(dialog(), ["tab", *"my owl", "enter", "enter"]) == [owl]
    assert "owl" not in repr(owl)
    taken = replace(owl, words=SUGGESTED)
    assert await given(dialog(), ["tab", "right", "enter", "enter"]) == [taken]


async def test_it_is_said_what_the_words_of_a_secret_ballot_prove_and_what_they_betray() -> None:
    dialog = VoteDialog(voting(SECRET), "decision_123", Vote.REJECT, suggestion=SUGGESTED)
    app = DialogHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        told = " ".join(str(one.render()) for one in app.dialog.query(Static))
        assert "They show you that your ballot is counted; keep them to yourself" in told
        assert app.dialog.query_one(DialogBox).max_scroll_y == 0


async def test_the_confirmation_shows_the_words_and_what_they_are_for() -> None:
    app = DialogHost(VoteDialog(voting(SECRET), "decision_123", Vote.APPROVE))
    async with app.run_test(size=(80, 24)) as pilot:
        shown = [str(one.render()) for one in app.dialog.query(Static)]
        assert any("After the close all ballots are shown" in line for line in shown)
        await pilot.press("tab", "[", "b", "]", "enter")
        words = app.dialog.query_one("#confirming-words", Static)
        assert words.display
        assert str(words.render()) == "Printed under your words: [b]"


async def test_escape_goes_back_and_then_out() -> None:
    keys = ["enter", "escape", "f6", "enter", "escape", "escape"]
    dialog = VoteDialog(voting(OPEN), "decision_123", Vote.APPROVE)
    assert await given(dialog, keys) == [None]


async def test_what_would_carry_the_vote_goes_on_with_the_votes_of_others() -> None:
    dialog = VoteDialog(voting(OPEN), "decision_123", Vote.APPROVE)
    assert OPEN.tally is not None
    app = DialogHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "cast, now 6 of 9." in screen_text(app)
        tally = OPEN.tally.model_copy(update={"approve": OPEN.tally.approve + 4})
        dialog.show(scene(voting(replace(OPEN, tally=tally))))
        await until(pilot, lambda: "cast, now 9 of 13." in screen_text(app))


async def test_a_vote_that_ended_meanwhile_takes_no_more() -> None:
    dialog = VoteDialog(voting(OPEN), "decision_123", Vote.APPROVE)
    app = DialogHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        dialog.show(scene(voting(CARRIED)))
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == []
        assert app.reason == "This vote has ended: no vote can be cast any more."
        await pilot.press("escape")
        await until(pilot, lambda: app.given == [None])


@pytest.mark.parametrize(("view", "kept"), [(OPEN, Unsent("Too dear")), (SECRET, None)])
async def test_the_comment_on_a_vote_that_ended_is_kept_unless_it_was_secret(
    view: DecisionView, kept: Unsent | None
) -> None:
    dialog = VoteDialog(voting(view), "decision_123", Vote.REJECT, "Too dear")
    app = DialogHost(dialog)
    async with app.run_test(size=(60, 20)) as pilot:
        dialog.show(scene(voting(replace(view, outcome=CARRIED.outcome))))
        await pilot.pause()
        assert ("Esc puts your comment" in app.reason) is (kept is not None)
        await pilot.press("enter", "escape")
        await until(pilot, lambda: bool(app.given))
        assert app.given == [kept]


async def test_the_time_left_and_one_s_own_vote_stand_in_the_frame() -> None:
    title = "[@click=app.quit]x[/]\x1b[2J"
    question = QUESTION.model_copy(update={"title": title})
    view = replace(OPEN, question=question, own_vote=VOTED)
    dialog = VoteDialog(voting(view), "decision_123", Vote.APPROVE)
    app = DialogHost(dialog)
    async with app.run_test(size=(60, 20)) as pilot:
        dialog.show(scene(voting(view)))
        await pilot.pause()
        box = dialog.query_one(DialogBox)
        assert (
            text_of(box)
            .splitlines()[-1]
            .startswith("╰─ ◆ [@click=app.quit]x[/][2J · ● approve · 04:32 left ─")
        )
        assert OPEN.deadline is not None
        dialog.show(scene(voting(view), OPEN.deadline - timedelta(seconds=7)))
        await until(pilot, lambda: "!! closes in 7 s" in text_of(box))
        # On a machine whose clock is five minutes slow.
        slow = replace(voting(view), server_ahead=timedelta(minutes=5))
        dialog.show(scene(slow, OPEN.deadline - timedelta(minutes=5, seconds=20)))
        await until(pilot, lambda: "! 20 s left" in text_of(box))
        told = [str(one.render()) for one in dialog.query(Static)]
        assert "● You have voted Approve; a new vote replaces it." in told


@pytest.mark.parametrize("size", [(40, 10), (60, 20), (80, 24)])
async def test_what_is_voted_on_is_read_above_the_choices(size: tuple[int, int]) -> None:
    text = "That " + " and ".join(f"line {number} [b]be[/b] paid" for number in range(60))
    question = QUESTION.model_copy(update={"text": f"{text}\n\nover."})
    view = replace(OPEN, question=question, own_vote=VOTED)
    app = DialogHost(VoteDialog(voting(view), "decision_123", Vote.REJECT))
    async with app.run_test(size=size) as pilot:
        box = app.dialog.query_one(DialogBox)
        await until(pilot, lambda: "Page ↓" in screen_text(app))
        shown = screen_text(app)
        for words in (
            "Your vote",
            "Approve the 2027",
            "That line 0 [b]be[/b]",
            "✓ Approve",
            "– Ab",
        ):
            assert words in shown
        assert box.scroll_y == 0
        motion = app.dialog.query_one(MotionText)
        await pilot.press("pagedown")
        await until(
            pilot, lambda: "Page ↑ ↓" in text_of(motion) and "line 0" not in text_of(motion)
        )
        motion.read_on(1000)
        await until(pilot, lambda: "over." in text_of(motion) and "↓" not in text_of(motion))
        await pilot.press("tab", *"dear", "enter")
        await until(pilot, lambda: "With your comment: dear" in screen_text(app))


async def test_a_prepared_decision_is_opened_with_a_time() -> None:
    dialog = OpenDecisionDialog(voting(PREPARED))
    [opened] = await given(dialog, ["enter", "2", ":", "3", "0", "enter"])
    assert isinstance(opened, DecisionOpen)
    assert opened.data == DecisionOpen.Data(
        meeting_id=MEETING, decision_id="decision_2", duration_seconds=150, confirms=()
    )


async def test_a_new_decision_is_written_and_opened() -> None:
    dialog = OpenDecisionDialog(voting())
    keys = ["enter", "H", "i", "tab", "A", "l", "l", "ctrl+s"]
    [opened] = await given(dialog, keys)
    assert isinstance(opened, DecisionOpen)
    assert (opened.data.title, opened.data.text) == ("Hi", "All")
    assert (opened.data.threshold, opened.data.base) == (Threshold.MAJORITY, Base.CAST)
    assert opened.data.secret is False
    assert opened.data.duration_seconds is None


@pytest.mark.parametrize("behind", [["enter"], ["down", "enter"]])
async def test_what_is_typed_behind_the_choice_of_a_new_decision_is_its_title(
    behind: list[str],
) -> None:
    dialog = OpenDecisionDialog(voting(PREPARED) if "down" in behind else voting())
    app = DialogHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        burst(app, (*behind, *"Paint it", "tab", *"Blue."))
        await until(pilot, lambda: dialog.query_one("#text", TextArea).text == "Blue.")
        assert dialog.query_one("#title", Input).value == "Paint it"


@pytest.mark.parametrize(
    ("method", "left"),
    [
        (Method.VOTE, ["Carried by", "", "Ballot", "Quorum"]),
        (Method.ROLL_CALL, ["Carried by", "", "Quorum"]),
        (Method.CONSENT, []),
        (Method.STRAW, ["Ballot"]),
    ],
)
async def test_only_terms_that_mean_something_are_asked_for(
    method: Method, left: list[str]
) -> None:
    dialog = OpenDecisionDialog(voting())
    app = DialogHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        dialog.query_one("#method", Select).value = method
        await pilot.pause()
        rows = [row for row in dialog.query("#new > .field") if row.display]
        labels = [str(row.query(Static).first().render()) for row in rows]
        assert labels == ["Title", "Text", "Taken by", *left]


def test_terms_that_mean_nothing_are_not_sent() -> None:
    form = DecisionForm(
        method=Method.CONSENT,
        title="Lunch",
        text="That we eat.",
        threshold=Threshold.UNANIMOUS,
        base=Base.MEMBERSHIP,
        secret=True,
        quorum="7",
    )
    opened = form.read(voting())
    assert isinstance(opened, DecisionOpen)
    sent = opened.data
    assert (sent.threshold, sent.base, sent.secret, sent.quorum) == (
        Threshold.MAJORITY,
        Base.CAST,
        False,
        None,
    )


async def test_with_nothing_prepared_one_types_the_title_and_a_mistake_goes_once_mended() -> None:
    dialog = OpenDecisionDialog(voting())
    app = DialogHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(dialog.focused, Input)
        await pilot.press("enter")
        await until(pilot, lambda: app.reason == "Give it a title.")
        await pilot.press("H")
        await until(pilot, lambda: app.reason == "")
        assert dialog.query_one("#title", Input).value == "H"


async def test_what_is_missing_is_said_and_the_field_has_the_focus() -> None:
    app = DialogHost(OpenDecisionDialog(voting()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "H", "i", "enter")
        await pilot.pause()
        assert app.reason == "Say what is to be decided."
        assert app.focused is app.dialog.query_one("#text")
        assert app.given == []


async def test_the_wanted_decision_is_where_opening_begins() -> None:
    other = replace(PREPARED, decision_id="decision_3")
    [opened] = await given(
        OpenDecisionDialog(voting(PREPARED, other), "decision_3"), ["enter", "enter"]
    )
    assert isinstance(opened, DecisionOpen)
    assert opened.data.decision_id == "decision_3"


async def test_escape_opens_nothing() -> None:
    assert await given(OpenDecisionDialog(voting(PREPARED)), ["escape"]) == [None]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["y"], True),
        (["n"], False),
        (["escape"], False),
        (["enter"], False),
        (["right", "enter"], True),
    ],
)
async def test_a_deed_is_confirmed_only_by_yes(keys: list[str], answer: bool) -> None:
    assert await given(ConfirmDialog("Close?", "It is counted.", "Close"), keys) == [answer]


async def test_markup_in_a_question_is_only_text() -> None:
    app = DialogHost(ConfirmDialog("[b]T[/b]", "[@click=app.quit]x[/]", "[i]Do[/i]"))
    async with app.run_test(size=(80, 24)):
        words = [str(one.render()) for one in app.dialog.query(Static)]
        assert words[:2] == ["[b]T[/b]", "[@click=app.quit]x[/]"]
        assert str(app.dialog.query_one("#confirm", Button).label) == "[i]Do[/i] · y"


def mistake(form: DecisionForm, meeting: Meeting | None = None) -> str:
    read = form.read(meeting or voting())
    assert isinstance(read, Mistake)
    return read.field


def test_each_mistake_names_its_field() -> None:
    good = DecisionForm(title="T", text="X")
    assert mistake(replace(good, title=" ")) == "title"
    assert mistake(replace(good, title="x" * 301)) == "title"
    assert mistake(replace(good, text="")) == "text"
    assert mistake(replace(good, text="x" * 8001)) == "text"
    assert mistake(replace(good, quorum="0")) == "quorum"
    assert mistake(replace(good, quorum="some")) == "quorum"
    assert mistake(replace(good, minutes="soon")) == "minutes"
    assert mistake(DecisionForm(decision_id="decision_2", minutes="0")) == "minutes"


def test_unequal_weights_make_no_secret_ballot() -> None:
    heavy = {**VOTERS, "user_1": replace(VOTERS["user_1"], weight=3)}
    form = DecisionForm(title="T", text="X", secret=True)
    assert mistake(form, voting(people=heavy)) == "secret"
    assert isinstance(form.read(voting()), DecisionOpen)


@pytest.mark.parametrize(
    ("written", "seconds"), [("", None), ("5", 300), (" 2:30 ", 150), ("0:01", 1)]
)
def test_minutes_are_read(written: str, seconds: int | None) -> None:
    assert read_minutes(written) == seconds


@pytest.mark.parametrize("written", ["0", "0:00", "2:75", "-1", "5m", "999999", "٣"])
def test_what_is_no_length_of_time_is_a_mistake(written: str) -> None:
    assert isinstance(read_minutes(written), Mistake)
