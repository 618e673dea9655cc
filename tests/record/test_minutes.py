"""The minutes: everything that was decided, nothing that was only said, and no secret vote."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from boardroom_tui.meeting.events import BallotSealed, DecisionClosed, DecisionOpened, Event
from boardroom_tui.protocol.fields import Vote
from boardroom_tui.record.entry import Entry
from boardroom_tui.record.minutes import minutes
from tests.record.examples import MEETING, open_journal, said
from tests.record.meeting_example import EVENTS

HEAD = "0123456789abcdef" * 4
GOLDEN = Path(__file__).with_name("minutes.golden.md")


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
    assert minutes(EVENTS, HEAD) == GOLDEN.read_text(encoding="utf-8")


async def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    async with open_journal(tmp_path) as journal:
        await journal.append(MEETING, 0, [Entry(EVENTS)])
        events, head = await journal.record(MEETING)
        first = minutes(events, head)
    async with open_journal(tmp_path) as journal:
        assert minutes(*await journal.record(MEETING)) == first
    assert f"    {head}\n" in first
    assert f"the {len(events)} events" in first


def test_what_was_said_is_not_in_them() -> None:
    assert "not for the minutes" not in minutes(EVENTS, HEAD)


def test_of_a_secret_ballot_nothing_but_the_counts_is_in_them() -> None:
    swapped = [
        replace(event, what=event.what.model_copy(update={"vote": other}))
        if isinstance(event.what, BallotSealed)
        and (other := Vote.REJECT if event.what.vote is Vote.APPROVE else Vote.APPROVE)
        else event
        for event in EVENTS
    ]
    assert swapped != list(EVENTS)
    assert minutes(swapped, HEAD) == minutes(EVENTS, HEAD)
    chair = section(minutes(EVENTS, HEAD), "#### Decision 2: Elect a chair")
    assert "- For" not in chair
    assert "- Votes: 1 for, 1 against; 2 of 3 members voted." in chair


def test_an_open_vote_tells_only_how_many_have_voted() -> None:
    public = section(
        minutes(until(DecisionClosed, "d_budget"), HEAD),
        "#### Decision 1: Approve the 2027 budget",
    )
    assert "- Voting: from 12:10, still open.\n" in public
    assert "- Votes: 3 of 3 members voted.\n- Result: none yet." in public
    text = minutes(until(DecisionClosed, "d_chair"), HEAD)
    secret = section(text, "#### Decision 2: Elect a chair")
    assert "- Votes: 2 of 3 members voted.\n- Result: none yet." in secret
    assert "| 2 | Elect a chair | a majority of the votes cast |  |  |  | Open |  |" in text


def test_a_meeting_that_goes_on_says_so() -> None:
    text = minutes(until(DecisionOpened, "d_budget"), HEAD)
    assert "- Time: from 12:00 UTC; not over at 12:08\n" in text
    assert "present 12:01–12:04, from 12:06\n" in text
    assert "| Grace Hopper | user_2 | participant | 1 | 12:01–12:04, from 12:06 |" in text
    assert "Taken up from 12:08. In progress." in text
    assert "No decision was put to the vote." in text


def test_a_meeting_to_which_nobody_came_has_minutes_too() -> None:
    text = minutes(EVENTS[:1], HEAD)
    assert "- Time: nobody has come\n- Facilitator: none present\n" in text
    assert "2 of 4 members with a vote; never present" in text
    assert "the 1 event in" in text


def test_another_days_time_names_its_day() -> None:
    last = EVENTS[-1]
    late = replace(last, at=last.at.replace(day=16))
    assert "- Time: 12:00 to 16 January 2027 12:27 UTC" in minutes([*EVENTS[:-1], late], HEAD)


def test_what_members_wrote_makes_no_markup_and_moves_no_terminal() -> None:
    hostile = "Trap\n# Carried\n| x | y |\n```\n[link](http://x)\x1b[2J\u202e"
    events = [
        replace(event, what=event.what.model_copy(update={"title": hostile, "text": hostile}))
        if isinstance(event.what, DecisionOpened)
        else event
        for event in EVENTS
    ]
    text = minutes(events, HEAD)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\n# Carried" not in text
    assert (
        "\n> \\# Carried\\\n> \\| x \\| y \\|\\\n> \\`\\`\\`\\\n> \\[link\\](http://x)\\[2J" in text
    )
    assert text.count("\n# ") == 0
    assert len([line for line in text.splitlines() if line.startswith("| 1 |")]) == 1


def test_weighted_votes_are_told_with_their_weight() -> None:
    budget = section(minutes(EVENTS, HEAD), "#### Decision 1: Approve the 2027 budget")
    assert "(2 votes)" in budget


@pytest.mark.parametrize("events", [[], said(1).events])
def test_without_a_meeting_there_are_no_minutes(events: Sequence[Event]) -> None:
    with pytest.raises(ValueError, match="no minutes"):
        minutes(events, HEAD)


def test_the_roll_call_names_those_who_voted_and_those_who_did_not() -> None:
    lunch = section(minutes(EVENTS, HEAD), "#### Decision 3: Lunch")
    assert "- Did not vote: Ada Lovelace, Grace Hopper\n" in lunch
