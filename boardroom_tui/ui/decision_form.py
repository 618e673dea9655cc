"""What a facilitator fills in to open a vote, read into the message that opens it. Pure."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from boardroom_tui.protocol.fields import Base, Method, Threshold
from boardroom_tui.protocol.limits import TEXT_CHARACTERS, TITLE_CHARACTERS
from boardroom_tui.protocol.messages.decision import DecisionOpen
from boardroom_tui.state.model import Meeting
from boardroom_tui.state.select import current_item, has_vote

Field = Literal["title", "text", "secret", "quorum", "minutes"]

_TIME = re.compile(r"(?P<minutes>[0-9]{1,6})(?::(?P<seconds>[0-5][0-9]))?")
_LONGEST_SECONDS = 31_536_000
_LARGEST_QUORUM = 1_000_000


Term = Literal["threshold", "secret", "quorum"]

_MEANINGLESS: dict[Method, frozenset[Term]] = {
    Method.VOTE: frozenset(),
    Method.ROLL_CALL: frozenset({"secret"}),
    Method.CONSENT: frozenset({"threshold", "secret", "quorum"}),
    Method.STRAW: frozenset({"threshold", "quorum"}),
}


def means_something(method: Method, term: Term) -> bool:
    """Whether a term of the rule makes a difference to what is taken in this way."""
    return term not in _MEANINGLESS[method]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What cannot be sent as it stands, and in which field."""

    field: Field
    words: str


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """The fields as they were filled in; `decision_id` is a prepared decision's."""

    decision_id: str | None = None
    motion_id: str | None = None
    """The motion from the floor whose wording is put."""
    method: Method = Method.VOTE
    title: str = ""
    text: str = ""
    threshold: Threshold = Threshold.MAJORITY
    base: Base = Base.CAST
    secret: bool = False
    quorum: str = ""
    minutes: str = ""

    def read(self, meeting: Meeting) -> DecisionOpen | Mistake:
        """The message that opens this vote, or the first thing that is in its way."""
        seconds = read_minutes(self.minutes)
        if self.decision_id is not None:
            return seconds if isinstance(seconds, Mistake) else self._prepared(meeting, seconds)
        meant = self._meant()
        mistake = (self.motion_id is None and self._wording()) or meant._secrecy(meeting)
        if mistake:
            return mistake
        quorum = _read_quorum(meant.quorum)
        if isinstance(quorum, Mistake):
            return quorum
        return seconds if isinstance(seconds, Mistake) else meant._new(meeting, quorum, seconds)

    def _meant(self) -> "DecisionForm":
        """The form without the terms that mean nothing where it is taken in this way."""
        form = self
        if not means_something(self.method, "threshold"):
            form = replace(form, threshold=Threshold.MAJORITY, base=Base.CAST)
        if not means_something(self.method, "secret"):
            form = replace(form, secret=False)
        if not means_something(self.method, "quorum"):
            form = replace(form, quorum="")
        return form

    def _prepared(self, meeting: Meeting, seconds: int | None) -> DecisionOpen:
        return DecisionOpen(
            data=DecisionOpen.Data(
                meeting_id=meeting.meeting_id,
                decision_id=self.decision_id,
                duration_seconds=seconds,
                confirms=(),
            )
        )

    def _new(self, meeting: Meeting, quorum: int | None, seconds: int | None) -> DecisionOpen:
        item = current_item(meeting)
        is_motion = self.motion_id is not None
        return DecisionOpen(
            data=DecisionOpen.Data(
                meeting_id=meeting.meeting_id,
                title=None if is_motion else self.title.strip(),
                text=None if is_motion else self.text.strip(),
                item_id=None if item is None or is_motion else item.id,
                motion_id=self.motion_id,
                method=None if self.method is Method.VOTE else self.method,
                threshold=self.threshold,
                base=self.base,
                secret=self.secret,
                quorum=quorum,
                duration_seconds=seconds,
                confirms=(),
            )
        )

    def _wording(self) -> Mistake | None:
        title, text = self.title.strip(), self.text.strip()
        if not title:
            return Mistake("title", "Give it a title.")
        if len(title) > TITLE_CHARACTERS:
            return Mistake("title", f"The title has at most {TITLE_CHARACTERS} characters.")
        if not text:
            return Mistake("text", "Say what is to be decided.")
        if len(text) > TEXT_CHARACTERS:
            return Mistake("text", f"The text has at most {TEXT_CHARACTERS:,} characters.")
        return None

    def _secrecy(self, meeting: Meeting) -> Mistake | None:
        weights = {one.weight for one in meeting.people.values() if has_vote(one)}
        if self.secret and len(weights) > 1:
            return Mistake("secret", "Votes have different weights here: it cannot be secret.")
        return None


def read_minutes(written: str) -> int | Mistake | None:
    """A length of time, `5` or `2:30`, in seconds; None where nothing was written."""
    written = written.strip()
    if not written:
        return None
    found = _TIME.fullmatch(written)
    seconds = 0 if found is None else int(found["minutes"]) * 60 + int(found["seconds"] or 0)
    if not 1 <= seconds <= _LONGEST_SECONDS:
        return Mistake("minutes", "Minutes are written like 5 or 2:30, a year at most.")
    return seconds


def _read_quorum(written: str) -> int | Mistake | None:
    written = written.strip()
    if not written:
        return None
    if not re.fullmatch("[0-9]{1,7}", written) or not 1 <= int(written) <= _LARGEST_QUORUM:
        return Mistake("quorum", f"How many must vote: a number from 1 to {_LARGEST_QUORUM:,}.")
    return int(written)
