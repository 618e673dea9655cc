"""Which devices of others were seen before: a server that adds one of its own is noticed.

The first devices of a user are taken on trust, as ssh does with a host; whatever is new later
waits until the user has looked at it, and nothing is written to it before. One that was gone is
new again: whoever has found a lost phone must not be written to because it was known once.
"""

import hashlib
from collections.abc import Collection, Sequence
from typing import Self

from boardroom_tui.client.private.genuine import is_genuine
from boardroom_tui.protocol.correspondents import Obstacle
from boardroom_tui.protocol.fields import Identifier, Model
from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.protocol.messages.device import DeviceKeys


def fingerprint(keys: DeviceKeys) -> str:
    """Stands for exactly these keys, where an id could soon stand for others."""
    return hashlib.sha256(keys.model_dump_json().encode()).hexdigest()


class KnownUser(Model):
    """What is known of one user's devices."""

    user_id: str
    """Without prefix."""
    accepted: tuple[DeviceKeys, ...] = ()
    gone: tuple[DeviceKeys, ...] = ()
    """Those that were accepted and are listed no longer: mail of theirs may be on its way."""
    compared: tuple[Identifier, ...] = ()
    """The ids of the accepted ones whose code two people read to each other."""
    listed: tuple[DeviceKeys, ...] | None = None
    """What the server lists; None before it has."""

    @property
    def waiting(self) -> tuple[DeviceKeys, ...]:
        """The listed ones that nobody has looked at."""
        return tuple(keys for keys in self.listed or () if keys not in self.accepted)

    @property
    def obstacle(self) -> Obstacle | None:
        """What keeps one from writing to this user."""
        before = {keys.device_id: keys for keys in (*self.accepted, *self.gone)}
        if any(before.get(keys.device_id, keys) != keys for keys in self.waiting):
            return Obstacle.CHANGED_DEVICE
        if self.waiting:
            return Obstacle.NEW_DEVICE
        if self.listed is None:
            return Obstacle.UNKNOWN
        return None if self.listed else Obstacle.NO_DEVICE

    def relisted(self, devices: tuple[DeviceKeys, ...]) -> Self:
        """The same with these listed; what is not among them has to be looked at if it returns.

        A list without any device tells nothing about those that were accepted.
        """
        here = {keys.device_id for keys in devices or self.accepted}
        gone = tuple(keys for keys in self.accepted if keys.device_id not in here)
        rest = self._without(gone)
        return rest.model_copy(update={"listed": devices, "gone": (*rest.gone, *gone)})

    def accept(self, devices: tuple[DeviceKeys, ...]) -> Self:
        """The same with these accepted, in place of others with their ids."""
        rest = self._without(devices)
        return rest.model_copy(update={"accepted": (*rest.accepted, *devices)})

    def _without(self, devices: tuple[DeviceKeys, ...]) -> Self:
        """The same with nothing known under the ids of these."""
        ids = {keys.device_id for keys in devices}
        return self.model_copy(
            update={
                "accepted": tuple(one for one in self.accepted if one.device_id not in ids),
                "gone": tuple(one for one in self.gone if one.device_id not in ids),
                "compared": tuple(one for one in self.compared if one not in ids),
            }
        )


class KnownDevices(Model):
    """The devices of all users, as a value."""

    users: tuple[KnownUser, ...] = ()

    def listed(self, user_id: str, devices: Sequence[DeviceKeys]) -> Self:
        """What is known once a server lists these as all devices of a user.

        What the user's device did not sign is left out.
        """
        genuine = {
            keys.device_id: keys
            for keys in reversed(devices)
            if same(Kind.USER, keys.user_id, user_id) and is_genuine(keys)
        }
        user = self._user(user_id).relisted(tuple(genuine.values())[::-1])
        seen_before = user.accepted or user.gone
        return self._with(user if seen_before else user.accept(user.waiting))

    def accepted(self, user_id: str, fingerprints: Collection[str]) -> Self:
        """What is known once somebody has looked at those that wait with these fingerprints."""
        user = self._user(user_id)
        seen = tuple(keys for keys in user.waiting if fingerprint(keys) in fingerprints)
        return self._with(user.accept(seen))

    def compared(self, user_id: str, device_id: str) -> Self:
        """What is known once two people found the codes of an accepted device to be equal."""
        user = self._user(user_id)
        if device_id not in (keys.device_id for keys in self.receivers(user_id)):
            return self
        compared = tuple(sorted({*user.compared, device_id}))
        return self._with(user.model_copy(update={"compared": compared}))

    def receivers(self, user_id: str) -> tuple[DeviceKeys, ...]:
        """The devices to write to: accepted, and listed now."""
        user = self._user(user_id)
        return tuple(keys for keys in user.listed or () if keys in user.accepted)

    def waiting(self, user_id: str) -> tuple[DeviceKeys, ...]:
        """The devices that are listed and that nobody has looked at."""
        return self._user(user_id).waiting

    def find(self, user_id: str, device_id: str) -> DeviceKeys | None:
        """A device's keys: as it is listed now, else as it was accepted once."""
        user = self._user(user_id)
        candidates = (*(user.listed or ()), *user.accepted, *user.gone)
        return next((keys for keys in candidates if keys.device_id == device_id), None)

    def is_compared(self, user_id: str, device_id: str) -> bool:
        """Whether this is an accepted device that was compared, and has not changed since."""
        waiting = (keys.device_id for keys in self.waiting(user_id))
        return device_id in self._user(user_id).compared and device_id not in waiting

    def obstacle(self, user_id: str) -> Obstacle | None:
        """What keeps one from writing to a user, if anything."""
        return self._user(user_id).obstacle

    def _user(self, user_id: str) -> KnownUser:
        name = bare(Kind.USER, user_id)
        known = (user for user in self.users if user.user_id == name)
        return next(known, None) or KnownUser(user_id=name)

    def _with(self, user: KnownUser) -> Self:
        others = tuple(one for one in self.users if one.user_id != user.user_id)
        return self.model_copy(update={"users": (*others, user)})
