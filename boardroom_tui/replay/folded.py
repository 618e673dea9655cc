"""A value that grows step by step, at any step."""

from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")

_KEPT_EVERY = 200
"""So many steps apart a value is kept, so that going back need not begin at the beginning."""


class Folded(Generic[_T]):
    """What comes of so many steps, each made from what came of those before it."""

    def __init__(self, first: _T, step: Callable[[_T, int], _T]) -> None:
        """`step` is given a value and the number of the step to take, from 1 on."""
        self._step = step
        self._kept = {0: first}
        self._newest = 0, first

    def at(self, place: int) -> _T:
        """The value after so many steps."""
        known = max(kept for kept in self._kept if kept <= place)
        value = self._kept[known]
        if known <= self._newest[0] <= place:
            known, value = self._newest
        for there in range(known + 1, place + 1):
            value = self._step(value, there)
            if there % _KEPT_EVERY == 0:
                self._kept[there] = value
        self._newest = place, value
        return value
