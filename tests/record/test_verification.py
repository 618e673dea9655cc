"""A record that can be checked by someone who was not there: whatever is changed is named."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.meeting.events import (
    DecisionClosed,
    DecisionOpened,
    Elector,
    Event,
    Happening,
    Joined,
    Said,
    VoteRecorded,
)
from boardroom_tui.protocol.fields import Base, Result, Role, Threshold, Vote
from boardroom_tui.protocol.messages.decision import FinalVotes
from boardroom_tui.record.chain import BEGINNING, Link, forge
from boardroom_tui.record.continuity import continuity
from boardroom_tui.record.finding import Finding
from boardroom_tui.record.verification import verify
from tests.record.honest import MEETING, held, linked, renumbered

HELD = held()
EVENTS = renumbered(HELD.events)
LINKS = linked(EVENTS)


def findings(links: Sequence[Link]) -> tuple[str, ...]:
    return tuple(str(finding) for finding in verify(MEETING, links).findings)


def named(found: Sequence[Finding], sequence: int) -> bool:
    """Whether one of the findings is at this event, or says that it is missing."""
    for finding in found:
        words = finding.place.replace(",", " ").split()
        numbers = [int(word) for word in words[:4] if word.isdigit()]
        if words[0] == "events" and numbers[0] <= sequence <= numbers[1]:
            return True
        if numbers and numbers[0] == sequence:
            return True
    return False


def number(kind: type[Happening], which: int = 0) -> int:
    """The number of an event of this kind."""
    return [event.sequence for event in EVENTS if isinstance(event.what, kind)][which]


def test_a_meeting_that_followed_the_rules_is_in_order() -> None:
    checked = verify(MEETING, LINKS, ballots={"decision_unsettled": 1})
    assert checked.findings == ()
    assert [decision.opened.decision_id for decision in checked.decisions] == [
        "decision_open",
        "decision_secret",
        "decision_dead",
        "decision_unsettled",
    ]


@given(
    place=st.integers(0, len(LINKS) - 1),
    column=st.sampled_from(["time", "actor", "type", "payload", "hash"]),
    where=st.floats(0, 1, exclude_max=True),
    flipped=st.integers(1, 255),
)
def test_any_byte_that_is_changed_is_named_with_its_event(
    place: int, column: str, where: float, flipped: int
) -> None:
    stored = bytearray(getattr(LINKS[place], column).encode())
    stored[int(where * len(stored))] ^= flipped
    changes: dict[str, Any] = {column: stored.decode(errors="surrogateescape")}
    links = [*LINKS]
    links[place] = replace(links[place], **changes)
    found = verify(MEETING, links).findings
    assert named(found, LINKS[place].sequence)
    assert all(str(finding).isprintable() for finding in found)


@pytest.mark.parametrize("place", range(len(LINKS) - 1))
def test_a_missing_event_is_named(place: int) -> None:
    links = [*LINKS]
    gone = links.pop(place)
    assert named(verify(MEETING, links).findings, gone.sequence)
    assert f"event {gone.sequence}: is missing: " in findings(links)[0]


def test_several_missing_events_are_named_together() -> None:
    assert findings((LINKS[0], *LINKS[4:]))[0].startswith(
        "events 2 to 4: are missing: after event 1, 2027-01-15 12:00:00 UTC, meeting.convened "
        "comes event 5, 2027-01-15 12:00:00 UTC, member.joined"
    )


@pytest.mark.parametrize("place", range(len(LINKS) - 3))
def test_an_event_that_was_taken_out_and_the_rest_renumbered_is_named(place: int) -> None:
    kept = [link for link in LINKS if link.sequence != place + 1]
    first, rest = continuity([replace(link, sequence=n) for n, link in enumerate(kept, start=1)])
    assert first.place.startswith(f"event {place + 1}, ")
    assert str(rest) == (
        f"events {place + 2} to {len(kept)}: were recorded as events {place + 3} to "
        f"{len(kept) + 1}: they were moved or renumbered"
    )


def test_an_event_in_anothers_place_is_told_where_it_was() -> None:
    third, fourth = LINKS[2], LINKS[3]
    links = [*LINKS]
    links[2], links[3] = replace(fourth, sequence=3), replace(third, sequence=4)
    moved = [line for line in findings(links) if "was recorded as" in line]
    assert [line.split(": ", 1)[1] for line in moved] == [
        "was recorded as event 4: it was moved or renumbered",
        "was recorded as event 3: it was moved or renumbered",
    ]
    assert not any("was altered" in line for line in findings(links))


def test_an_added_event_is_named_however_well_it_is_made() -> None:
    said = Event(3, EVENTS[2].at, "user_ann", Said(message_id="msg_0", text="I object."))
    added = forge(LINKS[1].hash, MEETING, said)
    rest = [replace(link, sequence=link.sequence + 1) for link in LINKS[2:]]
    found = findings((*LINKS[:2], added, *rest))
    # The forged one follows from the second; what does not follow is what came third.
    assert found[0] == (
        f"events 4 to {len(rest) + 3}: were recorded as events 3 to {len(rest) + 2}: "
        "they were moved or renumbered"
    )


def test_an_altered_event_says_what_was_expected() -> None:
    place = number(VoteRecorded) - 1
    forged = replace(LINKS[place], payload=LINKS[place].payload.replace("reject", "approve"))
    [line, *others] = findings((*LINKS[:place], forged, *LINKS[place + 1 :]))
    assert line == (
        f"event {place + 1}, 2027-01-15 12:01:00 UTC, vote.recorded: was altered, or was not "
        f"recorded behind event {place}: its hash is {forged.hash[:12]}…, and it should be "
        f"{forged.hash_after(LINKS[place - 1].hash)[:12]}…"
    )
    assert others == []


def test_what_is_behind_an_altered_event_is_still_checked() -> None:
    links = [*LINKS]
    for place in (4, 9):
        links[place] = replace(links[place], time="2027-01-15T12:00:59.000000Z")
    altered = [line.split(",")[0] for line in findings(links) if "was altered" in line]
    assert altered == ["event 5", "event 10"]


def test_an_empty_chain_holds() -> None:
    assert findings(()) == ()


# What follows is forged by somebody who can compute the whole chain anew.


def forged(change: Callable[[Event], Happening | None]) -> tuple[str, ...]:
    """What is found where events are replaced, or taken out, and all hashes made to fit."""
    events: list[Event] = []
    for event in EVENTS:
        what = change(event)
        if what is not None:
            events.append(replace(event, what=what))
    return findings(linked(renumbered(events)))


def closing(decision_id: str, **changes: Any) -> tuple[str, ...]:
    """What is found where the closing of a decision says something else."""

    def change(event: Event) -> Happening:
        match event.what:
            case DecisionClosed(decision_id=closed) as what if closed == decision_id:
                return what.model_copy(update=changes)
            case what:
                return what

    return forged(change)


def test_a_result_that_the_votes_do_not_give_is_named() -> None:
    [line] = closing("decision_open", result=Result.REJECTED)
    assert line.startswith(f"event {number(DecisionClosed)}, 2027-01-15 12:01:00 UTC, decision.c")
    assert line.endswith("the result: it says Lost, and counted anew it is Carried")


def test_votes_that_nobody_cast_are_named() -> None:
    votes = FinalVotes(approve=2, reject=1, abstain=0)
    [line] = closing("decision_open", final_votes=votes)
    assert line.endswith(
        "the votes: it says 2 for, 1 against, and counted anew it is 2 for, 0 against"
    )


def test_a_number_that_the_result_rests_on_is_named() -> None:
    closed = HELD.decision("decision_open").closed
    assert closed is not None
    wrong = closed.arithmetic.model_copy(update={"present": 3})
    [line] = closing("decision_open", arithmetic=wrong)
    assert line.endswith("the members present: it says 3, and counted anew it is 2")


def test_a_secret_ballot_has_as_many_ballots_as_voters() -> None:
    ballots = (Vote.APPROVE, Vote.APPROVE, Vote.APPROVE, Vote.ABSTAIN)
    assert any(
        line.endswith("it has 4 ballots, and 3 members voted")
        for line in closing("decision_secret", ballots=ballots)
    )


def test_a_secret_ballot_is_counted_from_its_ballots() -> None:
    ballots = (Vote.APPROVE, Vote.REJECT, Vote.ABSTAIN)
    found = closing("decision_secret", ballots=ballots)
    assert any("counted anew it is 1 for, 1 against, 1 abstained" in line for line in found)


def test_a_vote_that_was_turned_is_counted_as_it_stands() -> None:
    def turned(event: Event) -> Happening:
        match event.what:
            case VoteRecorded(vote=Vote.APPROVE) as what if event.actor == "user_bob":
                return what.model_copy(update={"vote": Vote.REJECT})
            case what:
                return what

    assert any("counted anew it is 1 for, 1 against" in line for line in forged(turned))


def test_a_vote_that_was_taken_out_shows_in_the_count() -> None:
    gone = number(VoteRecorded, 2)
    found = forged(lambda event: None if event.sequence == gone else event.what)
    assert any("the members who voted: it says 2, and counted anew it is 1" in f for f in found)


def test_what_nobody_could_have_done_is_named() -> None:
    opened, closed = number(DecisionOpened), number(DecisionClosed)
    vote = VoteRecorded(decision_id="decision_open", vote_id="vote_x", vote=Vote.APPROVE)
    secret = vote.model_copy(update={"decision_id": "decision_secret"})
    cases: tuple[tuple[int, str, Happening, str], ...] = (
        (opened, "user_guest", vote, "user_guest may not vote on decision_open"),
        (opened - 1, "user_ann", vote, "decision_open was never opened"),
        (closed, "user_ann", vote, "decision_open was closed before"),
        (number(DecisionOpened, 1), "user_ann", secret, "is secret, and the vote is told"),
        (opened, "user_ann", vote.model_copy(update={"vote": None}), "the vote is not told"),
        (3, "user_zoe", Said(message_id="msg_x", text="Boo."), "user_zoe is no member"),
        (3, "user_guest", Joined(role=Role.FACILITATOR), "cannot be present as facilitator"),
    )
    for after, actor, what, said in cases:
        added = Event(0, EVENTS[after - 1].at, actor, what)
        found = findings(linked(renumbered((*EVENTS[:after], added, *EVENTS[after:]))))
        assert any(line.startswith(f"event {after + 1}, ") and said in line for line in found), said


def test_a_second_end_of_a_decision_is_named() -> None:
    closed = EVENTS[number(DecisionClosed) - 1]
    found = findings(linked(renumbered((*EVENTS, closed))))
    assert [line.split(": ", 1)[1] for line in found] == ["decision_open was closed before"]


def test_a_voter_whom_nobody_gave_a_vote_is_named() -> None:
    def stuffed(event: Event) -> Happening:
        match event.what:
            case DecisionOpened(decision_id="decision_open", electors=electors) as what:
                more = (*electors, Elector(user_id="user_guest", weight=1), electors[0])
                heavier = (Elector(user_id="user_ann", weight=5), *more[1:])
                return what.model_copy(update={"electors": heavier})
            case what:
                return what

    found = forged(stuffed)
    assert any("user_guest may vote on decision_open and has no vote" in line for line in found)
    assert any("the vote of user_ann weighs 5, not 1" in line for line in found)
    assert any("user_ann is among the voters twice" in line for line in found)


def test_a_rule_that_was_changed_afterwards_shows_in_the_result() -> None:
    def harder(event: Event) -> Happening:
        match event.what:
            case DecisionOpened(decision_id="decision_open") as what:
                rule = {"threshold": Threshold.UNANIMOUS, "base": Base.MEMBERSHIP}
                return what.model_copy(update=rule)
            case what:
                return what

    assert any("it says Carried, and counted anew it is Lost" in line for line in forged(harder))


def test_sealed_ballots_are_as_many_as_those_who_voted_and_none_outlive_the_vote() -> None:
    checked = verify(
        MEETING, LINKS, ballots={"decision_unsettled": 2, "decision_secret": 1, "d": 1}
    )
    assert [str(finding) for finding in checked.findings] == [
        "decision_secret: 1 sealed ballots are kept, and there must be 0",
        "decision_unsettled: 2 sealed ballots are kept, and there must be 1",
        "d: 1 sealed ballots are kept of what was never opened",
    ]


def test_an_event_of_another_meeting_is_not_taken_for_one_of_this() -> None:
    assert any(
        line.startswith("event 1, ") and "the file of another meeting, meeting_1" in line
        for line in (str(f) for f in verify("meeting_2", linked(EVENTS, "meeting_2")).findings)
    )


def test_a_chain_that_begins_with_something_else_is_named() -> None:
    first = forge(BEGINNING, MEETING, replace(EVENTS[1], sequence=1))
    assert findings((first,)) == (
        "event 1, 2027-01-15 12:00:00 UTC, member.joined: it comes before the meeting was convened",
    )
