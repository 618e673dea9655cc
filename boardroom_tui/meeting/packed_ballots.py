"""The ballots of a decision that has ended, in a few bytes each.

Nothing of them changes any more, and hardly anybody looks at another's: a thousand members who
vote fifty times would else fill the memory with what is on disk as well.
"""

import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from struct import Struct

from boardroom_tui.meeting.state import Ballot
from boardroom_tui.protocol.fields import Vote

_ROW = Struct("<B10sq")
"""What it is, the random part of the vote's id, and the microseconds since 1970."""

BYTES_EACH = _ROW.size

_NOBODY, _APART, *_CAST = range(3 + len(Vote))
_VOTES: Mapping[int, Vote | None] = dict(zip(_CAST, (None, *Vote), strict=True))
_KINDS = {vote: kind for kind, vote in _VOTES.items()}
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_ID = "vote_"


class PackedBallots(Mapping[str, Ballot]):
    """Ballots by their voter, each as it was; what has more to it than a row holds lies apart."""

    __slots__ = ("_apart", "_length", "_places", "_rows")

    def __init__(self, ballots: Mapping[str, Ballot], voters: Iterable[str]) -> None:
        """Pack these; `voters` are all who might have voted.

        Where they are those of another decision it takes less room to give its ballots' `places`.
        """
        places = voters if isinstance(voters, _Places) else _Places(voters)
        self._places = places if ballots.keys() <= places.keys() else _Places((*places, *ballots))
        self._length = len(ballots)
        rows = bytearray(len(self._places) * _ROW.size)
        apart: dict[str, Ballot] = {}
        for voter, ballot in ballots.items():
            row = _packed(ballot)
            if row is None:
                apart[voter] = ballot
                row = _ROW.pack(_APART, b"", 0)
            place = self._places[voter] * _ROW.size
            rows[place : place + _ROW.size] = row
        self._rows = bytes(rows)
        self._apart = zlib.compress(pickle.dumps(apart)) if apart else b""

    @property
    def places(self) -> "_Places":
        """Who might have voted, for the ballots of the next decision."""
        return self._places

    def __getitem__(self, voter: str) -> Ballot:
        kind, vote_id, at = _ROW.unpack_from(self._rows, self._places[voter] * _ROW.size)
        if kind == _NOBODY:
            raise KeyError(voter)
        if kind == _APART:
            # Of this very process: nobody else wrote it.
            apart: dict[str, Ballot] = pickle.loads(zlib.decompress(self._apart))  # noqa: S301
            return apart[voter]
        return _unpacked(kind, vote_id, at)

    def __contains__(self, voter: object) -> bool:
        place = self._places.get(voter) if isinstance(voter, str) else None
        return place is not None and self._rows[place * _ROW.size] != _NOBODY

    def __iter__(self) -> Iterator[str]:
        rows = self._rows
        for voter, place in self._places.items():
            if rows[place * _ROW.size] != _NOBODY:
                yield voter

    def __len__(self) -> int:
        return self._length


class _Places(dict[str, int]):
    """Where each voter's row is."""

    def __init__(self, voters: Iterable[str]) -> None:
        super().__init__((voter, place) for place, voter in enumerate(dict.fromkeys(voters)))


def _packed(ballot: Ballot) -> bytes | None:
    """A ballot as a row, if that tells all of it."""
    try:
        vote_id = bytes.fromhex(ballot.vote_id.removeprefix(_ID))
        at = (ballot.at - _BEGINNING) // timedelta(microseconds=1)
        row = _ROW.pack(_KINDS[ballot.vote], vote_id, at)
    except ValueError:
        return None
    return row if _unpacked(*_ROW.unpack(row)) == ballot else None


def _unpacked(kind: int, vote_id: bytes, at: int) -> Ballot:
    when = _BEGINNING + timedelta(microseconds=at)
    return Ballot(_ID + vote_id.hex(), _VOTES[kind], None, when)
