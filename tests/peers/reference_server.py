"""A server written from the reference alone, to prove that our client works with strangers.

It imports nothing of Boardroom and knows neither the contract nor an extension: it answers with
the reference's samples (`type` and `data`, no `id`, no `metadata`, no correlation) and notes
whatever a client sends that the reference does not have.
"""

import json
import ssl
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

Json = dict[str, Any]

ENVELOPE = {"id", "type", "data", "metadata"}
METADATA = {"timestamp", "userId", "correlationId", "version"}
CLIENT_MESSAGES: Mapping[str, set[str]] = {
    "connection.heartbeat.ping": {"timestamp"},
    "meeting.join": {"meetingId", "role"},
    "meeting.leave": {"meetingId"},
    "meeting.chat.message": {"meetingId", "message", "replyTo"},
    "decision.vote.cast": {"decisionId", "vote", "comment"},
    "presence.update": {"status", "activity"},
    "presence.subscribe": {"roomId"},
    "notification.acknowledge": {"notificationId"},
    "collaboration.cursor": {"documentId", "position", "selection"},
    "collaboration.typing": {"roomId", "isTyping"},
    "subscribe": {"channels"},
    "unsubscribe": {"channels"},
}


def now() -> str:
    """The time as the reference writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(eq=False)
class Peer:
    """One connection."""

    socket: ServerConnection
    user_id: str
    channels: set[str] = field(default_factory=set[str])


@dataclass
class ReferenceServer:
    """One meeting room for everybody with a token."""

    users: Mapping[str, str]
    """Tokens, and whose they are."""
    voters: int = 15
    url: str = ""
    heard: list[Json] = field(default_factory=list[Json])
    beyond: list[str] = field(default_factory=list[str])
    """What clients sent that is not in the reference."""
    peers: list[Peer] = field(default_factory=list[Peer])
    present: dict[str, str] = field(default_factory=dict[str, str])
    """Who has joined, and their status."""
    votes: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    _messages: int = 0

    async def converse(self, socket: ServerConnection) -> None:
        """Serve one connection from its first to its last frame."""
        request = socket.request
        query = parse_qs(urlsplit(request.path if request is not None else "").query)
        user_id = self.users.get(query.get("token", [""])[0])
        if user_id is None:
            error = {
                "code": "AUTH_FAILED",
                "message": "Authentication failed",
                "retryable": False,
            }
            await self._send(socket, "connection.error", error)
            await socket.close(1008)
            return
        peer = Peer(socket, user_id)
        self.peers.append(peer)
        ready = {
            "sessionId": f"session_{len(self.peers)}",
            "userId": user_id,
            "permissions": ["read", "write"],
            "serverTime": now(),
        }
        try:
            await self._send(socket, "connection.ready", ready)
            async for frame in socket:
                await self._receive(peer, json.loads(frame))
        except ConnectionClosed:
            pass
        finally:
            self.peers.remove(peer)

    async def broadcast(self, kind: str, data: Json) -> None:
        """Send a message to everybody who is connected."""
        for peer in tuple(self.peers):
            await self._send(peer.socket, kind, data)

    async def _send(self, socket: ServerConnection, kind: str, data: Json) -> None:
        await socket.send(json.dumps({"type": kind, "data": data}))

    async def _receive(self, peer: Peer, message: Json) -> None:
        self.heard.append(message)
        kind, data = message["type"], message["data"]
        fields = CLIENT_MESSAGES.get(kind)
        if fields is None:
            self.beyond.append(kind)
            error = {"code": "INVALID_MESSAGE", "message": "Unknown type", "retryable": False}
            await self._send(peer.socket, "error", error)
            return
        unknown = (
            (message.keys() - ENVELOPE)
            | (message.get("metadata", {}).keys() - METADATA)
            | (data.keys() - fields)
        )
        self.beyond.extend(f"{kind}.{name}" for name in sorted(unknown))
        await self._answers()[kind](peer, data)

    def _answers(self) -> Mapping[str, Callable[[Peer, Json], Any]]:
        return {
            "connection.heartbeat.ping": self._pong,
            "meeting.join": self._join,
            "meeting.leave": self._leave,
            "meeting.chat.message": self._chat,
            "decision.vote.cast": self._vote,
            "presence.update": self._presence,
            "presence.subscribe": self._presence_list,
            "notification.acknowledge": self._silence,
            "collaboration.cursor": self._cursor,
            "collaboration.typing": self._typing,
            "subscribe": self._subscribe,
            "unsubscribe": self._unsubscribe,
        }

    async def _pong(self, peer: Peer, data: Json) -> None:
        answer = {"timestamp": data["timestamp"], "latency": 23}
        await self._send(peer.socket, "connection.heartbeat.pong", answer)

    async def _join(self, peer: Peer, data: Json) -> None:
        self.present[peer.user_id] = "online"
        participant = {
            "userId": peer.user_id,
            "name": peer.user_id.title(),
            "role": data.get("role", "participant"),
            "joinedAt": now(),
        }
        joined = {
            "meetingId": data["meetingId"],
            "participant": participant,
            "totalParticipants": len(self.present),
        }
        await self.broadcast("meeting.participant.joined", joined)

    async def _leave(self, peer: Peer, data: Json) -> None:
        self.present.pop(peer.user_id, None)
        participant = {"userId": peer.user_id, "name": peer.user_id.title(), "leftAt": now()}
        left = {
            "meetingId": data["meetingId"],
            "participant": participant,
            "totalParticipants": len(self.present),
        }
        await self.broadcast("meeting.participant.left", left)

    async def _chat(self, peer: Peer, data: Json) -> None:
        self._messages += 1
        said = {
            "meetingId": data["meetingId"],
            "messageId": f"msg_{self._messages}",
            "userId": peer.user_id,
            "userName": peer.user_id.title(),
            "message": data["message"],
            "replyTo": data.get("replyTo"),
            "timestamp": now(),
        }
        await self.broadcast("meeting.chat.message", said)

    async def _vote(self, peer: Peer, data: Json) -> None:
        decision_id = data["decisionId"]
        votes = self.votes.setdefault(decision_id, {})
        votes[peer.user_id] = data["vote"]
        received = {
            "decisionId": decision_id,
            "voteId": f"vote_{peer.user_id}",
            "status": "recorded",
            "timestamp": now(),
        }
        await self._send(peer.socket, "decision.vote.received", received)
        cast = [*votes.values()]
        counted = {vote: cast.count(vote) for vote in ("approve", "reject", "abstain")}
        summary = {**counted, "total": len(cast), "required": self.voters}
        tally = {
            "decisionId": decision_id,
            "voteSummary": summary,
            "status": "voting",
            "deadline": "2124-01-15T12:00:00Z",
        }
        await self.broadcast("decision.vote.update", tally)
        if len(cast) == self.voters:
            result = {
                "decisionId": decision_id,
                "result": "approved" if counted["approve"] > counted["reject"] else "rejected",
                "finalVotes": counted,
                "completedAt": now(),
            }
            await self.broadcast("decision.result", result)

    async def _presence(self, peer: Peer, data: Json) -> None:
        self.present[peer.user_id] = data["status"]
        await self.broadcast("presence.changed", self._user(peer.user_id, data.get("activity")))

    async def _presence_list(self, peer: Peer, data: Json) -> None:
        users = [self._user(user_id, None) for user_id in self.present]
        await self._send(peer.socket, "presence.list", {"roomId": data["roomId"], "users": users})

    def _user(self, user_id: str, activity: Json | None) -> Json:
        shown = {"type": "viewing", "target": "meeting_123"} if activity is None else activity
        status = self.present[user_id]
        return {"userId": user_id, "status": status, "activity": shown, "lastSeen": now()}

    async def _silence(self, _peer: Peer, _data: Json) -> None:
        """An acknowledgement has no answer."""

    async def _cursor(self, peer: Peer, data: Json) -> None:
        moved = {
            **data,
            "userId": peer.user_id,
            "userName": peer.user_id.title(),
            "color": "#4A90E2",
        }
        await self.broadcast("collaboration.cursor.update", moved)

    async def _typing(self, peer: Peer, data: Json) -> None:
        typing = {**data, "userId": peer.user_id, "userName": peer.user_id.title()}
        await self.broadcast("collaboration.typing.update", typing)

    async def _subscribe(self, peer: Peer, data: Json) -> None:
        own = f"user:{peer.user_id}"
        denied = {
            name: "Permission denied"
            for name in data["channels"]
            if name.startswith("user:") and name != own
        }
        granted = [name for name in data["channels"] if name not in denied]
        peer.channels.update(granted)
        update = {"subscribed": granted, "failed": denied}
        await self._send(peer.socket, "subscription.update", update)

    async def _unsubscribe(self, peer: Peer, data: Json) -> None:
        peer.channels.difference_update(data["channels"])
        update: Json = {"subscribed": sorted(peer.channels), "failed": {}}
        await self._send(peer.socket, "subscription.update", update)


@asynccontextmanager
async def reference_server(
    users: Mapping[str, str], *, tls: ssl.SSLContext | None = None, voters: int = 15
) -> AsyncGenerator[ReferenceServer]:
    """Run the server on a free port of this machine, with TLS where a context is given."""
    server = ReferenceServer(users, voters)
    async with serve(server.converse, "127.0.0.1", 0, ssl=tls) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        server.url = f"{'ws' if tls is None else 'wss'}://127.0.0.1:{port}/ws"
        yield server
