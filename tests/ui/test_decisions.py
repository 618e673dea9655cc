"""Looking through the decisions: the list, and each with its whole arithmetic."""

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.widgets import Input

from boardroom_tui.protocol.fields import (
    Base,
    Cause,
    DecisionStatus,
    Guard,
    Method,
    Result,
    Threshold,
    Vote,
)
from boardroom_tui.protocol.messages.decision import Arithmetic, FinalVotes, NamedVote
from boardroom_tui.protocol.words import needed
from boardroom_tui.state.model import DecisionView, Meeting, OwnVote
from boardroom_tui.ui.screens.decisions import DecisionsScreen
from boardroom_tui.ui.widgets.decision_rows import (
    Kind,
    decision_row,
    decision_rows,
    kind_of,
    listed,
    sum_in_words,
)
from boardroom_tui.ui.widgets.rows import Row
from tests.ui import board
from tests.ui.chat_scenes import OWN
from tests.ui.screen_text import VOTING, at_the_meeting, screen_text, until
from tests.ui.vote_scenes import CARRIED, NOW, OPEN, QUESTION, SECRET, VOTED, VOTERS, voting

PREPARED = replace(
    OPEN, question=QUESTION.model_copy(update={"status": DecisionStatus.PREPARED}), tally=None
)
HOSTILE = "[@click=app.quit]x[/]\x1b[2J\n\u202ey"
SHOWN = "[@click=app.quit]x[/][2J y"


def ended(view: DecisionView = CARRIED, **told: object) -> DecisionView:
    assert CARRIED.outcome is not None
    return replace(view, outcome=CARRIED.outcome.model_copy(update=told))


def asked(view: DecisionView, **told: object) -> DecisionView:
    assert view.question is not None
    return replace(view, question=view.question.model_copy(update=told))


def text(row: Row) -> str:
    left, right = Content.assemble(*row.left).plain, Content.assemble(*row.right).plain
    return f"{left} | {right}" if right else left.rstrip()


def page(view: DecisionView, meeting: Meeting | None = None) -> list[str]:
    known = voting(view) if meeting is None else meeting
    return [text(row) for row in decision_rows(known, view, NOW, UTC)]


def test_a_verdict_is_shown_with_all_that_it_rests_on() -> None:
    view = asked(
        ended(cause=Cause.FACILITATOR, overrides=(Guard.NOT_VOTED,)),
        mover="user_1",
        seconder=OWN,
        recused=("user_1",),
    )
    mover, own = VOTERS["user_1"].name, VOTERS[OWN].name
    people = {**VOTERS, "user_1": replace(VOTERS["user_1"], weight=2)}
    view = replace(view, own_vote=VOTED)
    assert page(view, voting(view, people=people)) == [
        "Approve the 2027 budget",
        "That the budget as circulated be approved.",
        "",
        "Result     ✓ Carried: 7 for, 3 against, 1 abstained. Two-thirds of 10 votes cast needs 7.",
        "The sum    7 for of 10 cast; two-thirds needs 7: 3 × 7 = 21 ≥ 2 × 10 = 20.",
        "✓ Approve  ███████─────── 7",
        "✗ Reject   ▓▓▓─────────── 3",
        "– Abstain  ▒───────────── 1",
        "Voted      11 members; 3 had to, for its quorum.",
        "Quorum     12 members with a vote present; the meeting needs 3.",
        "Rule       Needed two-thirds of the votes cast.",
        f"Moved      by {mover}, seconded by {own}.",
        f"Recused    {mover}",
        "When       opened 14:02, ended 14:14 after 12 min: closed by the facilitator.",
        "Although   Closed although members who are present have not voted.",
        "You        ● approve. Recorded as vote_1.",
        f"Weights    Votes that count more than once: {mover} ×2.",
    ]


def test_a_roll_call_is_shown_by_name_and_a_secret_ballot_never() -> None:
    people = {**VOTERS, "user_1": replace(VOTERS["user_1"], weight=3)}
    named = {
        "user_1": NamedVote(user_id="user_1", vote=Vote.APPROVE, cast_by=OWN),
        OWN: NamedVote(user_id=OWN, vote=Vote.REJECT),
    }
    roll = asked(replace(ended(), named_votes=named), method=Method.ROLL_CALL)
    lines = page(roll, voting(roll, people=people))
    assert f"For        {VOTERS['user_1'].name} (×3, by {VOTERS[OWN].name} as proxy)" in lines
    assert f"Against    {VOTERS[OWN].name}" in lines

    cast = OwnVote("vote_2", None, NOW)
    secret = asked(replace(ended(), named_votes=named, own_vote=cast), secret=True)
    lines = page(secret)
    assert "You        ● voted. Recorded as vote_2." in lines
    assert not any(line.startswith(("For ", "Against ")) for line in lines)
    still_open = page(replace(SECRET, own_vote=cast))
    assert not any("Approve " in line for line in still_open)
    assert "Voted      10 of 15." in still_open


def test_what_was_broken_by_the_chair_or_voted_by_proxy_is_said() -> None:
    view = replace(ended(casting_vote=Vote.REJECT), proxy_votes={"user_1": VOTED})
    lines = page(view, voting(view, proxies={"user_1": OWN}))
    assert "Casting    The chair’s casting vote, against." in lines
    assert f"By proxy   For {VOTERS['user_1'].name}, by proxy: approve." in lines
    assert not any(
        "by proxy" in line for line in page(PREPARED, voting(PREPARED, proxies={"user_1": OWN}))
    )


def test_what_is_not_decided_yet_has_its_rule_and_no_sum() -> None:
    assert page(PREPARED)[3:] == [
        "Result     ◇ Prepared.",
        "Rule       Needs two-thirds of the votes cast. At least 3 must vote.",
    ]
    assert any(line.startswith("Outlook    It carries") for line in page(OPEN))
    assert sum_in_words(OPEN) is None
    assert sum_in_words(ended(result=Result.WITHDRAWN)) is None
    assert sum_in_words(asked(ended(), method=Method.CONSENT)) is None


@given(st.sampled_from(Threshold), st.sampled_from(Base), st.integers(0, 40), st.integers(0, 40))
def test_the_sum_says_carried_exactly_where_the_count_does(
    threshold: Threshold, base: Base, approve: int, against: int
) -> None:
    whole = approve + against
    sums = Arithmetic(
        whole=whole,
        needed=needed(threshold, whole),
        voters=whole,
        voters_needed=1,
        present=whole,
        present_needed=1,
    )
    votes = FinalVotes(approve=approve, reject=against, abstain=0)
    view = asked(ended(arithmetic=sums, final_votes=votes), threshold=threshold, base=base)
    said = sum_in_words(view)
    if whole == 0:
        assert said is None
        return
    assert said is not None
    assert f"needs {needed(threshold, whole)}: " in said
    equation = said.partition(": ")[2]
    assert ("<" in equation or "≤" in equation) is not (approve >= needed(threshold, whole))


def test_the_list_is_chosen_by_kind_and_by_words() -> None:
    other = asked(
        replace(PREPARED, decision_id="decision_9"), decision_id="decision_9", title="The lease"
    )
    gone = replace(ended(result=Result.WITHDRAWN), decision_id="decision_8")
    meeting = voting(CARRIED, other, gone)
    assert [kind_of(view) for view in meeting.decisions.values()] == [
        Kind.DECIDED,
        Kind.PREPARED,
        Kind.WITHDRAWN,
    ]
    assert len(listed(meeting)) == 3
    assert listed(meeting, Kind.PREPARED) == (other,)
    assert listed(meeting, words="LEASE the") == (other,)
    assert listed(meeting, Kind.OPEN) == ()
    assert [text(decision_row(view, NOW, UTC)) for view in listed(meeting)] == [
        "✓ Approve the 2027 budget | 7 : 3  14:14",
        "◇ The lease | prepared",
        "– Approve the 2027 budget | withdrawn  14:14",
    ]
    assert text(decision_row(OPEN, NOW, UTC)).endswith("| 04:32 left")


@pytest.mark.parametrize("view", [OPEN, CARRIED, SECRET, PREPARED])
def test_others_words_are_lines_of_text(view: DecisionView) -> None:
    view = asked(view, title=HOSTILE, text=f"{HOSTILE}!", mover="user_1", seconder=OWN)
    people = {**VOTERS, "user_1": replace(VOTERS["user_1"], name=HOSTILE)}
    meeting = voting(view, people=people)
    rows = [*decision_rows(meeting, view, NOW, UTC), decision_row(view, NOW, UTC)]
    assert all(Content.assemble(*row.left).plain.isprintable() for row in rows)
    assert text(rows[0]) == SHOWN
    assert any(f"by {SHOWN}" in text(row) for row in rows)


async def test_the_decisions_are_looked_through_by_keys_at_60_by_20() -> None:
    async with at_the_meeting(board.ready(), VOTING, size=(60, 20)) as (app, link, pilot):
        await pilot.press("escape", "space", "d")
        await until(pilot, lambda: isinstance(app.screen, DecisionsScreen))
        await until(pilot, lambda: "3 × 8 = " in screen_text(app))
        await pilot.press("down")
        await until(pilot, lambda: "◆ Vote open." in screen_text(app))
        await pilot.press("right", "right")
        await until(pilot, lambda: "▸Prepared 1" in screen_text(app))
        assert "The minutes of 24 August" not in screen_text(app)
        await pilot.press("left", "left", "slash", *"minutes")
        await until(pilot, lambda: "The lease in Lisbon" not in screen_text(app))
        assert app.screen.query_one(Input).value == "minutes"
        await pilot.press("escape", "pagedown", "pagedown")
        await until(pilot, lambda: "You        ○ did not vote." in screen_text(app))
        # What changes meanwhile is shown, and nothing was asked of the server.
        sent = len(link.sent)
        link.hear(board.state(decisions=(board.MINUTES,)))
        await until(pilot, lambda: "▸All 1" in screen_text(app))
        assert len(link.sent) == sent
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.meeting_screen)
