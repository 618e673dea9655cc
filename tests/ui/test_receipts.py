"""The page on which a voter finds their votes and the printed ballots."""

from dataclasses import replace
from datetime import UTC, datetime

from boardroom_tui.heads import head_code
from boardroom_tui.protocol.fields import Result, Vote
from boardroom_tui.protocol.messages.decision import DecisionResult, FinalVotes, PrintedBallot
from boardroom_tui.protocol.messages.receipt import Receipt
from boardroom_tui.state.model import DecisionView, Meeting, OwnVote
from boardroom_tui.state.reduce import reduce
from boardroom_tui.ui.command import reason_against
from boardroom_tui.ui.commands import BY_SLASH
from boardroom_tui.ui.screens.receipts import receipt_lines
from boardroom_tui.ui.situation import Situation

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
OWN = OwnVote("vote_2", Vote.APPROVE, NOON)
EARLIER = OwnVote("vote_1", Vote.REJECT, NOON)


def meeting(view: DecisionView) -> Meeting:
    return Meeting(
        "meeting_1",
        own_id="user_1",
        extensions=frozenset({"decision.receipt.get"}),
        decisions={view.decision_id: view},
    )


def found(vote_id: str, **fields: object) -> Receipt:
    data = Receipt.Data(
        decision_id="d", vote_id=vote_id, sequence=42, hash="ab" * 32, timestamp=NOON
    )
    return Receipt(data=data.model_copy(update=fields))


def test_each_vote_stands_with_its_place_in_the_record_and_whether_it_counts() -> None:
    before = meeting(DecisionView("d", own_vote=OWN, earlier_vote=EARLIER))
    assert "    being looked up…" in list(receipt_lines(before, UTC))
    after = reduce(before, found("vote_2", vote=Vote.APPROVE), NOON)
    after = reduce(after, found("vote_1", vote=Vote.REJECT, replaced_by="vote_2"), NOON)
    assert list(receipt_lines(after, UTC))[3:] == [
        "d",
        "  vote_2",
        "    For · 12:00 · it counts",
        f"    event and code: {head_code(42, 'ab' * 32)}",
        "  vote_1",
        "    Against · 12:00 · replaced by vote_2",
        f"    event and code: {head_code(42, 'ab' * 32)}",
    ]


def test_a_secret_vote_s_receipt_says_only_that_one_voted() -> None:
    known = reduce(meeting(DecisionView("d", own_vote=OWN)), found("vote_2"), NOON)
    assert "    Secret: that you voted, not how · 12:00 · it counts" in receipt_lines(known, UTC)


def test_printed_ballots_are_listed_for_everybody() -> None:
    outcome = DecisionResult.Data(
        decision_id="d",
        result=Result.APPROVED,
        final_votes=FinalVotes(approve=1, reject=1, abstain=0),
        completed_at=NOON,
        printed=(
            PrintedBallot(vote=Vote.APPROVE, words="seven cold pancakes"),
            PrintedBallot(vote=Vote.REJECT),
        ),
    )
    lines = list(receipt_lines(meeting(DecisionView("d", outcome=outcome)), UTC))
    assert lines[-2:] == ["    For        seven cold pancakes", "    Against    (no words)"]


def test_without_a_vote_and_without_ballots_there_is_nothing_to_look_up() -> None:
    situation = Situation(meeting(DecisionView("d")))
    words = "You have not voted yet, and no ballots were printed."
    assert reason_against(BY_SLASH["receipt"], situation) == words
    voted = replace(situation, meeting=meeting(DecisionView("d", own_vote=OWN)))
    assert reason_against(BY_SLASH["receipt"], voted) is None
