"""A meeting's file: the contract's example, and every mistake with its line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.meeting.charter import AgendaEntry, Charter, Member, PreparedDecision
from boardroom_tui.meeting.charter_file import parse
from boardroom_tui.protocol.fields import Base, Method, Role, Threshold
from boardroom_tui.toml_tables import Mistake

EXAMPLE = (Path(__file__).parent / "board.toml").read_text(encoding="utf-8")

SMALLEST = """\
[meeting]
id = "meeting_1"
title = "Board"

[[member]]
id = "user_1"
name = "Ann"
role = "facilitator"
"""

COUNT = "expected a whole number from 1 to 1,000,000"
TITLE = "expected text of 1 to 300 characters"
ROLE = 'expected "observer", "participant" or "facilitator"'
IDENTIFIER = "expected 1 to 128 ASCII characters without blanks"
TABLES = "expected one of meeting, member, agenda, decision"


def charter(text: str) -> Charter:
    parsed = parse(text, "board.toml")
    assert isinstance(parsed, Charter), [str(mistake) for mistake in parsed]
    return parsed


def mistakes(text: str) -> list[str]:
    parsed = parse(text, "board.toml")
    assert not isinstance(parsed, Charter)
    return [str(mistake) for mistake in parsed]


def mistake(text: str) -> str:
    [only] = mistakes(text)
    return only


def test_the_contracts_example_is_read_as_it_says() -> None:
    assert charter(EXAMPLE) == Charter(
        id="meeting_123",
        title="Q3 board meeting",
        quorum=3,
        auto_close=True,
        members=(
            Member(id="user_456", name="John Doe", role=Role.FACILITATOR, weight=1, has_vote=True),
        ),
        agenda=(AgendaEntry(id="item_3", title="Budget review", minutes=15),),
        decisions=(
            PreparedDecision(
                id="decision_123",
                item_id="item_3",
                title="Approve the 2027 budget",
                text="That the budget as circulated be approved.",
                threshold=Threshold.MAJORITY,
                base=Base.CAST,
                quorum=3,
                secret=False,
                auto_close=True,
                status="prepared",
                deadline=datetime(2027, 1, 15, 12, tzinfo=UTC),
            ),
        ),
    )


def test_whose_meeting_it_is_may_be_said() -> None:
    body = 'body = "Board of the Cooperative"'
    assert charter(SMALLEST).body is None
    assert charter(SMALLEST.replace("[meeting]", f"[meeting]\n{body}")).body == body[8:-1]
    assert mistake(SMALLEST.replace("[meeting]", '[meeting]\nbody = " "')) == (
        f'board.toml:2: body: {TITLE}, not " "'
    )


def test_what_is_left_out_takes_the_contracts_defaults() -> None:
    read = charter(SMALLEST + '[[decision]]\nid = "1"\ntitle = "Yes?"\n')
    assert (read.quorum, read.auto_close, read.agenda) == (1, True, ())
    [decision] = read.decisions
    assert (decision.threshold, decision.base, decision.quorum) == ("majority", "cast", 1)
    assert (decision.secret, decision.auto_close, decision.status) == (False, True, "prepared")
    assert (decision.text, decision.item_id, decision.deadline) == ("", None, None)


def test_a_decision_completes_by_itself_as_the_meeting_says_unless_it_says_itself() -> None:
    motions = '[[decision]]\nid = "1"\ntitle = "a"\n[[decision]]\nid = "2"\ntitle = "b"\n'
    text = SMALLEST.replace("[[member]]", "auto_close = false\n[[member]]") + motions
    read = charter(text + "auto_close = true\n")
    assert [decision.auto_close for decision in read.decisions] == [False, True]


@pytest.mark.parametrize(
    ("lines", "has_vote"),
    [
        ('role = "facilitator"', True),
        ('role = "facilitator"\nvote = false', False),
        ('role = "participant"', True),
        ('role = "participant"\nvote = true', True),
        ('role = "observer"', False),
        ('role = "observer"\nvote = false', False),
    ],
)
def test_who_has_a_vote(lines: str, has_vote: bool) -> None:
    read = charter(SMALLEST + f'[[member]]\nid = "2"\nname = "Bob"\n{lines}\n')
    assert read.members[1].has_vote is has_vote


@pytest.mark.parametrize(
    ("written", "deadline"),
    [
        ('"+90s"', timedelta(seconds=90)),
        ('"+10m"', timedelta(minutes=10)),
        ('"+2h"', timedelta(hours=2)),
        ('"2027-01-15T12:00:00Z"', datetime(2027, 1, 15, 12, tzinfo=UTC)),
        ('"2027-01-15t12:00:00.5z"', datetime(2027, 1, 15, 12, 0, 0, 500_000, tzinfo=UTC)),
        ("2027-01-15T13:00:00+01:00", datetime(2027, 1, 15, 12, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_a_time_or_so_long_after_the_opening(
    written: str, deadline: datetime | timedelta
) -> None:
    read = charter(SMALLEST + f'[[decision]]\nid = "1"\ntitle = "a"\ndeadline = {written}\n')
    assert read.decisions[0].deadline == deadline


@pytest.mark.parametrize(
    "written",
    [
        '"10m"',
        '"+0m"',
        '"+9000h"',
        '"+1d"',
        '"+1.5h"',
        '"soon"',
        '"2027-01-15"',
        '"2027-01-15T12:00:00"',
        '"2027-13-15T12:00:00Z"',
        '"2027-01-15T12:00:00+01:00"',
        "2027-01-15T12:00:00",
        "2027-01-15",
        "600",
    ],
)
def test_any_other_deadline_is_a_mistake(written: str) -> None:
    text = SMALLEST + f'[[decision]]\nid = "1"\ntitle = "a"\ndeadline = {written}\n'
    assert mistake(text).startswith(
        'board.toml:12: deadline: expected a time like "2027-01-15T12:00:00Z", or "+90s", "+10m" '
        'or "+2h" after the opening, not '
    )


@pytest.mark.parametrize(
    ("change", "to", "expected"),
    [
        (
            'title = "Board"',
            'titel = "Board"',
            '3: [meeting] has no key "titel"; did you mean "title"?',
        ),
        ('"Board"', '"Board"\nquorum = 0', f"4: quorum: {COUNT}, not 0"),
        (
            '"Board"',
            '"Board"\nspeaking_minutes = 0',
            "4: speaking_minutes: expected a whole number from 1 to 10,000, not 0",
        ),
        ('"Board"', '"Board"\nproxies = 1', "4: proxies: expected true or false, not 1"),
        ('"Board"', '"Board"\ncasting_vote = 1', "4: casting_vote: expected true or false, not 1"),
        ('"Board"', '"Board"\nquorum = 1.0', f"4: quorum: {COUNT}, not 1.0"),
        ('"Board"', '"Board"\nquorum = true', f"4: quorum: {COUNT}, not true"),
        ('"Board"', '"Board"\nauto_close = 1', "4: auto_close: expected true or false, not 1"),
        ('"Board"', '"  "', f'3: title: {TITLE}, not "  "'),
        ('"Board"', f'"{"x" * 301}"', f"3: title: {TITLE}, not text of 301 characters"),
        ('"Board"', "[]", f"3: title: {TITLE}, not an array"),
        ('"Board"', "{}", f"3: title: {TITLE}, not a table"),
        ('"Board"', "2027-01-15", f"3: title: {TITLE}, not 2027-01-15"),
        ('"meeting_1"', '"meeting 1"', f'2: id: {IDENTIFIER}, not "meeting 1"'),
        ('"facilitator"', '"chair"', f'8: role: {ROLE}, not "chair"'),
        ('role = "facilitator"', "", f"5: [[member]] lacks role: {ROLE}"),
        (
            '"facilitator"',
            '"observer"\nvote = true',
            "9: vote: expected false, for observers have no vote",
        ),
        ('"user_1"', '"server"', "6: id: expected another, for this one stands for the server"),
        ('"Ann"', '"Ann"\nweight = 0', f"8: weight: {COUNT}, not 0"),
        ("[[member]]", "[member]", "5: expected [[member]], in double brackets"),
        ("[meeting]", "[[meeting]]", "1: expected one [meeting], in single brackets"),
        ("[[member]]", "[[members]]", '5: "members" is not known here; did you mean "member"?'),
        ("[meeting]", "x = 1\n[meeting]", f'1: "x" is not known here; {TABLES}'),
    ],
)
def test_a_mistake_tells_its_line_and_what_was_expected(
    change: str, to: str, expected: str
) -> None:
    assert f"board.toml:{expected}" in mistakes(SMALLEST.replace(change, to, 1))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[meeting\nid = "x"', 1),
        (SMALLEST + "x =", 9),
        (SMALLEST + 'text = """\n\n', 10),
        (SMALLEST + 'title = "a"\ntitle = "b"\n', 10),
        ("x = " + "[" * 5000, 1),
    ],
)
def test_what_is_no_toml_tells_where(text: str, line: int) -> None:
    """The words are the library's, and differ between its versions."""
    told = mistake(text)
    assert told.startswith(f"board.toml:{line}: expected TOML")
    assert "(at " not in told


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('text = "Begun', "a text ends with its quote on the same line"),
        ("text = Bare words", 'a value; text stands in quotes, "like this"'),
        ("minutes = 15 min", "nothing more behind the value; a comment begins with #"),
    ],
)
def test_a_text_without_its_quotes_is_told_as_one_mends_it(line: str, words: str) -> None:
    assert mistake(f"{SMALLEST}{line}\n") == f"board.toml:9: expected TOML: {words}"


def test_an_empty_file_lacks_a_meeting_and_members() -> None:
    assert mistakes("") == [
        "board.toml:1: expected at least one [[member]]",
        "board.toml:1: expected a [meeting]",
    ]


def member(name: str, more: str = "") -> str:
    return f'[[member]]\nid = "{name}"\nname = "B"\nrole = "participant"\n{more}\n'


def decision(name: str, more: str = "") -> str:
    return f'[[decision]]\nid = "{name}"\ntitle = "T"\n{more}\n'


def item(name: str) -> str:
    return f'[[agenda]]\nid = "{name}"\ntitle = "T"\n'


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            member("1"),
            '10: id: "1" names the same [[member]] as "user_1" in line 6; '
            "expected an id of its own",
        ),
        (
            decision("decision_5") + decision("5"),
            '14: id: "5" names the same [[decision]] as "decision_5" in line 10; '
            "expected an id of its own",
        ),
        (
            item("item_5") + item("item_5"),
            '13: id: "item_5" names the same [[agenda]] as "item_5" in line 10; '
            "expected an id of its own",
        ),
        (
            item("item_1") + decision("1", 'item = "item1"'),
            '15: item: no [[agenda]] item has the id "item1"; did you mean "item_1"?',
        ),
        (
            decision("1", 'item = "item_1"'),
            '12: item: no [[agenda]] item has the id "item_1"; there is none',
        ),
        (
            member("2", "weight = 2") + decision("1", "secret = true"),
            "17: secret: expected false, for members with a vote have unequal weights, "
            "which could betray a vote",
        ),
    ],
)
def test_what_does_not_fit_together_is_a_mistake(more: str, expected: str) -> None:
    assert mistake(SMALLEST + more) == f"board.toml:{expected}"


def test_two_items_may_differ_by_a_prefix_only() -> None:
    assert len(charter(SMALLEST + item("5") + item("item_5")).agenda) == 2


def test_a_secret_ballot_asks_only_voters_for_equal_weights() -> None:
    observer = member("2", "weight = 2").replace("participant", "observer")
    assert charter(SMALLEST + observer + decision("1", "secret = true"))


def test_where_nobody_has_a_vote_there_is_nothing_to_decide() -> None:
    text = SMALLEST + "vote = false\n" + decision("1")
    assert mistake(text) == "board.toml:10: [[decision]]: expected a member with a vote"


def test_all_mistakes_are_told_at_once_by_line() -> None:
    text = SMALLEST.replace('"Board"', "5") + member("1") + decision("x y", 'item = "no"\nquorun=3')
    parsed = parse(text, "board.toml")
    assert not isinstance(parsed, Charter)
    assert [mistake.line for mistake in parsed] == [3, 10, 15, 17, 18]


def test_two_ids_that_are_missing_are_not_the_same_id() -> None:
    text = SMALLEST.replace('id = "user_1"\n', "") + member("2").replace('id = "2"\n', "")
    lacking = "[[member]] lacks id: expected 1 to 128 ASCII characters without blanks"
    assert mistakes(text) == [f"board.toml:5: {lacking}", f"board.toml:8: {lacking}"]


def test_a_mistake_is_shown_as_compilers_show_theirs() -> None:
    assert str(Mistake("a/board.toml", 3, "title: expected text")) == (
        "a/board.toml:3: title: expected text"
    )


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert charter("\ufeff" + EXAMPLE.replace("\n", "\r\n")) == charter(EXAMPLE)
    broken = "\ufeff" + EXAMPLE.replace("15", '"15"', 1).replace("\n", "\r\n")
    line = EXAMPLE[: EXAMPLE.index("minutes")].count("\n") + 1
    assert mistake(broken).startswith(f"board.toml:{line}: minutes: expected")


@given(st.data())
def test_a_file_with_a_piece_missing_is_read_or_explained(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(EXAMPLE)))
    end = data.draw(st.integers(start, len(EXAMPLE)))
    text = EXAMPLE[:start] + data.draw(st.text(max_size=8)) + EXAMPLE[end:]
    parsed = parse(text, "board.toml")
    if not isinstance(parsed, Charter):
        assert parsed
        lines = [each.line for each in parsed]
        assert lines == sorted(lines)
        assert 1 <= lines[0] <= lines[-1] <= max(1, len(text.split("\n")))


def test_how_a_decision_is_taken_and_what_the_meeting_grants_are_read() -> None:
    text = SMALLEST.replace("[[member]]", "proxies = true\ncasting_vote = true\n[[member]]")
    asked = '[[decision]]\nid = "d"\ntitle = "T"\nmethod = "consent"\n'
    read = charter(text + asked)
    assert (read.proxies, read.casting_vote) == (True, True)
    assert [one.method for one in read.decisions] == [Method.CONSENT]


def test_what_is_taken_by_name_cannot_be_secret_in_a_file() -> None:
    asked = '[[decision]]\nid = "d"\ntitle = "T"\nmethod = "roll_call"\nsecret = true\n'
    [mistake] = mistakes(SMALLEST + asked)
    assert 'method = "roll_call" tells who voted how' in mistake
