"""Finding words in the conversation: from match to match in a list, and how that stands."""

from boardroom_tui.ui.widgets.chat.list import ChatList
from boardroom_tui.ui.widgets.chat.search import ChatSearch, pattern_for


class ChatFinder:
    """What is searched for, and which match is looked at."""

    def __init__(self) -> None:
        self.seeks = False
        """Whether a match is looked for in what is not known here yet."""
        self._search = ChatSearch()
        self._end = ""

    @property
    def is_at_work(self) -> bool:
        """Whether there is something to search for."""
        return self._search.pattern is not None

    def begin(self, words: str, chat: ChatList) -> None:
        """Search for these words, and set them apart in the list."""
        self.seeks, self._end = False, ""
        self._search = ChatSearch(pattern_for(words))
        chat.mark_matches(self._search.pattern)
        self.look_through(chat)

    def end(self, *chats: ChatList) -> None:
        """Search for nothing any more."""
        self.seeks, self._end = False, ""
        self._search = ChatSearch()
        for chat in chats:
            chat.mark_matches(None)

    def look_through(self, chat: ChatList) -> None:
        """Find what matches in what became known since."""
        self._search.look_through(chat.said)

    def visit(self, by: int, chat: ChatList) -> bool:
        """Go to the next match, +1 is further back; whether there is one."""
        found = self._search.step(by)
        self._end = "" if found is not None else ", no earlier one" if by > 0 else ", no later one"
        return found is not None and chat.visit(found)

    def in_words(self, *, more: bool, read_back: str) -> str:
        """How the search stands; whether there is `more` to read back, and how far one has."""
        if not self.is_at_work:
            return "Esc ends"
        if self.seeks:
            return f"{read_back}… Esc stops"
        if not self._search:
            return "not found yet: Enter reads back" if more else "not found"
        place = f"{self._search.number or 0} of {len(self._search)}"
        arrows = " ↑↓" if more or len(self._search) > 1 else ""
        return f"{place}{' so far' if more else self._end}{arrows}"
