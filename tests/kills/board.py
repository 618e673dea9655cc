"""Ten members over real sockets, who send again what was not answered, as our clients do."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from boardroom_tui.protocol.messages.record import SignedHead

MEETING = "meeting_kills"
CHAIR = "user_0"
VOTES = ("approve", "reject", "abstain")
_ANSWERS = ("meeting.chat.message", "decision.vote.received", "decision.opened", "error")


@dataclass(slots=True)
class Sent:
    """A request under its id, and what the server answered in the end."""

    kind: str
    data: Mapping[str, Any]
    answer: Mapping[str, Any] | None = None
    refused: str | None = None


@dataclass(slots=True)
class Board:
    """What everybody did, and what they were told."""

    random: Random
    over: bool = False
    """From now on nobody begins anything new."""
    sent: dict[tuple[str, str], Sent] = field(default_factory=dict[tuple[str, str], Sent])
    """By member and id, in the order of sending."""
    heads: dict[int, SignedHead] = field(default_factory=dict[int, SignedHead])
    opened: dict[str, bool] = field(default_factory=dict[str, bool])
    """The decisions that were heard of: whether each is secret."""
    closed: set[str] = field(default_factory=set[str])
    answered: int = 0
    resent: int = 0
    repeated: int = 0
    """Requests that were answered already, sent again, and answered with the same."""

    @property
    def open(self) -> str | None:
        """A decision on which votes are taken, as far as anybody has heard."""
        return next((one for one in self.opened if one not in self.closed), None)


class Member:
    """One member: one request at a time, each sent under its id until it is answered."""

    def __init__(self, board: Board, user_id: str, address: str) -> None:
        self._board = board
        self._user_id = user_id
        self._address = address
        self._count = 0
        self._pending: str | None = None
        self._voted: set[str] = set()

    async def attend(self) -> None:
        """Take part, come back whenever the server was gone, and end with nothing unanswered."""
        while not (self._board.over and self._pending is None):
            try:
                async with connect(self._address, proxy=None, close_timeout=0.1) as socket:
                    await self._take_part(socket)
            except (OSError, WebSocketException, InvalidHandshake, EOFError):
                await asyncio.sleep(0.01)

    async def _take_part(self, socket: ClientConnection) -> None:
        await self._send(socket, "join", "meeting.join", {"meetingId": MEETING})
        while True:
            message = json.loads(await socket.recv())
            self._hear(message)
            if message["type"] == "meeting.state":
                break
        await self._ask_again(socket)
        while not (self._board.over and self._pending is None):
            if self._pending is None:
                self._think()
            else:
                self._board.resent += 1
            await self._post(socket)
            while self._pending is not None:
                self._hear(json.loads(await socket.recv()))

    async def _ask_again(self, socket: ClientConnection) -> None:
        """Send what was answered before once more: the first answer must come, and nothing else."""
        mine = [(key, one) for key, one in self._board.sent.items() if key[0] == self._user_id]
        answered = [(key[1], one) for key, one in mine if one.answer is not None]
        if not answered or self._board.random.random() < 0.5:
            return
        request_id, one = answered[-1]
        await self._send(socket, request_id, one.kind, one.data)
        while True:
            message = json.loads(await socket.recv())
            self._hear(message)
            if message["type"] in _ANSWERS and _answers(message, request_id):
                break
        assert one.answer is not None
        assert _told(message) == _told(one.answer), (one, message)
        self._board.repeated += 1

    def _think(self) -> None:
        """Open a vote, vote, vote again, or say something."""
        board, random = self._board, self._board.random
        self._count += 1
        request_id = f"{self._user_id}-{self._count}"
        decision = board.open
        if decision is None and self._user_id == CHAIR:
            number = len(board.opened)
            request = Sent(
                "decision.open",
                {
                    "meetingId": MEETING,
                    "title": f"Motion {number}",
                    "text": "So be it.",
                    "secret": random.random() < 0.5,
                },
            )
        elif decision is not None and (decision not in self._voted or random.random() < 0.2):
            self._voted.add(decision)
            vote = {"decisionId": decision, "vote": random.choice(VOTES)}
            mark = "words" if board.opened[decision] else "comment"
            request = Sent("decision.vote.cast", {**vote, mark: request_id})
        else:
            request = Sent("meeting.chat.message", {"meetingId": MEETING, "message": request_id})
        board.sent[self._user_id, request_id] = request
        self._pending = request_id

    async def _post(self, socket: ClientConnection) -> None:
        assert self._pending is not None
        one = self._board.sent[self._user_id, self._pending]
        await self._send(socket, self._pending, one.kind, one.data)

    async def _send(
        self, socket: ClientConnection, request_id: str, kind: str, data: Mapping[str, Any]
    ) -> None:
        await socket.send(json.dumps({"id": request_id, "type": kind, "data": data}))

    def _hear(self, message: Mapping[str, Any]) -> None:
        board, data = self._board, message["data"]
        match message["type"]:
            case "meeting.state":
                for one in data["decisions"]:
                    board.opened[one["decisionId"]] = one["secret"]
                    if "outcome" in one:
                        board.closed.add(one["decisionId"])
            case "decision.opened":
                board.opened[data["decisionId"]] = data["secret"]
            case "decision.result":
                board.closed.add(data["decisionId"])
            case "record.head":
                head = SignedHead.model_validate_json(json.dumps(data))
                assert board.heads.setdefault(head.sequence, head).hash == head.hash
            case _:
                pass
        if self._pending is not None and _answers(message, self._pending):
            self._answered(self._pending, message)

    def _answered(self, request_id: str, message: Mapping[str, Any]) -> None:
        one = self._board.sent[self._user_id, request_id]
        if message["type"] == "error":
            one.refused = message["data"]["code"]
        elif message["type"] in _ANSWERS:
            one.answer = message
        else:
            return  # its own copy of a tally
        self._pending = None
        self._board.answered += 1


def _answers(message: Mapping[str, Any], request_id: str) -> bool:
    return message["metadata"].get("correlationId") == request_id


def _told(message: Mapping[str, Any]) -> tuple[object, ...]:
    """What two answers to the same request have in common."""
    data = message["data"]
    names = ("messageId", "voteId", "decisionId", "timestamp", "openedAt")
    return tuple(data.get(name) for name in names)
