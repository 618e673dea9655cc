"""Channels: what a connection hears of without having joined."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from boardroom_tui.protocol.envelope import Event, Permission, Reach, Request
from boardroom_tui.protocol.fields import ChannelName, Model, Text
from boardroom_tui.protocol.limits import CHANNELS_PER_MESSAGE

Channels = Annotated[tuple[ChannelName, ...], Field(max_length=CHANNELS_PER_MESSAGE)]


class Subscribe(Request):
    """Hear what goes to these channels; some may be refused and the others granted."""

    class Data(Model):
        channels: Channels

    source: ClassVar[str] = "websocket-api.md:561"
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("subscription.update",)

    type: Literal["subscribe"] = "subscribe"
    data: Data


class Unsubscribe(Request):
    """Hear no more of these channels, joined or not."""

    class Data(Model):
        channels: Channels

    source: ClassVar[str] = "websocket-api.md:576"
    permission: ClassVar[Permission] = Permission.READ
    answers: ClassVar[tuple[str, ...]] = ("subscription.update",)

    type: Literal["unsubscribe"] = "unsubscribe"
    data: Data


class SubscriptionUpdate(Event):
    """What the connection is subscribed to now, and why the rest was refused."""

    class Data(Model):
        subscribed: tuple[ChannelName, ...]
        failed: dict[ChannelName, Text]

    source: ClassVar[str] = "websocket-api.md:587"
    reach: ClassVar[Reach] = Reach.SENDER

    type: Literal["subscription.update"] = "subscription.update"
    data: Data
