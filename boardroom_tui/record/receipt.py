"""A vote looked up in the record by its id: that it is there, where, and whether it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from boardroom_tui.meeting.events import DecisionOpened, Event, VoteRecorded
from boardroom_tui.protocol.fields import Vote
from boardroom_tui.record.chain import Link, event_of
from boardroom_tui.record.problems import JournalError


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the record says of one vote."""

    link: Link
    voter: str
    """Whose vote it is, whoever cast it."""
    decision_id: str
    vote: Vote | None
    """None in a secret ballot: the record does not know whose ballot is which."""
    replaced_by: str | None
    """The id of the same voter's later vote, which counts instead."""
    title: str
    """What was decided."""


def receipt(links: Sequence[Link], vote_id: str) -> Receipt | None:
    """The receipt of a vote, from all links of its meeting; None if it is not in them."""
    title: dict[str, str] = {}
    found: tuple[Link, Event, VoteRecorded] | None = None
    replaced_by: str | None = None
    for link in links:
        try:
            event = event_of(link)
        except JournalError:
            continue  # the check of the chain names it
        match event.what:
            case DecisionOpened() as opened:
                title[opened.decision_id] = opened.title
            case VoteRecorded() as cast if cast.vote_id == vote_id and found is None:
                found = (link, event, cast)
            case VoteRecorded() as cast if found is not None:
                _, first, own = found
                if (first.voter, own.decision_id) == (event.voter, cast.decision_id):
                    replaced_by = cast.vote_id
            case _:
                pass
    if found is None:
        return None
    link, event, cast = found
    return Receipt(
        link, event.voter, cast.decision_id, cast.vote, replaced_by, title.get(cast.decision_id, "")
    )
