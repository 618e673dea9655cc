"""What a client says when something cannot be done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something cannot be done: one line to show, never with a token in it."""

    message: str

    def __str__(self) -> str:
        return self.message
