"""What the screen asks of a meeting."""

from dataclasses import replace
from datetime import timedelta

import pytest

from boardroom_tui.protocol.catalogue import EXTENSIONS
from boardroom_tui.protocol.fields import DecisionStatus, ItemStatus, Result, Role, Status
from boardroom_tui.protocol.messages.meeting import RosterEntry
from boardroom_tui.state import select
from boardroom_tui.state.lookalikes import lookalikes, skeleton
from boardroom_tui.state.model import Meeting, Person
from boardroom_tui.state.reduce import reduce
from tests.state.said import START, after, agenda, at, changed, joined, left, ready
from tests.ui import board


def whole(**rest: object) -> Meeting:
    """The board's meeting, changed in these ways."""
    state = board.state(**rest)  # pyright: ignore[reportArgumentType]
    return reduce(reduce(Meeting(board.MEETING), board.ready(), START), state, START)


def names(people: tuple[Person, ...]) -> list[str]:
    return [person.name for person in people]


def test_the_roster_groups_members_by_where_they_are_the_facilitator_first() -> None:
    roster = select.roster(whole())
    assert names(roster.present)[0] == "Margaret Oyelaran"
    assert names(roster.present)[-1] == "Samuel Adeyemi"
    assert "Tomás Herrera" in names(roster.present)
    assert names(roster.away) == ["Amara Diallo"]
    assert names(roster.absent) == ["Kenji Watanabe", "Olivia Marsh"]


def test_only_present_members_with_a_vote_make_a_quorum() -> None:
    quorum = select.quorum(whole(quorum=9))
    assert quorum is not None
    assert (quorum.have, quorum.need, quorum.met) == (9, 9, True)
    one_left = after(
        left("user_2", "Daniel Brandt"), meeting=replace(whole(quorum=9), meeting_id="meeting_123")
    )
    short = select.quorum(one_left)
    assert short is not None
    assert (short.have, short.met) == (8, False)


def test_a_member_who_lowered_their_role_to_observer_makes_no_quorum() -> None:
    meeting = replace(whole(), meeting_id="meeting_123")
    lowered = after(joined("user_2", "Daniel Brandt", Role.OBSERVER), meeting=meeting)
    quorum = select.quorum(lowered)
    assert quorum is not None
    assert quorum.have == 8


def test_a_server_of_the_reference_tells_of_no_quorum() -> None:
    assert select.quorum(after(ready(), joined("user_1", "John Doe"))) is None


def test_the_vote_opened_last_is_in_view_else_the_one_that_ended_last() -> None:
    earlier = board.BUDGET_OPEN.model_copy(
        update={"decision_id": "decision_9", "opened_at": START - timedelta(days=400)}
    )
    view = select.decision_in_view(whole(decisions=(board.BUDGET_OPEN, earlier, board.MINUTES)))
    assert view is not None
    assert view.decision_id == "decision_2"
    ended = select.decision_in_view(whole())
    assert ended is not None
    assert ended.decision_id == "decision_1"
    assert select.decision_in_view(whole(decisions=())) is None


def test_prepared_decisions_are_those_that_can_be_opened() -> None:
    prepared = select.prepared_decisions(whole())
    assert [view.decision_id for view in prepared] == ["decision_2", "decision_3"]
    withdrawn = board.decision(
        "decision_4",
        "The merger",
        outcome=board.outcome("decision_4", Result.WITHDRAWN, (0, 0, 0), START),
        status=DecisionStatus.WITHDRAWN,
    )
    assert select.prepared_decisions(whole(decisions=(withdrawn,))) == ()


def test_who_has_not_voted_is_here_or_not() -> None:
    told = board.BUDGET_OPEN.model_copy(update={"not_voted": ("user_2", "user_11", "user_3")})
    meeting = whole(decisions=(told, board.LISBON))
    here, absent = select.not_voted(meeting, meeting.decisions["decision_2"])
    assert here == ("Daniel Brandt", "Priya Natarajan")
    assert absent == ("Olivia Marsh",)
    assert select.not_voted(meeting, meeting.decisions["decision_3"]) == ((), ())


def test_the_agenda_goes_on_to_the_next_item_that_is_still_to_come() -> None:
    meeting = whole()
    following, before = select.next_item(meeting), select.previous_item(meeting)
    assert following is not None
    assert before is not None
    assert (following.id, before.id) == ("item_4", "item_2")


def test_after_the_last_item_come_those_that_were_passed_over() -> None:
    items = tuple(
        item.model_copy(update={"status": status})
        for item, status in zip(
            board.AGENDA[:3],
            (ItemStatus.PENDING, ItemStatus.COMPLETED, ItemStatus.IN_PROGRESS),
            strict=True,
        )
    )
    following = select.next_item(whole(agenda=items))
    assert following is not None
    assert following.id == "item_1"


def test_with_nothing_in_progress_one_goes_back_to_what_was_completed_last() -> None:
    before = select.previous_item(whole(agenda=board.AGENDA[:2]))
    assert before is not None
    assert before.id == "item_2"
    assert select.previous_item(whole(agenda=board.AGENDA[3:])) is None


def test_a_place_on_the_agenda_is_told_only_where_it_is_known() -> None:
    meeting = after(
        agenda("item_1", ItemStatus.COMPLETED, 1),
        agenda("item_3", ItemStatus.IN_PROGRESS, 3, minutes=1),
    )
    first, third = meeting.agenda
    assert select.place_of(meeting, first) is None
    assert select.place_of(meeting, third) == 3
    assert [select.place_of(whole(), item) for item in whole().agenda] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("role", "vote", "facilitate"),
    [
        (Role.OBSERVER, False, False),
        (Role.PARTICIPANT, True, False),
        (Role.FACILITATOR, True, True),
    ],
)
def test_a_role_gives_its_powers(role: Role, vote: bool, facilitate: bool) -> None:
    roster = (board.person(1, "Margaret Oyelaran", role=role),)
    meeting = reduce(Meeting(board.MEETING), board.ready(role=role), START)
    meeting = reduce(meeting, board.state(roster=roster), START)
    assert (select.may_vote(meeting), select.may_facilitate(meeting)) == (vote, facilitate)
    assert select.may_write(meeting)


def test_a_facilitator_without_a_vote_has_none() -> None:
    roster: tuple[RosterEntry, ...] = (
        board.person(1, "Margaret Oyelaran", role=Role.FACILITATOR, has_vote=False),
    )
    meeting = whole(roster=roster)
    assert not select.may_vote(meeting)
    assert select.may_facilitate(meeting)


def test_a_server_of_the_reference_decides_itself_who_votes() -> None:
    assert select.may_vote(after(ready("read", "write")))
    assert not select.may_vote(after(ready("read", "write", extensions=EXTENSIONS)))


def test_elapsed_time_is_never_negative() -> None:
    assert select.elapsed(at(5), at(3)) == timedelta()
    assert select.elapsed(at(3), at(5)) == timedelta(minutes=2)
    assert select.elapsed(None, at(5)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Keller", "ANNA  KELLER"),
        ("Anna Keller", "Аnna Kеller"),
        ("Anna Keller", "Änna Keller"),
        ("Bill Moss", "BiII Moss"),
        ("Tom O'Hara", "Tom 0’Hara"),
        ("Warner", "Wamer"),
        ("Ｐaul", "Paul"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(one: str, other: str) -> None:
    assert one != other
    assert skeleton(one) == skeleton(other)


def test_names_that_differ_to_the_eye_do_not() -> None:
    assert lookalikes(["Anna Keller", "Anne Keller", "王小明", "王小红"]) == frozenset()


def test_where_two_names_look_alike_both_show_their_users_id() -> None:
    meeting = after(joined("user_2", "Anna Keller"), joined("user_3", "Аnna Keller"))
    assert select.shown_name(meeting, "user_2") == "Anna Keller (user_2)"
    assert select.shown_name(meeting, "3") == "Аnna Keller (user_3)"
    renamed = after(joined("user_3", "Boris"), meeting=meeting)
    assert select.shown_name(renamed, "user_2") == "Anna Keller"


def test_somebody_unknown_is_shown_by_what_is_known() -> None:
    meeting = after(ready(), changed("user_2", Status.ONLINE))
    assert select.shown_name(meeting, "user_2") == "user_2"
    assert select.shown_name(meeting, "user_3", "Ana") == "Ana"
