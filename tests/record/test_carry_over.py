"""The next meeting's file: what was left is in it, and our own loader reads it."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from boardroom_tui.cli import main
from boardroom_tui.meeting.charter import AgendaEntry, Charter, PreparedDecision
from boardroom_tui.meeting.charter_file import parse
from boardroom_tui.meeting.events import (
    SERVER,
    Convened,
    DecisionOpened,
    Event,
    Happening,
    Joined,
    MotionMade,
    MotionPostponed,
    MotionReferred,
    MotionSeconded,
    PhaseChanged,
    Said,
)
from boardroom_tui.protocol.fields import Base, MeetingPhase, Method, Role, Threshold
from boardroom_tui.record.carry_over import carry_over
from boardroom_tui.record.entry import Entry
from tests.record.documents import HOSTILE, SEEN
from tests.record.examples import MEETING, numbered, open_journal, opened
from tests.record.meeting_example import ADA, CHARTER, EVENTS, GRACE


def next_meeting(events: Sequence[Event]) -> Charter:
    read = parse(carry_over(events), "next.toml")
    assert isinstance(read, Charter), [str(mistake) for mistake in read]
    return read


def held(*happenings: tuple[str, Happening], charter: Charter = CHARTER) -> Sequence[Event]:
    convened = (SERVER, Convened(charter=charter))
    return numbered([convened, (ADA, Joined(role=Role.FACILITATOR)), *happenings])


def keep(folder: Path, events: Sequence[Event]) -> None:
    async def write() -> None:
        async with open_journal(folder) as journal:
            await journal.append(MEETING, 0, [Entry(tuple(events))])

    asyncio.run(write())


def line(text: str, name: str = "m1") -> tuple[str, Happening]:
    return GRACE, Said(message_id=name, text=text)


def test_the_next_meeting_has_the_same_members_and_rules_and_another_id() -> None:
    charter = next_meeting(EVENTS)
    assert charter.members == CHARTER.members
    assert (charter.title, charter.quorum) == (CHARTER.title, CHARTER.quorum)
    assert charter.id == "meeting_123_2"
    again = numbered([(SERVER, Convened(charter=charter))])
    assert next_meeting(again).id == "meeting_123_3"


def test_it_begins_with_the_minutes_and_goes_on_with_what_was_not_done() -> None:
    charter = next_meeting(EVENTS)
    assert [item.title for item in charter.agenda] == [
        "Minutes of 15 January 2027",
        "1. Any other business",
        "Budget review",
    ]
    approval, sign = charter.decisions
    assert (approval.title, approval.item_id) == (
        "Approve the minutes of 15 January 2027",
        charter.agenda[0].id,
    )
    assert (sign.title, sign.text, sign.item_id) == ("A sign", "For the door.", "item_3")


def test_open_actions_are_an_item_that_names_them() -> None:
    events = held(
        line("/action @grace by Monday: Write to the bank."), line("/action Find a room.", "m2")
    )
    assert next_meeting(events).agenda[1].title == (
        "Actions: Grace Hopper by Monday (18 January 2027): Write to the bank.; "
        "nobody yet: Find a room."
    )
    assert "\n# nobody yet: Find a room.\n" in carry_over(events)


def test_a_postponed_motion_is_a_prepared_decision() -> None:
    moved = MotionMade(motion_id="motion_1", title="A bench", text="That\nwe buy one.")
    events = held((GRACE, moved), (ADA, MotionPostponed(motion_id="motion_1")))
    bench = next_meeting(events).decisions[-1]
    assert (bench.title, bench.text) == ("A bench", "That\nwe buy one.")


def test_a_motion_that_was_not_put_and_a_vote_that_is_open_are_prepared_decisions() -> None:
    actor, what = opened("decision_pay")
    assert isinstance(what, DecisionOpened)
    terms = {"threshold": Threshold.TWO_THIRDS, "method": Method.ROLL_CALL, "item_id": "item_3"}
    events = held(
        (GRACE, MotionMade(motion_id="motion_1", title="A bench", text="That we buy one.")),
        (GRACE, MotionMade(motion_id="motion_2", title="A tree", text="That we plant one.")),
        (ADA, MotionSeconded(motion_id="motion_2")),
        (actor, what.model_copy(update=terms)),
    )
    pay, bench, tree = next_meeting(events).decisions[-3:]
    assert (pay.id, pay.title, pay.text) == ("decision_pay_2", what.title, what.text)
    assert (pay.threshold, pay.method) == (Threshold.TWO_THIRDS, Method.ROLL_CALL)
    assert (pay.item_id, pay.auto_close) == ("item_3", what.auto_close)
    assert [(each.title, each.text) for each in (bench, tree)] == [
        ("A bench", "That we buy one."),
        ("A tree", "That we plant one."),
    ]


def test_a_motion_that_was_referred_is_an_item_that_says_to_whom() -> None:
    events = held(
        (GRACE, MotionMade(motion_id="motion_1", title="A bench", text="That we buy one.")),
        (ADA, MotionReferred(motion_id="motion_1", to="the garden committee")),
    )
    charter = next_meeting(events)
    assert charter.agenda[1].title == "Referred to the garden committee: A bench"
    assert "A bench" not in [each.title for each in charter.decisions]


def test_what_was_prepared_keeps_its_rule_and_no_time_that_has_gone_by() -> None:
    prepared = PreparedDecision(
        id="d",
        title="Elect",
        text="",
        threshold=Threshold.TWO_THIRDS,
        base=Base.PRESENT,
        quorum=2,
        auto_close=False,
        deadline=timedelta(minutes=10),
    )
    other = prepared.model_copy(update={"id": "d_1"})
    charter = CHARTER.model_copy(update={"decisions": (prepared, other)})
    first, second = next_meeting(held(charter=charter)).decisions[1:]
    assert first == prepared.model_copy(update={"id": "d_2"})
    assert second.id == "d_3"


def test_what_was_said_in_executive_session_is_not_for_everybodys_file() -> None:
    executive = (ADA, PhaseChanged(phase=MeetingPhase.EXECUTIVE))
    assert "salary" not in carry_over(held(executive, line("/action Tell the salary.")))


def test_the_command_says_that_the_executive_session_left_something(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    events = held(
        (ADA, PhaseChanged(phase=MeetingPhase.EXECUTIVE)),
        line("/action Tell the salary."),
        (GRACE, MotionMade(motion_id="motion_1", title="A raise", text="")),
    )
    keep(tmp_path, events)
    assert main(["carry-over", "--data", str(tmp_path)]) == 0
    assert capfd.readouterr() == (
        carry_over(events),
        "boardroom carry-over: the executive session left 1 action, 1 motion, not in this file; "
        "boardroom minutes --executive tells them\n",
    )


def test_hostile_words_are_words_in_the_file_too() -> None:
    charter = CHARTER.model_copy(
        update={"title": HOSTILE, "agenda": (AgendaEntry(id="item_1", title=HOSTILE),)}
    )
    read = next_meeting(held(line(f"/action {HOSTILE}"), charter=charter))
    assert read.title == SEEN
    assert read.agenda[2].title == SEEN


def test_the_command_overwrites_nothing_unless_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    keep(tmp_path, EVENTS)
    output = tmp_path / "next.toml"
    told = ["carry-over", "--data", str(tmp_path), "--output", str(output)]
    assert main(told) == 0
    assert output.read_text("utf-8") == carry_over(EVENTS)
    output.write_text("mine", "utf-8")
    assert main(told) == 1
    assert output.read_text("utf-8") == "mine"
    expected = f"boardroom carry-over: {output} is there already; --overwrite replaces it\n"
    assert capfd.readouterr().err == expected
    assert main([*told, "--overwrite"]) == 0
    assert output.read_text("utf-8") == carry_over(EVENTS)
