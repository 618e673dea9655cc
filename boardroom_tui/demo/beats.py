"""What can happen in the demo's script, as data."""

from dataclasses import dataclass

from boardroom_tui.protocol.fields import Result, Vote


@dataclass(frozen=True, slots=True)
class Say:
    """Somebody says something; `to` names the member whose last message it answers.

    With `after` it is said only if the item's motion ended so.
    """

    who: str
    text: str
    to: str | None = None
    after: Result | None = None


@dataclass(frozen=True, slots=True)
class Arrives:
    """Somebody who was late joins."""

    who: str


@dataclass(frozen=True, slots=True)
class Drops:
    """Somebody's connection breaks, and they are back after so many seconds at speed 1."""

    who: str
    seconds: float


@dataclass(frozen=True, slots=True)
class StepsAway:
    """Somebody is away for a moment."""

    who: str


@dataclass(frozen=True, slots=True)
class IsBack:
    """Somebody who stepped away is back."""

    who: str


@dataclass(frozen=True, slots=True)
class Does:
    """Somebody tells what they are doing with an item or a decision; or that it is over."""

    who: str
    activity: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """It is time to vote on a prepared decision; what follows is said after the result."""

    decision_id: str


@dataclass(frozen=True, slots=True)
class Moves:
    """Somebody moves something that nobody prepared, and somebody else seconds it.

    Then it is time to vote on it; what follows is said after the result.
    """

    who: str
    title: str
    text: str
    seconder: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Somebody votes, or votes again; who is not there does so once they are.

    `words` are those by which they find a secret ballot of theirs among the printed ones.
    """

    who: str
    vote: Vote
    comment: str | None = None
    words: str | None = None


Beat = Say | Arrives | Drops | StepsAway | IsBack | Does | Question | Moves
VotingBeat = Cast | Say
