"""Notices that the server sends to a member, and their acknowledgement."""

from typing import Annotated, ClassVar, Literal

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import (
    Identifier,
    Model,
    Omitted,
    Text,
    Timestamp,
    Title,
    TypeName,
)


class Action(Model):
    """Something a member can do about a notification; links never open by themselves."""

    id: Identifier
    label: Title
    url: Annotated[Text | None, Omitted] = None


class NotificationSend(Event):
    """Something a member should know now."""

    class Data(Model):
        notification_id: Identifier
        priority: TypeName
        title: Title
        message: Text
        category: TypeName
        actions: tuple[Action, ...] = ()
        expires_at: Annotated[Timestamp | None, Omitted] = None

    source: ClassVar[str] = "websocket-api.md:389"
    reach: ClassVar[Reach] = Reach.USER

    type: Literal["notification.send"] = "notification.send"
    data: Data


class NotificationAcknowledge(Request):
    """Say that a notification was seen."""

    class Data(Model):
        notification_id: Identifier

    source: ClassVar[str] = "websocket-api.md:413"
    permission: ClassVar[Permission] = Permission.READ

    type: Literal["notification.acknowledge"] = "notification.acknowledge"
    data: Data
