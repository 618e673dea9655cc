"""The minutes: everything that was decided, nothing that was only said, and no secret vote."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from boardroom_tui.heads import head_code
from boardroom_tui.meeting.events import (
    BallotSealed,
    DecisionClosed,
    DecisionOpened,
    Event,
    Said,
    VoteRecorded,
)
from boardroom_tui.protocol.fields import Guard, Vote
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.markdown import markdown
from boardroom_tui.record.minutes import minutes
from tests.record.examples import MEETING, open_journal, said
from tests.record.meeting_example import ADA, EVENTS, GRACE

HEAD = "0123456789abcdef" * 4
GOLDEN = Path(__file__).with_name("golden") / "example.md"


def written(events: Sequence[Event], head: str = HEAD) -> str:
    """The minutes in Markdown."""
    return markdown(minutes(events, head))


def until(what: type[DecisionClosed | DecisionOpened], decision_id: str) -> Sequence[Event]:
    """The meeting as it was right before this happened to a decision."""
    for place, event in enumerate(EVENTS):
        if isinstance(event.what, what) and event.what.decision_id == decision_id:
            return EVENTS[:place]
    raise AssertionError(decision_id)


def section(text: str, heading: str) -> str:
    """The lines from a heading to the next one."""
    after = text.split(f"{heading}\n", 1)[1]
    return after.split("\n#", 1)[0]


def test_the_minutes_read_as_they_should() -> None:
    assert written(EVENTS) == GOLDEN.read_text(encoding="utf-8")


async def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await journal.append(MEETING, 0, [Entry(EVENTS)])
        events, head = await journal.record(MEETING)
        first = written(events, head)
    async with open_journal(tmp_path) as journal:
        assert written(*await journal.record(MEETING)) == first
    assert f"    {head_code(len(events), head)}\n" in first
    assert f"the {len(events)} events" in first


def test_what_was_said_is_not_in_them() -> None:
    assert "not for the minutes" not in written(EVENTS)


def test_of_a_secret_ballot_nothing_but_the_counts_is_in_them() -> None:
    swapped = [
        replace(event, what=event.what.model_copy(update={"vote": other}))
        if isinstance(event.what, BallotSealed)
        and (other := Vote.REJECT if event.what.vote is Vote.APPROVE else Vote.APPROVE)
        else event
        for event in EVENTS
    ]
    assert swapped != list(EVENTS)
    assert written(swapped) == written(EVENTS)
    chair = section(written(EVENTS), "#### Decision 2: Elect a chair")
    assert "- For" not in chair
    assert "- Votes: 1 for, 1 against; 2 of 3 members voted." in chair


def test_an_open_vote_tells_only_how_many_have_voted() -> None:
    public = section(
        written(until(DecisionClosed, "d_budget")),
        "#### Decision 1: Approve the 2027 budget",
    )
    assert "- Voting: from 12:10, still open.\n" in public
    assert "- Votes: 3 of 3 members voted.\n- Result: none yet." in public
    text = written(until(DecisionClosed, "d_chair"))
    secret = section(text, "#### Decision 2: Elect a chair")
    assert "- Votes: 2 of 3 members voted.\n- Result: none yet." in secret
    assert "| 2 | Elect a chair | a majority of the votes cast |  |  |  | Open |  |" in text


def test_a_meeting_that_goes_on_says_so() -> None:
    text = written(until(DecisionOpened, "d_budget"))
    assert "- Time: from 12:00 UTC; not over at 12:08\n" in text
    assert "| Grace Hopper | member | 1 | 12:01–12:04, from 12:06 |" in text
    assert "Taken up from 12:08. In progress." in text
    assert "No decision was put to the vote." in text


def test_a_meeting_to_which_nobody_came_has_minutes_too() -> None:
    text = written(EVENTS[:1])
    assert "- Time: nobody has come\n- Chair: none present\n" in text
    assert "- Quorum: 2 of 4 members with a vote\n" in text
    assert "Never were enough members with a vote present." in text
    assert "the 1 event in" in text


def test_another_days_time_names_its_day() -> None:
    last = EVENTS[-1]
    late = replace(last, at=last.at.replace(day=16))
    assert "- Time: 12:00 to 16 January 2027 12:27 UTC" in written([*EVENTS[:-1], late])


def test_what_members_wrote_makes_no_markup_and_moves_no_terminal() -> None:
    hostile = "Trap\n# Carried\n| x | y |\n```\n[link](http://x)\x1b[2J\u202e"
    events = [
        replace(event, what=event.what.model_copy(update={"title": hostile, "text": hostile}))
        if isinstance(event.what, DecisionOpened)
        else event
        for event in EVENTS
    ]
    text = written(events)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\n# Carried" not in text
    assert (
        "\n> \\# Carried\\\n> \\| x \\| y \\|\\\n> \\`\\`\\`\\\n> \\[link\\](http://x)\\[2J" in text
    )
    assert text.count("\n# ") == 0
    assert len([line for line in text.splitlines() if line.startswith("| 1 |")]) == 1


def test_weighted_votes_are_told_with_their_weight() -> None:
    budget = section(written(EVENTS), "#### Decision 1: Approve the 2027 budget")
    assert "(2 votes)" in budget


@pytest.mark.parametrize("events", [[], said(1).events])
def test_without_a_meeting_there_are_no_written(events: Sequence[Event]) -> None:
    with pytest.raises(ValueError, match="no minutes"):
        written(events)


def test_the_roll_call_names_those_who_voted_and_those_who_did_not() -> None:
    lunch = section(written(EVENTS), "#### Decision 3: Lunch")
    assert "- Did not vote: Ada Lovelace, Grace Hopper\n" in lunch


def test_the_comment_on_a_vote_stands_with_its_voter_but_in_no_secret_ballot() -> None:
    said = "Too *early*.\n# So soon"
    events = [
        replace(event, what=event.what.model_copy(update={"comment": said}))
        if isinstance(event.what, VoteRecorded) and event.actor == ADA
        else event
        for event in EVENTS
    ]
    text = written(events)
    budget = section(text, "#### Decision 1: Approve the 2027 budget")
    assert budget.count("- Comment: ") == 1
    assert "- Comment: “Too \\*early\\*. \\# So soon” (Ada Lovelace)\n" in budget
    assert "early" not in section(text, "#### Decision 2: Elect a chair")


# Marked lines


def noting(*lines: tuple[str, str]) -> Sequence[Event]:
    """The meeting with these members writing these lines while the budget is in progress."""
    before = until(DecisionOpened, "d_budget")
    sequence, at = before[-1].sequence, before[-1].at
    notes = (
        Event(sequence + place, at, user_id, Said(message_id=f"note_{place}", text=text))
        for place, (user_id, text) in enumerate(lines, start=1)
    )
    return (*before, *notes)


def test_marked_lines_stand_under_the_item_in_progress() -> None:
    text = written(
        noting(
            (ADA, "/info The books are in order."),
            (GRACE, "/agreed The reserve stays as it is."),
            (GRACE, "Good."),
        )
    )
    budget = section(text, "### 2. Budget review")
    assert "- Noted: The books are in order. (Ada Lovelace, 12:08)\n" in budget
    assert "- Agreed: The reserve stays as it is. (Grace Hopper, 12:08)\n" in budget
    assert "Good." not in text


def test_no_action_is_lost_be_it_nobodys_or_without_a_date() -> None:
    text = written(
        noting(
            (ADA, "/action @grace by Monday: Write to the bank."),
            (ADA, "/action @kurt, @user_3 by the end of June: Ask for offers."),
            (GRACE, "/action Find a room."),
        )
    )
    actions = section(text, "## Actions")
    assert "| 1 | Write to the bank. | Grace Hopper | Monday (18 January 2027) |" in actions
    # Two members are called Kurt: who is meant is told as it was written.
    assert "| 2 | Ask for offers. | kurt, Kurt Gödel (user_3) | the end of June |" in actions
    assert "| 3 | Find a room. | nobody yet | no date |" in actions
    assert "- Actions: 3 open actions\n" in section(text, "## Carried over")
    budget = section(text, "### 2. Budget review")
    assert "- Action: nobody yet, no date: Find a room. (Grace Hopper, 12:08)\n" in budget


def test_one_takes_back_ones_own_last_mark_and_nobody_elses() -> None:
    text = written(
        noting(
            (ADA, "/info first"),
            (ADA, "/info second"),
            (GRACE, "/undo"),
            (ADA, "/undo"),
            (GRACE, "/info third"),
        )
    )
    assert "first" in text
    assert "second" not in text
    assert "third" in text


def test_corrections_have_a_place_of_their_own() -> None:
    assert "## Corrections" not in written(EVENTS)
    text = written(noting((GRACE, "/correction Page 2 says 4; it was 5.")))
    corrections = section(text, "## Corrections")
    assert "- Grace Hopper, 12:08: Page 2 says 4; it was 5.\n" in corrections


def test_what_is_left_is_carried_over() -> None:
    left = section(written(EVENTS), "## Carried over")
    assert left.splitlines()[1:4] == [
        "- Deferred: Budget review",
        "- Not completed: 1. Any other business",
        "- Not put to the vote: A sign",
    ]


def test_a_decision_without_an_item_belongs_to_the_one_in_progress() -> None:
    text = written(EVENTS)
    assert text.index("### 2. Budget review") < text.index("#### Decision 2: Elect a chair")
    assert text.index("#### Decision 2: Elect a chair") < text.index("### 3.")


def test_every_test_of_the_quorum_is_told() -> None:
    rows = section(written(EVENTS), "## Quorum").splitlines()
    assert "| 12:01 | Quorum reached | 2 | 2 | yes |" in rows
    assert "| 12:04 | Quorum lost | 1 | 2 | no |" in rows
    assert "| 12:06 | Quorum regained | 2 | 2 | yes |" in rows
    assert "| 12:21 | Vote on “Lunch” | 3 | 2 | yes |" in rows
    assert "A new name" not in "".join(rows)


def test_what_was_done_against_the_odds_is_told() -> None:
    overriding: dict[type, tuple[Guard, ...]] = {
        DecisionOpened: (Guard.NO_QUORUM,),
        DecisionClosed: (Guard.NOT_VOTED,),
    }
    events = [
        replace(
            event, what=event.what.model_copy(update={"overrides": overriding[type(event.what)]})
        )
        if type(event.what) in overriding
        else event
        for event in EVENTS
    ]
    lunch = section(written(events), "#### Decision 3: Lunch")
    assert "- Opened although: there is no quorum.\n" in lunch
    assert "- Closed although: members who are present have not voted.\n" in lunch
