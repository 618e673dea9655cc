"""A real server in a test: on a free port, with its own data folder, over TLS unless told not."""

import sqlite3
import ssl
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from boardroom_tui.meeting.charter import AgendaEntry, Charter, Member, PreparedDecision
from boardroom_tui.protocol.fields import Role
from boardroom_tui.protocol.limits import Limit, Rate
from boardroom_tui.record.schema import JOURNAL
from boardroom_tui.server.server import BoardroomServer
from boardroom_tui.server.settings import Settings
from boardroom_tui.server.tokens import Tokens

UNLIMITED: Mapping[Rate, Limit] = {rate: Limit(1_000_000, 60) for rate in Rate}
"""For tests about something else than the limits."""


def member(user_id: str, role: Role = Role.PARTICIPANT, **fields: Any) -> Member:
    """A member named after their id, with a vote unless an observer."""
    has_vote = fields.pop("has_vote", role is not Role.OBSERVER)
    name = fields.pop("name", user_id.removeprefix("user_").capitalize())
    return Member(id=user_id, name=name, role=role, has_vote=has_vote, **fields)


def decision(decision_id: str = "decision_123", **fields: Any) -> PreparedDecision:
    """A prepared decision on the budget."""
    given: dict[str, Any] = {
        "title": "Approve the 2027 budget",
        "text": "That the budget as circulated be approved.",
        "auto_close": True,
        **fields,
    }
    return PreparedDecision(id=decision_id, **given)


def charter(meeting_id: str = "meeting_123", **fields: Any) -> Charter:
    """A board meeting: ada facilitates, ben and cleo take part, otto observes."""
    given: dict[str, Any] = {
        "title": "Q3 board meeting",
        "members": (
            member("user_ada", Role.FACILITATOR),
            member("user_ben"),
            member("user_cleo"),
            member("user_otto", Role.OBSERVER),
        ),
        "agenda": (
            AgendaEntry(id="item_1", title="Opening"),
            AgendaEntry(id="item_2", title="Budget review", minutes=15),
        ),
        "decisions": (decision(),),
        **fields,
    }
    return Charter(id=meeting_id, **given)


class RunningServer:
    """A server that is up, and what a client needs to come in."""

    def __init__(self, server: BoardroomServer, settings: Settings) -> None:
        self.server = server
        self.settings = settings
        self.url = server.url
        self.ca = server.ca
        self._tokens = Tokens.open(settings.data)

    def token(
        self,
        user_id: str,
        *,
        name: str | None = None,
        role: Role | None = None,
        ttl: timedelta = timedelta(hours=1),
        issued: datetime | None = None,
    ) -> str:
        """A token for a user; without a role, the meeting's file rules."""
        now = datetime.now(UTC) if issued is None else issued
        return self._tokens.issue(user_id, name or user_id, role, ttl, now)

    def address(self, user_id: str, **token: Any) -> str:
        """The URL with a token in it, as the reference has it."""
        return f"{self.url}?token={self.token(user_id, **token)}"

    def trust(self) -> ssl.SSLContext | None:
        """What a client checks the server's certificate with."""
        return None if self.ca is None else ssl.create_default_context(cafile=self.ca)


@asynccontextmanager
async def running_server(
    meetings: Charter | tuple[Charter, ...],
    data: Path,
    *,
    tls: bool = True,
    **settings: Any,
) -> AsyncGenerator[RunningServer]:
    """A server for these meetings; `settings` are those of `Settings`."""
    charters: tuple[Charter, ...] = (meetings,) if isinstance(meetings, Charter) else meetings
    given: dict[str, Any] = {"charters": charters, "data": data, "tls": tls, "port": 0, **settings}
    told = Settings(**given)
    server = BoardroomServer(told)
    await server.start()
    try:
        yield RunningServer(server, told)
    finally:
        await server.stop()


@contextmanager
def held(data: Path) -> Generator[None]:
    """Nothing is written to the journal in this folder meanwhile: each commit waits."""
    with closing(sqlite3.connect(data / JOURNAL.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
