"""Voting for another, and taking no part."""

from typing import Any

import pytest

from boardroom_tui.meeting.commands import (
    CastVote,
    GiveProxy,
    Recuse,
    Refusal,
    RevokeProxy,
)
from boardroom_tui.meeting.counting import tally
from boardroom_tui.meeting.decide import decide
from boardroom_tui.meeting.events import DecisionClosed, VoteRecorded
from boardroom_tui.meeting.evolve import fold
from boardroom_tui.protocol.fields import Base, Result, Role, Vote
from tests.meeting.room import CHAIR, NO, YES, Room, as_read_back, charter, prepared, voter

WEIGHED = (voter("ann", 3), voter("bob"), voter("cy"))


def give(giver: str, holder: str) -> GiveProxy:
    return GiveProxy(f"user_{giver}", Role.PARTICIPANT, f"user_{holder}")


def for_another(holder: str, giver: str, vote: Vote = YES, vote_id: str = "vote_p") -> CastVote:
    return CastVote(
        f"user_{holder}",
        Role.PARTICIPANT,
        "decision_1",
        vote_id,
        vote,
        on_behalf_of=f"user_{giver}",
    )


def recuse(name: str, **what: str) -> Recuse:
    return Recuse(f"user_{name}", Role.PARTICIPANT, **what)


def with_proxies(**terms: Any) -> Room:
    room = Room(charter(WEIGHED, [prepared(**terms)], proxies=True))
    room.do(give("ann", "bob"))
    room.open()
    return room


def test_a_holder_casts_the_giver_s_vote_with_its_weight() -> None:
    room = with_proxies()
    [recorded] = room.do(for_another("bob", "ann"))
    assert isinstance(recorded, VoteRecorded)
    assert recorded.on_behalf_of == "user_ann"
    assert room.events[-1].actor == "user_bob"
    assert tally(room.decision()).approve == 3
    assert room.decision().ballots["user_ann"].cast_by == "user_bob"


def test_the_giver_s_own_vote_counts_instead_and_stands() -> None:
    room = with_proxies()
    room.do(for_another("bob", "ann", YES))
    room.vote("ann", NO)
    assert (tally(room.decision()).approve, tally(room.decision()).reject) == (0, 3)
    assert room.refused(for_another("bob", "ann", YES)).reason == "in_person"


def test_nobody_votes_for_another_without_their_proxy() -> None:
    room = with_proxies()
    assert room.refused(for_another("cy", "ann")).code == "PERMISSION_DENIED"
    room.do(RevokeProxy("user_ann", Role.PARTICIPANT))
    assert room.refused(for_another("bob", "ann")).reason == "no_proxy"


def test_where_the_file_allows_no_proxies_there_are_none() -> None:
    room = Room()
    room.open()
    assert room.refused(give("ann", "bob")).reason == "no_proxies"
    assert room.refused(for_another("bob", "ann")).reason == "no_proxies"


def test_a_chair_with_no_vote_may_hold_a_proxy_and_an_observer_may_not() -> None:
    room = Room(charter(proxies=True))
    room.do(GiveProxy("user_ann", Role.PARTICIPANT, CHAIR))
    assert room.state.proxies == {"user_ann": CHAIR}
    assert room.refused(GiveProxy("user_bob", Role.PARTICIPANT, "user_guest")).reason == "holder"


def test_a_secret_ballot_by_proxy_is_read_back_as_the_giver_s() -> None:
    voters = [voter(name) for name in ("ann", "bob", "cy", "dee")]
    room = Room(charter(voters, [prepared(secret=True)], proxies=True))
    room.do(give("ann", "bob"))
    room.open()
    room.do(for_another("bob", "ann", NO))
    room.vote("bob", YES)
    assert fold(as_read_back(room.events)) == room.state
    assert (tally(room.decision()).approve, tally(room.decision()).reject) == (1, 1)


def test_who_is_recused_is_no_elector_and_the_last_vote_missing_completes_it() -> None:
    room = Room(charter(decisions=[prepared(base=Base.MEMBERSHIP)]))
    room.open()
    room.vote("ann", YES)
    room.vote("bob", NO)
    _, closed = room.do(recuse("cy", decision_id="decision_1"))
    assert isinstance(closed, DecisionClosed)
    assert (closed.total_weight, closed.arithmetic.whole) == (2, 2)
    assert closed.result is Result.REJECTED
    assert room.decision().recused == ("user_cy",)


def test_who_is_recused_before_it_opens_is_no_elector_of_any_under_the_item() -> None:
    room = Room(charter(decisions=[prepared("1", item_id="item_1"), prepared("2")]))
    room.do(recuse("cy", item_id="item_1"))
    room.open("decision_1")
    room.open("decision_2")
    assert [e.user_id for e in room.decision().electors] == ["user_ann", "user_bob"]
    assert len(room.decision("decision_2").electors) == 3
    assert room.decision().opened.recused == ("user_cy",)


@pytest.mark.parametrize("again", ["voted", "recused"])
def test_nobody_is_recused_after_voting_nor_twice(again: str) -> None:
    room = Room()
    room.open()
    if again == "voted":
        room.vote("ann", YES)
    else:
        room.do(recuse("ann", decision_id="decision_1"))
    assert room.refused(recuse("ann", decision_id="decision_1")).reason == again


def test_who_is_recused_has_no_vote_not_even_by_proxy() -> None:
    room = with_proxies()
    room.do(recuse("ann", decision_id="decision_1"))
    decided = decide(room.state, for_another("bob", "ann"), room.now)
    assert isinstance(decided, Refusal)
    assert decided.reason == "recused"
