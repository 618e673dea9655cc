"""What the members make of what a person says."""

import pytest

from boardroom_tui.demo.cast import BY_KEY, PLAYERS
from boardroom_tui.demo.reactions import answer_to, improvised_votes
from boardroom_tui.protocol.fields import Vote


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Walter, how is the reserve", "walter"),
        ("what do you think @Kofi", "kofi"),
        ("ines: did you get that", "ines"),
        ("Inês?", "ines"),
        ("What does the lift cost to repair?", "walter"),
        ("When can the lift run again?", "tomasz"),
        ("Is that legal?", "hana"),
        ("And what do the tenants say?", "amal"),
        ("Do we have a quorum?", "ines"),
        ("Anything else?", "ines"),
        ("Good evening, everybody", "odette"),
        ("thank you all", "kofi"),
    ],
)
def test_somebody_named_or_somebody_who_knows_answers(text: str, who: str) -> None:
    answer = answer_to(text, 0)
    assert answer is not None
    assert answer.who == who
    assert answer.text


@pytest.mark.parametrize("text", ["I agree.", "Let us move on", "The robinia is in bloom", "🎉"])
def test_a_plain_remark_gets_no_answer(text: str) -> None:
    assert answer_to(text, 0) is None


def test_the_same_member_does_not_answer_the_same_twice_in_a_row() -> None:
    said = [answer_to("Walter?", nth) for nth in range(len(BY_KEY["walter"].answers))]
    assert len({answer.text for answer in said if answer is not None}) == len(said)


def test_a_motion_of_a_person_s_own_finds_members_for_and_against_it() -> None:
    casts = improvised_votes("decision_new", "Paint the stairs blue")
    assert {cast.who for cast in casts} == {player.key for player in PLAYERS}
    assert {cast.vote for cast in casts} >= {Vote.APPROVE, Vote.REJECT}
    assert casts == improvised_votes("decision_new", "Paint the stairs blue")
    assert casts != improvised_votes("decision_new", "Paint the stairs green")
