"""What the word that one writes may become, and that whoever is named is really called."""

from dataclasses import replace

import pytest

from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.meeting import RosterEntry
from boardroom_tui.protocol.text import clean
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.naming import addressed
from boardroom_tui.state.reduce import reduce
from boardroom_tui.state.select import newest_first
from boardroom_tui.ui.situation import Situation
from boardroom_tui.ui.widgets.chat.lines import Reader
from boardroom_tui.ui.writing.completion import argument_for, mention_of, named, offer
from tests.ui import board
from tests.ui.scripted_link import NOON


def situation(*people: RosterEntry, role: Role = Role.FACILITATOR) -> Situation:
    roster = (board.person(1, "Margaret Oyelaran", role=role), *(people or board.ROSTER[1:]))
    meeting = reduce(Meeting(board.MEETING), board.ready(role=role), NOON)
    return Situation(reduce(meeting, board.state(roster=roster), NOON))


def choices(written: str, at: Situation | None = None) -> list[tuple[str, str]]:
    """What is offered at the end of a text, and what each is."""
    found = offer(written, len(written), at or situation())
    return [] if found is None else [(one.text, one.words) for one in found.choices]


def first(written: str, at: Situation | None = None) -> str | None:
    """The whole text once the first choice is taken."""
    found = offer(written, len(written), at or situation())
    return None if found is None else written[: found.start] + found.choices[0].text


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("@pri", "@Priya "),
        ("so, @tomas", "so, @Tomás "),  # nobody types accents
        ("@fernan", "@Lucía "),  # by a later word of the name
        ("@user_8", "@Henrik "),
        ("@8", "@Henrik "),
        ("@priya nat", "@Priya "),
        ("@Priya ", None),
        ("mail me: ana@pri", None),
        ("@marg", None),  # oneself
        ("/appr", "/approve "),
        ("//appr", None),
        ("well /appr", None),
        ("/dm pri", "/dm Priya "),
        ("/private Priya, tom", "/private Priya, Tomás "),
        ("/complete bud", "/complete 3"),
        ("/complete 4", "/complete 4"),
        ("/theme ", "/theme dark"),
        ("/theme Mi", "/theme mist"),
        ("/approve fine :smi", "/approve fine 😄"),
        (":smile", "😄"),
        ("hm :smile:", "hm 😄"),
        ("at 12:30", None),
        (":a", None),
    ],
)
def test_the_first_choice_is_what_was_meant(written: str, becomes: str | None) -> None:
    assert first(written) == becomes


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("so, tomas", ["@Tomás "]),
        ("(pri", ["@Priya "]),
        ("xyz", []),
        ("pri ", None),
        ("ana@pri", None),
        ("/pri", None),
        ("", None),
    ],
)
def test_a_word_may_begin_a_name_without_the_sign_for_it(
    written: str, called: list[str] | None
) -> None:
    found = named(written, len(written), situation())
    assert (None if found is None else [one.text for one in found.choices]) == called


def test_in_the_middle_of_a_word_nothing_is_offered() -> None:
    assert offer("@priya", 4, situation()) is None
    assert offer("@pri is right", 4, situation()) is not None


def test_who_spoke_last_comes_before_others_and_who_is_absent_last() -> None:
    at = situation()
    names = [words for _, words in choices("@", at)]
    lines = newest_first(at.meeting)
    last = next(one.user_name for one in lines if one.user_id != at.meeting.own_id)
    assert names[0] == last
    assert names[-1].endswith(", absent")


def test_in_private_those_who_read_it_come_first() -> None:
    at = replace(situation(), conversation=("1", "12"))
    assert choices("@", at)[0][1] == "Kenji Watanabe, absent"


def test_a_command_that_cannot_be_given_stands_last_and_says_why() -> None:
    offered = choices("/a", situation(role=Role.PARTICIPANT))
    reasons = [words.startswith("Not now: ") for _, words in offered]
    assert reasons == sorted(reasons)
    assert dict(offered)["/approve "] == "Not now: No vote is open."


HOSTILE = "\x1b]0;x\x07[@click=app.quit]\u202e漢字漢字漢字漢字\u200be\u0301👩\u200d👩\u200d👧[/]"

ROSTERS = (
    ("Ana Silva", "Ana Duarte", "Bo"),
    ("Ana", "Ana Silva", "Silva"),
    ("Ana Silva", "Ana Silva", ""),
    ("C++", "李 雷", "Jean-Luc O’Neil (chair)"),
    (HOSTILE, "Ana\nSilva", "@ana"),
)


@pytest.mark.parametrize("names", ROSTERS)
def test_a_mention_calls_whom_it_means_and_where_it_can_nobody_else(names: tuple[str, ...]) -> None:
    people = [board.person(number, name) for number, name in enumerate(names, start=2)]
    meeting = situation(*people).meeting
    for someone in meeting.people.values():
        mention = mention_of(someone, meeting)
        assert mention == clean(mention)
        called = {
            one.name
            for one in meeting.people.values()
            if (reader := Reader.named(one.user_id, one.name)).mention is not None
            and reader.mention.search(f"{mention} said so")
        }
        assert called <= {someone.name} or mention == f"@{' '.join(someone.name.split())}"
        assert someone.name in called or not someone.name.strip()


@pytest.mark.parametrize("names", ROSTERS)
def test_a_command_finds_the_member_that_was_chosen(names: tuple[str, ...]) -> None:
    people = [board.person(number, name) for number, name in enumerate(names, start=2)]
    meeting = situation(*people).meeting
    for someone in meeting.people.values():
        found = addressed(meeting, argument_for(someone, meeting))
        assert found == (someone, "")
