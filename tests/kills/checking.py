"""What the record must hold in the end, counted by a dozen lines of plain Python."""

from collections import Counter
from pathlib import Path

from boardroom_tui.heads import head_code
from boardroom_tui.meeting.events import DecisionClosed, DecisionOpened, Event, Said, VoteRecorded
from boardroom_tui.record.chain import event_of
from boardroom_tui.record.schema import BALLOT_KEYS
from boardroom_tui.record.signatures import against
from boardroom_tui.record.stored import stored
from boardroom_tui.record.verification import verify
from tests.kills.board import MEETING, VOTES, Board


def assert_holds(folder: Path) -> int:
    """`verify` finds nothing; the number of events."""
    record = stored(folder)
    assert record.damage == ()
    if MEETING not in record.links:
        return 0  # killed before the meeting was convened
    ballots = {decision: kept for (_, decision), kept in record.ballots.items()}
    heads = record.heads.get(MEETING, ())
    checked = verify(MEETING, record.links[MEETING], heads, ballots)
    assert checked.findings == (), [str(finding) for finding in checked.findings]
    return len(checked.links)


def assert_nothing_lost_or_doubled(board: Board, folder: Path) -> None:
    """Every answer is in the record once, and no request is in it twice."""
    links = stored(folder).links[MEETING]
    events = [event_of(link) for link in links]
    _assert_chat(board, events)
    _assert_votes(board, events)
    _assert_counts(board, events)
    _assert_keys(events, folder)
    for sequence, head in board.heads.items():
        assert list(against(links, head_code(sequence, head.hash), "a member saw")) == []


def _assert_keys(events: list[Event], folder: Path) -> None:
    """No key is left of a secret ballot that is over."""
    opened = {
        e.what.decision_id for e in events if isinstance(e.what, DecisionOpened) and e.what.secret
    }
    closed = {e.what.decision_id for e in events if isinstance(e.what, DecisionClosed)}
    assert len(list((folder / BALLOT_KEYS).glob("*.key"))) <= len(opened - closed)


def _assert_chat(board: Board, events: list[Event]) -> None:
    said = {e.what.message_id: (e.actor, e.what.text) for e in events if isinstance(e.what, Said)}
    texts = Counter(text for _, text in said.values())
    assert not [text for text, times in texts.items() if times > 1]
    for (user_id, _), one in board.sent.items():
        if one.kind == "meeting.chat.message":
            assert one.answer is not None, one
            assert said[one.answer["data"]["messageId"]] == (user_id, one.data["message"])


def _assert_votes(board: Board, events: list[Event]) -> None:
    cast = [(e.actor, e.what) for e in events if isinstance(e.what, VoteRecorded)]
    recorded = {what.vote_id: (actor, what) for actor, what in cast}
    assert len(recorded) == len(cast)
    acknowledged: set[str] = set()
    for (user_id, request_id), one in board.sent.items():
        if one.kind == "decision.vote.cast" and one.answer is not None:
            vote_id = one.answer["data"]["voteId"]
            acknowledged.add(vote_id)
            actor, what = recorded[vote_id]
            assert (actor, what.decision_id) == (user_id, one.data["decisionId"])
            if not board.opened[what.decision_id]:
                assert (what.vote, what.comment) == (one.data["vote"], request_id)
    # Every request was answered in the end: what nobody was told of was never recorded.
    assert acknowledged == recorded.keys()


def _assert_counts(board: Board, events: list[Event]) -> None:
    """The last vote of each member counts, and is printed under its own words."""
    for closed in (e.what for e in events if isinstance(e.what, DecisionClosed)):
        last = {
            user_id: one.data
            for (user_id, _), one in board.sent.items()
            if one.data.get("decisionId") == closed.decision_id and one.answer is not None
        }
        counts = Counter(data["vote"] for data in last.values())
        told = closed.final_votes
        assert (told.approve, told.reject, told.abstain) == tuple(counts[vote] for vote in VOTES)
        if board.opened[closed.decision_id]:
            printed = Counter((one.vote.value, one.words) for one in closed.printed)
            assert printed == Counter((data["vote"], data["words"]) for data in last.values())
