"""What came while nobody was looking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unread:
    """The new messages of a chat: where they begin, and how many are still to be seen.

    The marker stays for a while after the messages were seen, so that the eye finds the place.
    """

    first: int | None = None
    """The index of the message above which the marker stands; None is no marker."""
    count: int = 0
    """Messages of others below the marker."""
    unseen: int = 0
    """Those of them that nobody has looked at yet."""

    def arrived(self, index: int) -> "Unread":
        """A message of somebody else came and was not seen."""
        if self.first is None or not self.unseen:
            return Unread(index, 1, 1)
        return Unread(self.first, self.count + 1, self.unseen + 1)

    def seen(self) -> "Unread":
        """Everything was looked at; the marker still stands."""
        return Unread(self.first, self.count) if self.unseen else self

    @property
    def words(self) -> str:
        """What the marker says."""
        return f"{self.count} new"
