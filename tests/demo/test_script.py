"""The demo's script is whole: all that it names exists, and its counts are right."""

import pytest

from boardroom_tui.demo.beats import (
    Arrives,
    Beat,
    Cast,
    Does,
    Drops,
    IsBack,
    Moves,
    Question,
    Say,
    StepsAway,
    VotingBeat,
)
from boardroom_tui.demo.cast import BY_KEY, CHAIR, LATE, PLAYERS, SEATS, SECRETARY
from boardroom_tui.demo.script import CHAIR_SAYS, EXPECTED, OPENING, SCENES, VOTES
from boardroom_tui.demo.stage import charter
from boardroom_tui.demo.wishes import ADJOURNMENT, MOTION, ORDER, farewell, reminder
from boardroom_tui.meeting.counting import Rule, Turnout, count
from boardroom_tui.protocol.fields import Base, Result, Role, Threshold, Vote
from boardroom_tui.protocol.messages.decision import FinalVotes
from boardroom_tui.ui.command import CommandId
from boardroom_tui.ui.commands import Commands

CHARTER = charter()
MEMBERS = {member.id: member for member in CHARTER.members}
DECISIONS = {decision.id: decision for decision in CHARTER.decisions}
TALK: list[Beat] = [*OPENING, *(beat for scene in SCENES.values() for beat in scene)]
BALLOTS: list[VotingBeat] = [beat for beats in VOTES.values() for beat in beats]


def last_votes(decision_id: str) -> dict[str, Vote]:
    """How everybody who is there votes in the end, by key."""
    scenes = list(SCENES.values())
    scene = next(s for s in scenes if Question(decision_id) in s)
    earlier = scenes[: scenes.index(scene) + 1]
    late_is_here = any(Arrives(LATE) in s for s in earlier)
    casts = [beat for beat in VOTES[decision_id] if isinstance(beat, Cast)]
    return {cast.who: cast.vote for cast in casts if cast.who != LATE or late_is_here}


def test_everybody_in_the_meeting_file_is_a_player_and_the_other_way_round() -> None:
    assert {player.user_id for player in PLAYERS} == set(MEMBERS)
    assert len(PLAYERS) == len(BY_KEY)


def test_each_seat_is_a_member_s_of_that_role() -> None:
    assert {role: MEMBERS[f"user_{key}"].role for role, key in SEATS.items()} == {
        role: role for role in Role
    }
    assert SEATS[Role.FACILITATOR] == CHAIR
    assert SECRETARY not in SEATS.values()


def test_everybody_who_is_named_exists() -> None:
    named = {beat.who for beat in (*TALK, *BALLOTS) if not isinstance(beat, Question)}
    named |= {beat.to for beat in (*TALK, *BALLOTS) if isinstance(beat, Say) and beat.to}
    assert named <= set(BY_KEY)


def test_everybody_but_the_chair_has_something_to_say() -> None:
    assert {beat.who for beat in TALK if isinstance(beat, Say)} == set(BY_KEY) - {CHAIR}


def test_every_item_has_a_scene_and_every_decision_its_place_its_votes_and_its_result() -> None:
    assert list(SCENES) == [item.id for item in CHARTER.agenda]
    questions = {
        beat.decision_id: item
        for item, scene in SCENES.items()
        for beat in scene
        if isinstance(beat, Question)
    }
    assert questions == {decision.id: decision.item_id for decision in CHARTER.decisions}
    moved = {beat.title for beat in TALK if isinstance(beat, Moves)}
    assert moved
    assert set(VOTES) == {*DECISIONS, *moved} == set(EXPECTED)
    assert set(CHAIR_SAYS) == {*SCENES, *DECISIONS, ORDER, MOTION, ADJOURNMENT}


@pytest.mark.parametrize("decision_id", VOTES)
def test_exactly_those_with_a_vote_cast_one(decision_id: str) -> None:
    voters = {member.id for member in CHARTER.members if member.has_vote}
    casts = {f"user_{beat.who}" for beat in VOTES[decision_id] if isinstance(beat, Cast)}
    assert casts == voters


@pytest.mark.parametrize("decision_id", DECISIONS)
def test_each_result_is_what_counting_the_script_s_votes_gives(decision_id: str) -> None:
    decision = DECISIONS[decision_id]
    votes = list(last_votes(decision_id).values())
    sums = FinalVotes(
        approve=votes.count(Vote.APPROVE),
        reject=votes.count(Vote.REJECT),
        abstain=votes.count(Vote.ABSTAIN),
    )
    members = sum(1 for member in CHARTER.members if member.has_vote)
    rule = Rule(decision.threshold, decision.base, decision.quorum, CHARTER.quorum)
    turnout = Turnout(len(votes), len(votes), len(votes), members)
    assert count(rule, sums, turnout).result is EXPECTED[decision_id]


def test_the_rules_differ_and_one_ballot_is_secret() -> None:
    rules = {(decision.threshold, decision.base) for decision in CHARTER.decisions}
    assert rules >= {
        (Threshold.MAJORITY, Base.CAST),
        (Threshold.TWO_THIRDS, Base.PRESENT),
        (Threshold.MAJORITY, Base.MEMBERSHIP),
        (Threshold.UNANIMOUS, Base.MEMBERSHIP),
    }
    assert [decision.id for decision in CHARTER.decisions if decision.secret] == [
        "decision_vice_chair"
    ]
    assert Result.REJECTED in EXPECTED.values()


def test_nobody_comments_on_a_secret_ballot() -> None:
    assert all(
        beat.comment is None for beat in VOTES["decision_vice_chair"] if isinstance(beat, Cast)
    )


def test_somebody_is_late_somebody_drops_out_somebody_steps_away_and_comes_back() -> None:
    assert [beat.who for beat in TALK if isinstance(beat, Arrives)] == [LATE]
    assert any(isinstance(beat, Drops) for beat in TALK)
    away = [beat.who for beat in TALK if isinstance(beat, StepsAway)]
    assert away
    assert away == [beat.who for beat in TALK if isinstance(beat, IsBack)]


def test_what_somebody_does_is_about_something_and_comes_to_an_end() -> None:
    for item_id, scene in SCENES.items():
        doing: set[str] = set()
        for beat in scene:
            if not isinstance(beat, Does):
                continue
            (doing.discard if beat.activity is None else doing.add)(beat.who)
            assert beat.target is None or beat.target in {item_id, *DECISIONS}
        assert doing == set()


def test_somebody_changes_their_vote_and_it_decides_the_matter() -> None:
    casts = [beat for beat in VOTES["decision_lift"] if isinstance(beat, Cast)]
    amal = [cast.vote for cast in casts if cast.who == "amal"]
    assert amal == [Vote.REJECT, Vote.APPROVE]
    for_it = list(last_votes("decision_lift").values()).count(Vote.APPROVE)
    present = len(last_votes("decision_lift"))
    assert 3 * for_it >= 2 * present > 3 * (for_it - 1)


def test_nobody_answers_somebody_who_has_not_spoken() -> None:
    spoken: set[str] = set()
    for scene in (OPENING, *SCENES.values()):
        for beat in scene:
            beats = VOTES[beat.decision_id] if isinstance(beat, Question) else (beat,)
            for said in beats:
                if isinstance(said, Say):
                    assert said.to is None or said.to in spoken, said.text
                    spoken.add(said.who)


def test_lines_are_short_enough_to_follow() -> None:
    assert all(len(beat.text) <= 90 for beat in (*TALK, *BALLOTS) if isinstance(beat, Say))


def test_what_the_secretary_says_names_the_keys_that_the_person_has() -> None:
    own = Commands({CommandId.LEAVE: ("f12",), CommandId.REJECT: ()})
    assert "F12 or /leave leaves it" in farewell(own)
    assert "F5 to approve, /reject to reject" in reminder("Robin", own)
