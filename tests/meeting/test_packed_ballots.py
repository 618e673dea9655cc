"""The ballots of a decision that has ended: each as it was, in a few bytes."""

import gc
import tracemalloc
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.meeting.packed_ballots import BYTES_EACH, PackedBallots
from boardroom_tui.meeting.state import Ballot
from boardroom_tui.protocol.fields import Vote
from tests.meeting.room import NOON, YES, Room, ballot, charter, opening, voter

RESULT_BYTES = 6_000
"""For the wording and the result of a decision."""

VOTERS = tuple(f"user_{number}" for number in range(6))

BALLOTS = st.dictionaries(
    st.sampled_from(VOTERS),
    st.builds(
        Ballot,
        vote_id=st.one_of(
            st.binary(min_size=10, max_size=10).map(lambda random: f"vote_{random.hex()}"),
            st.sampled_from(("vote_", "vote_12", "vote_ab cd", "ballot", f"vote_{'A' * 20}")),
        ),
        vote=st.sampled_from((None, *Vote)),
        comment=st.sampled_from((None, "", "Because.")),
        at=st.integers(0, 10**15).map(lambda past: NOON - timedelta(microseconds=past)),
        cast_by=st.sampled_from((None, "user_0")),
    ),
)


@given(BALLOTS, BALLOTS, st.lists(st.sampled_from(VOTERS)))
def test_packed_ballots_are_what_they_were(
    first: dict[str, Ballot], second: dict[str, Ballot], voters: list[str]
) -> None:
    packed = PackedBallots(first, voters)
    again = PackedBallots(second, packed.places)
    for before, after in ((first, packed), (second, again)):
        assert after == before
        assert len(after) == len(before)
        assert {voter: after.get(voter) for voter in (*VOTERS, "user_new")} == {
            voter: before.get(voter) for voter in (*VOTERS, "user_new")
        }


def test_what_a_decision_leaves_in_memory_is_its_result_and_a_few_bytes_a_vote() -> None:
    names = [f"member_{number}" for number in range(100)]
    room = Room(charter(map(voter, names)))

    def decide(number: int) -> None:
        opened = opening(None, title=f"Motion {number}", auto_close=True)
        room.do(replace(opened, new_id=f"decision_{number}0"))
        for place, name in enumerate(names):
            room.do(ballot(name, YES, f"decision_{number}0", f"vote_{number:010x}{place:010x}"))
        assert room.decision(f"decision_{number}0").closed is not None
        room.events.clear()

    decide(0)
    tracemalloc.start()
    before = _traced()
    for number in range(1, 6):
        decide(number)
    grown = (_traced() - before) / 5
    tracemalloc.stop()
    assert grown < RESULT_BYTES + len(names) * (BYTES_EACH + 1)


def _traced() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
