"""The next meeting's file, begun from what was left of this one."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta

from boardroom_tui.meeting.charter import Charter, PreparedDecision
from boardroom_tui.meeting.events import DecisionOpened, Event
from boardroom_tui.meeting.state import Decision, Motion
from boardroom_tui.protocol.due import day_in_words
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.limits import IDENTIFIER_CHARACTERS, TITLE_CHARACTERS
from boardroom_tui.protocol.text import clean
from boardroom_tui.record.account import Account, account
from boardroom_tui.record.left_over import LeftOver, left_over
from boardroom_tui.record.notes import Note
from boardroom_tui.record.wording import Wording

_NUMBERED = re.compile(r"(?P<name>.*)_(?P<number>\d{1,6})", re.S)

_KINDS = {
    "threshold": "majority",
    "base": "cast",
    "method": "vote",
}
"""What need not be written."""


def carry_over(events: Sequence[Event]) -> str:
    """A meeting file (CONTRACT.md, section 3) with the same members and what was left to do.

    What was done in executive session is not in it, for everybody reads the file.

    Raises:
        ValueError: There are no events.
    """
    told = account(events)
    charter = told.state.charter
    if charter is None:
        raise ValueError("a meeting without its file has no next one")
    return "\n".join(_Next(told, charter, events[0]).lines()) + "\n"


class _Next:
    """Writes the next meeting's file."""

    def __init__(self, told: Account, charter: Charter, first: Event) -> None:
        began = told.state.started_at or first.at
        self._told = told
        self._charter = charter
        self._left: LeftOver = left_over(told)
        self._wording = Wording(told.members, began)
        self._day = day_in_words(began.astimezone(UTC).date())
        self._used = {self._approval_decision_id}
        self._items = {item.id for item in (*self._left.deferred, *self._left.not_done)}

    def lines(self) -> Iterator[str]:
        yield f"# Begun from what was left of {_comment(self._charter.title)}, {self._day}."
        yield from self._meeting()
        yield from self._members()
        yield from self._agenda()
        yield from _table("decision", self._approval())
        for decision in self._left.not_put:
            yield from _table("decision", self._prepared(decision))
        for decision in self._left.still_open:
            yield from _table("decision", self._put_again(decision))
        for motion in (*self._left.pending, *self._left.postponed):
            yield from _table("decision", self._moved(motion))

    def _meeting(self) -> Iterator[str]:
        charter = self._charter
        yield from ("", "[meeting]")
        yield f"id = {_string(_next(charter.id))}"
        yield f"title = {_string(charter.title)}"
        if charter.body is not None:
            yield f"body = {_string(charter.body)}"
        yield f"quorum = {charter.quorum}"
        yield f"auto_close = {_switch(charter.auto_close)}"
        for key in ("proxies", "casting_vote"):
            if getattr(charter, key):
                yield f"{key} = true"

    def _members(self) -> Iterator[str]:
        for member in self._charter.members:
            yield from ("", "[[member]]")
            yield f"id = {_string(member.id)}"
            yield f"name = {_string(member.name)}"
            yield f"role = {_string(member.role)}"
            if member.weight != 1:
                yield f"weight = {member.weight}"
            if not member.has_vote and member.role is not Role.OBSERVER:
                yield "vote = false"

    def _agenda(self) -> Iterator[str]:
        approval = [f"id = {_string(self._approval_id)}", f"title = {_string(self._minutes)}"]
        yield from _table("agenda", [*approval, "minutes = 5"])
        if self._left.actions:
            yield ""
            for note in self._left.actions:
                yield f"# {_comment(self._action(note))}"
            told = "; ".join(self._action(note) for note in self._left.actions)
            item = [f"id = {_string(f'item_actions_of_{self._stamp}')}"]
            yield from _table("agenda", [*item, f"title = {_string(_cut(f'Actions: {told}'))}"])
        for number, motion in enumerate(self._left.referred, start=1):
            title = f"Referred to {motion.referred_to}: {motion.wording.title}"
            item = [f"id = {_string(f'item_referred_{number}_of_{self._stamp}')}"]
            yield from _table("agenda", [*item, f"title = {_string(_cut(title))}"])
        for item in (*self._left.not_done, *self._left.deferred):
            planned = [] if item.minutes is None else [f"minutes = {item.minutes}"]
            entry = [f"id = {_string(item.id)}", f"title = {_string(item.title)}", *planned]
            yield from _table("agenda", entry)

    @property
    def _stamp(self) -> str:
        """What makes ids of this file's own unlike those of the file after it."""
        return _next(self._charter.id)[-60:]

    @property
    def _approval_id(self) -> str:
        return f"item_minutes_of_{self._stamp}"

    @property
    def _approval_decision_id(self) -> str:
        return f"decision_minutes_of_{self._stamp}"

    @property
    def _minutes(self) -> str:
        return f"Minutes of {self._day}"

    def _approval(self) -> list[str]:
        return [
            f"id = {_string(self._approval_decision_id)}",
            f"item = {_string(self._approval_id)}",
            f"title = {_string(f'Approve the minutes of {self._day}')}",
            f"text = {_string(f'That the minutes of {self._day} be approved.')}",
        ]

    def _action(self, note: Note) -> str:
        who = self._wording.assignees(note.mark) or "nobody yet"
        due = self._wording.due(note.mark, note.at)
        return f"{who}{f' by {due}' if due else ''}: {clean(note.mark.text)}"

    def _prepared(self, decision: PreparedDecision) -> list[str]:
        """A decision as it was prepared; a deadline that is a time has gone by then."""
        lines = self._question(decision.id, decision.item_id, decision.title, decision.text)
        lines += self._terms(decision)
        if isinstance(decision.deadline, timedelta):
            lines.append(f'deadline = "+{int(decision.deadline.total_seconds())}s"')
        return lines

    def _put_again(self, decision: Decision) -> list[str]:
        """A decision whose vote was not over, under its rule; who voted will vote anew."""
        opened = decision.opened
        item_id = self._told.items[opened.decision_id]
        question = self._question(opened.decision_id, item_id, opened.title, opened.text)
        return [*question, *self._terms(opened)]

    def _terms(self, decision: PreparedDecision | DecisionOpened) -> Iterator[str]:
        for key, usual in _KINDS.items():
            value = str(getattr(decision, key))
            if value != usual:
                yield f"{key} = {_string(value)}"
        if decision.quorum > 1:
            yield f"quorum = {decision.quorum}"
        if decision.secret:
            yield "secret = true"
        if decision.auto_close is not self._charter.auto_close:
            yield f"auto_close = {_switch(decision.auto_close)}"

    def _moved(self, motion: Motion) -> list[str]:
        item_id = self._told.moved_under[motion.id]
        words = motion.wording
        return self._question(motion.id, item_id, words.title, words.text)

    def _question(self, id_: str, item_id: str | None, title: str, text: str) -> list[str]:
        item = [f"item = {_string(item_id)}"] if item_id in self._items and item_id else []
        new_id = _next(id_)
        while new_id in self._used:
            new_id = _next(new_id)
        self._used.add(new_id)
        return [
            f"id = {_string(new_id)}",
            *item,
            f"title = {_string(clean(title).strip() or 'A motion')}",
            f"text = {_string(text, lines=True)}",
        ]


def _table(name: str, lines: Sequence[str]) -> Iterator[str]:
    yield from ("", f"[[{name}]]", *lines)


def _next(id_: str) -> str:
    """The id of what follows: `q3` gives `q3_2`, and `q3_2` gives `q3_3`."""
    found = _NUMBERED.fullmatch(id_)
    if found is None or found["name"] in {"meeting", "decision"}:
        return f"{id_[: IDENTIFIER_CHARACTERS - 2]}_2"
    return f"{found['name'][: IDENTIFIER_CHARACTERS - 8]}_{int(found['number']) + 1}"


def _string(text: str, *, lines: bool = False) -> str:
    """A text as TOML writes it; JSON's escapes are among TOML's."""
    return json.dumps(clean(text, lines=lines), ensure_ascii=False)


def _comment(text: str) -> str:
    return clean(text)


def _cut(title: str) -> str:
    return title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1]}…"


def _switch(on: bool) -> str:
    return "true" if on else "false"
