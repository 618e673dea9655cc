"""Members with a device each: real keys, real Olm sessions, and plain JSON on the wire."""

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from secrets import token_bytes
from typing import Any

from vodozemac import Account, AnyOlmMessage, Curve25519PublicKey, PreKeyMessage, Session

from boardroom_tui.protocol.messages.device import DeviceKeys, OneTimeKey
from boardroom_tui.protocol.statements import device_statement, one_time_key_statement
from tests.peers.reference_client import PATIENCE, Data, ReferenceClient
from tests.server.members import MEETING, connected
from tests.server.running import RunningServer


def encoded(data: bytes) -> str:
    """Unpadded base64."""
    return b64encode(data).decode().rstrip("=")


def ciphertext(characters: int = 100) -> str:
    """What nobody can read, of this length."""
    return encoded(token_bytes(characters))[:characters]


class Device:
    """A device with its keys."""

    def __init__(self, user_id: str, device_id: str | None = None) -> None:
        self.user_id = user_id
        self.id = device_id or f"dev_{user_id}"
        self.account: Any = Account()  # its stubs lack the fallback key
        self.sealing_key = encoded(token_bytes(32))

    @property
    def reference(self) -> Data:
        """How messages name it."""
        return {"userId": self.user_id, "deviceId": self.id}

    def keys(self) -> Data:
        """Its public keys, signed."""
        unsigned = DeviceKeys(
            user_id=self.user_id,
            device_id=self.id,
            identity_key=self.account.curve25519_key.to_base64(),
            signing_key=self.account.ed25519_key.to_base64(),
            sealing_key=self.sealing_key,
            signature="A" * 86,
        )
        return unsigned.model_dump() | {"signature": self._sign(device_statement(unsigned))}

    def one_time_keys(self, count: int) -> list[Data]:
        """New one-time keys, signed."""
        self.account.generate_one_time_keys(count)
        keys = [self._key(*pair) for pair in self.account.one_time_keys.items()]
        self.account.mark_keys_as_published()
        return keys

    def fallback_key(self) -> Data:
        """A new fallback key, signed."""
        self.account.generate_fallback_key()
        [pair] = self.account.fallback_key.items()
        return self._key(*pair)

    def publication(self, one_time_keys: int = 0, *, fallback: bool = False) -> Data:
        """What `device.publish` says of it."""
        said: Data = {"device": self.keys(), "oneTimeKeys": self.one_time_keys(one_time_keys)}
        return said | ({"fallbackKey": self.fallback_key()} if fallback else {})

    def session_with(self, keys: Data, claimed: Data) -> Session:
        """An Olm session that one of the other device's keys begins."""
        return self.account.create_outbound_session(
            Curve25519PublicKey.from_base64(keys["identityKey"]),
            Curve25519PublicKey.from_base64(claimed["oneTimeKey"]["key"]),
        )

    def open(self, keys: Data, message: Data) -> bytes:
        """What the first message of another device's session says."""
        begun = AnyOlmMessage.from_parts(message["kind"], _decoded(message["key"])).to_pre_key()
        assert isinstance(begun, PreKeyMessage)
        identity = Curve25519PublicKey.from_base64(keys["identityKey"])
        return self.account.create_inbound_session(identity, begun)[1]

    def _key(self, key_id: str, key: Curve25519PublicKey) -> Data:
        unsigned = OneTimeKey(key_id=key_id, key=key.to_base64(), signature="A" * 86)
        statement = one_time_key_statement(self.user_id, self.id, unsigned)
        return unsigned.model_dump() | {"signature": self._sign(statement)}

    def _sign(self, statement: bytes) -> str:
        return self.account.sign(statement).to_base64()


class Correspondent:
    """A connection that speaks for a device and hears our extensions too."""

    def __init__(self, client: ReferenceClient, device: Device) -> None:
        self.client = client
        self.device = device
        self._asked = 0

    async def receive(self) -> Data:
        """The next message, of whichever type."""
        async with asyncio.timeout(PATIENCE):
            return json.loads(await self.client.socket.recv())

    async def next(self, kind: str) -> Data:
        """The data of the next message of this type; others before it are passed over."""
        while (message := await self.receive())["type"] != kind:
            pass
        return message["data"]

    async def ask(self, kind: str, data: Data, message_id: str | None = None) -> Data:
        """Send a message; the first one that names it."""
        self._asked += 1
        named = message_id or f"{self.device.id}-{id(self)}-{self._asked}"
        await self.client.send(kind, data, named)
        while True:
            message = await self.receive()
            if message["metadata"].get("correlationId") == named:
                return message

    async def heard_by_now(self) -> list[Data]:
        """Everything that came before the answer to a question asked now."""
        self._asked += 1
        named = f"now-{self._asked}"
        await self.client.send("connection.heartbeat.ping", {"timestamp": named})
        heard: list[Data] = []
        while (message := await self.receive())["data"].get("timestamp") != named:
            heard.append(message)
        return heard

    async def mail_by_now(self) -> list[Data]:
        """The private messages that came before the answer to a question asked now."""
        heard = await self.heard_by_now()
        return [message["data"] for message in heard if message["type"] == "private.message"]

    async def publish(self, one_time_keys: int = 0, *, fallback: bool = False) -> Data:
        """Publish the device; the answer."""
        said = self.device.publication(one_time_keys, fallback=fallback)
        return await self.ask("device.publish", said)

    async def query(self, *user_ids: str) -> list[Data]:
        """The devices of these users."""
        asked = {"meetingId": MEETING, "userIds": list(user_ids)}
        return (await self.ask("device.query", asked))["data"]["devices"]

    async def claim(self, *devices: Device) -> list[Data]:
        """A key of each of these devices."""
        asked = {"meetingId": MEETING, "devices": [device.reference for device in devices]}
        return (await self.ask("device.claim", asked))["data"]["keys"]

    async def write(
        self, *devices: Device, message_id: str | None = None, body: str | None = None, **data: Any
    ) -> Data:
        """Send something private to these devices; the answer."""
        return await self.ask("private.send", self.letter(*devices, body=body, **data), message_id)

    def letter(self, *devices: Device, body: str | None = None, **data: Any) -> Data:
        """What `private.send` says."""
        envelopes = [{**one.reference, "kind": 1, "key": ciphertext(60)} for one in devices]
        return {
            "meetingId": MEETING,
            "deviceId": self.device.id,
            "body": body or ciphertext(),
            "envelopes": envelopes,
            **data,
        }

    async def acknowledge(self, *message_ids: str) -> None:
        """Say that the device has these."""
        receipt = {"deviceId": self.device.id, "messageIds": list(message_ids)}
        await self.client.send("private.received", receipt)


@asynccontextmanager
async def correspondent(
    server: RunningServer, user_id: str, *, device: Device | None = None, published: bool = True
) -> AsyncGenerator[Correspondent]:
    """A member with a device, which is published unless told not."""
    async with connected(server, user_id) as client:
        one = Correspondent(client, device or Device(user_id))
        if published:
            assert (await one.publish(10, fallback=True))["type"] == "device.published"
        yield one


def _decoded(text: str) -> bytes:
    return b64decode(text + "=" * (-len(text) % 4))
