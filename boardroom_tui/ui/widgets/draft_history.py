"""The lines one has sent, to be called back; the one being written is kept meanwhile."""


class DraftHistory:
    """Sent lines, the newest last, and where among them one stands."""

    def __init__(self, kept: int = 200) -> None:
        """Keeps the newest `kept` lines."""
        self._kept = kept
        self._sent: list[str] = []
        self._place: int | None = None
        self._draft = ""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._sent)

    def add(self, text: str) -> None:
        """A line was sent; the same one twice in a row is kept once."""
        if not self._sent or self._sent[-1] != text:
            self._sent = [*self._sent[-(self._kept - 1) :], text]
        self._place = None
        self._draft = ""

    def leave(self) -> None:
        """What was called back has become a draft of its own; the one before it is kept here."""
        if self._place is None:
            return
        if self._draft:
            self.add(self._draft)
        self._place = None

    def older(self, current: str) -> str | None:
        """The line sent before the one in view; None where there is none."""
        place = len(self._sent) if self._place is None else self._place
        if place == 0:
            return None
        if self._place is None:
            self._draft = current
        self._place = place - 1
        return self._sent[self._place]

    def newer(self) -> str | None:
        """The line sent after the one in view, then the draft; None where one is at the draft."""
        if self._place is None:
            return None
        if self._place + 1 < len(self._sent):
            self._place += 1
            return self._sent[self._place]
        self._place = None
        return self._draft
