"""Motions, recusals, proxies and the kinds of vote, as minutes tell them."""

from collections.abc import Sequence

from boardroom_tui.meeting.events import (
    AgendaMoved,
    DecisionClosed,
    DecisionOpened,
    Event,
    Happening,
    Joined,
    MotionAmended,
    MotionMade,
    MotionPostponed,
    MotionReferred,
    MotionSeconded,
    PhaseChanged,
    VoteRecorded,
)
from boardroom_tui.protocol.fields import (
    Cause,
    Guard,
    ItemStatus,
    MeetingPhase,
    Method,
    Result,
    Role,
    Vote,
)
from boardroom_tui.protocol.messages.decision import PrintedBallot
from boardroom_tui.protocol.words import guards_in_words
from boardroom_tui.record.markdown import markdown
from boardroom_tui.record.minutes import minutes
from tests.record.examples import closed, convened, numbered, opened

ADA, GRACE, KURT = "user_1", "user_2", "user_3"


def written(*happenings: tuple[str, Happening]) -> str:
    """The minutes of a meeting in which this happened, a minute apart from 12:02 on."""
    events: Sequence[Event] = numbered(
        [convened(), (ADA, Joined(role=Role.FACILITATOR)), *happenings]
    )
    return markdown(minutes(events, "0" * 64))


def put(**fields: object) -> tuple[str, Happening]:
    actor, what = opened()
    assert isinstance(what, DecisionOpened)
    return actor, what.model_copy(update=fields)


def ended(**fields: object) -> tuple[str, Happening]:
    actor, what = closed()
    assert isinstance(what, DecisionClosed)
    return actor, what.model_copy(update={"ballots": None, **fields})


def voted(by: str, vote: Vote, whose: str | None = None) -> tuple[str, Happening]:
    vote_id = f"v_{whose or by}"
    return by, VoteRecorded(
        decision_id="decision_1", vote_id=vote_id, vote=vote, on_behalf_of=whose
    )


def test_a_motion_is_told_with_its_mover_its_seconder_and_its_wordings() -> None:
    text = written(
        (GRACE, MotionMade(motion_id="m", title="A bench", text="That we buy a bench.")),
        (KURT, MotionAmended(motion_id="m", title="Benches", text="That we buy two.")),
        (ADA, MotionSeconded(motion_id="m")),
        (ADA, MotionReferred(motion_id="m", to="the garden committee")),
    )
    assert (
        "#### Motion: Benches\n\n"
        "> That we buy two.\n\n"
        "- Moved: by Grace Hopper, 12:02\n"
        "- Amended: by Kurt Gödel, 12:03; before: That we buy a bench.\n"
        "- Seconded: by Ada Lovelace\n"
        "- Outcome: referred to the garden committee.\n"
    ) in text


def test_a_second_that_an_amendment_took_away_is_told_with_the_words_that_were_seconded() -> None:
    text = written(
        (GRACE, MotionMade(motion_id="m", title="A bench", text="That we buy a bench.")),
        (ADA, MotionSeconded(motion_id="m")),
        (GRACE, MotionAmended(motion_id="m", title="Benches", text="That we buy two.")),
    )
    assert (
        "- Moved: by Grace Hopper, 12:02\n"
        "- Amended: by Grace Hopper, 12:04; "
        "before, seconded by Ada Lovelace: That we buy a bench.\n"
        "- Outcome: not seconded as amended, and not put to the vote.\n"
    ) in text


def test_a_motion_that_is_postponed_carries_over() -> None:
    text = written(
        (GRACE, MotionMade(motion_id="m", title="A bench", text="That we buy a bench.")),
        (ADA, MotionPostponed(motion_id="m")),
    )
    assert "## Carried over\n\n- Not completed:" in text
    assert "- Postponed: A bench\n" in text


def test_what_was_moved_or_opened_and_not_settled_carries_over() -> None:
    text = written(
        (GRACE, MotionMade(motion_id="m1", title="A bench", text="")),
        (GRACE, MotionMade(motion_id="m2", title="A tree", text="")),
        (KURT, MotionSeconded(motion_id="m2")),
        (GRACE, MotionMade(motion_id="m3", title="A pond", text="")),
        (ADA, MotionReferred(motion_id="m3", to="the garden committee")),
        put(),
        put(decision_id="d_2", title="Paint the door"),
        ended(decision_id="d_2"),
        put(decision_id="d_3", title="Coffee?", method=Method.STRAW),
    )
    carried = text.partition("## Carried over\n\n")[2].partition("\n\n")[0].splitlines()
    assert [line for line in carried if not line.startswith("- Not completed:")] == [
        "- Not put to the vote: A bench",
        "- Not put to the vote: A tree",
        "- Still under vote: Approve the budget",
        "- Referred to the garden committee: A pond",
    ]


def test_what_was_done_against_the_odds_is_told_with_its_time() -> None:
    text = written(
        (ADA, PhaseChanged(phase=MeetingPhase.IN_SESSION)),
        (
            ADA,
            AgendaMoved(
                item_id="item_1", status=ItemStatus.IN_PROGRESS, overrides=(Guard.NO_QUORUM,)
            ),
        ),
        (ADA, PhaseChanged(phase=MeetingPhase.ADJOURNED, overrides=(Guard.VOTE_OPEN,))),
    )
    rows = text.partition("## Overrides\n")[2].partition("##")[0].splitlines()
    assert [row for row in rows if row.startswith("| 12:")] == [
        f"| 12:03 | Took up “Opening” | {guards_in_words([Guard.NO_QUORUM])} |",
        f"| 12:04 | Adjourned | {guards_in_words([Guard.VOTE_OPEN])} |",
    ]


def test_what_a_vote_was_opened_and_closed_against_is_told_among_the_overrides() -> None:
    none, silent = (Guard.NO_QUORUM,), (Guard.NOT_VOTED,)
    text = written(put(overrides=none), ended(overrides=silent))
    rows = text.partition("## Overrides\n")[2].partition("##")[0].splitlines()
    assert [row for row in rows if row.startswith("| 12:")] == [
        f"| 12:02 | Opened the vote on “Approve the budget” | {guards_in_words(none)} |",
        f"| 12:03 | Closed the vote on “Approve the budget” | {guards_in_words(silent)} |",
    ]


def test_a_decision_names_its_mover_its_seconder_and_who_is_recused() -> None:
    text = written(put(mover=GRACE, seconder=ADA, recused=(KURT,)), ended())
    assert "- Moved: by Grace Hopper\n- Seconded: by Ada Lovelace\n" in text
    assert "- Recused: Kurt Gödel\n" in text


def test_a_vote_by_proxy_says_who_cast_it() -> None:
    text = written(put(), voted(ADA, Vote.APPROVE), voted(ADA, Vote.REJECT, GRACE), ended())
    assert "- For: Ada Lovelace\n" in text
    assert "- Against: Grace Hopper (by Ada Lovelace as proxy)\n" in text


def test_a_casting_vote_is_told_as_such() -> None:
    text = written(put(), ended(casting_vote=Vote.APPROVE))
    assert "- Casting vote: the chair’s, for\n" in text
    assert "by the chair’s casting vote" in text


def test_how_a_decision_was_taken_is_told() -> None:
    assert "Roll call." in written(put(method=Method.ROLL_CALL), ended())
    consent = written(put(method=Method.CONSENT), ended())
    assert "- Rule: unanimous consent: adopted unless somebody objects.\n" in consent
    assert "| 1 | Approve the budget | unanimous consent |" in consent


def test_an_objection_is_told_as_no_defeat_of_the_motion() -> None:
    text = written(
        (GRACE, MotionMade(motion_id="m", title="A bench", text="That we buy a bench.")),
        put(method=Method.CONSENT, motion_id="m"),
        ended(result=Result.REJECTED, cause=Cause.OBJECTION),
    )
    assert "Not adopted by unanimous consent: somebody objected. It takes a vote." in text
    assert "- Outcome: put to the meeting, and not decided.\n" in text
    assert "Lost" not in text


def test_a_straw_poll_is_minuted_as_no_decision() -> None:
    text = written(put(method=Method.STRAW), ended())
    assert "A straw poll was held, which decides nothing: Approve the budget: 2 for," in text
    assert "No decision was put to the vote." in text
    assert "#### Decision" not in text


def test_a_secret_ballot_is_printed_under_its_voters_own_words() -> None:
    printed = (
        PrintedBallot(vote=Vote.REJECT, words="blue | heron"),
        PrintedBallot(vote=Vote.APPROVE),
    )
    text = written(put(secret=True), ended(printed=printed))
    assert "| Words | Vote |\n| --- | --- |\n| blue \\| heron | Against |\n" in text
    assert "| no words | For |\n" in text
    assert "| Words |" not in written(put(secret=True), ended())


def test_a_vote_that_ended_after_the_adjournment_says_so() -> None:
    adjourned = (ADA, PhaseChanged(phase=MeetingPhase.ADJOURNED))
    told = "- Ended: after the adjournment.\n"
    assert told in written(put(), adjourned, ended())
    assert told not in written(put(), ended(), adjourned)
