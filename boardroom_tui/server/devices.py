"""Members' devices: who may publish, see and use their keys."""

from base64 import b64decode
from collections import OrderedDict
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from boardroom_tui.clock import read_clocks, utc_now
from boardroom_tui.meeting.commands import Refusal
from boardroom_tui.protocol.authorisation import Resource
from boardroom_tui.protocol.errors import ErrorCode
from boardroom_tui.protocol.identifiers import Kind, bare, channel, same
from boardroom_tui.protocol.limits import DEVICES_PER_USER, Limit
from boardroom_tui.protocol.messages.device import (
    DeviceChanged,
    DeviceClaim,
    DeviceClaimed,
    DeviceList,
    DevicePublish,
    DevicePublished,
    DeviceQuery,
    DeviceRemove,
)
from boardroom_tui.protocol.statements import device_statement, one_time_key_statement
from boardroom_tui.record.devices import Address, Unpublished, address
from boardroom_tui.record.mailbox import Mailbox
from boardroom_tui.server.channels import Cause, Channels, Topic
from boardroom_tui.server.deliveries import Deliveries
from boardroom_tui.server.peer import Peer
from boardroom_tui.server.room import Room
from boardroom_tui.server.rooms import Rooms
from boardroom_tui.session.rates import Bucket

CLAIMS = Limit(10, 60)
"""So many one-time keys of one device a user gets; then the fallback key, so that nobody can use
up what others need."""

CLAIMS_KEPT = 200
"""So many of the latest answers are known when a lost connection asks for them again."""

_NOT_OWN = Refusal(ErrorCode.PERMISSION_DENIED, "The userId is not your own.")


def _invalid(message: str, reason: str) -> Refusal:
    return Refusal(ErrorCode.INVALID_MESSAGE, message, reason)


_UNPUBLISHED = {
    Unpublished.OTHER_KEYS: _invalid(
        "This device has other keys, and a device's keys never change: use a new deviceId.",
        "other_keys",
    ),
    Unpublished.TOO_MANY: _invalid(
        f"You have {DEVICES_PER_USER} devices: remove one first.", "too_many_devices"
    ),
}


class Devices:
    """Everybody's devices."""

    def __init__(
        self, rooms: Rooms, channels: Channels, mailbox: Mailbox, deliveries: Deliveries
    ) -> None:
        self._rooms = rooms
        self._channels = channels
        self._mailbox = mailbox
        self._deliveries = deliveries
        self._claims: dict[tuple[str, Address], Bucket] = {}
        self._claimed: OrderedDict[tuple[str, str | None], DeviceClaimed] = OrderedDict()

    async def publish(self, peer: Peer, request: DevicePublish) -> Refusal | None:
        """Keep a device's keys, tell of a new one, and deliver here what waits for it."""
        device = request.data.device
        objection = _objection(peer, request)
        if objection is not None:
            return objection
        published = await self._mailbox.publish(
            device, request.data.one_time_keys, request.data.fallback_key, utc_now()
        )
        if isinstance(published, Unpublished):
            return _UNPUBLISHED[published]
        left = published.one_time_keys_left
        answer = DevicePublished.Data(device_id=device.device_id, one_time_keys_left=left)
        peer.answer(request, DevicePublished(data=answer))
        if published.is_new:
            self._tell(Cause(peer, request))
        self._deliveries.begin(address(device), peer)
        return None

    async def remove(self, peer: Peer, request: DeviceRemove, *, again: bool) -> Refusal | None:
        """Forget a device of the user's own; the same request `again` has no further effect."""
        at = Address(peer.user, request.data.device_id)
        if not await self._mailbox.remove(at):
            if again:
                peer.answer(request, _changed(peer.session.identity.user_id))
                return None
            return self._rooms.refused(peer, Resource.DEVICE, at.device, exists=False)
        self._deliveries.end(at)
        self._tell(Cause(peer, request))
        return None

    async def query(self, peer: Peer, request: DeviceQuery) -> Refusal | None:
        """Answer with the devices of those who are members of the meeting."""
        seat = self._rooms.seat(peer, request.data.meeting_id)
        if isinstance(seat, Refusal):
            return seat
        users = {bare(Kind.USER, user_id): user_id for user_id in request.data.user_ids}
        members = [user for user, user_id in users.items() if seat.room.state.member(user_id)]
        data = DeviceList.Data(
            meeting_id=seat.room.id,
            user_ids=request.data.user_ids,
            devices=tuple(await self._mailbox.devices(members)),
        )
        peer.answer(request, DeviceList(data=data))
        return None

    async def claim(self, peer: Peer, request: DeviceClaim) -> Refusal | None:
        """Answer with a key of each device of a member of the meeting; asked again, the same."""
        claim = (peer.user, request.id)
        if request.id is not None and claim in self._claimed:
            peer.answer(request, self._claimed[claim])
            return None
        seat = self._rooms.seat(peer, request.data.meeting_id)
        if isinstance(seat, Refusal):
            return seat
        wanted = _of_members(seat.room, map(address, request.data.devices))
        granted = {at for at in wanted if self._may_claim(peer, at)}
        keys = await self._mailbox.claim(granted, wanted - granted)
        claimed = DeviceClaimed(data=DeviceClaimed.Data(meeting_id=seat.room.id, keys=tuple(keys)))
        self._claimed[claim] = claimed
        while len(self._claimed) > CLAIMS_KEPT:
            self._claimed.popitem(last=False)
        peer.answer(request, claimed)
        return None

    def _may_claim(self, peer: Peer, at: Address) -> bool:
        """Whether a user may have one more of a device's one-time keys, which counts as had."""
        now = read_clocks().monotonic
        self._claims = {key: one for key, one in self._claims.items() if not one.full(now)}
        bucket = self._claims.setdefault((peer.user, at), Bucket(CLAIMS))
        if bucket.wait(now) > 0:
            return False
        bucket.take(now)
        return True

    def _tell(self, cause: Cause) -> None:
        """Tell those who share a meeting with a user that their devices are others now."""
        topics: list[Topic] = [channel(Kind.USER, cause.peer.user)]
        name = cause.peer.session.identity.user_id
        for room, member in self._rooms.of_user(name):
            topics.append(room.channel)
            name = member.id
        self._channels.publish(_changed(name), topics, cause=cause, user_id=name)


def _objection(peer: Peer, request: DevicePublish) -> Refusal | None:
    """Why a device may not be published, as far as its keys alone tell."""
    device = request.data.device
    if not same(Kind.USER, device.user_id, peer.session.identity.user_id):
        return _NOT_OWN
    if not _is_signed(device.signing_key, device.signature, device_statement(device)):
        return _invalid("The device's keys are not signed with its signingKey.", "signature")
    fallback = request.data.fallback_key
    for key in (*request.data.one_time_keys, *(() if fallback is None else (fallback,))):
        statement = one_time_key_statement(device.user_id, device.device_id, key)
        if not _is_signed(device.signing_key, key.signature, statement):
            return _invalid(f"The key {key.key_id} is not signed by its device.", "signature")
    return None


def _is_signed(key: str, signature: str, statement: bytes) -> bool:
    """Whether this key, in unpadded base64 as its signature, has signed that."""
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(key + "=")).verify(
            b64decode(signature + "=="), statement
        )
    except InvalidSignature:
        return False
    return True


def _of_members(room: Room, devices: Iterable[Address]) -> set[Address]:
    """Those of the devices whose users are members, each once."""
    return {at for at in devices if room.state.member(at.user) is not None}


def _changed(user_id: str) -> DeviceChanged:
    return DeviceChanged(data=DeviceChanged.Data(user_id=user_id))
