"""A decision as lines: card and strip, open, secret, ended."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardroom_tui.protocol.fields import Base, Guard, Method, Result, Role, Vote
from boardroom_tui.protocol.messages.decision import FinalVotes, NamedVote, VoteSummary
from boardroom_tui.state.model import DecisionView, Meeting, OwnVote, Person
from boardroom_tui.ui.whose_vote import whose_vote
from boardroom_tui.ui.widgets.countdown import is_urgent, time_left
from boardroom_tui.ui.widgets.vote.card import VoteScene, card, in_one_line, nothing, strip
from boardroom_tui.ui.widgets.vote.own_vote import own_in_short, own_vote
from boardroom_tui.ui.widgets.vote.tally_bars import FACES, bar
from boardroom_tui.ui.widgets.vote.words import missing_names, rule
from tests.ui.chat_scenes import OWN
from tests.ui.vote_scenes import (
    CARRIED,
    NOW,
    OPEN,
    QUESTION,
    REFERENCE_ONLY,
    SECRET,
    VOTED,
    VOTERS,
    cast,
    voting,
)


def scene(view: DecisionView, now: datetime = NOW, **rest: object) -> VoteScene:
    return VoteScene(voting(view, **rest), view, now, UTC, "F5")


def drawn(view: DecisionView, width: int = 40) -> list[str]:
    return [line.plain.rstrip() for line in card(scene(view), width)]


def drawn_strip(view: DecisionView, width: int = 76) -> list[str]:
    return [line.plain.rstrip() for line in strip(scene(view), width)]


def test_an_open_vote_as_a_card() -> None:
    assert drawn(replace(OPEN, own_vote=VOTED)) == [
        "◆ Vote open                   04:32 left",
        "Approve the 2027 budget",
        "That the budget as circulated be",
        "approved.",
        "",
        "Needs two-thirds of the votes cast, now",
        "6 of 9. At least 3 must vote.",
        "It carries as it stands; 1 more against",
        "would defeat it.",
        "",
        "✓ Approve ● ████████───────────        6",
        "✗ Reject    ▓▓▓▓───────────────        3",
        "– Abstain   ▒──────────────────        1",
        "  Voted     ━━━━━━━━━━━━━────── 10 of 15",
        "",
        "● Your vote: approve, recorded 14:10. F5",
        "  changes it.",
    ]


def test_a_verdict_as_a_card() -> None:
    shown = "\n".join(drawn(CARRIED, 60))
    assert "✓ Carried                                        ended 14:14" in shown
    assert (
        "✓ Carried: 7 for, 3 against, 1 abstained. Two-thirds of 10\nvotes cast needs 7." in shown
    )
    assert "○ You did not vote." in shown


def test_an_open_vote_as_a_strip() -> None:
    assert drawn_strip(OPEN) == [
        "◆ Approve the 2027 budget                                         04:32 left",
        "✓ 6 ██████────────  ✗ 3 ▓▓▓───────────  – 1 ▒─────────────  10 of 15 voted",
        "▸ You have not voted: F5 votes.",
        "It carries as it stands; 1 more against would defeat it.",
    ]


@pytest.mark.parametrize(
    ("width", "tally"),
    [
        (40, "✓ 6 █─  ✗ 3 ▓─  – 1 ▒─  10 of 15 voted"),
        (30, "✓ 6  ✗ 3  – 1  10 of 15 voted"),
        (22, "✓ 6  ✗ 3  – 1  10/15"),
    ],
)
def test_a_narrow_strip_has_the_whole_tally(width: int, tally: str) -> None:
    assert drawn_strip(OPEN, width)[1] == tally


def test_a_long_verdict_leaves_one_s_own_vote_in_a_strip() -> None:
    for width in (76, 60, 40, 30):
        shown = drawn_strip(CARRIED, width)
        assert len(shown) <= 4
        assert shown[-1].startswith("○ You did not vote")
    assert drawn_strip(CARRIED, 30)[2].endswith("…")


def test_a_verdict_is_whole_in_a_strip() -> None:
    shown = drawn_strip(CARRIED, 60)
    assert len(shown) == 4
    assert " ".join(shown[1:3]) == (
        "✓ Carried: 7 for, 3 against, 1 abstained. Two-thirds of 10 votes cast needs 7."
    )


def test_a_secret_ballot_shows_only_how_many_have_voted() -> None:
    assert "Secret ballot: only how many have voted is shown." in "\n".join(drawn(SECRET, 60))
    for shown in ("\n".join(drawn(SECRET, 60)), "\n".join(drawn_strip(SECRET))):
        assert "Secret ballot" in shown
        assert "10 of 15" in shown
        assert "Abstain" not in shown
        assert "cast, now" not in " ".join(shown.split())


def test_a_secret_ballot_shows_its_count_once_it_has_ended() -> None:
    ended = replace(SECRET, outcome=CARRIED.outcome)
    shown = "\n".join(drawn(ended, 60))
    assert "✓ Approve" in shown
    assert "nobody’s vote is shown, only the count" in shown


def test_a_server_of_the_reference_alone_gives_a_tally_and_no_rule() -> None:
    shown = drawn(REFERENCE_ONLY)
    assert shown[1] == "decision_123"
    assert "This server does not tell the rule." in shown
    assert any("10 of 15" in line for line in shown)


def test_a_long_text_stands_below_the_bars() -> None:
    question = QUESTION.model_copy(update={"text": "A long text. " * 40})
    shown = drawn(replace(OPEN, question=question))
    bars = next(place for place, line in enumerate(shown) if line.startswith("✓ Approve"))
    text = next(place for place, line in enumerate(shown) if line.startswith("A long text."))
    assert bars < text


def test_without_a_vote_the_pane_says_so() -> None:
    assert nothing(40)[0].plain == "No vote yet."


def test_who_may_open_a_vote_is_told_how() -> None:
    assert nothing(40, "^O")[-1].plain == "▸ ^O opens one."
    assert "opens one." not in "".join(line.plain for line in nothing(40))


def test_markup_in_a_title_and_a_text_is_only_text() -> None:
    hostile = "[@click=app.quit]x[/]\x1b[2J"
    question = QUESTION.model_copy(update={"title": hostile, "text": f"{hostile}!"})
    shown = drawn(replace(OPEN, question=question), 60)
    assert shown[1:3] == ["[@click=app.quit]x[/][2J", "[@click=app.quit]x[/][2J!"]


def test_the_rule_of_all_members_counts_them_all() -> None:
    question = QUESTION.model_copy(update={"base": Base.MEMBERSHIP, "quorum": 1})
    view = replace(OPEN, question=question)
    assert rule(view) == "Needs two-thirds of all members with a vote: 10 of 15."


@pytest.mark.parametrize(
    ("seconds", "words", "urgent"),
    [
        (3660, "1 h 01 left", False),
        (659, "10 min left", False),
        (599, "09:59 left", False),
        (272, "04:32 left", False),
        (61, "01:01 left", False),
        (59.5, "! 60 s left", True),
        (10.5, "! 11 s left", True),
        (9.5, "!! closes in 10 s", True),
        (0.2, "!! closes in 1 s", True),
        (-1, "!! closing", True),
    ],
)
def test_the_less_time_is_left_the_louder_it_is_said(
    seconds: float, words: str, urgent: bool
) -> None:
    assert OPEN.deadline is not None
    now = OPEN.deadline - timedelta(seconds=seconds)
    assert str(time_left(OPEN, now, UTC)).strip() == words
    assert is_urgent(OPEN, now) is urgent


def test_each_stage_of_the_countdown_looks_otherwise() -> None:
    assert OPEN.deadline is not None
    stages = {
        time_left(OPEN, OPEN.deadline - timedelta(seconds=left), UTC).style for left in (90, 50, 5)
    }
    assert len(stages) == 3
    assert time_left(replace(OPEN, deadline=None), NOW, UTC).words == "no time limit"
    assert not is_urgent(replace(OPEN, deadline=None), NOW)


def test_one_s_own_vote_is_marked_beside_its_bar() -> None:
    view = replace(OPEN, own_vote=OwnVote("vote_1", Vote.REJECT, NOW))
    marked = [line for line in drawn(view) if line.startswith(("✓", "✗", "–"))]
    assert ["●" in line for line in marked] == [False, True, False]
    assert "✗ 3 ●▓▓▓" in drawn_strip(view)[1]


def test_an_open_vote_in_one_line_has_one_s_own_vote_and_the_time() -> None:
    line = in_one_line(scene(replace(OPEN, own_vote=VOTED)), 58).plain
    assert line == "◆ Approve the 2027 budget            ● approve  04:32 left"
    narrow = in_one_line(scene(OPEN), 36).plain
    assert narrow == "◆ Approve…   ○ not voted  04:32 left"


def test_of_several_open_votes_each_has_its_place_and_the_others_are_named() -> None:
    question = QUESTION.model_copy(
        update={"decision_id": "decision_9", "title": "[b]The other[/b]\x1b[2J", "opened_at": NOW}
    )
    other = replace(OPEN, decision_id="decision_9", question=question, own_vote=VOTED)
    meeting = voting(OPEN, other)
    at = VoteScene(meeting, OPEN, NOW, UTC, "F5", next_key="F4 →")
    shown = [line.plain.rstrip() for line in card(at, 40)]
    assert shown[0] == "◆ Vote open, 2 of 2           04:32 left"
    place = shown.index("Also open; F4 → shows it:")
    assert shown[place + 1 :] == [
        "◆ [b]The other[/b][2J         04:32 left",
        "  ● approve",
    ]
    assert strip(at, 60)[0].plain.startswith("◆ 2 of 2: Approve the 2027 budget")


def own(view: DecisionView, **rest: object) -> str:
    meeting: Meeting = voting(view, **rest)
    return str(own_vote(meeting, view, "F5", UTC))


def test_one_s_own_vote_on_its_way() -> None:
    assert own(OPEN, outgoing={"r": cast(Vote.REJECT)}) == "… Sending your vote: reject"
    assert own(SECRET, outgoing={"r": cast(Vote.REJECT)}) == "… Sending your vote"


def test_one_s_own_vote_that_nothing_is_sent_of_waits() -> None:
    waiting = voting(OPEN, outgoing={"r": cast(Vote.REJECT)})
    lost = replace(scene(OPEN), meeting=waiting, connected=False)
    assert "… Your vote waits to be sent: reject" in [line.plain for line in strip(lost, 60)]


def test_one_s_own_vote_that_replaced_another() -> None:
    later = OwnVote("vote_2", Vote.REJECT, VOTED.at)
    assert own(replace(OPEN, own_vote=later, earlier_vote=VOTED)) == (
        "● Your vote: reject, recorded 14:10, replaces approve. F5 changes it."
    )


def test_a_vote_that_was_refused_says_why_and_that_the_earlier_one_stands() -> None:
    why = "Your vote was not recorded: the decision is closed."
    assert own(replace(OPEN, vote_refused=why)) == f"✗ {why}"
    assert own(replace(OPEN, own_vote=VOTED, vote_refused=why)) == (
        f"● Your vote: approve, recorded 14:10. {why} It stands."
    )


def test_who_has_recused_themselves_is_told_that_they_take_no_part() -> None:
    question = QUESTION.model_copy(update={"recused": (OWN,)})
    assert own(replace(OPEN, question=question)) == "– You take no part in this decision."


def test_a_facilitator_sees_whose_votes_are_missing_and_not_how_anybody_voted() -> None:
    view = replace(OPEN, not_voted=tuple(VOTERS))
    first = next(iter(VOTERS.values())).name
    assert f"Not voted yet: {first}" in "\n".join(drawn(view, 100))
    as_member = {OWN: replace(VOTERS[OWN], role=Role.PARTICIPANT)}
    assert missing_names(voting(view, people=as_member), view) is None


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (("user_1", "user_9"), "Not voted yet: Ana Silva; absent: Lars Eriksen."),
        (("user_1",), "Not voted yet: Ana Silva."),
        (("user_9",), "All who are here have voted; absent: Lars Eriksen."),
    ],
)
def test_those_who_are_absent_are_told_apart(missing: tuple[str, ...], words: str) -> None:
    people = {**VOTERS, "user_9": Person("user_9", "Lars Eriksen")}
    view = replace(OPEN, not_voted=missing)
    assert missing_names(voting(view, people=people), view) == words


def test_a_roll_call_tells_who_voted_how() -> None:
    people = list(VOTERS)
    named = {
        user_id: NamedVote(user_id=user_id, vote=vote)
        for user_id, vote in zip(people, (Vote.REJECT, Vote.APPROVE), strict=False)
    }
    question = QUESTION.model_copy(update={"method": Method.ROLL_CALL})
    view = replace(OPEN, question=question, named_votes=named)
    shown = drawn(view, 100)
    assert f"For: {VOTERS[people[1]].shown_name}" in shown
    assert f"Against: {VOTERS[people[0]].shown_name}" in shown
    assert drawn_strip(view)[-1].startswith("Roll call. It carries")


def test_whoever_holds_a_proxy_reads_whose_vote_the_key_casts() -> None:
    view, giver = replace(OPEN, own_vote=VOTED), next(one for one in VOTERS if one != OWN)
    proxies = {giver: OWN}
    before = scene(view, proxies=proxies)
    assert before.own.words.endswith(f"F5 votes for {VOTERS[giver].shown_name}.")
    assert whose_vote(before.meeting, view, "") == (giver, "")
    own_name = VOTERS[OWN].shown_name.split()[0]
    assert whose_vote(before.meeting, view, f"@{own_name} so be it") == (None, "so be it")
    cast_by_proxy = replace(view, proxy_votes={giver: VOTED})
    assert scene(cast_by_proxy, proxies=proxies).own.words.endswith("F5 changes it.")
    in_person = scene(replace(view, not_voted=()), proxies=proxies)
    assert in_person.own.words.endswith("F5 changes it.")
    assert whose_vote(in_person.meeting, in_person.view, "") == (None, "")
    said = " ".join(line.plain for line in card(in_person, 100))
    assert f"For {VOTERS[giver].shown_name}, by proxy: they have voted themselves." in said
    over = scene(replace(CARRIED, question=QUESTION), proxies=proxies)
    assert "by proxy" not in " ".join(line.plain for line in card(over, 100))


def test_a_straw_poll_is_not_called_carried() -> None:
    question = QUESTION.model_copy(update={"method": Method.STRAW})
    shown = "\n".join(drawn(replace(CARRIED, question=question), 100))
    assert "Straw poll: 7 for, 3 against, 1 abstained. It decides nothing." in shown
    assert "Carried" not in shown


def test_consent_is_asked_for_with_the_key_that_objects() -> None:
    question = QUESTION.model_copy(update={"method": Method.CONSENT})
    shown = "\n".join(drawn(replace(OPEN, question=question), 100))
    assert "Any objection?" in shown
    assert "n objects; silence adopts it." in shown
    # Nothing is counted: the first objection ends it.
    assert "Abstain" not in shown
    assert "voted" not in shown.lower()


def test_where_nobody_objected_nobody_is_said_not_to_have_voted() -> None:
    question = QUESTION.model_copy(update={"method": Method.CONSENT})
    view = replace(CARRIED, question=question)
    for lines in (drawn(view, 100), drawn_strip(view)):
        shown = "\n".join(lines)
        assert "Adopted: nobody objected." in shown
        assert "○ You did not object." in shown
        assert "You did not vote" not in shown
        assert "Abstain" not in shown


def test_what_was_objected_to_is_not_called_lost() -> None:
    question = QUESTION.model_copy(update={"method": Method.CONSENT})
    assert CARRIED.outcome is not None
    objected = CARRIED.outcome.model_copy(update={"result": Result.REJECTED})
    shown = "\n".join(drawn(replace(CARRIED, question=question, outcome=objected), 100))
    assert "! Objected to" in shown
    assert "It takes a vote." in shown
    assert "Lost" not in shown


def test_a_ballot_in_which_all_voted_alike_was_not_secret() -> None:
    assert CARRIED.outcome is not None
    alike = CARRIED.outcome.model_copy(
        update={"final_votes": FinalVotes(approve=7, reject=0, abstain=0)}
    )
    view = replace(SECRET, outcome=alike)
    assert "All voted alike, so nobody’s vote stayed secret." in drawn(view, 100)
    question = QUESTION.model_copy(update={"secret": True, "overrides": (Guard.NOT_SECRET,)})
    few = drawn(replace(SECRET, question=question), 100)
    assert "With three voters or fewer a ballot cannot be secret." in few


def test_a_secret_vote_is_recorded_and_not_told() -> None:
    secret = OwnVote("vote_2", None, VOTED.at)
    assert own(
        replace(SECRET, own_vote=secret, earlier_vote=replace(secret, vote_id="vote_1"))
    ) == ("● Your vote is recorded, 14:10, in place of an earlier one. F5 changes it.")


def test_a_vote_that_another_cast_by_proxy_is_told_with_their_name() -> None:
    holder = next(one for one in VOTERS if one != OWN)
    by = VOTERS[holder].shown_name
    assert own(replace(OPEN, own_vote=replace(VOTED, cast_by=holder))) == (
        f"● {by} voted approve for you, 14:10. F5 changes it."
    )
    secret = OwnVote("vote_2", None, VOTED.at, holder)
    assert own(replace(SECRET, own_vote=secret)) == (f"● {by} voted for you, 14:10. F5 changes it.")


def test_one_s_own_vote_in_a_word() -> None:
    recused = QUESTION.model_copy(update={"recused": (OWN,)})
    consent = QUESTION.model_copy(update={"method": Method.CONSENT})
    secret = OwnVote("vote_2", None, VOTED.at)
    cases = {
        "○ not voted": own_in_short(voting(OPEN), OPEN),
        "● approve": own_in_short(voting(), replace(OPEN, own_vote=VOTED)),
        "● voted": own_in_short(voting(), replace(SECRET, own_vote=secret)),
        "… sending": own_in_short(voting(OPEN, outgoing={"r": cast(Vote.REJECT)}), OPEN),
        "○ no objection": own_in_short(voting(), replace(OPEN, question=consent)),
        "None": own_in_short(voting(), replace(OPEN, question=recused)),
    }
    assert {words: str(said) for words, said in cases.items()} == {one: one for one in cases}


def test_who_has_no_vote_is_told_why() -> None:
    observer = {**VOTERS, OWN: replace(VOTERS[OWN], role=Role.OBSERVER)}
    assert own(OPEN, people=observer) == "– Observers have no vote."
    voteless = {**VOTERS, OWN: replace(VOTERS[OWN], has_vote=False)}
    assert own(OPEN, people=voteless) == "– You have no vote in this meeting."


def test_every_ending_has_its_own_symbol_and_word() -> None:
    assert CARRIED.outcome is not None
    seen: set[str] = set()
    for result in Result:
        outcome = CARRIED.outcome.model_copy(update={"result": result})
        seen.add(str(scene(replace(CARRIED, outcome=outcome)).standing))
    assert len(seen) == len(Result)


@given(
    st.builds(
        VoteSummary,
        approve=st.integers(0, 10**6),
        reject=st.integers(0, 10**6),
        abstain=st.integers(0, 10**6),
        total=st.integers(0, 10**6),
        required=st.integers(0, 10**6),
    ),
    st.integers(16, 120),
    st.sampled_from([OPEN, SECRET, CARRIED, REFERENCE_ONLY]),
)
def test_no_line_is_wider_than_there_is_room(
    tally: VoteSummary, width: int, view: DecisionView
) -> None:
    view = replace(view, tally=tally)
    for lines in (card(scene(view), width), strip(scene(view), width)):
        assert all(line.cell_length <= width for line in lines)


@given(st.floats(0, 1), st.integers(1, 60))
def test_a_bar_fills_its_room_and_shows_every_vote(share: float, width: int) -> None:
    shown = bar(share, width, FACES[Vote.REJECT]).plain
    assert len(shown) == width
    assert ("▓" in shown) == (share > 0)
