"""Which devices of others were seen before: a server that adds one of its own is noticed.

The first devices of a user are taken on trust, as ssh does with a host; whatever is new later
waits until the user has looked at it, and nothing is written to it before.
"""

from collections.abc import Sequence
from typing import Self

from boardroom_tui.client.private.genuine import is_genuine
from boardroom_tui.protocol.correspondents import Obstacle
from boardroom_tui.protocol.fields import Identifier, Model
from boardroom_tui.protocol.identifiers import Kind, bare, same
from boardroom_tui.protocol.messages.device import DeviceKeys


class KnownUser(Model):
    """What is known of one user's devices."""

    user_id: str
    """Without prefix."""
    accepted: tuple[DeviceKeys, ...] = ()
    """Those that were ever accepted, whether they are still listed or not."""
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
        known = {keys.device_id for keys in self.accepted}
        if any(keys.device_id in known for keys in self.waiting):
            return Obstacle.CHANGED_DEVICE
        if self.waiting:
            return Obstacle.NEW_DEVICE
        if self.listed is None:
            return Obstacle.UNKNOWN
        return None if self.listed else Obstacle.NO_DEVICE

    def accept(self) -> Self:
        """The same with all that wait accepted, in place of others with their ids."""
        replaced = {keys.device_id for keys in self.waiting}
        kept = tuple(keys for keys in self.accepted if keys.device_id not in replaced)
        compared = tuple(device_id for device_id in self.compared if device_id not in replaced)
        accepted = (*kept, *self.waiting)
        return self.model_copy(update={"accepted": accepted, "compared": compared})


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
        user = self._user(user_id).model_copy(update={"listed": tuple(genuine.values())[::-1]})
        return self._with(user if user.accepted else user.accept())

    def accepted(self, user_id: str) -> Self:
        """What is known once somebody has looked at all that waits of a user."""
        return self._with(self._user(user_id).accept())

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
        """A device's keys: as it is listed now, else as it was accepted."""
        user = self._user(user_id)
        candidates = (*(user.listed or ()), *user.accepted)
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
