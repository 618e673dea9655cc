"""Searching what was said: the messages that match, the newest first, as more becomes known."""

import re

from boardroom_tui.protocol.keyed_log import KeyedLog
from boardroom_tui.protocol.text import clean
from boardroom_tui.state.model import Entry, SpokenLine
from boardroom_tui.ui.widgets.chat.lines import shown_text


def pattern_for(words: str) -> re.Pattern[str] | None:
    """What matches the words: in any case, over line ends too; None where there are none."""
    parts = clean(words).split()
    return re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE) if parts else None


class ChatSearch:
    """The messages of a conversation that match, and which one is looked at."""

    def __init__(self, pattern: re.Pattern[str] | None = None) -> None:
        self.pattern = pattern
        self.current: str | None = None
        """The match that is looked at."""
        self._found: list[str] = []
        self._oldest: str | None = None
        self._newest: str | None = None

    def __len__(self) -> int:
        return len(self._found)

    @property
    def number(self) -> int | None:
        """The how manyeth match is looked at, counted from the newest."""
        return None if self.current is None else self._found.index(self.current) + 1

    def look_through(self, log: KeyedLog[Entry]) -> None:
        """Find what matches in what became known since."""
        if self.pattern is None or not log:
            return
        oldest, newest = (log.place(one or "") for one in (self._oldest, self._newest))
        if oldest is None or newest is None:
            self._found, self.current = [], None
            oldest = newest = len(log)
        self._found = [
            *self._matches(log, range(len(log) - 1, newest, -1)),
            *self._found,
            *self._matches(log, range(oldest - 1, -1, -1)),
        ]
        self._oldest, self._newest = log[0].message_id, log[-1].message_id

    def step(self, by: int) -> str | None:
        """Look at the next match: +1 is further back, -1 further on; None where there is none."""
        number = self.number or 0
        place = number + by - 1 if number else 0
        if not 0 <= place < len(self._found):
            return None
        self.current = self._found[place]
        return self.current

    def _matches(self, log: KeyedLog[Entry], places: range) -> list[str]:
        pattern = self.pattern
        lines = (log[place] for place in places)
        return [
            line.message_id
            for line in lines
            if pattern is not None and pattern.search(_said(line)) is not None
        ]


def _said(line: Entry) -> str:
    return shown_text(line.message) if isinstance(line, SpokenLine) else line.text
