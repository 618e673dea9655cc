"""Sealed comments: kept with the ballot, handed to facilitators, and never bound to a voter."""

from itertools import permutations

from boardroom_tui.meeting.commands import CastVote, WithdrawDecision
from boardroom_tui.meeting.comments import sealed_comments
from boardroom_tui.meeting.events import BallotSealed, DecisionClosed
from boardroom_tui.meeting.evolve import fold
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.messages.decision import SealedComment, SealedCopy
from tests.meeting.room import CHAIR, NO, YES, Room, as_read_back, charter, prepared


def opened(*, secret: bool = True) -> Room:
    room = Room(charter(decisions=[prepared(secret=secret, auto_close=False)]))
    room.open()
    return room


def copy(sealed: str, reader: str = CHAIR, device: str = "dev_1") -> SealedCopy:
    return SealedCopy(user_id=reader, device_id=device, sealed=sealed)


def ballot(name: str, *copies: SealedCopy) -> CastVote:
    comment: SealedComment | None = copies or None
    return CastVote(
        f"user_{name}", Role.PARTICIPANT, "1", f"vote_{name}", NO, sealed_comment=comment
    )


def test_it_is_in_the_sealed_ballot_and_nowhere_else() -> None:
    room = opened()
    recorded, sealed = room.do(ballot("ann", copy("AAAA")))
    assert isinstance(sealed, BallotSealed)
    assert sealed.comment == (copy("AAAA"),)
    assert "AAAA" not in repr(recorded)
    assert "AAAA" not in repr(sealed)


def test_the_close_tells_all_copies_in_one_order_whatever_the_order_of_voting() -> None:
    comments = {
        "ann": (copy("CCCC"), copy("AAAA", device="dev_2")),
        "bob": (copy("AAAB"),),
        "cy": (copy("BBBB", device="dev_2"), copy("DDDD")),
    }
    seen: set[tuple[SealedCopy, ...]] = set()
    for order in permutations(comments):
        room = opened()
        for name in order:
            room.do(ballot(name, *comments[name]))
        seen.add(room.close().comments)
    [told] = seen
    assert [(one.device_id, one.sealed) for one in told] == [
        ("dev_1", "AAAB"),
        ("dev_1", "CCCC"),
        ("dev_1", "DDDD"),
        ("dev_2", "AAAA"),
        ("dev_2", "BBBB"),
    ]


def test_how_a_client_writes_a_readers_id_is_not_kept() -> None:
    room = opened()
    room.do(ballot("ann", copy("AAAA", reader="chair")))
    room.do(ballot("bob", copy("BBBB")))
    assert {one.user_id for one in room.close().comments} == {CHAIR}


def test_after_the_close_no_ballot_holds_its_comment() -> None:
    room = opened()
    room.do(ballot("ann", copy("AAAA")))
    assert room.decision().ballots["user_ann"].sealed_comment == (copy("AAAA"),)
    room.close()
    assert room.decision().ballots["user_ann"].sealed_comment is None
    assert fold(as_read_back(room.events)) == room.state


def test_voting_again_replaces_it_and_without_one_takes_it_away() -> None:
    room = opened()
    room.do(ballot("ann", copy("AAAA")))
    room.do(ballot("ann", copy("BBBB")))
    room.do(ballot("bob", copy("CCCC")))
    room.vote("bob", YES)
    assert room.close().comments == (copy("BBBB"),)


def test_the_comment_of_the_vote_that_completes_a_decision_counts() -> None:
    room = Room(charter(decisions=[prepared(secret=True)]))
    room.open()
    room.vote("ann", YES)
    room.vote("bob", YES)
    *_, closed = room.do(ballot("cy", copy("AAAA")))
    assert isinstance(closed, DecisionClosed)
    assert closed.comments == (copy("AAAA"),)


def test_what_is_withdrawn_tells_no_comment() -> None:
    room = opened()
    room.do(ballot("ann", copy("AAAA")))
    [withdrawn] = room.do(WithdrawDecision(CHAIR, Role.FACILITATOR, "1"))
    assert isinstance(withdrawn, DecisionClosed)
    assert withdrawn.comments == ()
    assert sealed_comments(room.state, CHAIR, Role.FACILITATOR, "1") == ()


def test_an_open_ballot_takes_none() -> None:
    room = opened(secret=False)
    refused = room.refused(ballot("ann", copy("AAAA")))
    assert (refused.code, refused.reason) == (ErrorCode.INVALID_MESSAGE, "not_secret")
    room.do(ballot("ann"))


def test_it_is_for_facilitators_and_once_for_each_device() -> None:
    room = opened()
    for wrong in (
        (copy("AAAA", reader="user_bob"),),
        (copy("AAAA"), copy("BBBB", reader="user_nobody")),
        (copy("AAAA"), copy("BBBB", reader="chair")),
    ):
        refused = room.refused(ballot("ann", *wrong))
        assert (refused.code, refused.reason) == (ErrorCode.INVALID_MESSAGE, "readers")


def test_a_facilitator_gets_the_copies_for_their_devices_once_it_is_closed() -> None:
    room = opened()
    room.do(ballot("ann", copy("AAAA"), copy("BBBB", device="dev_2")))
    open_yet = sealed_comments(room.state, CHAIR, Role.FACILITATOR, "1")
    assert getattr(open_yet, "reason", None) == "not_closed"
    room.close()
    read = sealed_comments(room.state, CHAIR, Role.FACILITATOR, "1")
    assert read == (copy("AAAA"), copy("BBBB", device="dev_2"))
    for user_id, role in ((CHAIR, Role.PARTICIPANT), ("user_ann", Role.FACILITATOR)):
        denied = sealed_comments(room.state, user_id, role, "1")
        assert getattr(denied, "code", None) is ErrorCode.PERMISSION_DENIED


def test_a_decision_that_never_opened_has_none() -> None:
    room = Room(charter(decisions=[prepared(), prepared("2")]))
    not_yet = sealed_comments(room.state, CHAIR, Role.FACILITATOR, "1")
    assert getattr(not_yet, "reason", None) == "not_closed"
    unknown = sealed_comments(room.state, CHAIR, Role.FACILITATOR, "77")
    assert getattr(unknown, "code", None) is ErrorCode.RESOURCE_NOT_FOUND
    room.do(WithdrawDecision(CHAIR, Role.FACILITATOR, "2"))
    assert sealed_comments(room.state, CHAIR, Role.FACILITATOR, "2") == ()
