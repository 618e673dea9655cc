"""What can go wrong with a record; each says in one line what and where."""

from collections.abc import Iterable


class JournalError(Exception):
    """A store cannot be opened, written or read; the message is one line for its owner."""


class DiskFullError(JournalError):
    """There is no room for what was to be written; nothing of it was."""


class BallotsOpenError(JournalError):
    """Ballots of secret votes are kept, because these are open."""

    def __init__(self, decision_ids: Iterable[str]) -> None:
        names = ", ".join(sorted(set(decision_ids)))
        super().__init__(f"a secret vote is open ({names})")


class DamagedError(JournalError):
    """What is stored is not what was written: no program of ours can go on with it."""


class SequenceConflict(Exception):  # noqa: N818  # nobody's error: somebody else was first
    """Somebody else appended first; nothing was written."""

    def __init__(self, meeting_id: str, expected: int, found: int) -> None:
        super().__init__(f"{meeting_id} is at event {found}, not at {expected}")
        self.meeting_id = meeting_id
        self.expected = expected
        self.found = found


class RequestConflict(JournalError):  # noqa: N818  # named as the other one
    """A request that is already remembered came again; nothing was written."""

    def __init__(self, user_id: str, request_id: str) -> None:
        super().__init__(f"request {request_id} of {user_id} is already recorded")
        self.user_id = user_id
        self.request_id = request_id
