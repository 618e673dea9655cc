"""What came while nobody was looking."""

from collections.abc import Iterable, Sequence


class Unread:
    """The new messages of a chat: where they begin, and which are still to be seen.

    The marker stays for a while after the messages were seen, so that the eye finds the place.
    Messages are named by their places in the chat; there may be very many that nobody saw.
    """

    def __init__(self) -> None:
        self.first: str | None = None
        """The message above which the marker stands; None is no marker."""
        self.count = 0
        """Messages of others below the marker."""
        self.unseen = 0
        """How many nobody has looked at yet."""
        self._unseen = bytearray()
        """One byte a place: 1 where it is one of them."""

    def is_unseen(self, place: int) -> bool:
        """Whether this is one of them."""
        return place < len(self._unseen) and self._unseen[place] == 1

    def arrived(self, places: Sequence[int], message_id: str) -> bool:
        """Messages of others came and were not seen, the first of this id; none is further down.

        Gives whether the marker stands above it.
        """
        begins = not self.unseen
        if begins:
            self.first, self.count = message_id, 0
        self.count += len(places)
        self.unseen += len(places)
        self._unseen.extend(bytes(places[-1] + 1 - len(self._unseen)))
        for place in places:
            self._unseen[place] = 1
        return begins

    def seen(self, places: Iterable[int]) -> None:
        """These were looked at. The marker still stands."""
        for place in places:
            if self.is_unseen(place):
                self._unseen[place] = 0
                self.unseen -= 1

    def beyond(self, in_sight: range) -> tuple[int, int]:
        """How many nobody has looked at stand above what is in sight, and below it."""
        within = self._unseen.count(1, in_sight.start, in_sight.stop)
        below = self._unseen.count(1, in_sight.stop)
        return self.unseen - within - below, below

    def precede(self, count: int) -> None:
        """So many messages stand before the first now."""
        self._unseen[:0] = bytes(count)

    def forget(self) -> None:
        """Nothing is new, and no marker stands."""
        self.first, self.count, self.unseen = None, 0, 0
        self._unseen.clear()

    @property
    def words(self) -> str:
        """What the marker says."""
        return f"{self.count} new"
