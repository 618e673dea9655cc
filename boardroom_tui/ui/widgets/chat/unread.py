"""What came while nobody was looking."""

from collections.abc import Iterable


class Unread:
    """The new messages of a chat: where they begin, and which are still to be seen.

    The marker stays for a while after the messages were seen, so that the eye finds the place.
    """

    def __init__(self) -> None:
        self.first: str | None = None
        """The message above which the marker stands; None is no marker."""
        self.count = 0
        """Messages of others below the marker."""
        self._unseen: set[str] = set()

    @property
    def unseen(self) -> int:
        """How many nobody has looked at yet."""
        return len(self._unseen)

    def is_unseen(self, message_id: str) -> bool:
        """Whether this is one of them."""
        return message_id in self._unseen

    def arrived(self, message_id: str) -> None:
        """A message of somebody else came and was not seen."""
        if not self._unseen:
            self.first, self.count = message_id, 0
        self.count += 1
        self._unseen.add(message_id)

    def seen(self, message_ids: Iterable[str]) -> bool:
        """These were looked at; whether that was news. The marker still stands."""
        before = len(self._unseen)
        self._unseen.difference_update(message_ids)
        return len(self._unseen) < before

    def forget(self) -> None:
        """Nothing is new, and no marker stands."""
        self.first, self.count = None, 0
        self._unseen.clear()

    @property
    def words(self) -> str:
        """What the marker says."""
        return f"{self.count} new"
