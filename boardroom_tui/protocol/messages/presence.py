"""Who is here, and what they are doing."""

from typing import Annotated, ClassVar, Literal

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import Identifier, Model, Omitted, Status, Timestamp, TypeName


class Activity(Model):
    """What a member is doing, and with what."""

    type: TypeName
    target: Annotated[Identifier | None, Omitted] = None


class UserPresence(Model):
    """One user's status."""

    user_id: Identifier
    status: Status
    activity: Annotated[Activity | None, Omitted] = None
    last_seen: Timestamp


class PresenceUpdate(Request):
    """Say whether one is online, away or busy, and what one is doing."""

    class Data(Model):
        status: Status
        activity: Annotated[Activity | None, Omitted] = None

    source: ClassVar[str] = "websocket-api.md:320"
    permission: ClassVar[Permission] = Permission.READ
    pace: ClassVar[float | None] = 0.5
    answers: ClassVar[tuple[str, ...]] = ("presence.changed",)

    type: Literal["presence.update"] = "presence.update"
    data: Data


class PresenceChanged(Event):
    """Somebody's status changed."""

    class Data(UserPresence):
        pass

    source: ClassVar[str] = "websocket-api.md:337"
    reach: ClassVar[Reach] = Reach.MEETING
    supersedes: ClassVar[tuple[str, ...]] = ("user_id",)

    type: Literal["presence.changed"] = "presence.changed"
    data: Data


class PresenceSubscribe(Request):
    """Hear of everybody's presence in a room, and get the list as it stands."""

    class Data(Model):
        room_id: Identifier

    source: ClassVar[str] = "websocket-api.md:353"
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("presence.list",)

    type: Literal["presence.subscribe"] = "presence.subscribe"
    data: Data


class PresenceList(Event):
    """Everybody's presence in a room."""

    class Data(Model):
        room_id: Identifier
        users: tuple[UserPresence, ...]

    source: ClassVar[str] = "websocket-api.md:366"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["presence.list"] = "presence.list"
    data: Data
