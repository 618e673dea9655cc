"""What goes into the journal in one piece."""

from dataclasses import dataclass

from boardroom_tui.meeting.events import BallotSealed, Event
from boardroom_tui.protocol.identifiers import Kind, bare


@dataclass(frozen=True, slots=True)
class Entry:
    """The events that one request caused, and the request's id and digest, if it had any."""

    events: tuple[Event, ...]
    request: tuple[str, str] | None = None

    @property
    def asker(self) -> str:
        """Whose request it is, in the form in which users are compared: who acted first."""
        return bare(Kind.USER, self.events[0].actor)


@dataclass(frozen=True, slots=True)
class RememberedRequest:
    """A request that had an effect: `sequence` is the first event that it caused.

    The digest is None where it would tell a vote in a secret ballot that is over: it was destroyed
    with the ballots, and the request is known by its id alone.
    """

    user_id: str
    request_id: str
    digest: str | None
    meeting_id: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Append:
    """Entries for one meeting that has had `expected_sequence` events so far: all or none."""

    meeting_id: str
    expected_sequence: int
    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        due = self.expected_sequence
        for entry in self.entries:
            if not entry.events:
                raise ValueError("an entry without events")
            for event in entry.events:
                if not isinstance(event.what, BallotSealed):
                    due += 1
                if event.sequence != due:
                    raise ValueError(f"event {event.sequence} where {due} is due")
