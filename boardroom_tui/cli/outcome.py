"""Between values and exits: a client's problem ends the command with its one line."""

from typing import TypeVar

from boardroom_tui.cli import CommandError
from boardroom_tui.client.problem import Problem

_T = TypeVar("_T")


def done(outcome: _T | Problem) -> _T:
    """What came of something, if it is not a problem.

    Raises:
        CommandError: It is one.
    """
    if isinstance(outcome, Problem):
        raise CommandError(str(outcome))
    return outcome
