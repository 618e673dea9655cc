"""What a meeting's file asks that cannot work, each with its line."""

from datetime import UTC, datetime

from boardroom_tui.meeting.charter import Charter
from boardroom_tui.meeting.charter_file import doubtful, parse

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)

SOUND = """\
[meeting]
id = "meeting_1"
title = "Board"
quorum = 3

[[member]]
id = "user_1"
name = "Ada"
role = "facilitator"
[[member]]
id = "user_2"
name = "Bo"
role = "participant"
[[member]]
id = "user_3"
name = "Cy"
role = "participant"
[[member]]
id = "user_4"
name = "Di"
role = "participant"
weight = 1

[[agenda]]
id = "item_1"
title = "Budget"
minutes = 15

[[decision]]
id = "decision_1"
title = "Budget"
quorum = 4
"""


def found(text: str) -> list[str]:
    """What is doubtful in a file without a mistake."""
    charter = parse(text, "b")
    assert isinstance(charter, Charter)
    return [str(doubt) for doubt in doubtful(text, "b", charter, NOW)]


def test_nothing_is_doubtful_where_all_can_work() -> None:
    assert found(SOUND) == []


def test_a_quorum_of_more_members_than_there_are_is_told_with_its_line() -> None:
    assert found(SOUND.replace("quorum = 3", "quorum = 5")) == [
        "b:4: quorum: 5 members with a vote must be present and there are 4, "
        "so no vote can be valid"
    ]
    assert found(SOUND.replace("quorum = 4", "quorum = 5")) == [
        "b:32: quorum: 5 members with a vote must vote and there are 4, "
        "so this vote cannot be valid"
    ]


def test_a_byte_order_mark_moves_no_line() -> None:
    assert found("\ufeff" + SOUND.replace("quorum = 3", "quorum = 5"))[0].startswith("b:4: ")


def test_a_meeting_that_nobody_leads_is_told() -> None:
    assert found(SOUND.replace("facilitator", "participant")) == [
        "b:1: [meeting]: no member is a facilitator, so nobody can lead it or open a vote"
    ]


def test_an_agenda_of_a_whole_day_is_told() -> None:
    assert found(SOUND.replace("minutes = 15", "minutes = 481")) == [
        "b:27: minutes: the agenda is planned for 8 h 1 min altogether"
    ]


def test_a_deadline_that_has_passed_is_told_and_one_to_come_is_not() -> None:
    passed = SOUND + 'deadline = "2026-11-26T15:00:00Z"\n'
    assert found(passed) == [
        "b:33: deadline: this time has passed, so the vote would close as soon as it opens"
    ]
    assert found(passed.replace("15:00:00", "15:00:01")) == []
    assert found(SOUND + 'deadline = "+10m"\n') == []


def test_a_secret_ballot_that_cannot_be_secret_is_told() -> None:
    secret = SOUND + "secret = true\n"
    assert found(secret) == []
    three = secret.replace('"Di"\nrole = "participant"', '"Di"\nrole = "observer"')
    assert "b:33: secret: among 3, the result can tell how each has voted" in found(three)
    assert found(secret + 'threshold = "unanimous"\n') == [
        "b:33: secret: if it carries, everybody knows that nobody voted against"
    ]


def test_a_share_of_the_membership_that_a_quorum_cannot_reach_is_told() -> None:
    two_thirds = SOUND + 'base = "membership"\nthreshold = "two_thirds"\n'
    assert found(two_thirds) == []
    assert found(two_thirds.replace("quorum = 3", "quorum = 2")) == [
        "b:33: base: two-thirds of all members with a vote is 3 of 4 votes: "
        "with no more than the quorum of 2 present it cannot carry"
    ]
    heavy = two_thirds.replace("quorum = 3", "quorum = 2").replace("weight = 1", "weight = 5")
    assert found(heavy) == []
