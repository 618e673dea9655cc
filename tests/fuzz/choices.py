"""Bytes read as decisions, so that a fuzzer that changes bytes changes what happens."""


class Choices:
    """Numbers and texts from bytes; when they run out, each is 0 or empty."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __bool__(self) -> bool:
        """Whether any are left."""
        return self._at < len(self._data)

    def number(self, below: int) -> int:
        """A number from 0 to below `below`, which is 256 at most."""
        return self.chunk(1)[0] % below if self else 0

    def chunk(self, size: int | None = None) -> bytes:
        """The next bytes, so many or as many as the next byte says."""
        taken = self.number(256) if size is None else size
        self._at += taken
        return self._data[self._at - taken : self._at]

    def text(self) -> str:
        """A text, in which half a surrogate pair may stand."""
        return self.chunk().decode("utf-8", "surrogateescape")
