"""Voting for another, where the meeting's file allows it."""

from typing import Annotated, ClassVar, Literal

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import Identifier, Model, Omitted


class ProxyGive(Request):
    """Let another member vote for one; where there are none, `details.reason` is `no_proxies`."""

    class Data(Model):
        meeting_id: Identifier
        to: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.VOTE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("proxy.update",)

    type: Literal["proxy.give"] = "proxy.give"
    data: Data


class ProxyRevoke(Request):
    """Vote for oneself again."""

    class Data(Model):
        meeting_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    permission: ClassVar[Permission] = Permission.VOTE
    lasting: ClassVar[bool] = True
    answers: ClassVar[tuple[str, ...]] = ("proxy.update",)

    type: Literal["proxy.revoke"] = "proxy.revoke"
    data: Data


class Proxy(Model):
    """Who votes for whom; without `to` they vote for themselves again."""

    giver: Identifier
    to: Annotated[Identifier | None, Omitted] = None


class ProxyUpdate(Event):
    """A proxy was given or revoked."""

    class Data(Proxy):
        meeting_id: Identifier

    extension: ClassVar[bool] = True
    source: ClassVar[str] = "CONTRACT.md, Extensions"
    reach: ClassVar[Reach] = Reach.MEETING

    type: Literal["proxy.update"] = "proxy.update"
    data: Data
